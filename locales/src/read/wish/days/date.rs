//! Dates, as [`read::date`](crate::read::date) reads them.

use chrono::{Datelike, Days, NaiveDate, Timelike};

use super::weekdays;
use crate::read::{
    self, digits,
    wish::{
        Context, amounts, dictionary,
        edges::{self, Edge},
        numbers,
        readings::{Found, Meaning},
        tokens::Token,
    },
};

/// `26 : e november 2026`.
const TOKENS_MAX: usize = 4;
const ORDINALS: &str = ":e :a";
const THE: &str = "den d";
/// What stands between two dates; "and" after "between" too.
const AND: &str = "och ja";

/// A date with its weekday, if it has one.
#[derive(Clone, Copy)]
struct Dated {
    taken: usize,
    /// `None` if the weekday is another's.
    date: Option<NaiveDate>,
}

/// `26.11.`, `torsdag den 26 november`, `från 1.12.`, `15.12. asti`, `1.–15.12.`, `26.11.2026–7.1.2027`.
pub(in crate::read::wish) fn date(tokens: &[Token<'_>], context: &Context<'_>) -> Option<Found> {
    let (leading, edge) = edges::leading(tokens).map_or((0, None), |(taken, edge)| (taken, Some(edge)));
    let tokens = &tokens[leading..];
    let range = range(tokens, edge, context.today);
    let found = range.or_else(|| single(tokens, edge, context.today));
    found.map(|(taken, meaning)| (leading + taken, meaning))
}

fn single(tokens: &[Token<'_>], edge: Option<Edge>, today: NaiveDate) -> Option<Found> {
    let dated = dated(tokens, today)?;
    let first = &tokens[0];
    let stands_alone = edge.is_none() && dated.taken == 1;
    if stands_alone && numbers::fraction(&first.word).is_some() {
        return None; // a share, or a day in the first months
    }
    if edge.is_some() && dated.taken == 1 && is_a_time(first) {
        return Some((1, Meaning::Unclear));
    }
    let trailing = edges::trailing(&tokens[dated.taken..]).filter(|_| edge.is_none());
    let (more, edge) = trailing.map_or((0, edge), |(more, edge)| (more, Some(edge)));
    let meaning = dated.date.and_then(|date| bound(date, edge)).unwrap_or(Meaning::Unclear);
    Some((dated.taken + more, meaning))
}

fn bound(date: NaiveDate, edge: Option<Edge>) -> Option<Meaning> {
    let (from, to) = match edge {
        None => return Some(Meaning::Day(date)),
        Some(Edge::From) => (Some(date), None),
        Some(Edge::After) => (Some(date.succ_opt()?), None),
        Some(Edge::Until) => (None, Some(date)),
        Some(Edge::Before) => (None, Some(date.pred_opt()?)),
        Some(Edge::Between) => return None,
    };
    Some(Meaning::Days { from, to })
}

/// `1.12.–15.12.`, `1–15 december`, `mellan 1.12. och 15.12.`
fn range(tokens: &[Token<'_>], edge: Option<Edge>, today: NaiveDate) -> Option<Found> {
    let first = dated(tokens, today).map(|first| (first.taken, None));
    let (taken, day) = first.or_else(|| day_alone(tokens).map(|(taken, day)| (taken, Some(day))))?;
    let rest = &tokens[taken..];
    let and = || dictionary::find(AND, rest).filter(|_| edge == Some(Edge::Between));
    let to = dictionary::find(numbers::TO, rest).or_else(and)?;
    let last = dated(&rest[to..], today)?;
    let ambiguous = last.taken == 1 && is_a_time(&rest[to]) && (day.is_some() || is_a_time(&tokens[0]));
    let one_sided = !matches!(edge, None | Some(Edge::From | Edge::Between));
    let from = last.date.and_then(|last| match day {
        Some(day) => NaiveDate::from_ymd_opt(last.year(), last.month(), day),
        None => start_before(tokens, last, today),
    });
    let from = from.filter(|from| !ambiguous && !one_sided && Some(*from) <= last.date);
    let meaning = from.map_or(Meaning::Unclear, |from| Meaning::Days { from: Some(from), to: last.date });
    let taken = taken + to + last.taken;
    let until = edges::trailing(&tokens[taken..]).filter(|(_, edge)| *edge == Edge::Until);
    Some((taken + until.map_or(0, |(more, _)| more), meaning))
}

/// The first date of a range: the next such, or the last one if the range has begun.
fn start_before(tokens: &[Token<'_>], last: NaiveDate, today: NaiveDate) -> Option<NaiveDate> {
    const BEGUN_MAX: Days = Days::new(183); // a longer range isn't clear without its years
    let next = dated(tokens, today)?.date?;
    if next <= last { Some(next) } else { dated(tokens, last.checked_sub_days(BEGUN_MAX)?)?.date }
}

/// A day whose month stands with the last of the range.
fn day_alone(tokens: &[Token<'_>]) -> Option<(usize, u32)> {
    let the = dictionary::skip(THE, tokens);
    let day = digits(&tokens.get(the)?.word, 2)?;
    Some((the + 1 + dictionary::skip(ORDINALS, &tokens[the + 1..]), day))
}

fn dated(tokens: &[Token<'_>], today: NaiveDate) -> Option<Dated> {
    let the = dictionary::skip(THE, tokens);
    let weekday = weekdays::weekday(&tokens[the..]);
    let before = the + weekday.map_or(0, |(taken, _)| taken);
    let before = before + dictionary::skip(THE, &tokens[before..]);
    let (taken, date) = plain(&tokens[before..], today)?;
    let agrees = weekday.is_none_or(|(_, weekday)| weekday == date.weekday());
    Some(Dated { taken: before + taken, date: agrees.then_some(date) })
}

fn plain(tokens: &[Token<'_>], today: NaiveDate) -> Option<(usize, NaiveDate)> {
    (1..=TOKENS_MAX.min(tokens.len())).rev().find_map(|taken| {
        let (date, rest) = tokens.split_at(taken);
        let words = date.iter().map(|token| token.word.as_str());
        let words: Vec<&str> = words.filter(|word| !dictionary::lists(ORDINALS, word)).collect();
        let has_year =
            taken > 1 && digits(&date[taken - 1].word, 4).is_some() && date[taken - 1].word.len() == 4;
        if has_year && amounts::unit(rest).is_some() {
            return None; // 26.11. 2000 personer
        }
        Some((taken, read::date(&words.join(" "), today)?))
    })
}

/// Whether a date may as well be a time: `17.10`, but not `15.12`, as nobody plans to that minute.
fn is_a_time(token: &Token<'_>) -> bool {
    const MINUTES: u32 = 5;
    let time = read::time(&token.word).filter(|_| !token.dot && token.word.contains('.'));
    time.is_some_and(|time| time.minute().is_multiple_of(MINUTES))
}
