//! Money for an offer that has run out leaves all later ones as they are.

use chrono::TimeDelta;
use vayla_domain::{Language, money::EURO};
use vayla_services::{
    payment::{self, Charge, Payment},
    waiting::WaitingState,
};

use super::shortcuts::{exactly, person, thursday_evening};
use crate::{Time, Town, aino, asa};

on_both_engines! {
    late_money_for_an_offer_leaves_the_next_ones_as_they_are,
    late_money_takes_nothing_of_what_is_left_of_the_time,
    late_money_for_a_hold_that_was_chosen_anew_leaves_the_new_one,
}

impl Town {
    async fn money_is_late(&self, payment: &Payment) {
        let name = format!("late-{}", payment.id);
        let charged = payment::charge(&self.services, payment.id, &name).await.expect("noted");
        assert_eq!(charged, Charge::TooLate);
        let payment = self.payment(payment.id).await;
        let back: Vec<_> = payment.refunds.iter().map(|refund| refund.amount).collect();
        assert_eq!(back, [payment.amount]);
    }
}

fn evening(town: &Town, start: &str, minutes: i64) -> Time {
    town.wall_time("tornion-jaahalli", "hela-isen", start, minutes)
}

async fn late_money_for_an_offer_leaves_the_next_ones_as_they_are(town: &Town) {
    let hours = [18, 19, 20].map(|hour| evening(town, &format!("2026-11-05 {hour}:00"), 60));
    let mut booked = Vec::new();
    for hour in &hours {
        booked.push(town.book(hour, aino(), EURO).await);
    }
    let first = town.wait(thursday_evening("tornio"), person("Elsa", Language::Sv)).await;
    let second = town.wait(exactly(&hours[0]), person("Eino", Language::Fi)).await;
    town.cancel(booked[0].id).await;
    town.deliver().await;
    let old = town.is_offered(&first, &hours[0]).await;
    let payment = town.open_payment(&old, EURO).await;
    town.clock.set_to(old.hold_expires_at);
    town.sweep().await;
    town.deliver().await;
    let theirs = town.is_offered(&second, &hours[0]).await;
    town.cancel(booked[1].id).await;
    town.deliver().await;
    let current = town.is_offered(&first, &hours[1]).await;

    town.money_is_late(&payment).await;
    assert_eq!(town.is_offered(&first, &hours[1]).await.id, current.id);
    assert_eq!(town.is_offered(&second, &hours[0]).await.id, theirs.id);
    // Whoever has an offer isn't asked about another.
    town.cancel(booked[2].id).await;
    town.deliver().await;
    assert_eq!(town.is_offered(&first, &hours[1]).await.id, current.id);
    assert_eq!(town.count("SELECT COUNT(*) FROM booking WHERE state = 'held'").await, 2);
    town.pay(&current, EURO).await;
    assert_eq!(town.waits(&first).await, WaitingState::Done);
}

async fn late_money_takes_nothing_of_what_is_left_of_the_time(town: &Town) {
    let (both, half) = (evening(town, "2026-11-05 18:00", 120), evening(town, "2026-11-05 18:00", 60));
    let late = town.hold(both.request_by(asa())).await;
    let entry = town.wait(exactly(&both), person("Elsa", Language::Sv)).await;
    let payment = town.open_payment(&late, EURO).await;
    town.clock.set_to(late.hold_expires_at);
    town.sweep().await;
    town.clock.advance(TimeDelta::minutes(3)); // nobody has been asked in time
    town.book(&half, aino(), EURO).await;
    town.money_is_late(&payment).await;
    let kept = "SELECT COUNT(*) FROM claim WHERE booking_id IS NULL";
    assert_eq!(town.count(kept).await, 0, "what was never taken isn't given back");
    town.is_not_offered(&entry).await;
}

async fn late_money_for_a_hold_that_was_chosen_anew_leaves_the_new_one(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    let entry = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    town.cancel(booked.id).await;
    town.deliver().await;
    let old = town.is_offered(&entry, &time).await;
    let payment = town.open_payment(&old, EURO).await;
    let mut request = time.request_by(entry.who.clone());
    request.replaces = Some(old.id);
    let chosen = town.hold(request).await;
    town.money_is_late(&payment).await;
    assert_eq!(town.is_offered(&entry, &time).await.id, chosen.id);
}
