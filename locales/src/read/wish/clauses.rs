//! Clauses, and what a "not" in one does to it.

use std::ops::Range;

use vayla_domain::language::Language;

use super::{
    Context, days, dictionary, edges, filler,
    readings::{Found, Meaning},
    tokens::Token,
};

/// Words that begin a clause.
const BUT: &str = "men fast mutta vaan";
const NOT: &str = "inte ej icke ingen inget inga aldrig varken utan ei emme eivät eikä ilman älä älkää";
/// In Finnish `en` is "I don't", unless it stands before what Swedish counts.
const NUMBER_EN: &str =
    "en_halv* en_tim* en_kvart* en_tredjedel* en_fjärdedel* en_vecka en_hall en_plan en_bana";
/// "Not only Monday" leaves no day out.
const ONLY: &str = "bara endast vain enbart";

/// The tokens of each clause, in order. A list of weekdays stays together across its commas.
pub(super) fn clauses(tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    let is_day = |at: usize| days::is_weekday(&tokens[at..]);
    let begins = |at: usize| match &tokens[at] {
        token if token.pause => !(is_day(at - 1) && is_day(at)),
        token => dictionary::lists(BUT, &token.word),
    };
    let starts: Vec<usize> = (0..tokens.len()).filter(|&at| at == 0 || begins(at)).collect();
    let ends = starts.iter().skip(1).copied().chain([tokens.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// What a clause with a "not" in it means as a whole: weekdays that are left out, or nothing that
/// could be told without guessing how far the "not" reaches.
pub(super) fn negated(clause: &[Token<'_>], context: &Context<'_>) -> Option<Found> {
    let mut left_out = None;
    let (mut nots, mut clear, mut at) = (0, !clause.iter().skip(1).any(|token| token.pause), 0);
    while at < clause.len() {
        let rest = &clause[at..];
        at += match phrase(rest) {
            Some(taken) => {
                clear &= says_nothing(rest);
                taken
            }
            None if is_not(rest, context.language) => {
                nots += 1;
                1
            }
            None => match days::weekdays(rest, context.language) {
                Some((taken, Meaning::Weekdays(days))) if left_out.is_none() => {
                    left_out = Some(days);
                    taken
                }
                _ => {
                    clear &= says_nothing(rest);
                    1
                }
            },
        };
    }
    let meaning = left_out.filter(|_| clear && nots == 1).map_or(Meaning::Unclear, Meaning::Except);
    (nots > 0).then_some((clause.len(), meaning))
}

/// A phrase whose "not" is no negation: `inte före`, `spelar ingen roll`.
fn phrase(tokens: &[Token<'_>]) -> Option<usize> {
    let edge = edges::leading(tokens).map(|(taken, _)| taken);
    edge.or_else(|| filler::filler(tokens)).filter(|&taken| taken > 1)
}

fn is_not(tokens: &[Token<'_>], language: Language) -> bool {
    let word = &tokens[0].word;
    let finnish = language == Language::Fi && word == "en" && dictionary::find(NUMBER_EN, tokens).is_none();
    finnish || dictionary::lists(NOT, word)
}

fn says_nothing(tokens: &[Token<'_>]) -> bool {
    filler::filler(tokens).is_some() && !dictionary::lists(ONLY, &tokens[0].word)
}
