//! What staff keep closed, in the calendars of spaces and facilities.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};
use vayla_domain::{Language, money::EURO};
use vayla_services::{closure, staff::Scope};

use super::{
    follower::{Event, Followed, follow},
    public::links,
};
use crate::{Time, Town, aino, api::caller::read};

on_both_engines! {
    a_closure_says_why_and_a_block_only_that_it_is_taken,
    until_further_notice_reaches_farther_each_day,
    what_is_taken_back_or_long_over_is_gone,
}

/// Has parts of the time's facility closed; the closure's id.
async fn close(town: &Town, time: &Time, change: Value) -> String {
    let (_, token) = town.new_token(&[Scope::Closures], None).await;
    let mut body = json!({
        "facility": time.space.facility.id, "kind": "closure", "start": time.start, "end": time.end,
        "reason": {"sv": "Mattan lagas.", "fi": "Mattoa korjataan."},
    });
    for (field, value) in change.as_object().expect("fields") {
        body[field] = value.clone();
    }
    let made = town.staff_tell(&token, "/closures", &body).await;
    made.is(201).body["closure"]["id"].as_str().expect("an id").to_owned()
}

fn hall(town: &Town, space: &str, start: &str) -> Time {
    town.wall_time("tornion-jalkapallohalli", space, start, 60)
}

/// Whole, and both halves.
async fn followed(town: &Town, language: Language) -> [Followed; 4] {
    let links = links(town, language, "tornion-jalkapallohalli").await;
    let [facility, whole, one, other] = &links[..] else { panic!("four links, and not {links:?}") };
    let follow = async |link: &String| follow(town, link).await;
    [follow(facility).await, follow(whole).await, follow(one).await, follow(other).await]
}

fn summaries(calendar: &Followed) -> Vec<String> {
    calendar.events().iter().map(|event| event.of("SUMMARY").expect("a summary").to_owned()).collect()
}

async fn a_closure_says_why_and_a_block_only_that_it_is_taken(town: &Town) {
    let (half, whole) =
        (hall(town, "halva-1", "2026-11-04 18:00"), hall(town, "hela-planen", "2026-11-04 20:00"));
    let before = followed(town, Language::Sv).await;
    close(town, &half, json!({"parts": half.space.parts})).await;
    close(town, &half.later(60), json!({"parts": half.space.parts, "kind": "block"})).await;
    close(town, &whole, json!({})).await;
    close(town, &whole.later(60), json!({"kind": "block"})).await;
    town.book(&half.later(-60), aino(), EURO).await;
    for (language, booked, of_half, of_whole) in [
        (
            Language::Sv,
            "Upptaget: Planhalva 1",
            ["Stängt (Planhalva 1): Mattan lagas.", "Upptaget: Planhalva 1"],
            ["Stängt: Mattan lagas.", "Upptaget: Hela anläggningen"],
        ),
        (
            Language::Fi,
            "Varattu: Puoli kenttää\\, puolisko 1",
            ["Suljettu (Kenttäpuolisko 1): Mattoa korjataan.", "Varattu: Kenttäpuolisko 1"],
            ["Suljettu: Mattoa korjataan.", "Varattu: Koko liikuntapaikka"],
        ),
    ] {
        let all = followed(town, language).await;
        for calendar in &all[..3] {
            assert_eq!(summaries(calendar)[1..], [of_half, of_whole].concat());
        }
        assert_eq!(summaries(&all[3]), of_whole, "the other half");
        let events = all[2].events();
        assert!(language == Language::Sv || events[0].of("SUMMARY") == Some(booked), "{events:#?}");
        for (event, starts) in events.iter().zip(["170000", "180000", "190000", "200000", "210000"]) {
            event.has(&format!("DTSTART;TZID=Europe/Helsinki:20261104T{starts}")).has("STATUS:CONFIRMED");
            event.has("TRANSP:TRANSPARENT");
            assert_eq!((event.of("DESCRIPTION"), event.of("URL")), (None, None));
        }
    }
    let after = followed(town, Language::Sv).await;
    for (before, after) in before.iter().zip(&after) {
        assert_ne!(before.header("etag"), after.header("etag"));
    }
    town.clock.advance_minutes(61);
    assert_eq!(followed(town, Language::Sv).await.map(|it| it.text), after.map(|it| it.text));
    // Nobody's own calendar tells of it.
    let own = town.links(Language::Fi, "aino@example.fi").await;
    assert_eq!(follow(town, &own[0]).await.events().len(), 1);
}

fn number(event: &Event) -> i64 {
    event.of("SEQUENCE").and_then(|number| number.parse().ok()).expect("a number")
}

async fn until_further_notice_reaches_farther_each_day(town: &Town) {
    let time = hall(town, "hela-planen", "2026-11-04 18:00");
    close(town, &time, json!({"end": null})).await;
    // Later than anybody can book: it waits.
    let far = Time { start: time.start + TimeDelta::days(600), ..time.clone() };
    close(town, &far, json!({"end": null})).await;
    let event = async || followed(town, Language::Fi).await[1].event();
    let first = event().await;
    let last = time.space.rules.last_date(vayla_domain::money::PriceGroup::Adult, town.clock.now());
    let ends = |event: &Event| event.of("DTEND;TZID=Europe/Helsinki").expect("an end").to_owned();
    assert!(ends(&first)[..8] > *last.format("%Y%m%d").to_string(), "{first:#?}");
    town.clock.advance(TimeDelta::days(2));
    closure::extend(&town.services).await.expect("to go on");
    let next = event().await;
    assert_eq!(first.of("UID"), next.of("UID"));
    assert!(ends(&next) > ends(&first) && number(&next) > number(&first), "{next:#?}");
}

async fn what_is_taken_back_or_long_over_is_gone(town: &Town) {
    let time = hall(town, "hela-planen", "2026-11-04 18:00");
    let back = close(town, &time, json!({})).await;
    close(town, &time.later(60), json!({})).await;
    let count = async || followed(town, Language::Sv).await[0].events().len();
    assert_eq!(count().await, 2);
    let (_, token) = town.new_token(&[Scope::Closures], None).await;
    let end = town.call(Method::DELETE, &format!("/staff/closures/{back}")).bearer_auth(&token);
    read(end).await.is(200);
    assert_eq!(count().await, 1);
    town.clock.set_to(time.later(60).end + TimeDelta::days(30));
    assert_eq!(count().await, 1, "a month back it stands there");
    town.clock.advance(TimeDelta::days(2));
    assert_eq!(count().await, 0);
}
