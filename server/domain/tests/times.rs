//! Free times and refusals, held against a slow and obvious model: one minute after another, over random
//! rules, bookings and dates, also those on which the clocks change.

mod model;

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::{
    Europe::{Helsinki, Stockholm},
    Tz,
};
use proptest::prelude::*;
use vayla_domain::{
    money::PriceGroup,
    space::{FacilityRules, Opening, OwnRules, SpaceBounds, SpaceRules, SpaceTimes},
    time::{LocalDay, QuarterSet, Span},
};

use self::model::Model;

/// A space with the bookings around a day.
#[derive(Debug, Clone)]
struct Case {
    zone: Tz,
    date: NaiveDate,
    now: DateTime<Utc>,
    group: PriceGroup,
    bounds: SpaceBounds,
    own: OwnRules,
    facility: FacilityRules,
    /// In quarters from the day's midnight: what is taken.
    taken: Vec<(i64, i64)>,
}

impl Case {
    fn rules(&self) -> SpaceRules {
        let opening = Opening::new(self.zone, country(self.zone), &self.own.opening, &self.facility.opening);
        SpaceRules::new(self.bounds, &self.own, &self.facility, Arc::new(opening))
    }

    fn taken_set(&self) -> QuarterSet {
        let ranges = self.taken.iter().map(|(from, to)| QuarterSet::range(*from, *to));
        ranges.fold(QuarterSet::EMPTY, |all, one| all | one)
    }

    fn times(&self, rules: &SpaceRules, day: &LocalDay) -> SpaceTimes {
        let closed = (self.taken_set(), QuarterSet::EMPTY);
        rules.times(day, rules.opening.on_day(day), closed, self.group, self.now)
    }
}

fn country(zone: Tz) -> &'static str {
    if zone == Helsinki { "FI" } else { "SE" }
}

/// Both changes of each year from 2024 to 2035, holidays, and days like others.
fn dates() -> impl Strategy<Value = NaiveDate> {
    let last_sunday = |year: i32, month: u32| {
        let end = NaiveDate::from_ymd_opt(year, month, 31).expect("a date");
        let back = u64::from(chrono::Datelike::weekday(&end).num_days_from_sunday());
        end - chrono::Days::new(back)
    };
    let changes = (2024..=2035i32, prop::sample::select(vec![3u32, 10]), -2i64..=1)
        .prop_map(move |(year, month, days)| last_sunday(year, month) + TimeDelta::days(days));
    let year = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).expect("a date");
    let any = (2024..=2035i32, 0i64..365).prop_map(move |(of, days)| year(of) + TimeDelta::days(days));
    let holidays = (2024..=2035i32, prop::sample::select(vec![0i64, 5, 351, 356, 357, 358, 359, 364]))
        .prop_map(move |(of, days)| year(of) + TimeDelta::days(days));
    prop_oneof![3 => changes, 2 => any, 1 => holidays]
}

fn minute_text(quarter: i64) -> String {
    format!("{:02}:{:02}", quarter / 4, quarter % 4 * 15)
}

/// Rules as staff write them, made of whatever the form has.
fn opening_rules() -> impl Strategy<Value = serde_json::Value> {
    let hours =
        (0i64..92, 1i64..=96, any::<bool>(), prop::sample::subsequence((1..=7).collect::<Vec<u32>>(), 1..=7))
            .prop_map(|(opens, length, code, days)| {
                serde_json::json!({
                    "days": days,
                    "opens": minute_text(opens),
                    "closes": minute_text((opens + length).min(opens + 96)),
                    "access": if code { "door_code" } else { "staffed" },
                })
            });
    let around_the_clock = Just(serde_json::json!({"opens": "00:00", "closes": "24:00"}));
    let hours = prop_oneof![3 => hours, 2 => around_the_clock];
    let day =
        || prop::sample::select(vec!["01-01", "03-27", "03-29", "04-10", "06-20", "08-15", "10-25", "12-23"]);
    let yearly = || (day(), day()).prop_map(|(from, to)| serde_json::json!({"from": from, "to": to}));
    let on = prop_oneof![
        4 => Just(serde_json::json!("always")),
        2 => yearly().prop_map(|days| serde_json::json!({"season": days})),
        1 => yearly().prop_map(|days| serde_json::json!({"yearly": days})),
        2 => prop::sample::subsequence(vec!["public", "eve", "christmas_day", "midsummer_eve"], 1..=2)
            .prop_map(|which| serde_json::json!({"holidays": which})),
        1 => (dates(), 0i64..4).prop_map(|(from, days)| {
            serde_json::json!({"dates": {"from": from, "to": from + TimeDelta::days(days)}})
        }),
    ];
    let rule = (on, prop::collection::vec(hours, 0..3))
        .prop_map(|(on, hours)| serde_json::json!({"on": on, "hours": hours}));
    prop::collection::vec(rule, 0..4).prop_map(serde_json::Value::Array)
}

fn windows() -> impl Strategy<Value = serde_json::Value> {
    let lead = prop_oneof![
        (0u32..60).prop_map(|hours| serde_json::json!({"hours": hours})),
        (0u32..4, 0i64..=96).prop_map(|(days, until)| {
            serde_json::json!({"days": {"days": days, "until": minute_text(until)}})
        }),
        (1u32..4, 0i64..=96).prop_map(|(days, until)| {
            serde_json::json!({"working_days": {"days": days, "until": minute_text(until)}})
        }),
    ];
    let window = (prop::option::of(prop::sample::select(vec!["adult", "club"])), prop::option::of(lead))
        .prop_map(|(group, lead)| serde_json::json!({"group": group, "lead": lead}));
    prop::collection::vec(window, 0..3).prop_map(serde_json::Value::Array)
}

fn cases() -> impl Strategy<Value = Case> {
    let bounds = (1i64..=4, 0i64..=12, prop::sample::select(vec![15i64, 30, 60]), 0u32..200);
    let own = (opening_rules(), windows(), 0i64..8, 0i64..=3, 0i64..=5, any::<bool>());
    let taken = prop::collection::vec((-30i64..210, 1i64..12), 0..8);
    let clock = (any::<bool>(), dates(), -3000i64..2000);
    (clock, bounds, own, (opening_rules(), windows()), taken, any::<bool>()).prop_map(
        |((east, date, before), (shortest, more, step, horizon), own, facility, taken, club)| {
            let zone = if east { Helsinki } else { Stockholm };
            let (opening, booking, first, before_quarters, after_quarters, no_gaps) = own;
            let own = serde_json::json!({
                "opening": opening, "booking": booking, "first_start": minute_text(first),
                "before_minutes": before_quarters * 15, "after_minutes": after_quarters * 15, "no_gaps": no_gaps,
            });
            let facility = serde_json::json!({"opening": facility.0, "booking": facility.1});
            Case {
                zone,
                date,
                now: LocalDay::new(date, zone).span().start().start() + TimeDelta::minutes(before),
                group: if club { PriceGroup::Club } else { PriceGroup::Adult },
                bounds: SpaceBounds {
                    minutes_min: step * shortest,
                    minutes_max: step * (shortest + more),
                    step_minutes: step,
                    horizon_days: horizon,
                },
                own: serde_json::from_value(own).expect("a space's rules"),
                facility: serde_json::from_value(facility).expect("a facility's rules"),
                taken: taken.into_iter().map(|(from, length)| (from, from + length)).collect(),
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// The same free times, and the same refusals of those that aren't.
    #[test]
    fn what_can_be_booked_is_what_a_slow_look_finds(case in cases(), steps in 0i64..=12) {
        let (rules, day) = (case.rules(), LocalDay::new(case.date, case.zone));
        let times = case.times(&rules, &day);
        let model = Model::new(&case.own, &case.facility, case.bounds, case.zone, country(case.zone));
        let minutes = case.bounds.minutes_min + steps * case.bounds.step_minutes;
        let starts = rules.starts(&day, &times, minutes);
        for index in 0..day.quarters() {
            let start = day.span().start() + index;
            let span = Span::new(start, start + minutes / 15).expect("a span");
            let taken: Vec<Span> = case.taken.iter().filter_map(|(from, to)| {
                Span::new(day.span().start() + *from, day.span().start() + *to)
            }).collect();
            let slow = model.refusal(span, case.group, case.now, &taken);
            let checked = rules.check(span.start().start(), span.end().start(), case.group, case.now)
                .map_err(|refusal| model::kind(&refusal));
            let room = || rules.check_room(&day, &times, span).map_err(|refusal| model::kind(&refusal));
            let quick = match checked {
                Err(refusal) => Some(refusal),
                Ok(_) => match room() {
                    Ok(true) => None,
                    Ok(false) => Some("taken"),
                    Err(refusal) => Some(refusal),
                },
            };
            let wall = day.wall(index);
            prop_assert_eq!(quick, slow, "{} for {}", wall, minutes);
            prop_assert_eq!(starts.contains(index), slow.is_none(), "{} for {}", wall, minutes);
        }
    }

    /// What is taken outside the decisive quarters changes nothing.
    #[test]
    fn what_is_taken_elsewhere_stands_in_nobodys_way(case in cases(), steps in 0i64..=12) {
        let (rules, day) = (case.rules(), LocalDay::new(case.date, case.zone));
        let minutes = case.bounds.minutes_min + steps * case.bounds.step_minutes;
        let hours = rules.opening.on_day(&day);
        let decisive = rules.decisive(&day, hours, minutes)
            .map_or(QuarterSet::EMPTY, |(first, end)| QuarterSet::range(first, end));
        let starts = |taken: QuarterSet| {
            let times = rules.times(&day, hours, (taken, QuarterSet::EMPTY), case.group, case.now);
            rules.starts(&day, &times, minutes)
        };
        let taken = case.taken_set();
        prop_assert_eq!(starts(taken & decisive), starts(taken));
        prop_assert_eq!(starts(taken | !decisive), starts(taken));
    }

    /// What is open of a day, minute by minute, and whether somebody is there.
    #[test]
    fn what_is_open_is_what_a_slow_look_finds(case in cases()) {
        let (rules, day) = (case.rules(), LocalDay::new(case.date, case.zone));
        let model = Model::new(&case.own, &case.facility, case.bounds, case.zone, country(case.zone));
        let open = rules.opening.on_day(&day);
        for index in 0..day.quarters() {
            let at = (day.span().start() + index).start();
            for minute in 0..15 {
                let (is_open, is_staffed) = model.open(at + TimeDelta::minutes(minute));
                prop_assert_eq!(open.open.contains(index), is_open, "{}", day.wall(index));
                prop_assert_eq!(open.door_code.contains(index), is_open && !is_staffed, "{}", day.wall(index));
            }
        }
    }
}
