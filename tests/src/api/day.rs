//! A space's day, as the API tells it.

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};
use vayla_domain::money::EURO;

use crate::{Town, aino};

on_both_engines! {
    each_moment_is_free_closed_or_occupied,
}

type Moment = DateTime<FixedOffset>;

/// All stretches of the day, in order.
fn stretches(day: &Value) -> Vec<(Moment, Moment)> {
    let moment = |value: &Value| value.as_str().and_then(|text| text.parse().ok()).expect("a moment");
    let lists = ["free", "closed", "occupied"].map(|list| day[list].as_array().expect("a list"));
    let mut all: Vec<_> =
        lists.into_iter().flatten().map(|one| (moment(&one["start"]), moment(&one["end"]))).collect();
    all.sort_unstable();
    all
}

async fn each_moment_is_free_closed_or_occupied(town: &Town) {
    let rules = json!({"before_minutes": 15, "after_minutes": 30, "booking": [{"lead": {"hours": 2}}]});
    town.lay_rules(&town.ice_in_tornio().space, &rules).await;
    let time = town.ice_in_tornio();
    town.book(&time, aino(), EURO).await;
    let path = format!("/availability?space={}&date=2026-11-04", time.space.id);
    // Days ahead, while two hours before it is too late, in its midst, and farther ahead than one may book.
    for now in
        ["2026-10-30T17:00:00Z", "2026-11-04T14:40:00Z", "2026-11-04T16:20:00Z", "2026-01-01T12:00:00Z"]
    {
        town.clock.set(now);
        let day = town.ask(&path).await;
        let all = stretches(&day.is(200).body);
        for pair in all.windows(2) {
            assert_eq!(pair[0].1, pair[1].0, "{now}: {:#}", day.body);
        }
        let (first, last) = (all[0].0, all[all.len() - 1].1);
        assert_eq!(
            (first.to_rfc3339(), last - first),
            ("2026-11-04T00:00:00+02:00".to_owned(), chrono::TimeDelta::hours(24))
        );
    }
    town.clock.set("2026-10-30T17:00:00Z");
    let day = town.ask(&path).await;
    // A booking before it would be cleared up in half an hour, one after it takes a quarter to get ready.
    let taken = json!([{"start": "2026-11-04T17:15:00+02:00", "end": "2026-11-04T19:45:00+02:00"}]);
    assert_eq!(day.body["occupied"], taken);
}
