//! A time is held for a quarter of an hour.

use chrono::TimeDelta;
use vayla_domain::money::EURO;
use vayla_services::booking::{self, BookingState, DetailsError, HoldError, HoldRequest};

use crate::{Town, aino, asa};

on_both_engines! {
    a_hold_that_has_run_out_blocks_nobody,
    a_sweep_clears_what_has_run_out_and_nothing_else,
    a_hold_is_extended_once,
    a_new_hold_replaces_an_earlier_one,
    a_replaced_hold_stays_when_the_new_one_fails,
    two_who_swap_their_holds_both_keep_one,
    whoever_holds_says_who_they_are,
    whoever_gives_a_hold_back_is_forgotten,
}

async fn a_hold_that_has_run_out_blocks_nobody(town: &Town) {
    let first = town.hold(town.ice_in_tornio().request_by(aino())).await;
    town.clock.set_to(first.hold_expires_at - TimeDelta::milliseconds(1));
    town.is_taken(&town.ice_in_tornio()).await;
    town.clock.set_to(first.hold_expires_at);
    assert_eq!(town.state(first.id).await, BookingState::Expired); // though nobody has swept
    let second = town.book(&town.ice_in_tornio(), asa(), EURO).await;
    assert_eq!(town.state(first.id).await, BookingState::Expired);
    assert_eq!(town.state(second.id).await, BookingState::Confirmed);
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 4);
}

async fn a_sweep_clears_what_has_run_out_and_nothing_else(town: &Town) {
    let ice = town.ice_in_tornio();
    let booked = town.book(&ice, aino(), EURO).await;
    let early = town.hold(ice.later(60).request()).await;
    town.clock.advance_minutes(10);
    let late = town.hold(ice.later(120).request()).await;
    assert_eq!(town.sweep().await, 0);
    town.clock.advance_minutes(5);
    assert_eq!(town.sweep().await, 1);
    assert_eq!(town.sweep().await, 0);
    assert_eq!(town.state(booked.id).await, BookingState::Confirmed);
    assert_eq!(town.state(early.id).await, BookingState::Expired);
    assert_eq!(town.state(late.id).await, BookingState::Held);
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 8);
    assert_eq!(town.count("SELECT COUNT(*) FROM claim").await, 2);
}

async fn a_hold_is_extended_once(town: &Town) {
    let held = town.hold(town.ice_in_tornio().request()).await;
    assert_eq!(held.hold_expires_at, town.clock.now() + TimeDelta::minutes(15));
    town.clock.advance_minutes(14);
    booking::extend(&town.services, &held).await.expect("ten minutes more");
    let again = booking::extend(&town.services, &held).await;
    assert!(matches!(again, Err(DetailsError::NotHeld)), "{again:?}");
    town.clock.advance_minutes(10);
    town.is_taken(&town.ice_in_tornio()).await;
    assert_eq!(town.state(held.id).await, BookingState::Held);
    town.clock.advance_minutes(1);
    assert_eq!(town.state(held.id).await, BookingState::Expired);
    town.hold(town.ice_in_tornio().request()).await;
    let late = booking::extend(&town.services, &held).await;
    assert!(matches!(late, Err(DetailsError::NotHeld)), "{late:?}");
}

async fn a_new_hold_replaces_an_earlier_one(town: &Town) {
    let ice = town.ice_in_tornio();
    let first = town.hold(ice.request()).await;
    // It overlaps with the hold that it replaces.
    let moved = HoldRequest { replaces: Some(first.id), ..ice.later(30).request() };
    let second = town.hold(moved).await;
    assert_eq!(town.state(first.id).await, BookingState::Expired);
    assert_eq!(town.state(second.id).await, BookingState::Held);
    town.hold(ice.later(-30).request()).await; // what is left of the first is free
    // A booking isn't a hold: it stays.
    let booked = town.book(&ice.later(180), aino(), EURO).await;
    town.hold(HoldRequest { replaces: Some(booked.id), ..ice.later(-120).request() }).await;
    assert_eq!(town.state(booked.id).await, BookingState::Confirmed);
}

async fn a_replaced_hold_stays_when_the_new_one_fails(town: &Town) {
    let ice = town.ice_in_tornio();
    let mine = town.hold(ice.request()).await;
    town.hold(ice.later(60).request()).await;
    let refused = town.try_hold(HoldRequest { replaces: Some(mine.id), ..ice.later(30).request() }).await;
    assert!(matches!(refused, Err(HoldError::Occupied { .. })), "{refused:?}");
    assert_eq!(town.state(mine.id).await, BookingState::Held);
    town.is_taken(&ice).await;
    assert_eq!(town.count("SELECT COUNT(*) FROM booking").await, 2); // the failed one left nothing
}

/// Each wants the other's time: on PostgreSQL a deadlock that one of them loses and tries again.
async fn two_who_swap_their_holds_both_keep_one(town: &Town) {
    let (one, other) = (town.ice_in_tornio(), town.ice_in_haparanda());
    let mine = town.hold(one.request()).await;
    let yours = town.hold(other.request()).await;
    let swap = |time: &crate::Time, id| town.try_hold(HoldRequest { replaces: Some(id), ..time.request() });
    let (i_get, you_get) = tokio::join!(swap(&other, mine.id), swap(&one, yours.id));
    for got in [&i_get, &you_get] {
        assert!(matches!(got, Ok(_) | Err(HoldError::Occupied { .. })), "{got:?}");
    }
    assert_eq!(town.count("SELECT COUNT(*) FROM booking WHERE state = 'held'").await, 2);
}

async fn whoever_holds_says_who_they_are(town: &Town) {
    let held = town.hold(town.ice_in_tornio().request()).await;
    assert_eq!(held.who, None);
    let started = vayla_services::payment::start(&town.services, &held, EURO, "http://localhost/").await;
    assert!(matches!(started, Err(vayla_services::payment::StartError::NoDetails)), "{started:?}");
    booking::set_details(&town.services, held.id, &aino()).await.expect("to be written down");
    booking::set_details(&town.services, held.id, &asa()).await.expect("to be changed");
    assert_eq!(town.booking(held.id).await.who, Some(asa()));
    town.clock.advance_minutes(15);
    let late = booking::set_details(&town.services, held.id, &aino()).await;
    assert!(matches!(late, Err(DetailsError::NotHeld)), "{late:?}");
}

async fn whoever_gives_a_hold_back_is_forgotten(town: &Town) {
    let known = "SELECT COUNT(*) FROM booking WHERE booker_email IS NOT NULL OR booker_name IS NOT NULL";
    let ice = town.ice_in_tornio();
    let first = town.hold(ice.request_by(aino())).await;
    let second =
        town.hold(HoldRequest { replaces: Some(first.id), ..ice.later(60).request_by(aino()) }).await;
    assert_eq!(town.count(known).await, 1);
    town.cancel(second.id).await;
    assert_eq!(town.count(known).await, 0);
    let paid = town.book(&ice, aino(), EURO).await;
    town.cancel(paid.id).await;
    assert_eq!(town.count(known).await, 1, "the books know who paid");
}
