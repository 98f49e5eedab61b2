//! What was asked for, as typed and as understood.

use chrono::{Days, NaiveDate, Timelike};
use serde::Deserialize;
use vayla_domain::{booking::PEOPLE_MAX, money::PriceGroup};
use vayla_locales::{format, read};
use vayla_services::occupancy::Wish;

use crate::ui::{Ctx, Errors};

pub(super) const LENGTHS: [i64; 7] = [30, 45, 60, 90, 120, 180, 240];
/// A search looks at the day and the six after it.
const DAYS: u64 = 6;

/// The fields as they stand in the address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SearchQuery {
    pub kind: String,
    pub town: String,
    pub date: String,
    pub from: String,
    pub minutes: String,
    pub people: String,
    /// How many pages of results to show.
    pub more: u32,
}

impl SearchQuery {
    /// The length asked for, an hour where none was.
    pub fn minutes(&self) -> i64 {
        self.minutes.parse().ok().filter(|minutes| LENGTHS.contains(minutes)).unwrap_or(60)
    }

    /// What is to be looked for, and what couldn't be understood.
    pub fn wish(&self, ctx: &Ctx) -> (Wish, Errors) {
        let (w, mut errors) = (ctx.words(), Errors::default());
        let today = today(ctx);
        let from = if self.date.trim().is_empty() { Some(today) } else { read::date(&self.date, today) };
        if from.is_none() {
            errors.add("date", w.error_date(&self.date));
        }
        let time = if self.from.trim().is_empty() { Some(0) } else { minute(&self.from) };
        if time.is_none() {
            errors.add("from", w.error_time(&self.from));
        }
        let people = self.people.trim();
        let count = people.parse().ok().filter(|count| (1..=PEOPLE_MAX).contains(count));
        if !people.is_empty() && count.is_none() {
            errors.add("people", w.error_people(&self.people));
        }
        let from = from.unwrap_or(today);
        if from < today {
            errors.add("date", w.problem_in_the_past());
        }
        let last =
            ctx.catalogue.spaces.iter().map(|space| space.rules.last_date(PriceGroup::Adult, ctx.now)).max();
        if let Some(last) = last.filter(|last| from > *last) {
            errors.add("date", w.problem_too_early(format::date_short(ctx.language, last)));
        }
        let named = |value: &str| (!value.is_empty()).then(|| value.to_owned());
        let wish = Wish {
            minute_from: time.unwrap_or(0),
            municipality: named(&self.town).filter(|code| ctx.catalogue.municipality(code).is_some()),
            kind: named(&self.kind),
            people: count,
            ..Wish::any_time(from, from + Days::new(DAYS), self.minutes())
        };
        (wish, errors)
    }
}

fn minute(text: &str) -> Option<u32> {
    read::time(text).map(|time| time.hour() * 60 + time.minute())
}

/// Today where the day begins first: nobody misses a time that is still to come.
pub(super) fn today(ctx: &Ctx) -> NaiveDate {
    let dates =
        ctx.catalogue.municipalities.iter().map(|town| ctx.now.with_timezone(&town.zone).date_naive());
    dates.min().unwrap_or_else(|| ctx.now.date_naive())
}
