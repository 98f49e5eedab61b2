//! Calendars on the days on which the clocks change.

use vayla_domain::Language;

use super::follower::{Event, follow};
use crate::{Time, Town, aino};

on_both_engines! {
    events_stand_where_they_are_on_both_days_of_change,
}

fn tennis(town: &Town, start: &str, end: &str) -> Time {
    town.time("tornion-tenniskentat", "bana-2", start, end)
}

fn lines(event: &Event) -> [Option<&str>; 4] {
    let zoned = ["DTSTART;TZID=Europe/Helsinki", "DTEND;TZID=Europe/Helsinki"];
    let utc = ["DTSTART", "DTEND"];
    [event.of(utc[0]), event.of(zoned[0]), event.of(utc[1]), event.of(zoned[1])]
}

async fn events_stand_where_they_are_on_both_days_of_change(town: &Town) {
    town.clock.set("2027-03-01T09:00:00Z");
    // Over the missing hour: from 2 to 5 on the wall, two hours.
    town.book_free(&tennis(town, "2027-03-28T00:00:00Z", "2027-03-28T02:00:00Z"), aino()).await;
    let link = town.links(Language::Fi, "aino@example.fi").await.remove(0);
    let spring = follow(town, &link).await;
    assert_eq!(lines(&spring.event()), [None, Some("20270328T020000"), None, Some("20270328T050000")]);
    assert_eq!(spring.zones(), ["Europe/Helsinki"]);
    spring.has("DTSTART:20270328T030000").has("DTSTART:20261025T040000").has("DTSTART:20271031T040000");

    town.clock.set("2027-10-01T09:00:00Z");
    // Up to, between and after the hour that happens twice.
    for (start, end) in [
        ("2027-10-30T23:00:00Z", "2027-10-31T00:00:00Z"),
        ("2027-10-31T00:00:00Z", "2027-10-31T01:00:00Z"),
        ("2027-10-31T01:00:00Z", "2027-10-31T02:00:00Z"),
        ("2027-10-31T02:00:00Z", "2027-10-31T03:00:00Z"),
    ] {
        town.book_free(&tennis(town, start, end), aino()).await;
    }
    let autumn = follow(town, &link).await;
    let events = autumn.events();
    assert_eq!(
        events.iter().map(lines).collect::<Vec<_>>(),
        [
            [None, Some("20271031T020000"), Some("20271031T000000Z"), None],
            [Some("20271031T000000Z"), None, Some("20271031T010000Z"), None],
            [Some("20271031T010000Z"), None, None, Some("20271031T040000")],
            [None, Some("20271031T040000"), None, Some("20271031T050000")],
        ]
    );
    assert_eq!(autumn.zones(), ["Europe/Helsinki"], "each zone once");
    autumn.has("DTSTART:20271031T040000").has("DTSTART:20270328T030000");
}
