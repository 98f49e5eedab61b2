//! What is said of grants.

use vayla_domain::{Language, grant::NotGranted};
use vayla_locales::{format, words};

use super::{Granted, PutError};
use crate::catalogue::Catalogue;

/// Why a code pays nothing, and what to do.
#[must_use]
pub fn why_not(language: Language, error: &PutError) -> String {
    let w = words(language);
    match error {
        PutError::Db(_) => w.problem_unavailable(),
        PutError::Code => w.grant_problem_code(),
        PutError::TooOften => w.grant_problem_too_often(),
        PutError::NotHeld => w.problem_not_held(),
        PutError::Free => w.problem_free(),
        PutError::Used => w.grant_problem_used(),
        PutError::Closed => w.grant_problem_closed(),
        PutError::NotGranted(NotGranted::Place) => w.grant_problem_place(),
        PutError::NotGranted(NotGranted::Group) => w.grant_problem_group(),
        PutError::NotGranted(NotGranted::Day(from, until)) => {
            w.grant_problem_day(format::date_short(language, *from), format::date_short(language, *until))
        }
        PutError::NothingLeft => w.grant_problem_nothing_left(),
        PutError::NoRate => w.grant_problem_no_rate(),
    }
}

/// The name of the town that pays.
#[must_use]
pub fn payer<'a>(language: Language, catalogue: &'a Catalogue, granted: &Granted) -> &'a str {
    catalogue.municipality(&granted.municipality).map_or("", |town| town.name.get(language))
}

/// What each grant pays now, of a booking or of several: what has come back to it is off.
#[must_use]
pub fn summed(granted: impl IntoIterator<Item = Granted>) -> Vec<Granted> {
    let mut sums: Vec<Granted> = Vec::new();
    for mut granted in granted {
        granted.gross = granted.standing().left().gross;
        match sums.iter_mut().find(|sum| sum.grant == granted.grant) {
            Some(sum) => sum.gross.minor += granted.gross.minor,
            None => sums.push(granted),
        }
    }
    sums.retain(|sum| sum.gross.minor > 0);
    sums
}

/// How much of a price which town pays, and what that is called: a sentence.
#[must_use]
pub fn told(language: Language, catalogue: &Catalogue, granted: &Granted) -> String {
    let amount = format::money(language, granted.gross);
    words(language).grant_told(payer(language, catalogue, granted), amount, granted.name.get(language))
}

/// The same in a list.
#[must_use]
pub fn listed(language: Language, catalogue: &Catalogue, granted: &Granted) -> String {
    let amount = format::money(language, granted.gross);
    words(language).grant_pays(amount, payer(language, catalogue, granted), granted.name.get(language))
}
