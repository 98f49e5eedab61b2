//! In which municipality.

mod inflected;

use super::{
    NamedPlace,
    dictionary::{self, Table},
    readings::{Found, Meaning},
    tokens::{self, Token},
};

/// By ISO code. The adjectives alone may mean the language or the clock.
const COUNTRIES: &Table<&str> = &[
    ("SE", "sverige svenska_sidan svensk_sida sverigesidan"),
    ("SE", "ruotsissa ruotsista ruotsin_puolella ruotsin_puolelta ruotsin_puoli"),
    ("FI", "finland finska_sidan finsk_sida finländska_sidan finlandssidan"),
    ("FI", "suomessa suomesta suomen_puolella suomen_puolelta suomen_puoli"),
];

const ANY: &str = "båda_städerna bägge_städerna båda_orterna båda_kommunerna vilken_stad_som_helst \
    oavsett_stad oavsett_sida båda_sidor båda_sidorna vilken_sida_som_helst var_som_helst \
    kummassa_kaupungissa_vain kummassa_kaupungissa_tahansa kumpi_kaupunki_vain kumpi_kaupunki_tahansa \
    kummassa_vain kummassa_tahansa molemmat_kaupungit molemmissa_kaupungeissa kummassakin_kaupungissa \
    kummalla_puolella_vain kummalla_puolella_tahansa kummalta_puolelta_vain kummalta_puolelta_tahansa \
    molemmilla_puolilla missä_vain missä_tahansa";

/// `i Torneå`, `Haaparannalla`, `Ruotsin puolella`, `båda städerna`.
pub(super) fn place(tokens: &[Token<'_>], places: &[NamedPlace<'_>]) -> Option<Found> {
    let any = dictionary::find(ANY, tokens).map(|taken| (taken, Meaning::AnyPlace));
    any.or_else(|| named(tokens, places)).or_else(|| of_country(tokens, places))
}

fn named(tokens: &[Token<'_>], places: &[NamedPlace<'_>]) -> Option<Found> {
    let found = places.iter().enumerate().flat_map(|(index, place)| {
        let taken = place.names.iter().filter_map(|name| length(name, tokens));
        taken.map(move |taken| (taken, Meaning::Place(index)))
    });
    found.max_by_key(|(taken, _)| *taken)
}

/// How many tokens a name takes; its last word may have an ending.
fn length(name: &str, tokens: &[Token<'_>]) -> Option<usize> {
    let name = tokens::tokens(name);
    let (last, before) = name.split_last()?;
    let fits = |(name, token): (&Token<'_>, &Token<'_>)| name.word == token.word;
    let begins = tokens.len() >= name.len() && before.iter().zip(tokens).all(fits);
    (begins && inflected::is_form(&tokens[before.len()].word, &last.word)).then_some(name.len())
}

/// The only place in a country.
fn of_country(tokens: &[Token<'_>], places: &[NamedPlace<'_>]) -> Option<Found> {
    let (taken, country) = dictionary::look_up(COUNTRIES, tokens)?;
    let mut inside = places.iter().enumerate().filter(|(_, place)| place.country == country);
    let only = inside.next().filter(|_| inside.next().is_none());
    Some((taken, only.map_or(Meaning::Unclear, |(index, _)| Meaning::Place(index))))
}
