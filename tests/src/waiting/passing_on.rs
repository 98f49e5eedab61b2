//! What is freed goes to the first in line, then to the next.

use chrono::TimeDelta;
use tokio::join;
use vayla_domain::{Language, money::EURO};
use vayla_services::{
    outbox::{self, Queue},
    waiting::{self, WaitingState},
};

use super::shortcuts::{exactly, person, thursday_evening};
use crate::{Town, aino, asa};

on_both_engines! {
    a_cancelled_time_goes_to_the_first_in_line_and_not_to_a_passer_by,
    an_offer_that_runs_out_goes_to_the_next,
    an_offer_given_back_goes_to_the_next_and_never_again_to_the_same,
    whoever_stands_in_line_twice_is_asked_once,
    any_hour_of_ice_on_thursday_evening,
    whoever_gives_a_time_back_is_not_offered_it,
    half_a_hall_is_no_whole_one,
    what_is_left_goes_to_the_next,
    two_machines_at_once_make_one_offer,
    where_nobody_waits_it_is_free_at_once,
    what_nobody_is_asked_about_in_time_is_free,
    another_time_for_ones_hold_is_not_ones_own_rival,
    a_message_that_comes_late_still_offers_what_is_free,
    letters_that_have_not_gone_keep_nobody_waiting,
    those_who_wait_for_something_else_are_not_even_looked_at,
    whoever_is_first_is_found_behind_all_whom_it_does_not_suit,
}

async fn a_cancelled_time_goes_to_the_first_in_line_and_not_to_a_passer_by(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    let first = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    let second = town.wait(exactly(&time), person("Eino", Language::Fi)).await;
    let place = async |entry| waiting::place(&town.services, entry).await.expect("a place");
    assert_eq!((place(&first).await, place(&second).await), (1, 2));
    town.cancel(booked.id).await;
    assert!(!town.is_free(&time).await, "nobody steps in between");
    town.deliver().await;
    let held = town.is_offered(&first, &time).await;
    town.is_not_offered(&second).await;
    assert_eq!(held.hold_expires_at - town.clock.now(), TimeDelta::minutes(120));
    assert!(!town.is_free(&time).await);
    // It is a hold as any other: paid, it is theirs, and their waiting is over.
    town.pay(&held, EURO).await;
    assert_eq!(town.waits(&first).await, WaitingState::Done);
    assert_eq!(town.waits(&second).await, WaitingState::Waiting);
    // Cancelled later on, it goes to the next.
    town.cancel(held.id).await;
    town.deliver().await;
    town.is_offered(&second, &time).await;
    assert_eq!(town.waits(&first).await, WaitingState::Done);
}

async fn an_offer_that_runs_out_goes_to_the_next(town: &Town) {
    let time = town.ice_in_haparanda();
    let booked = town.book(&time, asa(), EURO).await;
    let first = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    let second = town.wait(exactly(&time), person("Eino", Language::Fi)).await;
    town.cancel(booked.id).await;
    town.deliver().await;
    let held = town.is_offered(&first, &time).await;
    town.clock.set_to(held.hold_expires_at);
    assert!(!town.is_free(&time).await, "it goes to the next and not to whoever comes by");
    town.deliver().await;
    let next = town.is_offered(&second, &time).await;
    assert_eq!(town.waits(&first).await, WaitingState::Over, "there is nothing left to wait for");
    town.clock.set_to(next.hold_expires_at);
    town.sweep().await;
    town.deliver().await;
    assert!(town.is_free(&time).await, "all have been asked");
}

async fn an_offer_given_back_goes_to_the_next_and_never_again_to_the_same(town: &Town) {
    let time = town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-05 18:00", 180);
    let hour = town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-05 18:00", 60);
    let booked = town.book(&time, aino(), EURO).await;
    let first = town.wait(thursday_evening("tornio"), person("Elsa", Language::Sv)).await;
    let second = town.wait(exactly(&hour), person("Eino", Language::Fi)).await;
    town.cancel(booked.id).await;
    town.deliver().await;
    let held = town.is_offered(&first, &hour).await;
    town.is_not_offered(&second).await;
    // The rest of the three hours suits nobody else: it is free, and the first goes on waiting for it.
    let rest = [hour.later(60), hour.later(120)];
    assert!(town.is_free(&rest[1]).await);
    let others: Vec<_> = [town.hold(rest[0].request()).await, town.hold(rest[1].request()).await].into();
    town.cancel(held.id).await;
    assert!(!town.is_free(&hour).await);
    town.deliver().await;
    assert_eq!(town.waits(&first).await, WaitingState::Waiting);
    let next = town.is_offered(&second, &hour).await;
    town.cancel(next.id).await;
    town.deliver().await;
    town.is_not_offered(&first).await;
    town.is_not_offered(&second).await;
    assert!(town.is_free(&hour).await, "neither is asked twice");
    // Another hour of the same evening is another time.
    town.cancel(others[1].id).await;
    town.deliver().await;
    town.is_offered(&first, &rest[1]).await;
}

async fn whoever_stands_in_line_twice_is_asked_once(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    let first = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    let again = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    let next = town.wait(exactly(&time), person("Eino", Language::Fi)).await;
    town.cancel(booked.id).await;
    town.deliver().await;
    let held = town.is_offered(&first, &time).await;
    town.clock.set_to(held.hold_expires_at);
    town.sweep().await;
    town.deliver().await;
    town.is_not_offered(&again).await;
    town.is_offered(&next, &time).await;
}

async fn any_hour_of_ice_on_thursday_evening(town: &Town) {
    let evening = town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-05 18:00", 180);
    let afternoon = town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-05 15:00", 120);
    let wednesday = town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-04 18:00", 180);
    let across = town.wall_time("norra-affars-arena", "hela-isen", "2026-11-05 19:00", 120);
    let mut booked = Vec::new();
    for time in [&afternoon, &wednesday, &across, &evening] {
        booked.push(town.book(time, asa(), EURO).await);
    }
    let entry = town.wait(thursday_evening("tornio"), person("Elsa", Language::Sv)).await;
    for (booking, time) in booked.iter().zip([&afternoon, &wednesday, &across]) {
        town.cancel(booking.id).await;
        town.deliver().await;
        town.is_not_offered(&entry).await;
        assert!(town.is_free(time).await, "other hours, other days and the other bank are for all");
    }
    town.cancel(booked[3].id).await;
    town.deliver().await;
    let hour = town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-05 18:00", 60);
    town.is_offered(&entry, &hour).await;
    assert!(town.is_free(&hour.later(60)).await, "the hours that aren't needed are for all");
}

async fn whoever_gives_a_time_back_is_not_offered_it(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, person("Elsa", Language::Sv), EURO).await;
    let own = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    town.clock.advance_minutes(1);
    town.cancel(booked.id).await;
    town.deliver().await;
    town.is_not_offered(&own).await;
    assert!(town.is_free(&time).await);
}

async fn half_a_hall_is_no_whole_one(town: &Town) {
    let catalogue = town.services.catalogue();
    let whole = catalogue.spaces.iter().find(|whole| {
        let halves = catalogue.spaces.iter().filter(|half| half.share_percent == 50);
        whole.share_percent == 100 && halves.filter(|half| half.facility.id == whole.facility.id).count() == 2
    });
    let whole = whole.expect("a hall in halves").clone();
    let halves: Vec<_> = catalogue
        .spaces
        .iter()
        .filter(|half| half.facility.id == whole.facility.id && half.share_percent == 50)
        .cloned()
        .collect();
    let wish = vayla_services::occupancy::Wish {
        minute_from: 12 * 60,
        ..vayla_services::occupancy::Wish::any_time(
            super::shortcuts::date("2026-11-05"),
            super::shortcuts::date("2026-11-05"),
            60,
        )
    };
    let hits = vayla_services::occupancy::search(&town.services, &wish).await.expect("a search");
    let hit = hits.iter().find(|hit| hit.space.id == whole.id).expect("a free hour");
    let of = |space: &std::sync::Arc<vayla_services::catalogue::Space>| crate::Time {
        space: space.clone(),
        start: hit.span.start().start(),
        end: hit.span.end().start(),
    };
    let mut held = Vec::new();
    for half in &halves {
        held.push(town.hold(of(half).request_by(aino())).await);
    }
    let entry = town.wait(exactly(&of(&whole)), person("Elsa", Language::Sv)).await;
    town.cancel(held[0].id).await;
    town.deliver().await;
    town.is_not_offered(&entry).await;
    assert!(town.is_free(&of(&halves[0])).await, "one half is no use to whoever wants both");
    town.cancel(held[1].id).await;
    town.deliver().await;
    town.is_offered(&entry, &of(&whole)).await;
}

async fn what_is_left_goes_to_the_next(town: &Town) {
    let evening = town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-05 18:00", 180);
    let hour = town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-05 18:00", 60);
    let booked = town.book(&evening, aino(), EURO).await;
    let mut line = Vec::new();
    for name in ["Elsa", "Eino", "Elli", "Edit"] {
        line.push(town.wait(thursday_evening("tornio"), person(name, Language::Fi)).await);
    }
    town.cancel(booked.id).await;
    town.deliver().await;
    for (entry, minutes) in line.iter().zip([0, 60, 120]) {
        town.is_offered(entry, &hour.later(minutes)).await;
    }
    town.is_not_offered(&line[3]).await;
    assert_eq!(town.count("SELECT COUNT(*) FROM claim WHERE booking_id IS NULL").await, 0);
}

async fn two_machines_at_once_make_one_offer(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    let first = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    let second = town.wait(exactly(&time), person("Eino", Language::Fi)).await;
    town.deliver().await;
    town.cancel(booked.id).await;
    let other = town.second().await;
    let (one, two) =
        join!(outbox::deliver_due(&town.services, Queue::Acts), outbox::deliver_due(&other, Queue::Acts));
    one.and(two).expect("the outbox");
    other.db.close().await;
    town.deliver().await;
    town.is_offered(&first, &time).await;
    town.is_not_offered(&second).await;
    assert_eq!(town.count("SELECT COUNT(*) FROM waiting_offer").await, 1);
    // The same message once more, as after a crash, offers nothing more.
    crate::sql!(town, c => sqlx::query(
        "UPDATE outbox SET due_at = $1, done_at = NULL WHERE kind = 'freed'")
        .bind(town.clock.now()).execute(c).await.map(drop))
    .expect("the outbox");
    town.deliver().await;
    assert_eq!(town.count("SELECT COUNT(*) FROM waiting_offer").await, 1);
}

async fn where_nobody_waits_it_is_free_at_once(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    let elsewhere = town.ice_in_haparanda();
    town.hold(elsewhere.request()).await;
    town.wait(exactly(&elsewhere), person("Elsa", Language::Sv)).await;
    town.cancel(booked.id).await;
    assert_eq!(town.count("SELECT COUNT(*) FROM outbox WHERE kind = 'freed'").await, 0);
    assert!(town.is_free(&time).await);
}

async fn what_nobody_is_asked_about_in_time_is_free(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    town.cancel(booked.id).await;
    assert!(!town.is_free(&time).await);
    town.clock.advance_minutes(2);
    town.hold(time.request()).await;
    assert_eq!(town.count("SELECT COUNT(*) FROM claim WHERE booking_id IS NULL").await, 0);
}

async fn another_time_for_ones_hold_is_not_ones_own_rival(town: &Town) {
    let time = town.ice_in_tornio();
    let held = town.hold(time.request()).await;
    let entry = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    // Half an hour later overlaps what is given back for it.
    let mut request = time.later(30).request();
    request.replaces = Some(held.id);
    let moved = town.hold(request).await;
    town.deliver().await;
    town.is_not_offered(&entry).await;
    town.cancel(moved.id).await;
    town.deliver().await;
    // Chosen anew on other terms, an offer stays an offer.
    let offered = town.is_offered(&entry, &time).await;
    let mut request = time.request_by(entry.who.clone());
    request.replaces = Some(offered.id);
    let chosen = town.hold(request).await;
    town.deliver().await;
    assert_eq!(town.is_offered(&entry, &time).await.id, chosen.id);
    town.pay(&chosen, EURO).await;
    assert_eq!(town.waits(&entry).await, WaitingState::Done);
}

async fn a_message_that_comes_late_still_offers_what_is_free(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    let entry = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    town.cancel(booked.id).await;
    town.clock.advance_minutes(30);
    town.sweep().await;
    town.deliver().await;
    town.is_offered(&entry, &time).await;
}

async fn letters_that_have_not_gone_keep_nobody_waiting(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    let entry = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    town.cancel(booked.id).await;
    assert_eq!(outbox::deliver_due(&town.services, Queue::Acts).await.expect("the outbox"), 1);
    town.is_offered(&entry, &time).await;
    assert!(town.count("SELECT COUNT(*) FROM outbox WHERE due_at IS NOT NULL AND kind = 'mail'").await > 2);
}

async fn those_who_wait_for_something_else_are_not_even_looked_at(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    let elsewhere = town.ice_in_haparanda();
    town.hold(elsewhere.request()).await;
    let court = town.wall_time("tornion-tenniskentat", "bana-1", "2026-11-04 18:00", 60);
    town.hold(court.request()).await;
    let mut any_court = uuid::Uuid::nil();
    for wanted in [exactly(&elsewhere), exactly(&court), exactly(&court)] {
        any_court = town.wait(wanted, person("Edit", Language::Sv)).await.id;
    }
    crate::sql!(town, c => sqlx::query("UPDATE waiting SET space_id = NULL, kind = 'tennis' WHERE id = $1")
        .bind(any_court).execute(c).await.map(drop))
    .expect("the line");
    let entry = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    // Whoever read them would stumble.
    crate::sql!(town, c => sqlx::query("UPDATE waiting SET use_of = 'nothing known' WHERE email LIKE 'edit%'")
        .execute(c).await.map(drop))
    .expect("the line");
    town.cancel(booked.id).await;
    town.deliver().await;
    town.is_offered(&entry, &time).await;
}

async fn whoever_is_first_is_found_behind_all_whom_it_does_not_suit(town: &Town) {
    let (time, longer) = (town.ice_in_tornio(), town.ice_in_tornio().later(-60));
    let longer = crate::Time { end: time.end, ..longer };
    let booked = town.book(&time, aino(), EURO).await;
    town.book(&time.later(-60), asa(), EURO).await;
    let unsuited = town.wait(exactly(&longer), person("Edit", Language::Sv)).await;
    // Three hundred more who want both hours.
    for number in 0..300i64 {
        let id = uuid::Uuid::from_u128(unsuited.id.as_u128() + u128::from(number.unsigned_abs()) + 1);
        crate::sql!(town, c => sqlx::query(
            "INSERT INTO waiting (id, space_id, share_percent, from_date, to_date, weekdays, minute_from, minute_to,
                 minutes, price_group, use_of, from_quarter, to_quarter, name, email, language, created_at, state)
             SELECT $2, space_id, share_percent, from_date, to_date, weekdays, minute_from, minute_to, minutes,
                 price_group, use_of, from_quarter, to_quarter, name, email, language, created_at, state
             FROM waiting WHERE id = $1")
            .bind(unsuited.id).bind(id).execute(c).await.map(drop))
        .expect("the line");
    }
    let first = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    let second = town.wait(exactly(&time), person("Eino", Language::Fi)).await;
    assert_eq!(waiting::place(&town.services, &second).await.expect("a place"), 303);
    town.cancel(booked.id).await;
    // They are asked by and by, with other work in between, and meanwhile nobody else has it.
    town.clock.advance(TimeDelta::seconds(100));
    assert_eq!(outbox::deliver_due(&town.services, Queue::Acts).await.expect("the outbox"), 1);
    town.is_not_offered(&first).await;
    town.clock.advance(TimeDelta::seconds(100));
    assert!(!town.is_free(&time).await);
    town.deliver().await;
    town.is_offered(&first, &time).await;
    town.is_not_offered(&second).await;
}
