//! What is searched for, as it stands in the address.

use chrono::{NaiveTime, Timelike};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use vayla_domain::space::Weekdays;
use vayla_locales::words;
use vayla_services::occupancy::{DAYS_MAX, Wish};

use super::super::{instant::Day, names::Group, page::Limit, problem::Problem};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchAsked {
    /// The first local day to look through.
    from: Day,
    /// The last, itself included; without it, one day. At most 31 days.
    #[param(nullable = false)]
    to: Option<Day>,
    /// How long a time is wanted.
    #[param(value_type = u32, minimum = 15, maximum = 1440, example = 60)]
    minutes: Minutes,
    /// A town's code.
    #[param(nullable = false, example = "tornio")]
    municipality: Option<String>,
    /// A kind of facility.
    #[param(nullable = false, example = "ice")]
    kind: Option<String>,
    /// How many people it must take.
    #[param(value_type = Option<u32>, nullable = false, minimum = 1, maximum = 5000)]
    people: Option<People>,
    /// Days of the week, Monday is 1; all where nothing is said.
    #[param(value_type = Option<String>, nullable = false, pattern = "^[1-7](,[1-7]){0,6}$", example = "2,4")]
    weekdays: Option<WeekdayList>,
    /// Starts at this time of the facility's day or later.
    #[param(value_type = Option<String>, nullable = false, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "17:00")]
    earliest: Option<TimeOfDay>,
    /// Ends by this time.
    #[param(value_type = Option<String>, nullable = false, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "21:00")]
    latest: Option<TimeOfDay>,
    /// At least this much of the whole hall or field, in per cent.
    #[param(value_type = Option<u32>, nullable = false, minimum = 1, maximum = 100, example = 50)]
    share: Option<Share>,
    /// By whose rules; `adult` where nothing is said.
    price_group: Option<Group>,
    #[serde(default)]
    pub order: Order,
    #[serde(default)]
    #[param(value_type = Option<u32>, nullable = false, minimum = 1, maximum = 200, default = 50)]
    pub limit: Limit,
    /// `next` of the page before.
    #[param(nullable = false)]
    pub after: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "i64")]
pub struct Minutes(pub i64);

impl TryFrom<i64> for Minutes {
    type Error = &'static str;

    fn try_from(minutes: i64) -> Result<Self, &'static str> {
        if (15..=1440).contains(&minutes) { Ok(Self(minutes)) } else { Err("15 to 1440") }
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "i64")]
struct People(i64);

impl TryFrom<i64> for People {
    type Error = &'static str;

    fn try_from(people: i64) -> Result<Self, &'static str> {
        if (1..=5000).contains(&people) { Ok(Self(people)) } else { Err("1 to 5000") }
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "i64")]
pub struct Share(pub i64);

impl TryFrom<i64> for Share {
    type Error = &'static str;

    fn try_from(percent: i64) -> Result<Self, &'static str> {
        if (1..=100).contains(&percent) { Ok(Self(percent)) } else { Err("1 to 100") }
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
struct WeekdayList(Weekdays);

impl TryFrom<String> for WeekdayList {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        let days: Option<Vec<u32>> =
            text.split(',').map(|day| day.parse().ok().filter(|_| day.len() == 1)).collect();
        let days = days.filter(|days| days.len() <= 7);
        days.and_then(|days| days.try_into().ok()).map(Self).ok_or("numbers from 1 to 7")
    }
}

/// Minutes after midnight.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
pub struct TimeOfDay(pub u32);

impl TryFrom<String> for TimeOfDay {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        let time = NaiveTime::parse_from_str(&text, "%H:%M").map_err(|_| "HH:MM")?;
        if text.len() == 5 { Ok(Self(time.hour() * 60 + time.minute())) } else { Err("HH:MM") }
    }
}

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    #[default]
    Earliest,
    /// What suits the wish best: soon, near the hour, no larger than asked.
    Best,
}

impl SearchAsked {
    pub fn wish(&self) -> Result<Wish, Problem> {
        let from = self.from.date("from")?;
        let to = self.to.map_or(Ok(from), |to| to.date("to"))?;
        if (to - from).num_days() >= i64::try_from(DAYS_MAX).unwrap_or(i64::MAX) {
            return Err(Problem::refused("invalid", "to", |language| {
                words(language).problem_search_too_long(DAYS_MAX)
            }));
        }
        Ok(Wish {
            weekdays: self.weekdays.map_or(Weekdays::ALL, |days| days.0),
            minute_from: self.earliest.map_or(0, |time| time.0),
            minute_to: self.latest.map(|time| time.0),
            share_percent: self.share.map_or(0, |share| share.0),
            municipality: self.municipality.clone(),
            kind: self.kind.clone(),
            people: self.people.map(|people| people.0),
            group: self.price_group.unwrap_or_default().0,
            ..Wish::any_time(from, to, self.minutes.0)
        })
    }
}
