//! When a price holds.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::space::{Condition, WallMinute, Weekdays};

/// Dates, days of the week and hours of the local day; always, where nothing is said. A date's price is chosen
/// as its opening hours are: dates before yearly days, before holidays, before seasons, before what always
/// holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Band {
    #[serde(skip_serializing_if = "Condition::is_always")]
    pub on: Condition,
    #[serde(skip_serializing_if = "Weekdays::are_all")]
    pub days: Weekdays,
    /// From, up to but without.
    #[serde(skip_serializing_if = "is_start")]
    pub from: WallMinute,
    #[serde(skip_serializing_if = "is_end")]
    pub to: WallMinute,
}

impl Default for Band {
    fn default() -> Self {
        Self {
            on: Condition::Always,
            days: Weekdays::ALL,
            from: WallMinute::START_OF_DAY,
            to: WallMinute::END_OF_DAY,
        }
    }
}

fn is_start(minute: &WallMinute) -> bool {
    *minute == WallMinute::START_OF_DAY
}

fn is_end(minute: &WallMinute) -> bool {
    *minute == WallMinute::END_OF_DAY
}

impl Band {
    #[must_use]
    pub fn is_always(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn is_on(&self, date: NaiveDate, country: &str) -> bool {
        self.days.contains(date.weekday().number_from_monday()) && self.on.holds(date, country)
    }

    pub(super) fn has(&self, minute: i64) -> bool {
        (self.from.minute()..self.to.minute()).contains(&minute)
    }
}
