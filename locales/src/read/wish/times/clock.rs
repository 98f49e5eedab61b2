//! One time of day.

use chrono::Timelike;

use super::PartOfDay;
use crate::read::{
    self, digits,
    wish::{
        amounts, days,
        dictionary::{self, Table},
        numbers,
        tokens::Token,
    },
};

const NOON: u32 = 12 * 60;
const MIDNIGHT: u32 = 24 * 60;
/// When people are up: of two readings of a spoken time, the one in here is meant.
const FIRST: u32 = 7 * 60;
const LAST: u32 = 22 * 60;

const HYPHEN: &str = "-";
const HALF: &str = "halv puoli";

/// At these hours, in Finnish.
const AT_HOURS: &Table<u32> = &[
    (1, "yhdeltä"),
    (2, "kahdelta"),
    (3, "kolmelta"),
    (4, "neljältä"),
    (5, "viideltä"),
    (6, "kuudelta"),
    (7, "seitsemältä"),
    (8, "kahdeksalta"),
    (9, "yhdeksältä"),
    (10, "kymmeneltä"),
    (11, "yhdeltätoista"),
    (12, "kahdeltatoista"),
];

/// How much of the time the text tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    /// `17.30`, `9`: that time, unless a part of the day says that it is the later one.
    Written,
    /// `halv sex`, `klockan fem`: in the morning or in the evening.
    Spoken,
    /// `5`: digits are exact, and yet many mean the evening.
    Unclear,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    minute: u32,
    said: Said,
}

impl Clock {
    /// Minutes after midnight, if clear: up to 1440.
    pub fn minute(self, part: Option<&PartOfDay>) -> Option<u32> {
        let later = Some(self.minute + NOON).filter(|_| self.minute < NOON);
        let mut readings = [Some(self.minute), later].into_iter().flatten();
        match (part, self.said) {
            (Some(part), _) => readings.find(|minute| (part.first..=part.last).contains(minute)),
            (None, Said::Written) => Some(self.minute),
            (None, Said::Unclear) => None,
            (None, Said::Spoken) => {
                let mut readings = readings.filter(|minute| (FIRST..=LAST).contains(minute));
                readings.next().filter(|_| readings.next().is_none())
            }
        }
    }

    /// `6–22`: the later time shows that digits are exact.
    pub fn before(self, end: Self) -> Self {
        if self.said == Said::Unclear && end.minute > NOON {
            Self { said: Said::Written, ..self }
        } else {
            self
        }
    }

    pub const fn is_written(self) -> bool {
        matches!(self.said, Said::Written)
    }

    pub const fn is_spoken(self) -> bool {
        matches!(self.said, Said::Spoken)
    }

    /// A time of day in minutes; whether the text tells hours alone.
    const fn written(minute: u32, hours_alone: bool) -> Self {
        let said = if hours_alone && 0 < minute && minute < FIRST { Said::Unclear } else { Said::Written };
        Self { minute, said }
    }
}

/// The time that the tokens begin with. `on_clock`: a `klo` before them says that it is one.
pub(super) fn clock(tokens: &[Token<'_>], on_clock: bool) -> Option<(usize, Clock)> {
    let (taken, clock) = written(tokens, on_clock).or_else(|| half(tokens)).or_else(|| spoken(tokens))?;
    let rest = &tokens[taken..];
    let noun = &rest[dictionary::skip(HYPHEN, rest)..]; // 7–9-åringar
    let counts = amounts::unit(noun).is_some() && !days::is_week(rest);
    (on_clock || !counts).then_some((taken, clock))
}

/// Whether the words that a time takes say by themselves that they are one: `17.30`, `kuudelta`.
pub(super) fn tells_itself(words: &[Token<'_>]) -> bool {
    let with_minutes = |token: &Token<'_>| token.is_number() && token.word.contains([':', '.']);
    words.iter().any(with_minutes)
        || (0..words.len()).any(|at| dictionary::look_up(AT_HOURS, &words[at..]).is_some())
}

fn written(tokens: &[Token<'_>], on_clock: bool) -> Option<(usize, Clock)> {
    let word = &tokens.first()?.word;
    let hours_alone = digits(word, 2).is_some();
    if hours_alone || word.contains(['.', ':']) || on_clock && digits(word, 4).is_some() {
        let hour_24 = || matches!(word.as_str(), "24" | "24.00" | "24:00").then_some(MIDNIGHT);
        let minute = read::time(word).map(|time| time.hour() * 60 + time.minute()).or_else(hour_24)?;
        let leading_zero = word.starts_with('0');
        return Some((1, Clock::written(minute, hours_alone && !leading_zero)));
    }
    None
}

/// `halv sex`, `puoli 6`: half an hour before.
fn half(tokens: &[Token<'_>]) -> Option<(usize, Clock)> {
    let half = dictionary::find(HALF, tokens)?;
    let (taken, hour) = hour(&tokens[half..]).filter(|(_, hour)| *hour <= 12)?;
    Some((half + taken, Clock { minute: hour * 60 - 30, said: Said::Spoken }))
}

/// `fem`, `kuudelta`, `sjutton`.
fn spoken(tokens: &[Token<'_>]) -> Option<(usize, Clock)> {
    let (taken, hour) = hour(tokens).filter(|_| !tokens[0].is_number())?;
    let said = if hour <= 12 { Said::Spoken } else { Said::Written };
    Some((taken, Clock { minute: hour * 60, said }))
}

/// 1 to 23.
fn hour(tokens: &[Token<'_>]) -> Option<(usize, u32)> {
    let number = || numbers::whole(tokens).and_then(|(taken, hour)| Some((taken, u32::try_from(hour).ok()?)));
    let hour = dictionary::look_up(AT_HOURS, tokens).or_else(number);
    hour.filter(|(_, hour)| (1..24).contains(hour))
}
