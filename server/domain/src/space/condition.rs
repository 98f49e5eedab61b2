//! On which dates a rule holds.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::holiday::{Holiday, Rank, holiday};

/// A day of any year, written `08-15`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct YearDay {
    month: u32,
    day: u32,
}

/// No calendar has such a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a day of the year like 08-15")]
pub struct NotAYearDay;

impl YearDay {
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self { month: date.month(), day: date.day() }
    }

    /// The day in the year of a date, or the day after it where that year hasn't got it.
    #[must_use]
    pub fn in_year(self, date: NaiveDate) -> Option<NaiveDate> {
        let day = |month, day| NaiveDate::from_ymd_opt(date.year(), month, day);
        day(self.month, self.day).or_else(|| day(self.month + 1, 1))
    }
}

impl fmt::Display for YearDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl From<YearDay> for String {
    fn from(day: YearDay) -> Self {
        day.to_string()
    }
}

impl TryFrom<String> for YearDay {
    type Error = NotAYearDay;

    fn try_from(text: String) -> Result<Self, NotAYearDay> {
        // A leap year, so that 02-29 is a day.
        let date: NaiveDate = format!("2024-{text}").parse().map_err(|_| NotAYearDay)?;
        let day = Self::of(date);
        // As it is written, and not as chrono would read it too: `8-15`, `08- 1`.
        if day.to_string() == text { Ok(day) } else { Err(NotAYearDay) }
    }
}

/// From a day of the year to another, both included; over New Year where the second comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Yearly {
    pub from: YearDay,
    pub to: YearDay,
}

impl Yearly {
    #[must_use]
    pub fn contains(self, date: NaiveDate) -> bool {
        let day = YearDay::of(date);
        if self.from <= self.to {
            (self.from..=self.to).contains(&day)
        } else {
            day >= self.from || day <= self.to
        }
    }
}

/// From a date to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dates {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Dates {
    #[must_use]
    pub fn contains(self, date: NaiveDate) -> bool {
        (self.from..=self.to).contains(&date)
    }
}

/// Holidays of a facility's country: all of a rank, or a certain one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holidays {
    Public,
    Eve,
    #[serde(untagged)]
    Named(Holiday),
}

impl Holidays {
    #[must_use]
    pub fn include(self, holiday: Holiday) -> bool {
        match self {
            Self::Public => holiday.rank() == Rank::Public,
            Self::Eve => holiday.rank() == Rank::Eve,
            Self::Named(named) => named == holiday,
        }
    }
}

/// When a rule holds. The later of these are the more special, and stand before the others.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Every day.
    Always,
    /// Within the season each year. Whoever has seasons is closed outside them.
    Season(Yearly),
    /// On these holidays of the facility's country.
    Holidays(Vec<Holidays>),
    /// On these days each year: an exception.
    Yearly(Yearly),
    /// On these dates: an exception.
    Dates(Dates),
}

impl Condition {
    #[must_use]
    pub fn holds(&self, date: NaiveDate, country: &str) -> bool {
        match self {
            Self::Always => true,
            Self::Season(days) | Self::Yearly(days) => days.contains(date),
            Self::Holidays(which) => {
                holiday(country, date).is_some_and(|holiday| which.iter().any(|one| one.include(holiday)))
            }
            Self::Dates(dates) => dates.contains(date),
        }
    }

    /// Whether it is what holds when nothing special does.
    #[must_use]
    pub const fn is_regular(&self) -> bool {
        matches!(self, Self::Always | Self::Season(_))
    }

    #[must_use]
    pub const fn is_always(&self) -> bool {
        matches!(self, Self::Always)
    }

    /// Whether its dates, where it has any, end after they begin.
    #[must_use]
    pub fn is_in_order(&self) -> bool {
        !matches!(self, Self::Dates(Dates { from, to }) if from > to)
    }

    /// The more special, the higher.
    pub(crate) const fn order(&self) -> u8 {
        match self {
            Self::Always => 0,
            Self::Season(_) => 1,
            Self::Holidays(_) => 2,
            Self::Yearly(_) => 3,
            Self::Dates(_) => 4,
        }
    }
}
