//! What was asked for, as typed and as understood.

use chrono::{Days, NaiveDate, Timelike};
use serde::{Deserialize, Serialize};
use vayla_domain::{booking::PEOPLE_MAX, money::PriceGroup, space::Weekdays, time::Quarter};
use vayla_locales::{format, read};
use vayla_services::occupancy::{DAYS_MAX, Wish};

use crate::ui::{Ctx, Errors};

pub(super) const LENGTHS: [i64; 7] = [30, 45, 60, 90, 120, 180, 240];
/// Shares of a hall that can be asked for, in per cent; nought for any.
pub(super) const SHARES: [i64; 4] = [0, 25, 50, 100];
/// A search looks at the day and the six after it, where no last day is named.
const DAYS: u64 = 6;

/// The fields as they stand in the address.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct SearchQuery {
    /// In one's own words: read into the fields below.
    #[serde(skip_serializing)]
    pub text: String,
    pub kind: String,
    pub town: String,
    pub date: String,
    pub until: String,
    pub from: String,
    pub to: String,
    pub minutes: String,
    pub share: String,
    pub people: String,
    /// By whose rules and prices; an adult's where nothing is said.
    pub group: String,
    /// A box for each day of the week.
    pub d1: String,
    pub d2: String,
    pub d3: String,
    pub d4: String,
    pub d5: String,
    pub d6: String,
    pub d7: String,
    /// `best` or nothing: earliest first.
    pub order: String,
    /// How many pages of results to show.
    #[serde(skip_serializing_if = "is_first")]
    pub more: u32,
}

impl SearchQuery {
    /// The length asked for, an hour where none was.
    pub fn minutes(&self) -> i64 {
        let fits = |minutes: &i64| (15..=24 * 60).contains(minutes) && minutes % Quarter::MINUTES == 0;
        self.minutes.parse().ok().filter(fits).unwrap_or(60)
    }

    pub fn share_percent(&self) -> i64 {
        self.share.parse().ok().filter(|share| (0..=100).contains(share)).unwrap_or(0)
    }

    pub fn group(&self) -> PriceGroup {
        self.group.parse().unwrap_or(PriceGroup::Adult)
    }

    pub fn is_best_first(&self) -> bool {
        self.order == "best"
    }

    /// Each day of the week with its box, Monday first.
    pub fn days(&self) -> [&str; 7] {
        [&self.d1, &self.d2, &self.d3, &self.d4, &self.d5, &self.d6, &self.d7].map(String::as_str)
    }

    pub fn days_mut(&mut self) -> [&mut String; 7] {
        let Self { d1, d2, d3, d4, d5, d6, d7, .. } = self;
        [d1, d2, d3, d4, d5, d6, d7]
    }

    /// All days where none is ticked.
    fn weekdays(&self) -> Weekdays {
        let ticked = (1..=7u32).zip(self.days()).filter(|(_, ticked)| !ticked.is_empty());
        Weekdays::try_from(ticked.map(|(day, _)| day).collect::<Vec<_>>()).unwrap_or_default()
    }

    /// Whether more is asked than stands in the first row.
    pub fn asks_more(&self) -> bool {
        let texts = [&self.until, &self.to, &self.order];
        self.share_percent() > 0
            || self.group() != PriceGroup::Adult
            || self.days().iter().any(|day| !day.is_empty())
            || texts.iter().any(|text| !text.trim().is_empty())
    }

    /// What is to be looked for, and what couldn't be understood.
    pub fn wish(&self, ctx: &Ctx) -> (Wish, Errors) {
        let mut errors = Errors::default();
        let (from, to) = self.dates(ctx, &mut errors);
        let minute_from = time(ctx, "from", &self.from, &mut errors);
        let minute_to = time(ctx, "to", &self.to, &mut errors);
        if minute_to.is_some_and(|to| to <= minute_from.unwrap_or(0)) {
            errors.add("to", ctx.words().search_ends_too_soon());
        }
        let named = |value: &str| (!value.is_empty()).then(|| value.to_owned());
        let wish = Wish {
            weekdays: self.weekdays(),
            minute_from: minute_from.unwrap_or(0),
            minute_to,
            share_percent: self.share_percent(),
            municipality: named(&self.town).filter(|code| ctx.catalogue.municipality(code).is_some()),
            kind: named(&self.kind),
            people: self.people(ctx, &mut errors),
            group: self.group(),
            ..Wish::any_time(from, to, self.minutes())
        };
        (wish, errors)
    }

    fn dates(&self, ctx: &Ctx, errors: &mut Errors) -> (NaiveDate, NaiveDate) {
        let (w, today) = (ctx.words(), today(ctx));
        let mut date = |field, typed: &str| {
            let read = (!typed.trim().is_empty()).then(|| read::date(typed, today));
            if read == Some(None) {
                errors.add(field, w.error_date(typed));
            }
            read.flatten()
        };
        let (from, to) = (date("date", &self.date).unwrap_or(today), date("until", &self.until));
        if from < today {
            errors.add("date", w.problem_in_the_past());
        }
        let spaces = ctx.catalogue.spaces.iter();
        let last = spaces.map(|space| space.rules.last_date(self.group(), ctx.now)).max();
        if let Some(last) = last.filter(|last| from > *last) {
            errors.add("date", w.problem_too_early(format::date_short(ctx.language, last)));
        }
        if to.is_some_and(|to| to < from) {
            errors.add("until", w.search_until_before());
        }
        if to.is_some_and(|to| to > from + Days::new(DAYS_MAX - 1)) {
            errors.add("until", w.problem_search_too_long(DAYS_MAX));
        }
        (from, to.unwrap_or(from + Days::new(DAYS)))
    }

    fn people(&self, ctx: &Ctx, errors: &mut Errors) -> Option<i64> {
        let people = self.people.trim();
        let count = people.parse().ok().filter(|count| (1..=PEOPLE_MAX).contains(count));
        if !people.is_empty() && count.is_none() {
            errors.add("people", ctx.words().error_people(&self.people));
        }
        count
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
const fn is_first(more: &u32) -> bool {
    *more == 0
}

/// Minutes after midnight.
fn time(ctx: &Ctx, field: &'static str, typed: &str, errors: &mut Errors) -> Option<u32> {
    if typed.trim().is_empty() {
        return None;
    }
    let read = read::time(typed).map(|time| time.hour() * 60 + time.minute());
    if read.is_none() {
        errors.add(field, ctx.words().error_time(typed));
    }
    read
}

/// Today where the day begins last: nobody misses a time that is still to come.
pub(super) fn today(ctx: &Ctx) -> NaiveDate {
    let dates =
        ctx.catalogue.municipalities.iter().map(|town| ctx.now.with_timezone(&town.zone).date_naive());
    dates.min().unwrap_or_else(|| ctx.now.date_naive())
}
