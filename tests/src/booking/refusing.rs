//! Times that can't be booked, and odd ones that can.

use chrono::NaiveDateTime;
use vayla_domain::{
    money::EURO,
    space::{Closed, Refusal},
    time::{Resolved, resolve},
};
use vayla_services::booking::HoldError;

use crate::{Time, Town, aino, eur, instant};

on_both_engines! {
    each_broken_rule_is_told_by_its_name,
    the_missing_hour_is_not_there_and_costs_nothing,
    the_hour_that_happens_twice_is_booked_twice,
    a_booking_goes_over_midnight_where_it_is_open_around_the_clock,
}

async fn refusal(town: &Town, time: Time) -> Refusal {
    let shown = format!("{} to {}", time.start, time.end);
    match town.try_hold(time.request()).await {
        Err(HoldError::Refused(refusal)) => refusal,
        other => panic!("{shown} should be refused, and not {other:?}"),
    }
}

async fn each_broken_rule_is_told_by_its_name(town: &Town) {
    let ice = |start, end| town.time("tornion-jaahalli", "hela-isen", start, end);
    let hall = |start, end| town.time("putaan-liikuntahalli", "u-hela", start, end);
    let check = async |time, expected| assert_eq!(refusal(town, time).await, expected);
    check(ice("2026-11-04T16:00:01Z", "2026-11-04T17:00:01Z"), Refusal::OffRaster { step_minutes: 15 }).await;
    check(hall("2026-11-04T16:15:00Z", "2026-11-04T17:15:00Z"), Refusal::OffRaster { step_minutes: 30 })
        .await;
    check(ice("2026-10-30T16:45:00Z", "2026-10-30T17:45:00Z"), Refusal::InThePast).await;
    check(ice("2026-11-04T16:00:00Z", "2026-11-04T16:30:00Z"), Refusal::TooShort { minutes_min: 45 }).await;
    check(ice("2026-11-04T16:00:00Z", "2026-11-04T19:15:00Z"), Refusal::TooLong { minutes_max: 180 }).await;
    check(ice("2026-11-04T04:00:00Z", "2026-11-04T05:00:00Z"), Refusal::Closed(Closed::Hours)).await;
    check(ice("2026-11-04T20:00:00Z", "2026-11-04T20:45:00Z"), Refusal::Closed(Closed::Hours)).await; // shuts at 22:30
    let last = "2027-04-28".parse().expect("a date"); // 180 days on
    check(ice("2027-04-29T10:00:00Z", "2027-04-29T11:00:00Z"), Refusal::TooEarly { last }).await;
    assert_eq!(town.count("SELECT COUNT(*) FROM booking").await, 0);
    // Right at each edge it is taken.
    for time in [
        ice("2026-10-30T17:00:00Z", "2026-10-30T17:45:00Z"), // it begins this very moment
        ice("2026-11-04T05:00:00Z", "2026-11-04T08:00:00Z"),
        ice("2026-11-04T19:45:00Z", "2026-11-04T20:30:00Z"),
        ice("2027-04-28T17:00:00Z", "2027-04-28T18:00:00Z"),
    ] {
        town.hold(time.request()).await;
    }
}

fn tennis(town: &Town, start: &str, end: &str) -> Time {
    town.time("tornion-tenniskentat", "bana-1", start, end)
}

async fn the_missing_hour_is_not_there_and_costs_nothing(town: &Town) {
    let zone = tennis(town, "2027-03-28T00:00:00Z", "2027-03-28T02:00:00Z").space.zone();
    let wall = NaiveDateTime::parse_from_str("2027-03-28 03:30", "%Y-%m-%d %H:%M").expect("a time");
    assert_eq!(resolve(wall, zone), Resolved::Missing);
    // 02:00 to 05:00 on the wall is two hours long, and costs two.
    let night = tennis(town, "2027-03-28T00:00:00Z", "2027-03-28T02:00:00Z");
    let booking = town.book(&night, aino(), EURO).await;
    assert_eq!(booking.span.minutes(), 120);
    assert_eq!(booking.total, eur(28_40));
    let letter = town.letter("Varattu: ").await;
    assert!(letter.text.contains("2.00–5.00, Suomen aikaa"), "{}", letter.text);
    assert!(letter.text.contains("1.00–4.00, Ruotsin aikaa"), "{}", letter.text);
}

async fn the_hour_that_happens_twice_is_booked_twice(town: &Town) {
    town.clock.set("2027-10-01T09:00:00Z");
    let first = tennis(town, "2027-10-31T00:00:00Z", "2027-10-31T01:00:00Z");
    let second = tennis(town, "2027-10-31T01:00:00Z", "2027-10-31T02:00:00Z");
    for time in [&first, &second] {
        assert_eq!(time.start.with_timezone(&time.space.zone()).format("%H:%M").to_string(), "03:00");
    }
    let booked = [town.book(&first, aino(), EURO).await, town.book(&second, aino(), EURO).await];
    assert_eq!(booked.map(|booking| booking.total), [eur(14_20), eur(14_20)]);
    town.is_taken(&first).await;
    town.is_taken(&second).await;
    let letters = town.letters().await;
    // A wall's time that happens twice is given in UTC: calendars would take it for the first.
    for lines in
        ["DTSTART:20271031T000000Z\r\nDTEND:20271031T010000Z", "DTSTART:20271031T010000Z\r\nDTEND;TZID="]
    {
        let file =
            |letter: &crate::Letter| letter.calendar.as_ref().is_some_and(|file| file.text.contains(lines));
        assert!(letters.iter().any(file), "{lines}");
    }
    assert!(letters.iter().any(|letter| letter.subject.contains(" 3.00a–3.00b")), "{letters:#?}");
    assert!(letters.iter().any(|letter| letter.subject.contains(" 3.00b–4.00")), "{letters:#?}");
}

async fn a_booking_goes_over_midnight_where_it_is_open_around_the_clock(town: &Town) {
    let midnight = tennis(town, "2026-11-04T21:00:00Z", "2026-11-04T23:00:00Z"); // 23:00 to 01:00
    let booking = town.book(&midnight, aino(), EURO).await;
    assert_eq!(booking.starts_at(), instant("2026-11-04T21:00:00Z"));
    town.is_taken(&tennis(town, "2026-11-04T22:00:00Z", "2026-11-04T23:00:00Z")).await;
    town.hold(tennis(town, "2026-11-04T23:00:00Z", "2026-11-05T00:00:00Z").request()).await;
}
