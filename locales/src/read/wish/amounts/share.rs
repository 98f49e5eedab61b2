//! How much of a hall.

use super::units::{Unit, unit};
use crate::read::wish::{
    dictionary::{self, Table},
    kinds, numbers,
    readings::{Found, Meaning},
    times,
    tokens::Token,
};

const AT_LEAST: &str = "minst åtminstone vähintään ainakin";

/// In percent; they mean a share where what they are a part of follows.
const PARTS: &Table<i64> = &[
    (100, "hela hel koko"),
    (50, "halv halvt en_halv ett_halvt puoli puolen puolta"),
    (25, "kvarts en_kvarts"),
];
/// Words that need nothing after them.
const HALVES: &str = "halva halvan hälften puolikas puolikkaan puolikasta puolet";
/// By what they divide.
const FRACTIONS: &Table<i64> = &[
    (
        3,
        "tredjedel tredjedelar tredjedels kolmasosa kolmasosan kolmasosaa kolmannes kolmanneksen kolmannesta",
    ),
    (4, "fjärdedel fjärdedelar fjärdedels neljäsosa neljäsosan neljäsosaa"),
    (4, "neljännes neljänneksen neljännestä"),
    (5, "femtedel femtedelar femtedels viidesosa viidesosan viidesosaa"),
    (6, "sjättedel sjättedelar sjättedels kuudesosa kuudesosan kuudesosaa"),
    (8, "åttondel åttondelar åttondels kahdeksasosa kahdeksasosan kahdeksasosaa"),
];
const OF: &str = "av";

/// `minst halva hallen`, `koko sali`, `en tredjedel`, `kolme neljäsosaa`, `1/4 av planen`, `50 %`.
pub(super) fn share(tokens: &[Token<'_>]) -> Option<Found> {
    percent(tokens).or_else(|| fraction(tokens)).or_else(|| part(tokens))
}

fn percent(tokens: &[Token<'_>]) -> Option<Found> {
    let (taken, (low, high)) = numbers::range(tokens)?;
    let (more, _) = unit(&tokens[taken..]).filter(|(_, unit)| *unit == Unit::Percent)?;
    let clear = low == high && low % 100 == 0 && (1..=100).contains(&(low / 100));
    let meaning = if clear { Meaning::Percent(low / 100) } else { Meaning::Unclear };
    Some((taken + more, meaning))
}

fn fraction(tokens: &[Token<'_>]) -> Option<Found> {
    let (taken, count) = numbers::whole(tokens).unwrap_or((0, 1));
    let (more, divisor) = dictionary::look_up(FRACTIONS, &tokens[taken..])?;
    let clear = (1..=divisor).contains(&count);
    Some((taken + more, if clear { Meaning::Percent(count * 100 / divisor) } else { Meaning::Unclear }))
}

fn part(tokens: &[Token<'_>]) -> Option<Found> {
    let least = dictionary::skip(AT_LEAST, tokens);
    let tokens = &tokens[least..];
    let half = dictionary::find(HALVES, tokens).map(|taken| (taken, 50));
    let written = || Some((1, numbers::fraction(&tokens.first()?.word)?));
    let (taken, percent) = half.or_else(|| dictionary::look_up(PARTS, tokens)).or_else(written)?;
    let rest = &tokens[taken..];
    let of = &rest[dictionary::skip(OF, rest)..];
    let stands_alone = percent < 100 && (half.is_some() && rest.is_empty() || least > 0 && !counts(rest));
    (kinds::kind(of).is_some() || stands_alone).then_some((least + taken, Meaning::Percent(percent)))
}

/// Whether a half before these is half of something else, or of an hour.
fn counts(tokens: &[Token<'_>]) -> bool {
    unit(tokens).is_some() || numbers::number(tokens).is_some() || times::part(tokens).is_some()
}
