//! When a place is open: rules by weekday, season, holiday and date.

use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{Access, Condition, Hours};
use crate::{
    Bilingual,
    holiday::{Holiday, holiday},
    time::{LocalDay, QuarterSet, Span},
};

/// How far the next day of a season is looked for.
const SEASON_DAYS_MAX: u64 = 366;

/// On some dates these hours hold; none of them, and it is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpeningRule {
    #[serde(default = "always")]
    pub on: Condition,
    pub hours: Vec<Hours>,
    /// Said to whoever asks for a time outside the hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Bilingual>,
}

const fn always() -> Condition {
    Condition::Always
}

/// A space's opening: its own rules and its facility's, by the clock and the calendar of their place.
///
/// On each date one rule holds: a dated exception before a yearly one, before a holiday's, before what
/// is regular. Of the same kind the space's own stands before the facility's, and a later one before an
/// earlier. Regular hours (with seasons or without) are the space's own where it has any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    pub zone: Tz,
    /// ISO code: whose holidays.
    pub country: String,
    /// The first that holds on a date is the one that counts.
    exceptions: Vec<OpeningRule>,
    regular: Vec<OpeningRule>,
}

/// Why a quarter isn't open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closed {
    /// Outside the day's hours.
    Hours,
    /// Outside the season; the next date in it.
    Season(Option<NaiveDate>),
    Holiday(Holiday),
    /// As staff have put it.
    Reason(Bilingual),
}

/// What is open in a day's window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OpenDay {
    pub open: QuarterSet,
    /// Those of the open quarters in which nobody is there and the door opens by a code.
    pub door_code: QuarterSet,
}

impl Opening {
    #[must_use]
    pub fn new(zone: Tz, country: &str, own: &[OpeningRule], facility: &[OpeningRule]) -> Self {
        let regular_of = |rules: &[OpeningRule]| sorted(rules.iter().filter(|rule| rule.on.is_regular()));
        let own_regular = regular_of(own);
        let exceptions = own.iter().rev().chain(facility.iter().rev()).filter(|rule| !rule.on.is_regular());
        let mut exceptions: Vec<OpeningRule> = exceptions.cloned().collect();
        exceptions.sort_by_key(|rule| std::cmp::Reverse(rule.on.order())); // stable: own and later stay first
        let regular = if own_regular.is_empty() { regular_of(facility) } else { own_regular };
        Self { zone, country: country.to_owned(), exceptions, regular }
    }

    /// The rule that counts on a date; `None` outside all of them.
    #[must_use]
    pub fn rule_on(&self, date: NaiveDate) -> Option<&OpeningRule> {
        self.exceptions.iter().chain(&self.regular).find(|rule| rule.on.holds(date, &self.country))
    }

    /// The hours that begin on a date, earliest first.
    #[must_use]
    pub fn hours_on(&self, date: NaiveDate) -> Vec<Hours> {
        let weekday = chrono::Datelike::weekday(&date).number_from_monday();
        let hours = self.rule_on(date).map(|rule| rule.hours.as_slice()).unwrap_or_default();
        let mut hours: Vec<Hours> =
            hours.iter().filter(|hours| hours.days.contains(weekday)).copied().collect();
        hours.sort_by_key(|hours| hours.opens);
        hours
    }

    /// What is open in the day's window.
    #[must_use]
    pub fn on_day(&self, day: &LocalDay) -> OpenDay {
        let mut found = OpenDay::default();
        let mut staffed = QuarterSet::EMPTY;
        // From two days before, whose hours may reach into the window, to two days after.
        for offset in -2..=2 {
            let date = shifted(day.date(), offset);
            for hours in self.hours_on(date) {
                let at = |minute: i64| day.index_at(offset * 24 * 60 + minute);
                let open = QuarterSet::range(at(hours.opens.minute()), at(hours.closes.minute()));
                found.open = found.open | open;
                match hours.access {
                    Access::Staffed => staffed = staffed | open,
                    Access::DoorCode => found.door_code = found.door_code | open,
                }
            }
        }
        found.door_code = found.door_code & !staffed;
        found
    }

    /// Whether every quarter of the span, of at most a day, is open.
    #[must_use]
    pub fn covers(&self, span: Span) -> bool {
        let day = LocalDay::of(span.start().start(), self.zone);
        let wanted = day.set_of(span);
        wanted.len() == span.quarters() && (wanted & !self.on_day(&day).open).is_empty()
    }

    /// Whether somebody is there all the while, or the door opens by a code for a part of it.
    #[must_use]
    pub fn access(&self, span: Span) -> Access {
        let day = LocalDay::of(span.start().start(), self.zone);
        let unstaffed = self.on_day(&day).door_code & day.set_of(span);
        if unstaffed.is_empty() { Access::Staffed } else { Access::DoorCode }
    }

    /// Why it isn't open at an instant at which it isn't.
    #[must_use]
    pub fn why_closed(&self, at: DateTime<Utc>) -> Closed {
        let date = at.with_timezone(&self.zone).date_naive();
        match self.rule_on(date) {
            Some(OpeningRule { reason: Some(reason), .. }) => Closed::Reason(reason.clone()),
            Some(OpeningRule { on: Condition::Holidays(_), .. }) => {
                holiday(&self.country, date).map_or(Closed::Hours, Closed::Holiday)
            }
            None if self.has_seasons() => Closed::Season(self.next_season(date)),
            _ => Closed::Hours,
        }
    }

    fn has_seasons(&self) -> bool {
        self.regular.iter().any(|rule| matches!(rule.on, Condition::Season(_)))
    }

    fn next_season(&self, after: NaiveDate) -> Option<NaiveDate> {
        let dates = (1..=SEASON_DAYS_MAX).map_while(|days| after.checked_add_days(Days::new(days)));
        dates.into_iter().find(|date| !self.hours_on(*date).is_empty())
    }

    /// The regular rules, the one that counts first: for showing what holds in an ordinary week.
    #[must_use]
    pub fn regular(&self) -> &[OpeningRule] {
        &self.regular
    }

    /// The exceptions, the more special first.
    #[must_use]
    pub fn exceptions(&self) -> &[OpeningRule] {
        &self.exceptions
    }
}

/// The later before the earlier, seasons before what holds always: after the first of those nothing counts.
fn sorted<'a>(rules: impl DoubleEndedIterator<Item = &'a OpeningRule>) -> Vec<OpeningRule> {
    let mut rules: Vec<OpeningRule> = rules.rev().cloned().collect();
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.on.order()));
    let always = rules.iter().position(|rule| rule.on == Condition::Always);
    rules.truncate(always.map_or(rules.len(), |place| place + 1));
    rules
}

fn shifted(date: NaiveDate, days: i64) -> NaiveDate {
    date.checked_add_signed(chrono::TimeDelta::days(days)).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Stockholm;

    use super::*;

    /// Rules as staff write them.
    fn opening(own: &str, facility: &str) -> Opening {
        let rules = |text: &str| serde_json::from_str::<Vec<OpeningRule>>(text).expect("rules");
        Opening::new(Stockholm, "SE", &rules(own), &rules(facility))
    }

    fn day(date: &str) -> LocalDay {
        LocalDay::new(date.parse().expect("a date"), Stockholm)
    }

    fn open_quarters(opening: &Opening, date: &str) -> i64 {
        let day = day(date);
        (opening.on_day(&day).open & day.own()).len()
    }

    #[test]
    fn around_the_clock_is_open_on_days_of_every_length() {
        let opening = opening("[]", r#"[{"hours":[{"opens":"00:00","closes":"24:00"}]}]"#);
        for (date, quarters) in [("2027-03-28", 92), ("2027-06-01", 96), ("2027-10-31", 100)] {
            assert_eq!(open_quarters(&opening, date), quarters);
        }
    }

    #[test]
    fn past_midnight_belongs_to_the_next_day_too() {
        let opening = opening("[]", r#"[{"hours":[{"days":[5],"opens":"20:00","closes":"26:00"}]}]"#);
        assert_eq!(open_quarters(&opening, "2026-11-27"), 16);
        assert_eq!(open_quarters(&opening, "2026-11-28"), 8);
        assert_eq!(open_quarters(&opening, "2026-11-29"), 0);
    }

    #[test]
    fn hours_that_begin_in_the_missing_hour_begin_after_it() {
        let opening = opening("[]", r#"[{"hours":[{"days":[7],"opens":"02:30","closes":"05:00"}]}]"#);
        assert_eq!(open_quarters(&opening, "2027-03-28"), 8); // 03:00 to 05:00
        assert_eq!(open_quarters(&opening, "2027-10-31"), 14); // 02:30a to 05:00: one hour more
    }

    #[test]
    fn the_more_special_rule_counts_and_the_spaces_own_before_the_facilitys() {
        let facility = r#"[
            {"hours":[{"opens":"08:00","closes":"20:00"}]},
            {"on":{"holidays":["public"]},"hours":[]},
            {"on":{"yearly":{"from":"12-23","to":"12-23"}},"hours":[{"opens":"08:00","closes":"17:00"}]},
            {"on":{"dates":{"from":"2026-12-17","to":"2026-12-17"}},"hours":[],
             "reason":{"sv":"Tävling","fi":"Kilpailut"}}]"#;
        let hall = opening("[]", facility);
        assert_eq!(open_quarters(&hall, "2026-12-16"), 48);
        assert_eq!(open_quarters(&hall, "2026-12-23"), 36);
        assert_eq!(open_quarters(&hall, "2026-12-25"), 0);
        let at = |text: &str| text.parse().expect("an instant");
        assert_eq!(hall.why_closed(at("2026-12-25T12:00:00Z")), Closed::Holiday(Holiday::ChristmasDay));
        let competition = Bilingual { sv: "Tävling".to_owned(), fi: "Kilpailut".to_owned() };
        assert_eq!(hall.why_closed(at("2026-12-17T12:00:00Z")), Closed::Reason(competition));
        assert_eq!(hall.why_closed(at("2026-12-16T22:00:00Z")), Closed::Hours);
        // The ice has a season of its own, and the facility's holidays.
        let ice = opening(
            r#"[{"on":{"season":{"from":"08-15","to":"04-10"}},"hours":[{"opens":"06:00","closes":"23:00"}]}]"#,
            facility,
        );
        assert_eq!(open_quarters(&ice, "2026-12-16"), 68);
        assert_eq!(open_quarters(&ice, "2026-12-25"), 0);
        assert_eq!(open_quarters(&ice, "2027-04-11"), 0);
        let opens = "2027-08-15".parse().ok();
        assert_eq!(ice.why_closed(at("2027-06-01T12:00:00Z")), Closed::Season(opens));
    }

    #[test]
    fn of_what_always_holds_the_last_counts_and_is_shown() {
        let early = r#"{"hours":[{"opens":"08:00","closes":"20:00"}]}"#;
        let late = r#"{"hours":[{"opens":"10:00","closes":"22:00"}]}"#;
        let season = r#"{"on":{"season":{"from":"08-15","to":"04-10"}},"hours":[]}"#;
        let hall = opening("[]", &format!("[{early},{season},{late}]"));
        let shown: Vec<usize> = hall.regular().iter().map(|rule| rule.hours.len()).collect();
        assert_eq!(shown, [0, 1]);
        assert_eq!(String::from(hall.regular()[1].hours[0].opens), "10:00");
    }

    #[test]
    fn unstaffed_hours_say_so() {
        let rules = r#"[{"hours":[{"opens":"05:00","closes":"23:00","access":"door_code"},
                                  {"days":[1,2,3,4,5],"opens":"16:00","closes":"20:00"}]}]"#;
        let gym = opening("[]", rules);
        let span = |start: &str, end: &str| {
            Span::between(start.parse().expect("an instant"), end.parse().expect("an instant"))
                .expect("a span")
        };
        assert_eq!(gym.access(span("2026-11-25T15:00:00Z", "2026-11-25T16:00:00Z")), Access::Staffed);
        assert_eq!(gym.access(span("2026-11-25T18:30:00Z", "2026-11-25T19:30:00Z")), Access::DoorCode);
        assert_eq!(open_quarters(&gym, "2026-11-25"), 72);
    }

    #[test]
    fn nonsense_is_refused() {
        for text in [
            r#"[{"hours":[{"opens":"08:00","closes":"08:00"}]}]"#,
            r#"[{"hours":[{"opens":"08:10","closes":"09:00"}]}]"#,
            r#"[{"hours":[{"opens":"08:00","closes":"33:00"}]}]"#,
            r#"[{"hours":[{"days":[],"opens":"08:00","closes":"09:00"}]}]"#,
            r#"[{"hours":[{"days":[8],"opens":"08:00","closes":"09:00"}]}]"#,
            r#"[{"on":{"season":{"from":"13-01","to":"04-10"}},"hours":[]}]"#,
            r#"[{"on":{"season":{"from":"8-015","to":"04-10"}},"hours":[]}]"#,
            r#"[{"on":{"season":{"from":"08- 1","to":"04-10"}},"hours":[]}]"#,
            r#"[{"on":{"holidays":["pancake_day"]},"hours":[]}]"#,
            r#"[{"hours":[],"colour":"red"}]"#,
        ] {
            assert!(serde_json::from_str::<Vec<OpeningRule>>(text).is_err(), "{text}");
        }
    }
}
