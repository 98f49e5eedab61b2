//! Rules of cancelling in steps: counted in working days, for matches and for dates of a series.

use serde_json::{Value, json};
use vayla_domain::{
    Language,
    booking::{CancelRule, TooLateToMove},
    money::{EURO, Use},
};
use vayla_services::{
    booking::{BookingState, HoldRequest, MoveError},
    payment::{self, Outcome},
};

use super::cancel_fees::with_fee;
use crate::{Time, Town, aino, eur, pages::browser::Visitor, series::weekly_wish};

on_both_engines! {
    working_days_are_counted_over_a_holiday_weekend,
    each_step_is_said_with_its_last_moment_on_both_clocks,
    a_match_is_asked_about_and_cancelled_by_another_rule,
    a_date_of_a_series_is_cancelled_by_another_rule_than_a_single_time,
    what_was_booked_under_a_rule_stays_under_it,
    another_space_of_the_same_place_may_have_its_own_rule,
}

async fn working_days_are_counted_over_a_holiday_weekend(town: &Town) {
    let rule = json!({"cancelling": [{
        "steps": [{"until": {"working_days": {"days": 2, "until": "12:00"}}, "back": {"percent": 100}}]}]});
    town.lay_rules(&town.ice_in_tornio().space, &rule).await;
    // The day after Epiphany: the Monday and the Tuesday before it are working days, and Wednesday isn't.
    let time = town.wall_time("tornion-jaahalli", "hela-isen", "2027-01-07 18:00", 60);
    let booking = town.book(&time, aino(), EURO).await;
    let last = "2027-01-04T10:00:00Z".parse().expect("an instant");
    assert_eq!(booking.cancel_rule.free_until(booking.start()), Some(last));
    let (sv, fi) =
        (town.visit(Language::Sv, booking.id, "").await, town.visit(Language::Fi, booking.id, "").await);
    sv.says("Du kan avboka utan kostnad till och med mån 4 jan. kl. 12:00 finsk tid (11:00 svensk tid).")
        .says("Efter det betalas inget tillbaka.");
    fi.says("Voit perua maksutta viimeistään ma 4.1. klo 12.00 Suomen aikaa (11.00 Ruotsin aikaa).")
        .says("Sen jälkeen maksua ei palauteta.");
    town.clock.set("2027-01-04T10:00:01Z");
    assert_eq!(town.cancel(booking.id).await.refunds, []);
    let other = town.book(&time, aino(), EURO).await;
    assert_eq!(town.state(other.id).await, BookingState::Confirmed);
}

async fn each_step_is_said_with_its_last_moment_on_both_clocks(town: &Town) {
    let rule = json!({"cancelling": [{
        "steps": [
            {"until": {"days": {"days": 2}}, "back": {"percent": 100}},
            {"until": {"days": {"days": 1, "until": "12:00"}}, "back": {"percent": 75}},
            {"until": {"hours": 1}, "back": {"percent": 25}}]}]});
    let time = town.ice_with(&rule).await;
    let choose = format!("tornion-jaahalli/hela-isen?start={}", time.start.timestamp());
    let sv = Visitor::new(town, Language::Sv).get(&format!("/sv/boka/{choose}")).await;
    sv.is(200)
        .says("Du kan avboka utan kostnad till och med mån 2 nov. kl. 18:00 finsk tid (17:00 svensk tid).")
        .says("Avbokar du senare, men senast tis 3 nov. kl. 12:00 finsk tid (11:00 svensk tid), får du tillbaka 75 procent.")
        .says("Avbokar du senare, men senast ons 4 nov. kl. 17:00 finsk tid (16:00 svensk tid), får du tillbaka 25 procent.")
        .says("Efter det betalas inget tillbaka.");
    let fi = Visitor::new(town, Language::Fi).get(&format!("/fi/varaa/{choose}")).await;
    fi.is(200)
        .says("Voit perua maksutta viimeistään ma 2.11. klo 18.00 Suomen aikaa (17.00 Ruotsin aikaa).")
        .says("Jos perut sen jälkeen mutta viimeistään ti 3.11. klo 12.00 Suomen aikaa (11.00 Ruotsin aikaa), saat takaisin 75 prosenttia.")
        .says("Sen jälkeen maksua ei palauteta.");
    town.book(&time, aino(), EURO).await;
    let letter = town.letter("Varattu: ").await;
    assert!(letter.text.contains("saat takaisin 25 prosenttia."), "{}", letter.text);
}

/// Practice a day before, matches a week before.
fn matches_apart() -> Value {
    json!({"cancelling": [
        {"steps": [{"until": {"hours": 24}, "back": {"percent": 100}}]},
        {"use": ["match"], "steps": [{"until": {"days": {"days": 7}}, "back": {"percent": 100}}],
         "then": {"percent": 10}}]})
}

async fn a_match_is_asked_about_and_cancelled_by_another_rule(town: &Town) {
    let choose = |time: &Time| format!("tornion-jaahalli/hela-isen?start={}", time.start.timestamp());
    let visitor = Visitor::new(town, Language::Fi);
    let asked = visitor.get(&format!("/fi/varaa/{}", choose(&town.ice_in_tornio()))).await;
    asked.is(200).says_not("Ottelu tai kilpailu");
    let time = town.ice_with(&matches_apart()).await;
    let asked = visitor.get(&format!("/fi/varaa/{}", choose(&time))).await;
    asked.is(200).says("Ottelu tai kilpailu");
    let of = |time: &Time, use_of| HoldRequest { use_of, ..time.request_by(aino()) };
    let (practice, game) =
        (town.hold(of(&time, Use::Sport)).await, town.hold(of(&time.later(60), Use::Match)).await);
    // To the tax it is sport.
    assert_eq!(practice.total, game.total);
    for held in [&practice, &game] {
        town.pay(held, EURO).await;
    }
    town.visit(Language::Sv, game.id, "")
        .await
        .says("Du får nu tillbaka 10 procent om du avbokar innan tiden börjar.");
    assert_eq!(town.cancel(practice.id).await.refunds, [eur(125_00)]);
    assert_eq!(town.cancel(game.id).await.refunds, [eur(12_50)]);
    let taxes = town.postings(game.id).await;
    assert_eq!(taxes[..2], ["tornio: clearing / vat 14.87 EUR", "tornio: clearing / income 110.13 EUR"]);
}

async fn a_date_of_a_series_is_cancelled_by_another_rule_than_a_single_time(town: &Town) {
    let rule = json!({"cancelling": [
        {"steps": [{"until": {"hours": 24}, "back": {"percent": 100}}]},
        {"series": true}]});
    let time = town.ice_with(&rule).await;
    let series = town.hold_series(&weekly_wish(&time.space, "2026-11-11", 2), aino()).await;
    let held = series.held(town.clock.now());
    let id =
        payment::start_series(&town.services, &held, EURO, "http://localhost/").await.expect("a payment");
    town.play(&town.payment(id).await, Outcome::Pay).await;
    let single = town.book(&time, aino(), EURO).await;
    let date = series.bookings[0].id;
    let page = town.visit(Language::Sv, date, "").await;
    page.is(200).says("Inget betalas tillbaka om du avbokar.").says_not("Flytta bokningen");
    let moved = town.try_move(date, &time.later(120)).await;
    assert!(matches!(moved, Err(MoveError::TooLate(TooLateToMove::Never))), "{moved:?}");
    let moving = town.visit(Language::Fi, date, "/siirra").await;
    moving.says("Varausta ei voi siirtää, koska sen peruminen maksaa aina jotakin.");
    assert_eq!(town.cancel(date).await.refunds, []);
    assert_eq!(town.cancel(single.id).await.refunds, [eur(125_00)]);
}

async fn what_was_booked_under_a_rule_stays_under_it(town: &Town) {
    let time = town.ice_with(&with_fee(&json!({"EUR": "45.00"}))).await;
    let booking = town.book(&time, aino(), EURO).await;
    let rule = booking.cancel_rule.clone();
    let later = town.ice_with(&json!({"cancelling": [{"then": {"percent": 1}}]})).await.later(60);
    let other = town.book(&later, aino(), EURO).await;
    assert_eq!(other.cancel_rule.then.percent, 1);
    assert_eq!(town.booking(booking.id).await.cancel_rule, rule);
    // Within the same rules it takes its own along.
    town.try_move(booking.id, &later.later(60)).await.expect("to move");
    assert_eq!(town.booking(booking.id).await.cancel_rule, rule);
    town.clock.set("2026-11-04T16:00:00Z"); // the last moment of the second step
    assert_eq!(town.cancel(booking.id).await.refunds, [eur(80_00)]);
}

async fn another_space_of_the_same_place_may_have_its_own_rule(town: &Town) {
    let half = town.space("putaan-liikuntahalli", "u-halv-a");
    town.lay_rules(&half, &json!({"cancelling": [{"then": {"percent": 30}}]})).await;
    let whole = town.wall_time("putaan-liikuntahalli", "u-halv-b", "2026-11-07 12:00", 60);
    let booking = town.book(&whole, aino(), EURO).await;
    assert_ne!(booking.cancel_rule, CancelRule::FREE);
    let half = town.wall_time("putaan-liikuntahalli", "u-halv-a", "2026-11-07 14:00", 60);
    town.try_move(booking.id, &half).await.expect("to move");
    assert_eq!(town.booking(booking.id).await.cancel_rule.then.percent, 30);
}
