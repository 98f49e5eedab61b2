//! Free times over both towns.

use std::collections::HashSet;

use chrono::{NaiveDate, TimeDelta, Timelike};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use vayla_domain::{
    booking::Who,
    money::{EURO, PriceGroup},
    time::{Quarter, Span},
};
use vayla_services::{
    booking::{HoldError, HoldRequest},
    occupancy::{self, Hit, Wish},
};

use crate::{Time, Town, aino};

on_both_engines! {
    free_ice_on_both_banks_is_found_earliest_first,
    a_taken_time_is_not_found_and_a_free_one_again_is,
    a_wish_narrows_what_is_found,
    for_a_taken_time_near_ones_are_offered,
    whoever_asks_can_have_what_is_offered_instead,
    a_day_sheet_has_92_96_or_100_quarters,
    both_hours_of_a_long_night_are_found_and_none_of_a_short_one,
    what_is_found_is_what_a_slow_look_at_each_quarter_finds,
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn ice(day: &str) -> Wish {
    Wish { kind: Some("ice".to_owned()), ..Wish::any_time(date(day), date(day), 60) }
}

async fn search(town: &Town, wish: &Wish) -> Vec<Hit> {
    occupancy::search(&town.services, wish).await.expect("a search")
}

async fn free_ice_on_both_banks_is_found_earliest_first(town: &Town) {
    let hits = search(town, &ice("2026-11-04")).await;
    assert!(hits.is_sorted_by_key(|hit| hit.span.start()));
    // Tornio opens at seven, an hour before Haparanda does: its clock is ahead.
    assert_eq!(hits[0].space.facility.slug, "tornion-jaahalli");
    assert_eq!(hits[0].span.start().start().to_rfc3339(), "2026-11-04T05:00:00+00:00");
    let towns: HashSet<&str> = hits.iter().map(|hit| hit.space.facility.municipality.code.as_str()).collect();
    assert_eq!(towns, HashSet::from(["haparanda", "tornio"]));
    // Every hit can be had.
    for hit in hits.iter().step_by(40) {
        let (start, end) = (hit.span.start().start(), hit.span.end().start());
        let booking =
            town.hold(HoldRequest { space: hit.space.clone(), start, end, ..town.ice_in_tornio().request() });
        let booking = booking.await;
        town.cancel(booking.id).await;
    }
}

async fn a_taken_time_is_not_found_and_a_free_one_again_is(town: &Town) {
    let time = town.ice_in_tornio();
    let span = Span::between(time.start, time.end).expect("a span");
    let overlapping = async || {
        let hits = search(town, &ice("2026-11-04")).await;
        let overlaps = |hit: &&Hit| hit.span.start() < span.end() && span.start() < hit.span.end();
        hits.iter().filter(|hit| hit.space.id == time.space.id).filter(overlaps).count()
    };
    assert_eq!(overlapping().await, 7);
    let held = town.hold(time.request()).await;
    assert_eq!(overlapping().await, 0);
    town.clock.set_to(held.hold_expires_at);
    assert_eq!(overlapping().await, 7, "a hold that has run out hides nothing, before any sweep");
    let booked = town.book(&time, aino(), EURO).await;
    assert_eq!(overlapping().await, 0);
    town.cancel(booked.id).await;
    assert_eq!(overlapping().await, 7);
}

async fn a_wish_narrows_what_is_found(town: &Town) {
    let evening =
        Wish { minute_from: 18 * 60, municipality: Some("haparanda".to_owned()), ..ice("2026-11-04") };
    let hits = search(town, &evening).await;
    assert!(!hits.is_empty());
    for hit in &hits {
        assert_eq!(hit.space.facility.municipality.code, "haparanda");
        assert!(hit.span.start().start().with_timezone(&hit.space.zone()).hour() >= 18);
    }
    let people = |people| Wish { kind: Some("pool".to_owned()), people: Some(people), ..ice("2026-11-04") };
    let whole = |hits: &[Hit]| hits.iter().any(|hit| hit.space.slug == "bada-bassangerna");
    assert!(whole(&search(town, &people(87)).await));
    assert!(!whole(&search(town, &people(88)).await));
    assert!(search(town, &Wish { minutes: 50, ..ice("2026-11-04") }).await.is_empty());
    assert!(search(town, &Wish { from: date("2026-11-05"), ..ice("2026-11-04") }).await.is_empty());
    assert!(search(town, &ice("2026-10-29")).await.is_empty()); // gone by
    assert!(!search(town, &ice("2027-04-28")).await.is_empty());
    assert!(search(town, &ice("2027-04-29")).await.is_empty()); // beyond the horizon
}

async fn for_a_taken_time_near_ones_are_offered(town: &Town) {
    let time = town.ice_in_tornio();
    town.hold(time.request()).await;
    let Err(HoldError::Occupied { alternatives }) = town.try_hold(time.request()).await else {
        panic!("not taken")
    };
    assert_eq!(alternatives.len(), 4);
    assert!(alternatives.is_sorted_by_key(|hit| hit.span.start()));
    for hit in &alternatives {
        assert_eq!((hit.space.facility.kind.as_str(), hit.span.minutes()), ("ice", 60));
        assert!((hit.span.start().start() - time.start).abs() <= TimeDelta::hours(1), "{:?}", hit.span);
    }
    let elsewhere =
        |hit: &Hit| hit.space.facility.slug == "norra-affars-arena" && hit.span.start().start() == time.start;
    assert!(alternatives.iter().any(elsewhere), "the other bank's ice at the same moment");
}

async fn whoever_asks_can_have_what_is_offered_instead(town: &Town) {
    let pool = |space, start| town.wall_time("haparanda-simhall", space, start, 60);
    let offered = async |time: &Time, price_group, people, space: &str| {
        let who = Who { people: Some(people), ..aino() };
        let request = HoldRequest { price_group, ..time.request_by(who) };
        match town.try_hold(request).await {
            Err(HoldError::Occupied { alternatives }) => {
                alternatives.iter().any(|hit| hit.space.slug == space)
            }
            other => panic!("taken, and not {other:?}"),
        }
    };
    // Both pools together take eighty-seven.
    let both = pool("bada-bassangerna", "2026-11-04 18:00");
    town.hold(both.request()).await;
    assert!(offered(&both, PriceGroup::Adult, 87, "bada-bassangerna").await);
    assert!(!offered(&both, PriceGroup::Adult, 88, "bada-bassangerna").await);
    // The small one a company must book a week before.
    let rules = serde_json::json!({"booking": [{"group": "company", "lead": {"hours": 168}}]});
    town.lay_rules(&town.space("haparanda-simhall", "lilla-bassangen"), &rules).await;
    let large = pool("stora-bassangen", "2026-11-05 18:00");
    town.hold(large.request()).await;
    assert!(offered(&large, PriceGroup::Adult, 10, "lilla-bassangen").await);
    assert!(!offered(&large, PriceGroup::Company, 10, "lilla-bassangen").await);
}

async fn a_day_sheet_has_92_96_or_100_quarters(town: &Town) {
    town.clock.set("2027-03-01T12:00:00Z");
    let booked = town.wall_time("tornion-tenniskentat", "bana-1", "2027-03-28 04:00", 60);
    town.hold(booked.request()).await;
    let space = booked.space;
    for (day, quarters) in [("2027-03-27", 96), ("2027-03-28", 92), ("2027-10-31", 100)] {
        let spaces = std::slice::from_ref(&space);
        let facility = Some(space.facility.id);
        let sheet =
            occupancy::day_of_spaces(&town.services, date(day), space.zone(), facility, spaces, None).await;
        let sheet = sheet.expect("a day");
        assert_eq!(sheet.day.quarters(), quarters);
        assert_eq!((sheet.spaces[0].times.hours.open & sheet.day.own()).len(), quarters);
        let taken: Vec<i64> = (sheet.spaces[0].times.taken & sheet.day.own()).iter().collect();
        // 04:00 is the first moment after the missing hour.
        let expected: &[i64] = if quarters == 92 { &[12, 13, 14, 15] } else { &[] };
        assert_eq!(taken, expected, "{day}");
    }
}

async fn both_hours_of_a_long_night_are_found_and_none_of_a_short_one(town: &Town) {
    let starts = async |day: &str, hour: u32| {
        let wish =
            Wish { kind: Some("court".to_owned()), municipality: Some("tornio".to_owned()), ..ice(day) };
        let hits = search(town, &wish).await;
        let at_hour = |hit: &&Hit| {
            let wall = hit.span.start().start().with_timezone(&hit.space.zone());
            hit.space.slug == "bana-1" && (wall.hour(), wall.minute()) == (hour, 0)
        };
        hits.iter().filter(at_hour).count()
    };
    town.clock.set("2027-03-01T12:00:00Z");
    assert_eq!(starts("2027-03-28", 3).await, 0);
    assert_eq!(starts("2027-03-28", 4).await, 1);
    town.clock.set("2027-10-01T12:00:00Z");
    assert_eq!(starts("2027-10-31", 3).await, 2);
    assert_eq!(starts("2027-10-31", 4).await, 1);
}

/// The obvious model: every quarter of every day of every space, asked of the rules and of the table.
async fn slow_search(town: &Town, wish: &Wish) -> HashSet<(uuid::Uuid, i64)> {
    let now = town.clock.now();
    let cells: Vec<(i64, i64)> = sql!(town, c => sqlx::query_as(
        "SELECT part_id, quarter FROM cell JOIN claim ON claim.id = cell.claim_id
         WHERE claim.expires_at IS NULL OR claim.expires_at > $1").bind(now).fetch_all(c).await)
    .expect("the cells");
    let cells: HashSet<(i64, i64)> = cells.into_iter().collect();
    let catalogue = town.services.catalogue();
    let mut found = HashSet::new();
    for space in &catalogue.spaces {
        let facility = &space.facility;
        if wish.municipality.as_ref().is_some_and(|code| *code != facility.municipality.code)
            || wish.kind.as_ref().is_some_and(|kind| *kind != facility.kind)
        {
            continue;
        }
        let first =
            Quarter::containing((wish.from - TimeDelta::days(1)).and_time(chrono::NaiveTime::MIN).and_utc());
        let days = (wish.to - wish.from).num_days() + 3;
        for start in (0..days * 96).map(|quarter| first + quarter) {
            let end = start + wish.minutes / 15;
            let wall = start.start().with_timezone(&space.zone()).naive_local();
            let wished = (wish.from..=wish.to).contains(&wall.date())
                && wall.hour() * 60 + wall.minute() >= wish.minute_from;
            let taken = || {
                (start.0..end.0)
                    .any(|quarter| space.parts.iter().any(|part| cells.contains(&(*part, quarter))))
            };
            let allowed = || space.rules.check(start.start(), end.start(), wish.group, now).is_ok();
            if wished && !taken() && allowed() {
                found.insert((space.id, start.0));
            }
        }
    }
    found
}

async fn what_is_found_is_what_a_slow_look_at_each_quarter_finds(town: &Town) {
    let mut random = StdRng::seed_from_u64(20_261_030);
    let kinds = ["ice", "hall", "court", "pool", "field"];
    for (round, begins) in
        ["2026-10-30T17:07:00Z", "2027-03-26T09:00:00Z", "2027-10-29T21:52:00Z"].iter().enumerate()
    {
        town.clock.set(begins);
        fill_at_random(town, &mut random).await;
        town.clock.advance_minutes(10); // about half of the holds have run out
        for _ in 0..6 {
            let from = town.clock.now().date_naive() + TimeDelta::days(random.random_range(0..2));
            let to = from + TimeDelta::days(random.random_range(0..3));
            let minutes = *[45, 60, 75, 90, 120, 180].choose(&mut random).expect("one");
            let wish = Wish {
                minute_from: *[0, 7 * 60 + 30, 18 * 60].choose(&mut random).expect("one"),
                municipality: [None, None, Some("tornio".to_owned())].choose(&mut random).cloned().flatten(),
                kind: Some((*kinds.choose(&mut random).expect("one")).to_owned()),
                ..Wish::any_time(from, to, minutes)
            };
            let hits = search(town, &wish).await;
            let found: HashSet<_> = hits.iter().map(|hit| (hit.space.id, hit.span.start().0)).collect();
            assert_eq!(found.len(), hits.len(), "round {round}: a hit stands twice");
            let slow = slow_search(town, &wish).await;
            let differ: Vec<_> = found.symmetric_difference(&slow).collect();
            assert!(differ.is_empty(), "round {round}, {wish:?}: {differ:?}");
        }
    }
}

/// Holds at random, some of which become bookings.
async fn fill_at_random(town: &Town, random: &mut StdRng) {
    let catalogue = town.services.catalogue();
    for _ in 0..150 {
        let space = catalogue.spaces.choose(random).expect("a space").clone();
        let start = Quarter::containing(town.clock.now()) + random.random_range(1..3 * 96);
        let end = start + 2 * random.random_range(2..7);
        let time = crate::Time { space, start: start.start(), end: end.start() };
        if let Ok(held) = town.try_hold(time.request_by(aino())).await
            && random.random_ratio(1, 2)
            && held.total.minor > 0
        {
            town.pay(&held, held.total.currency).await;
        }
        town.clock.advance(TimeDelta::seconds(random.random_range(0..8)));
    }
}
