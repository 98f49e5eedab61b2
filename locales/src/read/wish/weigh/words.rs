//! The words that led to nothing.

use std::ops::Range;

use crate::read::wish::{
    readings::{Meaning, Reading},
    tokens::Token,
};

/// As typed, in order; what is written together stays together: `foo-bar`.
pub(super) fn not_understood(readings: &[Reading], text: &str, tokens: &[Token<'_>]) -> Vec<String> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for reading in readings.iter().filter(|reading| reading.meaning == Meaning::Unclear) {
        let (first, last) = (&tokens[reading.first], &tokens[reading.end - 1]);
        match words.last_mut() {
            Some(word) if !first.pause && is_joint(&text[word.end..first.start]) => word.end = last.end(),
            _ => words.push(first.start..last.end()),
        }
    }
    words.into_iter().map(|word| text[word].to_owned()).collect()
}

/// Nothing, or one letter that isn't a space.
fn is_joint(gap: &str) -> bool {
    gap.chars().count() <= 1 && !gap.contains(|c: char| c.is_whitespace() || c.is_control())
}
