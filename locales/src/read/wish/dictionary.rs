//! Words and what they mean.

use super::tokens::Token;

/// Meanings with the entries that have them, parted by spaces. In an entry `_` joins words and `*`
/// stands for any ending.
pub(super) type Table<T> = [(T, &'static str)];

/// The meaning of the longest entry that the tokens begin with, and how many tokens it takes.
pub(super) fn look_up<T: Copy>(table: &Table<T>, tokens: &[Token<'_>]) -> Option<(usize, T)> {
    let first = tokens.first()?;
    let entries =
        table.iter().flat_map(|(meaning, entries)| entries.split(' ').map(move |entry| (entry, meaning)));
    let entries = entries.filter(|(entry, _)| entry.chars().next() == first.word.chars().next());
    let found = entries.filter_map(|(entry, meaning)| Some((length(entry, tokens)?, *meaning)));
    found.reduce(|best, next| if next.0 > best.0 { next } else { best })
}

/// How many tokens an entry of the list takes, the longest that they begin with.
pub(super) fn find(list: &'static str, tokens: &[Token<'_>]) -> Option<usize> {
    look_up(&[((), list)], tokens).map(|(taken, ())| taken)
}

/// The same, where nothing may stand as well.
pub(super) fn skip(list: &'static str, tokens: &[Token<'_>]) -> usize {
    find(list, tokens).unwrap_or(0)
}

/// Whether a list of single words has this one, in letters of any size.
pub(super) fn lists(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word.to_lowercase())
}

fn length(entry: &str, tokens: &[Token<'_>]) -> Option<usize> {
    let words = entry.split('_');
    let count = words.clone().count();
    let fits = |(word, token): (&str, &Token<'_>)| match word.strip_suffix('*') {
        Some(stem) => token.word.starts_with(stem),
        None => token.word == word,
    };
    words.zip(tokens.get(..count)?).all(fits).then_some(count)
}
