//! Dates, as [`read::date`](crate::read::date) reads them.

use chrono::{Datelike, Days, NaiveDate, Timelike, Weekday};

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
    let rest = &tokens[dated.taken..];
    let trailing = edges::trailing(rest).filter(|_| edge.is_none());
    let (more, edge) = trailing.map_or((0, edge), |(more, edge)| (more, Some(edge)));
    let by_itself = dated.taken == 1;
    let is_fraction = by_itself && numbers::fraction(&tokens[0].word).is_some();
    let is_a_time = by_itself && is_a_time(&tokens[0]);
    let meaning = match edge {
        Some(Edge::Between) => return None,
        None if is_fraction => return None, // a share, or a day in the first months
        _ if is_a_time && begins_hours(rest) => return None,
        Some(_) if is_a_time => Meaning::Unclear,
        _ => dated.date.and_then(|date| bound(date, edge)).unwrap_or(Meaning::Unclear),
    };
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
    let (_, weekday) = opening(tokens);
    let from =
        from.filter(|from| !ambiguous && !one_sided && Some(*from) <= last.date && agrees(weekday, *from));
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
    let (before, _) = opening(tokens);
    let day = digits(&tokens.get(before)?.word, 2)?;
    Some((before + 1 + dictionary::skip(ORDINALS, &tokens[before + 1..]), day))
}

fn dated(tokens: &[Token<'_>], today: NaiveDate) -> Option<Dated> {
    let (before, weekday) = opening(tokens);
    let (taken, date) = plain(&tokens[before..], today)?;
    Some(Dated { taken: before + taken, date: Some(date).filter(|date| agrees(weekday, *date)) })
}

/// What may stand before a date: `torsdag den`.
fn opening(tokens: &[Token<'_>]) -> (usize, Option<Weekday>) {
    let the = dictionary::skip(THE, tokens);
    let weekday = weekdays::weekday(&tokens[the..]);
    let before = the + weekday.map_or(0, |(taken, _)| taken);
    (before + dictionary::skip(THE, &tokens[before..]), weekday.map(|(_, weekday)| weekday))
}

fn agrees(weekday: Option<Weekday>, date: NaiveDate) -> bool {
    weekday.is_none_or(|weekday| weekday == date.weekday())
}

fn plain(tokens: &[Token<'_>], today: NaiveDate) -> Option<(usize, NaiveDate)> {
    (1..=TOKENS_MAX.min(tokens.len())).rev().find_map(|taken| {
        let (date, rest) = tokens.split_at(taken);
        let words = date.iter().map(|token| token.word.as_str());
        let words: Vec<&str> = words.filter(|word| !dictionary::lists(ORDINALS, word)).collect();
        let has_year = taken > 1 && numbers::year(&date[taken - 1].word).is_some();
        if has_year && amounts::unit(rest).is_some() {
            return None; // 26.11. 2000 personer
        }
        Some((taken, read::date(&words.join(" "), today)?))
    })
}

/// Whether the end of a range of times follows: `17.10–20`.
fn begins_hours(rest: &[Token<'_>]) -> bool {
    let last = dictionary::find(numbers::TO, rest).and_then(|to| rest.get(to));
    last.is_some_and(|last| read::time(&last.word).is_some())
}

/// Whether a date may as well be a time: `17.10`, but not `15.12`, as nobody plans to that minute.
fn is_a_time(token: &Token<'_>) -> bool {
    const MINUTES: u32 = 5;
    let time = read::time(&token.word).filter(|_| !token.dot && token.word.contains('.'));
    time.is_some_and(|time| time.minute().is_multiple_of(MINUTES))
}
