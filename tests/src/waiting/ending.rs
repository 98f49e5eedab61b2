//! How a place in line ends.

use chrono::TimeDelta;
use vayla_domain::{Language, money::EURO};
use vayla_services::waiting::{self, WaitingState};

use super::shortcuts::{exactly, person, thursday_evening};
use crate::{Town, aino};

on_both_engines! {
    whoever_leaves_is_asked_no_more,
    leaving_gives_back_what_is_held,
    when_the_last_day_is_over_nobody_waits_any_more,
    who_waited_is_forgotten_in_time,
    shortly_before_an_offer_is_short,
}

async fn whoever_leaves_is_asked_no_more(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    let first = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    let second = town.wait(exactly(&time), person("Eino", Language::Fi)).await;
    for _ in 0..2 {
        waiting::leave(&town.services, first.id).await.expect("the database");
        assert_eq!(town.waits(&first).await, WaitingState::Withdrawn);
    }
    assert_eq!(waiting::place(&town.services, &second).await.expect("a place"), 1);
    town.cancel(booked.id).await;
    town.deliver().await;
    town.is_not_offered(&first).await;
    town.is_offered(&second, &time).await;
}

async fn leaving_gives_back_what_is_held(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    let first = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    let second = town.wait(exactly(&time), person("Eino", Language::Fi)).await;
    town.cancel(booked.id).await;
    town.deliver().await;
    town.is_offered(&first, &time).await;
    waiting::leave(&town.services, first.id).await.expect("the database");
    assert_eq!(town.waits(&first).await, WaitingState::Withdrawn);
    town.deliver().await;
    let held = town.is_offered(&second, &time).await;
    // What has been paid stays, and with it how the waiting ended.
    town.pay(&held, EURO).await;
    waiting::leave(&town.services, second.id).await.expect("the database");
    assert_eq!(town.waits(&second).await, WaitingState::Done);
}

async fn when_the_last_day_is_over_nobody_waits_any_more(town: &Town) {
    let time = town.ice_in_tornio();
    town.book(&time, aino(), EURO).await;
    let entry = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    town.clock.set("2026-11-04T21:59:59Z");
    assert_eq!(town.waits(&entry).await, WaitingState::Waiting);
    town.clock.set("2026-11-04T22:00:00Z"); // midnight in Tornio
    assert_eq!(town.waits(&entry).await, WaitingState::Over);
}

async fn who_waited_is_forgotten_in_time(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    let left = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    let over = town.wait(exactly(&time), person("Eino", Language::Fi)).await;
    waiting::leave(&town.services, left.id).await.expect("the database");
    town.cancel(booked.id).await;
    town.deliver().await;
    town.is_offered(&over, &time).await;
    let remain = async |days| {
        town.clock.advance(TimeDelta::days(days));
        town.sweep().await;
        waiting::forget_ended(&town.services).await.expect("the database");
        town.count("SELECT COUNT(*) FROM waiting").await
    };
    assert_eq!(remain(30).await, 2);
    assert_eq!(remain(1).await, 1, "who left on the first day");
    assert_eq!(remain(7).await, 0, "whose last day was a month ago");
    let untaken = "SELECT COUNT(*) FROM booking WHERE confirmed_at IS NULL AND booker_email IS NOT NULL";
    assert_eq!(town.count(untaken).await, 0, "nor who was offered a time and didn't take it");
}

async fn shortly_before_an_offer_is_short(town: &Town) {
    let time = town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-05 18:00", 180);
    let booked = town.book(&time, aino(), EURO).await;
    let entry = town.wait(thursday_evening("tornio"), person("Elsa", Language::Sv)).await;
    town.clock.set("2026-11-05T15:00:00Z"); // an hour before
    town.cancel(booked.id).await;
    town.deliver().await;
    let held = town.offer(&entry).await.expect("an offer");
    assert_eq!(held.hold_expires_at - town.clock.now(), TimeDelta::minutes(30));
}
