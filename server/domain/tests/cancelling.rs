//! What comes back of a cancelled booking, held against a slow and obvious model: one minute after another,
//! over random rules and starts, also where the clocks change and where days are holidays.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::{
    Europe::{Helsinki, Stockholm},
    Tz,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use vayla_domain::{
    booking::{CancelRule, Start},
    holiday::is_working_day,
};

/// As long before the start as the rules below reach, with the weekends and holidays in between.
const DAYS_BEFORE: i64 = 24;

fn country(zone: Tz) -> &'static str {
    if zone == Helsinki { "FI" } else { "SE" }
}

/// Days around both changes of each year, around holidays of either country, and days like others.
fn days() -> impl Strategy<Value = NaiveDate> {
    let on = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a date");
    let last_sunday = move |year, month| {
        let end = on(year, month, 31);
        end - Days::new(end.weekday().num_days_from_sunday().into())
    };
    let changes = (2024..=2035i32, prop::sample::select(vec![3u32, 10]), 0i64..=9)
        .prop_map(move |(year, month, days)| last_sunday(year, month) + TimeDelta::days(days));
    let near = vec![(1u32, 1u32), (1, 6), (5, 1), (6, 6), (12, 6), (12, 24), (4, 5)];
    let holidays = (2024..=2035i32, prop::sample::select(near), 0i64..=9)
        .prop_map(move |(year, (month, day), days)| on(year, month, day) + TimeDelta::days(days));
    let any =
        (2024..=2035i32, 0i64..365).prop_map(move |(year, days)| on(year, 1, 1) + TimeDelta::days(days));
    prop_oneof![3 => changes, 2 => holidays, 1 => any]
}

fn notices() -> impl Strategy<Value = Value> {
    let clock = prop::option::of(
        (0u32..=96).prop_map(|quarter| format!("{:02}:{:02}", quarter / 4, quarter % 4 * 15)),
    );
    let days = (0u32..=9, clock).prop_map(|(days, until)| match until {
        Some(until) => json!({"days": days, "until": until}),
        None => json!({"days": days}),
    });
    prop_oneof![
        (0u32..=240).prop_map(|hours| json!({"hours": hours})),
        days.clone().prop_map(|days| json!({"days": days})),
        days.prop_map(|days| json!({"working_days": days})),
    ]
}

/// Each step gives back another share, so that it is seen which one holds.
fn rules() -> impl Strategy<Value = Value> {
    prop::collection::vec(notices(), 0..=4).prop_map(|notices| {
        let steps = notices
            .iter()
            .zip((0..=100u32).rev())
            .map(|(until, percent)| json!({"until": until, "back": {"percent": percent}}));
        json!({"steps": steps.collect::<Vec<_>>(), "then": {"percent": 7}})
    })
}

struct Model<'a> {
    rule: &'a Value,
    start: DateTime<Utc>,
    zone: Tz,
}

impl Model<'_> {
    fn wall(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.zone).naive_local()
    }

    /// What the wall shows at the last moment of a step that counts days: walked back date by date.
    fn target(&self, days: &Value, working: bool) -> NaiveDateTime {
        let mut date = self.wall(self.start).date();
        let mut left = days["days"].as_u64().expect("days");
        while left > 0 {
            date = date.pred_opt().expect("a date");
            if !working || is_working_day(country(self.zone), date) {
                left -= 1;
            }
        }
        match days["until"].as_str() {
            None => date.and_time(self.wall(self.start).time()),
            Some(text) => {
                let minutes = text[..2].parse::<i64>().expect("hours") * 60
                    + text[3..].parse::<i64>().expect("minutes");
                date.and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes)
            }
        }
    }

    fn shown_at_last(&self, step: &Value) -> Option<NaiveDateTime> {
        let until = &step["until"];
        match (&until["days"], &until["working_days"]) {
            (Value::Null, Value::Null) => None,
            (Value::Null, days) => Some(self.target(days, true)),
            (days, _) => Some(self.target(days, false)),
        }
    }

    /// What comes back minute by minute. A step that counts days is over once a minute has shown its target.
    fn percents(&self) -> Vec<(DateTime<Utc>, Option<u64>)> {
        let first = self.start - TimeDelta::days(DAYS_BEFORE);
        let steps = self.rule["steps"].as_array().expect("steps");
        let targets: Vec<Option<NaiveDateTime>> = steps.iter().map(|step| self.shown_at_last(step)).collect();
        let mut over = vec![false; steps.len()];
        let minutes = DAYS_BEFORE * 24 * 60 + 30;
        let each = (0..=minutes).map(|minute| {
            let at = first + TimeDelta::minutes(minute);
            let held = steps.iter().zip(&over).find(|(step, over)| match &step["until"]["hours"] {
                Value::Null => !**over,
                hours => at + TimeDelta::hours(hours.as_i64().expect("hours")) <= self.start,
            });
            let percent = held.map_or(&self.rule["then"], |(step, _)| &step["back"])["percent"].as_u64();
            for (target, over) in targets.iter().zip(&mut over) {
                *over |= target.is_some_and(|target| self.wall(at) >= target);
            }
            (at, percent.filter(|_| at < self.start))
        });
        each.collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn what_comes_back_is_what_a_walk_from_minute_to_minute_says(
        rule in rules(), date in days(), quarter in 0u32..96, zone in prop::sample::select(vec![Stockholm, Helsinki]),
    ) {
        let wall = date.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(quarter) * 15);
        let start = vayla_domain::time::instant_after(wall, zone);
        let read: CancelRule = serde_json::from_value(rule.clone()).expect("a rule");
        let model = Model { rule: &rule, start, zone };
        for (at, percent) in model.percents() {
            let held = read.back(Start { at: start, zone, country: country(zone) }, at);
            prop_assert_eq!(held.map(|back| u64::from(back.percent)), percent, "{} for {}", at, start);
        }
    }
}
