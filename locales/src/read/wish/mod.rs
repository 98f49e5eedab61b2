//! What somebody looks for, in one line as people write it to each other.
//!
//! The text is cut into tokens and clauses; the rules read phrases from a clause; a word that bends
//! its neighbour's meaning takes it along; what is left is weighed field by field. Where two phrases
//! contradict each other neither is taken: every word is understood or handed back.

mod amounts;
mod bends;
mod clauses;
mod compounds;
mod days;
mod dictionary;
mod edges;
mod filler;
mod kinds;
mod numbers;
mod places;
mod readings;
mod times;
mod tokens;
mod weigh;

#[cfg(test)]
mod tests;

use chrono::{NaiveDate, Weekday};
use vayla_domain::language::Language;

/// What a text asks for; a field is empty where the text says nothing clear about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WishText {
    /// The length: a multiple of 15, from 15 to 1440.
    pub minutes: Option<i64>,
    /// The least share of a hall: 1 to 100.
    pub share_percent: Option<i64>,
    /// `ice`, `hall`, `pool`, `field`, `court`, `indoor`, `culture`, `outdoor` or `harbour`.
    pub kind: Option<&'static str>,
    /// Monday first, each once.
    pub weekdays: Vec<Weekday>,
    /// The earliest start in minutes after midnight.
    pub minute_from: Option<u32>,
    /// The latest end in minutes after midnight, up to 1440; later than `minute_from`.
    pub minute_to: Option<u32>,
    /// The code of the one municipality that is asked for.
    pub municipality: Option<String>,
    /// The first date. It lies in the past only where the text names such dates and no others.
    pub from: Option<NaiveDate>,
    /// The last date, not before `from`.
    pub to: Option<NaiveDate>,
    /// 1 to [`PEOPLE_MAX`](vayla_domain::booking::PEOPLE_MAX).
    pub people: Option<i64>,
    /// The words that led to nothing, in order, as typed; those of one phrase together.
    pub not_understood: Vec<String>,
}

/// A municipality as people call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPlace<'a> {
    pub code: &'a str,
    /// ISO code, for those who write "the Swedish side".
    pub country: &'a str,
    /// In every language, without endings.
    pub names: Vec<&'a str>,
}

/// What the rules may know besides the words.
struct Context<'a> {
    /// Decides where a word means one thing in Swedish and another in Finnish.
    language: Language,
    today: NaiveDate,
    places: &'a [NamedPlace<'a>],
}

/// Reads the first 300 letters of a text in Swedish, Finnish or both.
#[must_use]
pub fn wish(text: &str, language: Language, today: NaiveDate, places: &[NamedPlace<'_>]) -> WishText {
    let text = tokens::cut(text);
    let tokens = tokens::tokens(text);
    let context = Context { language, today, places };
    let readings = bends::bend(readings::read(&tokens, &context), &tokens);
    weigh::weigh(readings, text, &tokens, &context)
}
