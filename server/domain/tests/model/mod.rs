//! The slow, obvious model: it asks every rule about every minute.

use std::{cell::RefCell, collections::HashMap};

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use vayla_domain::{
    holiday::{Holiday, Rank, holiday},
    money::PriceGroup,
    space::{Access, Condition, FacilityRules, Notice, OpeningRule, OwnRules, Refusal, SpaceBounds},
    time::Span,
};

pub struct Model<'a> {
    own: &'a OwnRules,
    facility: &'a FacilityRules,
    bounds: SpaceBounds,
    zone: Tz,
    country: &'a str,
    /// What has been worked out before: the same minutes are asked about again and again.
    known: RefCell<HashMap<DateTime<Utc>, (bool, bool)>>,
}

/// A refusal by its name.
pub fn kind(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::InThePast => "past",
        Refusal::OffRaster { .. } => "raster",
        Refusal::TooShort { .. } => "short",
        Refusal::TooLong { .. } => "long",
        Refusal::TooLate { .. } => "late",
        Refusal::TooEarly { .. } => "early",
        Refusal::Closed(_) => "closed",
        Refusal::LeavesGap { .. } => "gap",
    }
}

impl<'a> Model<'a> {
    pub fn new(
        own: &'a OwnRules,
        facility: &'a FacilityRules,
        bounds: SpaceBounds,
        zone: Tz,
        country: &'a str,
    ) -> Self {
        Self { own, facility, bounds, zone, country, known: RefCell::default() }
    }

    fn date(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// The rule of a date: every kind in turn, the most special first.
    fn rule(&self, date: NaiveDate) -> Option<&'a OpeningRule> {
        let last = |rules: &'a [OpeningRule], wanted: fn(&Condition) -> bool| {
            rules.iter().rev().find(|rule| wanted(&rule.on) && self.holds(&rule.on, date))
        };
        let special: [fn(&Condition) -> bool; 3] = [
            |on| matches!(on, Condition::Dates(_)),
            |on| matches!(on, Condition::Yearly(_)),
            |on| matches!(on, Condition::Holidays(_)),
        ];
        for wanted in special {
            if let Some(rule) =
                last(&self.own.opening, wanted).or_else(|| last(&self.facility.opening, wanted))
            {
                return Some(rule);
            }
        }
        let has_own =
            self.own.opening.iter().any(|rule| matches!(rule.on, Condition::Always | Condition::Season(_)));
        let rules = if has_own { &self.own.opening } else { &self.facility.opening };
        last(rules, |on| matches!(on, Condition::Season(_)))
            .or_else(|| last(rules, |on| matches!(on, Condition::Always)))
    }

    fn holds(&self, on: &Condition, date: NaiveDate) -> bool {
        let day = date.format("%m-%d").to_string();
        match on {
            Condition::Always => true,
            Condition::Season(days) | Condition::Yearly(days) => {
                let (from, to) = (days.from.to_string(), days.to.to_string());
                if from <= to { from <= day && day <= to } else { day >= from || day <= to }
            }
            Condition::Dates(dates) => dates.from <= date && date <= dates.to,
            Condition::Holidays(which) => {
                let codes = serde_json::to_value(which).expect("codes");
                let is = |holiday: Holiday| {
                    let mut names = vec![holiday.code().to_owned()];
                    match holiday.rank() {
                        Rank::Public => names.push("public".to_owned()),
                        Rank::Eve => names.push("eve".to_owned()),
                        Rank::HalfDay => {}
                    }
                    codes.as_array().expect("a list").iter().any(|code| names.iter().any(|name| code == name))
                };
                holiday(self.country, date).is_some_and(is)
            }
        }
    }

    /// The first minute at which the wall shows so many minutes after a date's midnight, or more.
    fn first_minute(&self, date: NaiveDate, minute: i64) -> DateTime<Utc> {
        let wanted = date.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute);
        let mut at = wanted.and_utc() - TimeDelta::hours(4);
        while at.with_timezone(&self.zone).naive_local() < wanted {
            at += TimeDelta::minutes(15);
        }
        at
    }

    /// Whether it is open at a minute, and whether somebody is there.
    pub fn open(&self, at: DateTime<Utc>) -> (bool, bool) {
        *self.known.borrow_mut().entry(at).or_insert_with(|| self.look(at))
    }

    fn look(&self, at: DateTime<Utc>) -> (bool, bool) {
        let (mut open, mut staffed) = (false, false);
        for days in 0..=2 {
            let date = self.date(at) - Days::new(days);
            let Some(rule) = self.rule(date) else { continue };
            for hours in &rule.hours {
                let inside = self.first_minute(date, hours.opens.minute()) <= at
                    && at < self.first_minute(date, hours.closes.minute());
                if hours.days.contains(date.weekday().number_from_monday()) && inside {
                    open = true;
                    staffed |= hours.access == Access::Staffed;
                }
            }
        }
        (open, staffed)
    }

    /// The last moment to book a time.
    fn book_until(&self, start: DateTime<Utc>, group: PriceGroup) -> DateTime<Utc> {
        let lead = self.said_of(group, |window| window.lead).unwrap_or(Notice::Hours(0));
        let json = serde_json::to_value(lead).expect("a notice");
        if let Some(hours) = json["hours"].as_i64() {
            return start - TimeDelta::hours(hours);
        }
        let (of, working) = if json["days"].is_object() { ("days", false) } else { ("working_days", true) };
        let mut left = json[of]["days"].as_i64().expect("days");
        let mut date = self.date(start);
        while left > 0 {
            date = date.pred_opt().expect("a date");
            let rests = matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
                || !vayla_domain::holiday::is_working_day(self.country, date);
            left -= i64::from(!working || !rests);
        }
        let until = json[of]["until"].as_str().expect("a time");
        let (hour, minute) = until.split_once(':').expect("a colon");
        let number = |text: &str| text.parse::<i64>().expect("a number");
        self.first_minute(date, number(hour) * 60 + number(minute))
    }

    fn said_of<T>(
        &self,
        group: PriceGroup,
        what: impl Fn(&vayla_domain::space::BookingWindow) -> Option<T> + Copy,
    ) -> Option<T> {
        for windows in [&self.own.booking, &self.facility.booking] {
            let named = windows.iter().filter(|window| window.group == Some(group)).find_map(what);
            let found =
                named.or_else(|| windows.iter().filter(|window| window.group.is_none()).find_map(what));
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Why a time can't be booked, in the order in which people are told; `None` where it can.
    pub fn refusal(
        &self,
        span: Span,
        group: PriceGroup,
        now: DateTime<Utc>,
        taken: &[Span],
    ) -> Option<&'static str> {
        let (start, end) = (span.start().start(), span.end().start());
        let wall = start.with_timezone(&self.zone).naive_local();
        let after_midnight = (wall - wall.date().and_time(NaiveTime::MIN)).num_minutes();
        let first = self.own.first_start.map_or(0, |first| first.minute());
        let horizon = self.said_of(group, |window| window.horizon_days).unwrap_or(self.bounds.horizon_days);
        let quarters: Vec<DateTime<Utc>> = span.iter().map(|quarter| quarter.start()).collect();
        let step = self.bounds.step_minutes;
        if start < now {
            Some("past")
        } else if after_midnight < first || (after_midnight - first) % step != 0 || span.minutes() % step != 0
        {
            Some("raster")
        } else if span.minutes() < self.bounds.minutes_min {
            Some("short")
        } else if span.minutes() > self.bounds.minutes_max {
            Some("long")
        } else if self.date(start) > self.date(now) + Days::new(horizon.into()) {
            Some("early")
        } else if !quarters.iter().all(|at| self.open(*at).0) {
            Some("closed")
        } else if self.book_until(start, group) < now {
            Some("late")
        } else if !self.is_free(start, end, taken) {
            Some("taken")
        } else if self.own.no_gaps && self.leaves_gap(start, end, now, taken) {
            Some("gap")
        } else {
            None
        }
    }

    /// Whether a booking of the time, with its buffers, meets none that is there.
    fn is_free(&self, start: DateTime<Utc>, end: DateTime<Utc>, taken: &[Span]) -> bool {
        let from = start - TimeDelta::minutes(self.own.before_minutes);
        let to = end + TimeDelta::minutes(self.own.after_minutes);
        taken.iter().all(|other| other.end().start() <= from || to <= other.start().start())
    }

    /// Whether a quarter is still to come, open, and could belong to a booking.
    fn has_room(&self, at: DateTime<Utc>, now: DateTime<Utc>, taken: &[Span]) -> bool {
        at >= now && self.open(at).0 && self.is_free(at, at + TimeDelta::minutes(15), taken)
    }

    fn leaves_gap(
        &self,
        start: DateTime<Utc>,
        end: DateTime<Utc>,
        now: DateTime<Utc>,
        taken: &[Span],
    ) -> bool {
        let shortest = self.bounds.minutes_min + self.own.before_minutes + self.own.after_minutes;
        let quarter = TimeDelta::minutes(15);
        let mut before = 0;
        while before < shortest && self.has_room(start - TimeDelta::minutes(before) - quarter, now, taken) {
            before += 15;
        }
        let mut after = 0;
        while after < shortest && self.has_room(end + TimeDelta::minutes(after), now, taken) {
            after += 15;
        }
        let too_short = |gap: i64| 0 < gap && gap < shortest;
        (too_short(before) && after > 0) || (too_short(after) && before > 0)
    }
}
