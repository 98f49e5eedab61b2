//! Cancelling: everything back, then a share, then nothing.

use chrono::TimeDelta;
use vayla_domain::money::EURO;
use vayla_services::booking::{self, BookingState, CancelError};

use crate::{Town, aino, asa, eur, sek};

on_both_engines! {
    all_comes_back_until_the_exact_last_moment,
    a_second_later_a_share_comes_back,
    nothing_is_cancelled_once_the_time_has_begun,
    a_refund_across_the_border_reverses_what_was_stored,
    half_of_an_odd_amount_is_rounded_once_in_each_books,
    a_booking_is_cancelled_once,
    a_hold_is_given_back_without_a_letter,
    the_rule_of_the_day_of_booking_holds,
}

/// The ice's rule: free until 48 hours before, half after that.
async fn all_comes_back_until_the_exact_last_moment(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    town.clock.set("2026-11-02T16:00:00Z");
    assert_eq!(booking::refunds_now(&town.services, &booking).await.expect("a sum"), [eur(125_00)]);
    assert_eq!(town.cancel(booking.id).await.refunds, [eur(125_00)]);
    assert_eq!(
        town.postings(booking.id).await,
        [
            "tornio: clearing / vat 14.87 EUR",
            "tornio: clearing / income 110.13 EUR",
            "tornio: vat / clearing 14.87 EUR",
            "tornio: income / clearing 110.13 EUR",
        ]
    );
    let letter = town.letter("Peruttu: ").await;
    assert!(letter.text.contains("Palautamme 125,00\u{a0}€"), "{}", letter.text);
    town.hold(town.ice_in_tornio().request()).await; // it is free again
}

async fn a_second_later_a_share_comes_back(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    town.clock.set("2026-11-02T16:00:01Z");
    assert_eq!(booking::refunds_now(&town.services, &booking).await.expect("a sum"), [eur(62_50)]);
    assert_eq!(town.cancel(booking.id).await.refunds, [eur(62_50)]);
    let postings = town.postings(booking.id).await;
    // Half of the stored 14.87 is 7.435, half-up; the rest is income.
    assert_eq!(postings[2..], ["tornio: vat / clearing 7.44 EUR", "tornio: income / clearing 55.06 EUR"]);
}

async fn nothing_is_cancelled_once_the_time_has_begun(town: &Town) {
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    town.clock.set_to(time.start - TimeDelta::milliseconds(1));
    assert_eq!(booking::refunds_now(&town.services, &booking).await.expect("a sum"), [eur(62_50)]);
    town.clock.set_to(time.start);
    assert_eq!(booking::refunds_now(&town.services, &booking).await.expect("a sum"), []);
    let begun = booking::cancel(&town.services, booking.id).await;
    assert!(matches!(begun, Err(CancelError::Begun)), "{begun:?}");
    assert_eq!(town.state(booking.id).await, BookingState::Confirmed);
    assert_eq!(town.postings(booking.id).await.len(), 2);
}

async fn a_refund_across_the_border_reverses_what_was_stored(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    // Another rate, another tax: neither touches what has been agreed.
    sql_everything_changes(town).await;
    town.clock.set("2026-11-02T15:00:00Z");
    assert_eq!(town.cancel(booking.id).await.refunds, [sek(1372_25)]);
    assert_eq!(
        town.postings(booking.id).await[3..],
        [
            "haparanda: due_to:tornio / clearing 1372.25 SEK (125.00 EUR)",
            "tornio: vat / due_from:haparanda 14.87 EUR (14.87 EUR)",
            "tornio: income / due_from:haparanda 110.13 EUR (110.13 EUR)",
        ]
    );
}

async fn sql_everything_changes(town: &Town) {
    town.clock.set("2026-10-31T12:00:00Z");
    let file = "Date,SEK,\n2026-10-30,12.5,\n";
    vayla_services::rate::import(&town.services, file).await.expect("a rates file");
    crate::sql!(town, c => sqlx::query("UPDATE vat_rate SET rate = '25.5' WHERE country = 'FI'")
        .execute(c).await.map(drop))
    .expect("the tax table");
    town.set_price(&town.ice_in_tornio().space, 99_00).await;
}

async fn half_of_an_odd_amount_is_rounded_once_in_each_books(town: &Town) {
    let time = town.ice_in_tornio();
    town.set_price(&time.space, 33_33).await;
    let booking = town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    let paid = town.payments(booking.id).await[0].amount;
    assert_eq!(paid, sek(365_90)); // 33.33 × 10.978 = 365.8967
    town.clock.set("2026-11-03T12:00:00Z");
    assert_eq!(town.cancel(booking.id).await.refunds, [sek(182_95)]);
    assert_eq!(
        town.postings(booking.id).await[3..],
        [
            "haparanda: due_to:tornio / clearing 182.95 SEK (16.67 EUR)",
            "tornio: vat / due_from:haparanda 1.98 EUR (1.98 EUR)", // half of 3.96
            "tornio: income / due_from:haparanda 14.69 EUR (14.69 EUR)",
        ]
    );
}

async fn a_booking_is_cancelled_once(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let (one, other) = tokio::join!(
        booking::cancel(&town.services, booking.id),
        booking::cancel(&town.services, booking.id)
    );
    assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|done| **done).count(), 1, "{one:?} {other:?}");
    let third = booking::cancel(&town.services, booking.id).await;
    assert!(matches!(third, Err(CancelError::NotLive)), "{third:?}");
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 1);
}

async fn a_hold_is_given_back_without_a_letter(town: &Town) {
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    assert_eq!(town.cancel(held.id).await.refunds, []);
    assert_eq!(town.state(held.id).await, BookingState::Cancelled);
    assert_eq!(town.letters().await, []);
    town.hold(town.ice_in_tornio().request()).await;
}

async fn the_rule_of_the_day_of_booking_holds(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    town.lay_rules(&booking.space, &serde_json::json!({"cancelling": [{"then": {"percent": 0}}]})).await;
    town.set_price(&booking.space, 1_00).await;
    town.clock.set("2026-11-03T12:00:00Z");
    assert_eq!(town.cancel(booking.id).await.refunds, [eur(62_50)]);
}
