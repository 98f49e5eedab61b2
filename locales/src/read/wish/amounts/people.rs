//! How many people.

use vayla_domain::booking::PEOPLE_MAX;

use super::units::{Unit, unit};
use crate::read::wish::{
    dictionary, numbers,
    readings::{Found, Meaning},
    tokens::Token,
};

const WE_ARE: &str = "vi_är vi_blir grupp_på sällskap_på lag_på meitä_on meitä_tulee olemme";

/// `10 personer`, `10–12 henkilöä` (room for 12 is wanted), `vi är 12`, `meitä on kaksitoista`.
pub(super) fn people(tokens: &[Token<'_>]) -> Option<Found> {
    let we_are = dictionary::skip(WE_ARE, tokens);
    let tokens = &tokens[we_are..];
    let (taken, (least, most)) = numbers::range(tokens)?;
    let more = match unit(&tokens[taken..]) {
        Some((more, Unit::Person)) => more,
        None if we_are > 0 && most > 1_00 => 0, // "vi är en grupp"
        _ => return None,
    };
    if tokens[..taken].iter().any(|token| token.word.contains(['.', ','])) {
        return None; // 17.00 is a time
    }
    let is_whole = least % 100 == 0 && most % 100 == 0;
    let clear = is_whole && least <= most && (1..=PEOPLE_MAX).contains(&(most / 100));
    let meaning = if clear { Meaning::People(most / 100) } else { Meaning::Unclear };
    Some((we_are + taken + more, meaning))
}
