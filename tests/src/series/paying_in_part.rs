//! Only what is still held is asked for; what was paid goes back as it came, date by date.

use chrono::TimeDelta;
use vayla_domain::money::{Currency, EURO, Money};
use vayla_services::{
    booking::BookingState,
    payment::{self, ChargeError, LATE_SECONDS, Outcome, Payment, PaymentState},
    series::{self, Series, Which},
};

use super::date;
use crate::{Town, aino, asa, eur, sek};

on_both_engines! {
    what_was_given_back_meanwhile_is_not_asked_for,
    another_sum_than_was_shown_is_not_charged,
    of_a_batch_with_dates_that_have_run_out_the_rest_is_paid,
    what_ran_out_is_not_charged_when_the_rest_is_paid_late,
    paid_in_kronor_it_goes_back_in_kronor_date_by_date,
    dates_paid_in_two_currencies_go_back_in_both,
}

const BOOKED: BookingState = BookingState::Confirmed;
const GONE: BookingState = BookingState::Cancelled;

impl Town {
    async fn sum_asked(&self, payment: &Payment) -> Money {
        payment::amount_asked(&self.services, payment).await.expect("the sum")
    }

    async fn pay_for(&self, bookings: &[vayla_services::booking::Booking], currency: Currency) -> Payment {
        let id = payment::start_series(&self.services, bookings, currency, "http://localhost/").await;
        self.payment(id.expect("a payment")).await
    }

    async fn cancel_all(&self, series: &Series) -> Vec<Money> {
        let all = Which::From(date("2026-11-01"));
        series::cancel(&self.services, &self.series(series.id).await, &all).await.expect("to cancel").refunds
    }
}

async fn what_was_given_back_meanwhile_is_not_asked_for(town: &Town) {
    let wish = town.three_tuesdays().await;
    let series = town.hold_series(&wish, aino()).await;
    let asked = town.pay_for(&series.bookings, EURO).await;
    assert_eq!(town.sum_asked(&asked).await, eur(3 * 125_00));
    town.cancel(series.bookings[0].id).await;
    assert_eq!(town.sum_asked(&asked).await, eur(2 * 125_00));
    town.play(&asked, Outcome::Pay).await;
    assert_eq!(town.states_of(&series).await, [GONE, BOOKED, BOOKED]);
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 0);
    assert_eq!(town.count("SELECT COUNT(*) FROM payment WHERE state = 'paid'").await, 2);
    assert!(town.letter("Varattu: ").await.text.contains("250,00"));
    // Told again, nothing changes; nor is anything more shown.
    town.play(&asked, Outcome::Pay).await;
    assert_eq!(town.sum_asked(&asked).await, eur(2 * 125_00));
    assert_eq!(town.letters().await.len(), 1);
}

async fn another_sum_than_was_shown_is_not_charged(town: &Town) {
    let wish = town.three_tuesdays().await;
    let series = town.hold_series(&wish, aino()).await;
    let asked = town.pay_for(&series.bookings, EURO).await;
    let shown = town.sum_asked(&asked).await;
    town.cancel(series.bookings[2].id).await;
    let pay = async |shown| payment::play(&town.services, &asked, Outcome::Pay, Some(shown)).await;
    let refused = pay(shown).await;
    assert!(matches!(refused, Err(ChargeError::SumChanged)), "{refused:?}");
    assert_eq!(town.count("SELECT COUNT(*) FROM payment WHERE state = 'pending'").await, 3);
    pay(eur(250_00)).await.expect("to be paid");
    assert_eq!(town.states_of(&series).await, [BOOKED, BOOKED, GONE]);
    // All of it given back, nothing is left to be paid.
    let other = town.hold_series(&wish, asa()).await;
    let asked = town.pay_for(&other.bookings, EURO).await;
    town.cancel(other.bookings[0].id).await;
    assert_eq!(town.sum_asked(&asked).await, eur(0));
    town.play(&asked, Outcome::Pay).await;
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 0);
}

/// Three dates of which the first was chosen anew ten minutes later, and the others have run out; a payment of
/// all of them.
async fn partly_run_out(town: &Town) -> (Series, Payment) {
    let wish = town.three_tuesdays().await;
    let series = town.hold_series(&wish, aino()).await;
    town.clock.advance_minutes(10);
    let later = town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-03 20:30", 60);
    let mut request = later.request_by(aino());
    request.replaces = Some(series.bookings[0].id);
    town.hold(request).await;
    let asked = town.pay_for(&town.series(series.id).await.held(town.clock.now()), EURO).await;
    assert_eq!(town.sum_asked(&asked).await, eur(3 * 125_00));
    town.clock.advance_minutes(6);
    (series, asked)
}

async fn of_a_batch_with_dates_that_have_run_out_the_rest_is_paid(town: &Town) {
    for swept in [true, false] {
        let (series, asked) = partly_run_out(town).await;
        if swept {
            assert_eq!(town.sweep().await, 2);
        }
        assert_eq!(town.sum_asked(&asked).await, eur(125_00), "swept: {swept}");
        town.play(&asked, Outcome::Twice).await;
        let expired = BookingState::Expired;
        assert_eq!(town.states_of(&series).await, [expired, BOOKED, expired, expired], "swept: {swept}");
        assert_eq!(
            town.count("SELECT COUNT(*) FROM refund WHERE reason IN ('too_late', 'unwanted')").await,
            0
        );
        let dropped = town.payments(series.bookings[1].id).await;
        assert_eq!((dropped.len(), dropped[0].state), (1, PaymentState::Dropped));
        let booked = town.series(series.id).await;
        for booking in booked.in_state(BOOKED, town.clock.now()) {
            town.cancel(booking.id).await;
        }
    }
    assert_eq!(
        town.count("SELECT COUNT(*) FROM refund").await,
        4,
        "the second of each, and what was cancelled"
    );
}

async fn what_ran_out_is_not_charged_when_the_rest_is_paid_late(town: &Town) {
    let (series, asked) = partly_run_out(town).await;
    town.play(&asked, Outcome::Late).await;
    town.clock.advance(TimeDelta::seconds(LATE_SECONDS));
    town.deliver().await;
    let expired = BookingState::Expired;
    assert_eq!(town.states_of(&series).await, [expired, BOOKED, expired, expired]);
    assert_eq!(town.count("SELECT COUNT(*) FROM payment WHERE state = 'paid'").await, 1);
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 0);
}

async fn paid_in_kronor_it_goes_back_in_kronor_date_by_date(town: &Town) {
    let series = town.paid_series(3, sek(0).currency).await;
    town.clock.set("2026-11-03T12:00:00Z"); // too late to have all of the first back
    let late = sek(1372_25).percent(50);
    assert_eq!(town.cancel_all(&series).await, [sek(late.minor + 2 * 1372_25)]);
    for (booking, back) in series.bookings.iter().zip([late, sek(1372_25), sek(1372_25)]) {
        let [payment] = &town.payments(booking.id).await[..] else { panic!("one payment") };
        let refunds: Vec<Money> = payment.refunds.iter().map(|refund| refund.amount).collect();
        assert_eq!((refunds, payment.collector.as_str()), (vec![back], "haparanda"));
        assert_eq!(town.receipts(booking.id).await.len(), 1, "the receipt stays what it was");
    }
    assert_eq!(
        town.postings(series.bookings[1].id).await[3..],
        [
            "haparanda: due_to:tornio / clearing 1372.25 SEK (125.00 EUR)",
            "tornio: vat / due_from:haparanda 14.87 EUR (14.87 EUR)",
            "tornio: income / due_from:haparanda 110.13 EUR (110.13 EUR)",
        ]
    );
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 3);
    let letter = town.letter("Peruttu: ").await;
    let amount = vayla_locales::format::money(vayla_domain::Language::Fi, sek(late.minor + 2 * 1372_25));
    assert!(letter.text.contains(&amount), "{amount} in {}", letter.text);
}

async fn dates_paid_in_two_currencies_go_back_in_both(town: &Town) {
    let wish = town.three_tuesdays().await;
    let series = town.hold_series(&wish, asa()).await;
    for (held, currency) in [(&series.bookings[..1], EURO), (&series.bookings[1..], sek(0).currency)] {
        let asked = town.pay_for(held, currency).await;
        town.play(&asked, Outcome::Pay).await;
    }
    assert_eq!(town.states_of(&series).await, [BOOKED; 3]);
    assert_eq!(town.count("SELECT COUNT(DISTINCT receipt_number) FROM payment").await, 3);
    assert_eq!(town.cancel_all(&series).await, [eur(125_00), sek(2 * 1372_25)]);
    let letter = town.letter("Avbokat: ").await;
    for amount in ["125,00\u{a0}€", "2\u{a0}744,50\u{a0}kr"] {
        assert!(letter.text.contains(amount), "{amount} in {}", letter.text);
    }
    for (booking, back) in series.bookings.iter().zip([eur(125_00), sek(1372_25), sek(1372_25)]) {
        let refunds: Vec<Money> = town
            .payments(booking.id)
            .await
            .iter()
            .flat_map(|paid| paid.refunds.clone())
            .map(|one| one.amount)
            .collect();
        assert_eq!(refunds, [back]);
    }
}
