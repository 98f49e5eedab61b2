//! How long.

use std::ops::RangeInclusive;

use super::units::{Unit, unit};
use crate::read::{
    month,
    wish::{
        dictionary, numbers,
        readings::{Found, Meaning},
        tokens::Token,
    },
};

/// Lengths that can be searched by: whole quarters of up to a day.
const MINUTES: RangeInclusive<i64> = 15..=24 * 60;
const QUARTER: i64 = 15;

const HALF_AN_HOUR: &str = "halvtimme halvtimma halvtimmes halvtimmen puolituntia puolituntinen";
const AN_HOUR: &str = "timme timmes tunti tunnin tunniksi";
const AND: &str = "och ja";
const OR: &str = "eller tai";
/// `en kvart över fem` is a time.
const TO_OR_PAST: &str = "över i yli vaille";

/// `två timmar`, `1,5 h`, `90 min`, `puolitoista tuntia`, `1 tim 30 min`, `1h30`, `tunniksi`.
pub(super) fn length(tokens: &[Token<'_>]) -> Option<Found> {
    let half = || dictionary::find(HALF_AN_HOUR, tokens).map(|taken| (taken, Meaning::Minutes(30)));
    let one = || dictionary::find(AN_HOUR, tokens).map(|taken| (taken, Meaning::AnHour));
    let (taken, meaning) = counted(tokens).or_else(half).or_else(one)?;
    match or_another(&tokens[taken..]) {
        Some(more) => Some((taken + more, Meaning::Unclear)),
        None => Some((taken, meaning)),
    }
}

/// `en timme eller två`.
fn or_another(tokens: &[Token<'_>]) -> Option<usize> {
    let or = dictionary::find(OR, tokens)?;
    let (taken, _) = numbers::number(&tokens[or..])?;
    unit(&tokens[or + taken..]).is_none().then_some(or + taken)
}

fn counted(tokens: &[Token<'_>]) -> Option<Found> {
    let (taken, (shortest, longest)) = numbers::range(tokens)?;
    let (more, unit) = unit(&tokens[taken..])?;
    let hundredths = hundredths(longest, unit)?;
    let taken = taken + more;
    let rest = &tokens[taken..];
    match unit {
        _ if shortest != longest => Some((taken, Meaning::Unclear)),
        Unit::Quarter if dictionary::find(TO_OR_PAST, rest).is_some() => Some((taken, Meaning::Unclear)),
        Unit::Hour | Unit::OneHour => {
            let (more, minutes) = minutes_after(rest, &tokens[taken - 1]).unwrap_or((0, 0));
            Some((taken + more, meaning(hundredths + minutes)))
        }
        _ => Some((taken, meaning(hundredths))),
    }
}

/// Hundredths of a minute.
fn hundredths(number: i64, unit: Unit) -> Option<i64> {
    match unit {
        Unit::Hour => Some(number * 60),
        Unit::OneHour => (number == 100).then_some(60_00),
        Unit::Quarter => Some(number * QUARTER),
        Unit::Minute => Some(number),
        _ => None,
    }
}

/// The minutes after hours, in hundredths: `30 min`, `och en kvart`, `1h30`, `1 h 30`.
fn minutes_after(tokens: &[Token<'_>], hours: &Token<'_>) -> Option<(usize, i64)> {
    let and = dictionary::skip(AND, tokens);
    let (taken, number) = numbers::number(&tokens[and..])?;
    let rest = &tokens[and + taken..];
    match unit(rest) {
        Some((more, unit @ (Unit::Minute | Unit::Quarter))) => {
            Some((and + taken + more, hundredths(number, unit)?))
        }
        None if and == 0 && dictionary::find(numbers::TO, rest).is_none() => {
            let written_on = tokens[0].start == hours.end();
            let quarters = matches!(tokens[0].word.as_str(), "15" | "30" | "45") && !is_month(rest);
            (written_on || quarters).then_some((taken, number))
        }
        _ => None,
    }
}

fn is_month(tokens: &[Token<'_>]) -> bool {
    tokens.first().is_some_and(|token| month::of_a_date(&token.word).is_some())
}

fn meaning(hundredths: i64) -> Meaning {
    let minutes = hundredths / 100;
    let fits = hundredths % (QUARTER * 100) == 0 && MINUTES.contains(&minutes);
    if fits { Meaning::Minutes(minutes) } else { Meaning::Unclear }
}
