//! What can become of a payment.

use chrono::TimeDelta;
use vayla_domain::money::EURO;
use vayla_services::{
    booking::{self, BookingState},
    payment::{self, Charge, Outcome, Payment, PaymentState, StartError},
};

use crate::{Town, aino, asa, eur, sek};

on_both_engines! {
    a_charge_told_many_times_has_one_effect,
    a_charge_told_many_times_at_once_has_one_effect,
    who_pays_twice_gets_the_second_back,
    money_that_comes_late_for_a_free_time_confirms_it,
    money_that_comes_late_for_a_taken_time_goes_back,
    a_hold_that_has_run_out_does_not_stop_late_money,
    money_that_comes_after_the_start_goes_back,
    money_for_a_cancelled_booking_goes_back,
    who_is_refused_tries_again,
    who_walks_away_has_paid_nothing,
    of_two_payments_in_two_currencies_one_confirms_and_one_goes_back,
    a_charge_of_no_payment_is_refused,
    a_payment_is_opened_only_for_what_can_be_paid,
}

fn back(payment: &Payment) -> Option<(i64, &str)> {
    assert!(payment.refunds.len() < 2, "{payment:?}");
    payment.refunds.first().map(|refund| (refund.amount.minor, refund.reason.as_str()))
}

async fn a_charge_told_many_times_has_one_effect(town: &Town) {
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    let payment = town.open_payment(&held, EURO).await;
    assert_eq!(payment.state, PaymentState::Pending);
    let tell = async || payment::charge(&town.services, payment.id, "bank-1").await.expect("to be noted");
    assert_eq!(tell().await, Charge::Confirmed);
    assert_eq!(tell().await, Charge::Known);
    town.clock.advance_minutes(60);
    assert_eq!(tell().await, Charge::Known);
    town.cancel(held.id).await;
    assert_eq!(tell().await, Charge::Known);
    assert_eq!(town.payments(held.id).await.len(), 1);
    assert_eq!(town.postings(held.id).await.len(), 4); // paid and refunded
    assert_eq!(town.letters().await.len(), 2);
}

async fn a_charge_told_many_times_at_once_has_one_effect(town: &Town) {
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    let payment = town.open_payment(&held, EURO).await;
    let mut telling = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let services = town.services.clone();
        telling.spawn(
            async move { payment::charge(&services, payment.id, "bank-1").await.expect("to be noted") },
        );
    }
    let done = telling.join_all().await;
    assert_eq!(done.iter().filter(|charge| **charge == Charge::Confirmed).count(), 1, "{done:?}");
    assert_eq!(done.iter().filter(|charge| **charge == Charge::Known).count(), 15, "{done:?}");
    assert_eq!(town.postings(held.id).await.len(), 2);
    assert_eq!(town.letters().await.len(), 1);
}

async fn who_pays_twice_gets_the_second_back(town: &Town) {
    let held = town.hold(town.ice_in_tornio().request_by(asa())).await;
    let payment = town.open_payment(&held, sek(0).currency).await;
    town.play(&payment, Outcome::Twice).await;
    assert_eq!(town.state(held.id).await, BookingState::Confirmed);
    let payments = town.payments(held.id).await;
    let (pays, surplus): (Vec<_>, Vec<_>) = payments.iter().partition(|payment| payment.pays());
    assert_eq!((pays.len(), surplus.len()), (1, 1));
    assert_eq!((back(pays[0]), back(surplus[0])), (None, Some((1372_25, "paid_twice"))));
    assert_eq!(
        town.postings(held.id).await[3..],
        [
            "haparanda: clearing / owed_to_payers 1372.25 SEK",
            "haparanda: owed_to_payers / clearing 1372.25 SEK",
        ]
    );
    let letter = town.letter("Du får pengarna tillbaka").await;
    assert!(letter.text.contains("ännu en betalning, 1\u{a0}372,25\u{a0}kr"), "{}", letter.text);
    // Cancelling gives back the one that counted, once.
    assert_eq!(town.cancel(held.id).await.refunds, [sek(1372_25)]);
    assert_eq!(town.count("SELECT CAST(SUM(minor) AS BIGINT) FROM refund").await, 2 * 1372_25);
}

async fn money_that_comes_late_for_a_free_time_confirms_it(town: &Town) {
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    let payment = town.open_payment(&held, EURO).await;
    town.play(&payment, Outcome::Late).await;
    assert_eq!(town.state(held.id).await, BookingState::Expired);
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 0);
    assert_eq!(town.deliver().await, 0, "the slow bank hasn't told yet");
    town.clock.advance(TimeDelta::seconds(10));
    assert_eq!(town.deliver().await, 2); // the charge, and then the letter
    assert_eq!(town.state(held.id).await, BookingState::Confirmed);
    assert_eq!(town.receipts(held.id).await, [1]);
    town.is_taken(&town.ice_in_tornio()).await;
    assert!(town.letter("Varattu: ").await.text.contains("125,00\u{a0}€"));
}

async fn money_that_comes_late_for_a_taken_time_goes_back(town: &Town) {
    let late = town.hold(town.ice_in_tornio().request_by(aino())).await;
    let payment = town.open_payment(&late, EURO).await;
    town.play(&payment, Outcome::Late).await;
    // Half an hour of it is enough.
    let winner = town.book(&town.ice_in_tornio().later(30), asa(), EURO).await;
    town.clock.advance(TimeDelta::seconds(10));
    town.deliver().await;
    assert_eq!(town.state(late.id).await, BookingState::Expired);
    assert_eq!(town.booking(late.id).await.confirmed_at, None);
    assert_eq!(town.state(winner.id).await, BookingState::Confirmed);
    let payment = town.payment(payment.id).await;
    assert_eq!((payment.state, payment.surplus), (PaymentState::Paid, true));
    assert_eq!(back(&payment), Some((125_00, "too_late")));
    assert_eq!(
        town.postings(late.id).await,
        ["tornio: clearing / owed_to_payers 125.00 EUR", "tornio: owed_to_payers / clearing 125.00 EUR"]
    );
    let letter = town.letter("Saat rahasi takaisin").await;
    assert_eq!(letter.to_address, "aino@example.fi");
    assert!(letter.text.contains("Maksusi (125,00\u{a0}€) tuli vasta"), "{}", letter.text);
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 4);
}

async fn a_hold_that_has_run_out_does_not_stop_late_money(town: &Town) {
    let late = town.hold(town.ice_in_tornio().request_by(aino())).await;
    let payment = town.open_payment(&late, EURO).await;
    town.play(&payment, Outcome::Late).await;
    let other = town.hold(town.ice_in_tornio().request_by(asa())).await;
    town.clock.advance_minutes(15); // the other's hold runs out too, and nobody has swept
    assert_eq!(
        payment::charge(&town.services, payment.id, "bank-1").await.expect("noted"),
        Charge::Confirmed
    );
    assert_eq!(town.state(late.id).await, BookingState::Confirmed);
    assert_eq!(town.state(other.id).await, BookingState::Expired);
}

async fn money_that_comes_after_the_start_goes_back(town: &Town) {
    for swept in [true, false] {
        let soon = town.time("tornion-jaahalli", "hela-isen", "2026-10-30T17:15:00Z", "2026-10-30T18:00:00Z");
        town.clock.set("2026-10-30T17:00:00Z");
        let held = town.hold(soon.request_by(aino())).await;
        let payment = town.open_payment(&held, EURO).await;
        town.clock.set("2026-10-30T17:15:00Z"); // it has begun, and the hold has run out
        if swept {
            assert_eq!(town.sweep().await, 1);
        }
        let name = format!("bank-{swept}");
        let charged = payment::charge(&town.services, payment.id, &name).await.expect("noted");
        assert_eq!(charged, Charge::TooLate, "swept: {swept}");
        assert_eq!(town.state(held.id).await, BookingState::Expired);
        assert_eq!(back(&town.payment(payment.id).await).map(|(_, reason)| reason), Some("too_late"));
    }
}

async fn money_for_a_cancelled_booking_goes_back(town: &Town) {
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    let payment = town.open_payment(&held, EURO).await;
    town.cancel(held.id).await;
    town.play(&payment, Outcome::Pay).await;
    assert_eq!(town.state(held.id).await, BookingState::Cancelled);
    assert_eq!(back(&town.payment(payment.id).await), Some((125_00, "unwanted")));
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 0);
    assert_eq!(town.letters().await.len(), 1);
}

async fn who_is_refused_tries_again(town: &Town) {
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    let payment = town.open_payment(&held, EURO).await;
    town.play(&payment, Outcome::Refuse).await;
    assert_eq!(town.payment(payment.id).await.state, PaymentState::Failed);
    assert_eq!(town.state(held.id).await, BookingState::Held);
    let second = town.pay(&held, sek(0).currency).await;
    assert_eq!((second.state, second.pays()), (PaymentState::Paid, true));
    // A provider that says "failed" after "paid" changes nothing; money after "failed" counts.
    payment::fail(&town.services, second.id).await.expect("the database");
    assert_eq!(town.payment(second.id).await.state, PaymentState::Paid);
    let charged = payment::charge(&town.services, payment.id, "bank-late").await.expect("noted");
    assert_eq!(charged, Charge::PaidTwice);
    assert_eq!(back(&town.payment(payment.id).await), Some((125_00, "paid_twice")));
}

async fn who_walks_away_has_paid_nothing(town: &Town) {
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    let payment = town.open_payment(&held, EURO).await;
    town.play(&payment, Outcome::Abandon).await;
    town.clock.advance_minutes(15);
    assert_eq!(town.state(held.id).await, BookingState::Expired);
    assert_eq!(town.payment(payment.id).await.state, PaymentState::Pending);
    assert_eq!(town.letters().await, []);
    assert_eq!(town.postings(held.id).await, [""; 0]);
}

async fn of_two_payments_in_two_currencies_one_confirms_and_one_goes_back(town: &Town) {
    let held = town.hold(town.ice_in_tornio().request_by(asa())).await;
    let euros = town.open_payment(&held, EURO).await;
    let kronor = town.open_payment(&held, sek(0).currency).await;
    let (one, other) = tokio::join!(
        payment::charge(&town.services, euros.id, "paytrail-1"),
        payment::charge(&town.services, kronor.id, "swish-1"),
    );
    let mut done = [one.expect("noted"), other.expect("noted")];
    done.sort_by_key(|charge| *charge != Charge::Confirmed);
    assert_eq!(done, [Charge::Confirmed, Charge::PaidTwice]);
    let payments = town.payments(held.id).await;
    assert_eq!(payments.iter().filter(|payment| payment.pays()).count(), 1);
    let surplus = payments.iter().find(|payment| payment.surplus).expect("one that goes back");
    assert_eq!(back(surplus), Some((surplus.amount.minor, "paid_twice")));
    assert!([eur(125_00), sek(1372_25)].contains(&surplus.amount));
    assert_eq!(town.receipts(held.id).await, [1]);
}

async fn a_charge_of_no_payment_is_refused(town: &Town) {
    let unknown = payment::charge(&town.services, uuid::Uuid::from_u128(1), "bank-1").await;
    assert!(matches!(unknown, Err(payment::ChargeError::Unknown)), "{unknown:?}");
}

async fn a_payment_is_opened_only_for_what_can_be_paid(town: &Town) {
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    let start = async |currency: &str, url: &str| {
        let currency = currency.parse().expect("a currency");
        payment::start(&town.services, &town.booking(held.id).await, currency, url).await
    };
    assert!(matches!(start("NOK", "http://localhost/").await, Err(StartError::Currency)));
    for url in ["javascript:alert(1)", "http://", "//elsewhere", "http://a b/", ""] {
        assert!(matches!(start("EUR", url).await, Err(StartError::ReturnUrl)), "{url}");
    }
    for _ in 0..20 {
        start("EUR", "http://localhost/").await.expect("a try");
    }
    assert!(matches!(start("EUR", "http://localhost/").await, Err(StartError::TooMany)));
    town.clock.advance_minutes(15);
    assert!(matches!(start("EUR", "http://localhost/").await, Err(StartError::NotHeld)));
    // A page that was loaded before the booker gave the hold back.
    let second = town.hold(town.ice_in_haparanda().request_by(aino())).await;
    booking::cancel(&town.services, second.id).await.expect("given back");
    let stale = payment::start(&town.services, &second, EURO, "http://localhost/").await;
    assert!(matches!(stale, Err(StartError::NotHeld)), "{stale:?}");
}
