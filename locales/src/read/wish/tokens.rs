//! A text cut into words, numbers and signs.

use super::{compounds, dictionary};

/// Letters of a text that are read.
const LETTERS_MAX: usize = 300;

const DASHES: &str = "-–—−‐‑";
/// Signs that are tokens of their own.
const SIGNS: &str = "%+<>*×";
/// What stands between tokens, besides spaces.
const SEPARATORS: &str = ".,;:!?()[]{}\"“”„«»'’`´/\\|…·•";
/// Separators that end a clause.
const PAUSES: &str = ",;!?()[]{}…\n";

/// Words that numbers are written on to without a space: `klo17`, `v48`.
const GLUED: &str = "kl klo v vk vko";

#[derive(Debug)]
pub(super) struct Token<'a> {
    /// As typed, without a closing dot.
    pub typed: &'a str,
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// In small letters and without endings that join it to the next; every dash is `-`.
    pub word: String,
    /// A dot follows it.
    pub dot: bool,
    /// A clause ends before it.
    pub pause: bool,
}

impl Token<'_> {
    /// Where it ends in the text, in bytes.
    pub fn end(&self) -> usize {
        self.start + self.typed.len()
    }

    pub fn is_number(&self) -> bool {
        self.word.starts_with(is_digit)
    }
}

/// The letters that are read. A word that would be cut in two is left out: `100` of `1000 personer`
/// would be a wrong guess.
pub(super) fn cut(text: &str) -> &str {
    let Some((end, next)) = text.char_indices().nth(LETTERS_MAX) else { return text };
    let kept = &text[..end];
    match kept.rfind(char::is_whitespace) {
        Some(space) if !next.is_whitespace() => &kept[..space],
        _ => kept,
    }
}

pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let (mut at, mut pause) = (0, false);
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let after_number = tokens.last().is_some_and(|last| last.is_number() && last.end() == at);
        let Some(length) = length(rest, first, after_number) else {
            pause |= PAUSES.contains(first);
            at += first.len_utf8();
            continue;
        };
        let typed = &rest[..length];
        pause |= tokens.last().is_some_and(ends_sentence) && begins_sentence(typed);
        let dot = rest[length..].starts_with('.');
        push(&mut tokens, Token { typed, start: at, word: word_of(typed), dot, pause });
        (at, pause) = (at + length, false);
    }
    tokens
}

/// Adds a token, or the two that a compound word is made of.
fn push<'a>(tokens: &mut Vec<Token<'a>>, token: Token<'a>) {
    let Some((length, head)) = compounds::split(token.typed) else { return tokens.push(token) };
    let (typed, rest) = token.typed.split_at(length);
    tokens.push(Token { typed, word: head.to_owned(), dot: false, ..token });
    let start = token.start + length;
    tokens.push(Token { typed: rest, start, word: rest.to_lowercase(), dot: token.dot, pause: false });
}

fn word_of(typed: &str) -> String {
    if typed.starts_with(|c| DASHES.contains(c)) { "-".to_owned() } else { typed.to_lowercase() }
}

fn ends_sentence(token: &Token<'_>) -> bool {
    token.dot && !token.is_number()
}

/// A capital and small letters: in a text of capitals a dot tells nothing.
fn begins_sentence(typed: &str) -> bool {
    let mut letters = typed.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

/// The length in bytes of the token that the text begins with, if one does.
fn length(rest: &str, first: char, after_number: bool) -> Option<usize> {
    if is_digit(first) {
        return Some(iso_date(rest).unwrap_or_else(|| number(rest)));
    }
    if is_sign(first) {
        return Some(first.len_utf8());
    }
    if first == ':' && after_number && rest[1..].starts_with(char::is_alphabetic) {
        return Some(1 + word(&rest[1..], true)); // 17:n, 3:e
    }
    if separates(first) { None } else { Some(word(rest, after_number)) }
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit() || letter == '½'
}

fn is_sign(letter: char) -> bool {
    DASHES.contains(letter) || SIGNS.contains(letter)
}

fn separates(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control() || SEPARATORS.contains(letter)
}

/// The length of a date such as `2026-11-23`: its dashes are no ranges.
fn iso_date(rest: &str) -> Option<usize> {
    const SHAPE: &str = "dddd-dd-dd";
    let (date, after) = rest.split_at_checked(SHAPE.len())?;
    let fits =
        |(letter, shape): (u8, u8)| if shape == b'd' { letter.is_ascii_digit() } else { letter == shape };
    let fits = date.bytes().zip(SHAPE.bytes()).all(fits);
    (fits && !after.starts_with(is_digit)).then_some(SHAPE.len())
}

/// Digits, and the dots, commas, colons and slashes between them.
fn number(rest: &str) -> usize {
    let mut letters = rest.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let digit_next = letters.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        let belongs = is_digit(letter) || ".,:/".contains(letter) && digit_next;
        if !belongs {
            return at;
        }
    }
    rest.len()
}

/// Letters up to a separator or sign. A dot between letters belongs to the word: `fr.o.m`.
fn word(rest: &str, after_number: bool) -> usize {
    let mut letters = rest.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let letter_next = letters.peek().is_some_and(|(_, next)| next.is_alphabetic());
        let inner_dot = letter == '.' && at > 0 && letter_next;
        let glued = is_digit(letter) && (after_number || dictionary::lists(GLUED, &rest[..at]));
        if glued || is_sign(letter) || separates(letter) && !inner_dot {
            return at;
        }
    }
    rest.len()
}
