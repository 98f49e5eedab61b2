//! What somebody is looking for.

use chrono::{Datelike, Days, NaiveDate};
use vayla_domain::{money::PriceGroup, space::Weekdays};

use crate::catalogue::Space;

/// How many days one search may look through.
pub const DAYS_MAX: u64 = 31;

/// A wish for a time, in the local time of whatever facility meets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Dates, both included; at most [`DAYS_MAX`] are looked through.
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub weekdays: Weekdays,
    /// Starts not before this minute of the day.
    pub minute_from: u32,
    /// Ends at this minute of the same day at the latest, where one is named.
    pub minute_to: Option<u32>,
    pub minutes: i64,
    /// At least this much of the largest space around it: 50 for half a hall.
    pub share_percent: i64,
    pub municipality: Option<String>,
    pub kind: Option<String>,
    pub people: Option<i64>,
    pub group: PriceGroup,
}

impl Wish {
    /// Any hour of the dates, of anything, for an adult.
    #[must_use]
    pub const fn any_time(from: NaiveDate, to: NaiveDate, minutes: i64) -> Self {
        Self {
            from,
            to,
            weekdays: Weekdays::ALL,
            minute_from: 0,
            minute_to: None,
            minutes,
            share_percent: 0,
            municipality: None,
            kind: None,
            people: None,
            group: PriceGroup::Adult,
        }
    }

    pub(crate) fn admits(&self, space: &Space) -> bool {
        let facility = &space.facility;
        self.municipality.as_ref().is_none_or(|code| *code == facility.municipality.code)
            && self.kind.as_ref().is_none_or(|kind| *kind == facility.kind)
            && self.people.is_none_or(|people| space.capacity.is_none_or(|capacity| people <= capacity))
            && space.share_percent >= self.share_percent
    }

    /// The dates to look through.
    pub(crate) fn dates(&self) -> impl Iterator<Item = NaiveDate> {
        let last = self.to.min(self.from + Days::new(DAYS_MAX - 1));
        let weekdays = self.weekdays;
        let dates = self.from.iter_days().take_while(move |date| *date <= last);
        dates.filter(move |date| weekdays.contains(date.weekday().number_from_monday()))
    }
}
