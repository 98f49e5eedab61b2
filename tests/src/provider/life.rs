//! A payment from the asking to the ticket, on both banks of the river.

use chrono::TimeDelta;
use vayla_domain::money::EURO;
use vayla_services::{
    booking::BookingState,
    payment::{Next, PaymentState},
};

use super::crossing::Crossing;
use crate::{Till, aino, asa, eur, fakes::Faults, sek};

at_both_providers! {
    a_swede_pays_kronor_for_tornio_by_swish,
    a_finn_pays_euros_for_haparanda_by_paytrail,
    a_lost_call_is_healed_by_asking,
    who_cancels_at_paytrail_tries_again,
    who_declines_in_the_app_tries_again,
    a_session_that_runs_out_expires,
    a_bank_that_takes_its_time_is_waited_for,
    money_that_comes_after_all_hope_counts_as_late,
}

async fn a_swede_pays_kronor_for_tornio_by_swish(till: &Till) {
    let asa = Crossing::east(till);
    let held = asa.hold().await;
    let (payment, next) = till.start(&held, asa.currency).await;
    assert_eq!((next, payment.state), (Next::App(payment.id), PaymentState::Pending));
    let asked = till.swish.requests();
    assert_eq!((asked.len(), asked[0].amount), (1, 1372_25));
    till.swish.pay(&asked[0].id).await;
    assert_eq!(till.state(held.id).await, BookingState::Confirmed);
    let payment = till.payment(payment.id).await;
    assert_eq!(
        (payment.state, payment.amount, payment.collector.as_str()),
        (PaymentState::Paid, sek(1372_25), "haparanda")
    );
    assert_eq!(till.receipts(held.id).await, [1]);
    assert_eq!(
        till.postings(held.id).await,
        [
            "haparanda: clearing / due_to:tornio 1372.25 SEK (125.00 EUR)",
            "tornio: due_from:haparanda / vat 14.87 EUR (14.87 EUR)",
            "tornio: due_from:haparanda / income 110.13 EUR (110.13 EUR)",
        ]
    );
    asa.has_paid(&held).await;
}

async fn a_finn_pays_euros_for_haparanda_by_paytrail(till: &Till) {
    let aino = Crossing::west(till);
    let held = aino.hold().await;
    let (payment, next) = till.start(&held, aino.currency).await;
    let transaction = till.transaction(&payment);
    assert_eq!(next, Next::Page(format!("{}/pay/{transaction}", till.paytrail.url)));
    let asked = till.paytrail.payments();
    assert_eq!((asked.len(), asked[0].amount, &asked[0].reference), (1, 75_15, &held.reference));
    assert_eq!(asked[0].stamp, payment.id.to_string());
    let back = till.paytrail.pay(&transaction).await;
    assert_eq!(till.state(held.id).await, BookingState::Confirmed, "Paytrail has called");
    assert!(back.starts_with(&format!("{}/fi/takaisin?checkout-", till.base_url)), "{back}");
    assert_eq!(till.come_back(&back).await, (303, format!("{}/", till.base_url)));
    let payment = till.payment(payment.id).await;
    assert_eq!(
        (payment.state, payment.amount, payment.collector.as_str()),
        (PaymentState::Paid, eur(75_15), "tornio")
    );
    assert_eq!(
        till.postings(held.id).await,
        [
            "tornio: clearing / due_to:haparanda 75.15 EUR (825.00 SEK)",
            "haparanda: due_from:tornio / income 825.00 SEK (825.00 SEK)",
        ]
    );
    aino.has_paid(&held).await;
}

async fn a_lost_call_is_healed_by_asking(till: &Till) {
    let mut paying = Vec::new();
    for payer in Crossing::both(till) {
        payer.set(Faults { loses_calls: true, ..Faults::default() });
        let (held, payment) = payer.start().await;
        let _never_comes_back = till.settle(&payment).await;
        paying.push((payer, held));
    }
    assert_eq!(till.deliver().await, 0, "not asked at once");
    for (payer, held) in &paying {
        payer.has_not_paid(held).await;
    }
    till.clock.advance(TimeDelta::seconds(10));
    till.deliver().await;
    for (payer, held) in &paying {
        payer.has_paid(held).await;
    }
    assert_eq!(till.count("SELECT COUNT(*) FROM outbox WHERE kind = 'poll' AND done_at IS NULL").await, 0);
}

async fn who_cancels_at_paytrail_tries_again(till: &Till) {
    let held = till.hold(till.ice_in_tornio().request_by(aino())).await;
    let (first, _) = till.start(&held, EURO).await;
    let back = till.paytrail.cancel(&till.transaction(&first)).await;
    assert_eq!(till.come_back(&back).await.0, 303);
    assert_eq!(till.payment(first.id).await.state, PaymentState::Failed);
    assert_eq!(till.state(held.id).await, BookingState::Held);
    let (second, _) = till.start(&held, EURO).await;
    till.paytrail.pay(&till.transaction(&second)).await;
    assert_eq!(till.state(held.id).await, BookingState::Confirmed);
    // Nothing but the letter is left to do.
    till.after_minutes(2).await;
    assert_eq!(till.letters().await.len(), 1);
}

async fn who_declines_in_the_app_tries_again(till: &Till) {
    let held = till.hold(till.ice_in_tornio().request_by(asa())).await;
    let (first, _) = till.start(&held, sek(0).currency).await;
    till.swish.decline(&till.instruction(&first)).await;
    assert_eq!(till.payment(first.id).await.state, PaymentState::Failed);
    let (second, _) = till.start(&held, sek(0).currency).await;
    till.swish.pay(&till.instruction(&second)).await;
    assert_eq!(till.state(held.id).await, BookingState::Confirmed);
}

async fn a_session_that_runs_out_expires(till: &Till) {
    let held = till.hold(till.ice_in_tornio().request_by(asa())).await;
    let (kronor, _) = till.start(&held, sek(0).currency).await;
    let (euros, _) = till.start(&held, EURO).await;
    till.after_minutes(2).await;
    assert_eq!(till.payment(kronor.id).await.state, PaymentState::Pending);
    till.after_minutes(2).await;
    // Swish is told that no money is wanted any more, and says so itself.
    assert_eq!(till.payment(kronor.id).await.state, PaymentState::Failed);
    assert_eq!(till.swish.requests()[0].status, "CANCELLED");
    assert_eq!(till.payment(euros.id).await.state, PaymentState::Pending);
    for _ in 0..60 {
        till.clock.advance(TimeDelta::minutes(30));
        till.deliver().await;
    }
    assert_eq!(till.payment(euros.id).await.state, PaymentState::Expired);
    assert_eq!(till.count("SELECT COUNT(*) FROM outbox WHERE done_at IS NULL").await, 0);
    assert_eq!(till.letters().await, []);
}

async fn a_bank_that_takes_its_time_is_waited_for(till: &Till) {
    // Swish is down for a while after the payer has paid, and has called nobody.
    till.swish.set(Faults { loses_calls: true, ..Faults::default() });
    let held = till.hold(till.ice_in_tornio().request_by(asa())).await;
    let (payment, _) = till.start(&held, sek(0).currency).await;
    till.swish.pay(&till.instruction(&payment)).await;
    till.swish.set(Faults { down: true, ..Faults::default() });
    till.after_minutes(5).await;
    assert_eq!(till.payment(payment.id).await.state, PaymentState::Pending);
    till.swish.set(Faults::default());
    till.after_minutes(6).await;
    assert_eq!(till.payment(payment.id).await.state, PaymentState::Paid);
    assert_eq!(till.state(held.id).await, BookingState::Confirmed);
}

async fn money_that_comes_after_all_hope_counts_as_late(till: &Till) {
    let held = till.hold(till.ice_in_tornio().request_by(aino())).await;
    let (payment, _) = till.start(&held, EURO).await;
    till.clock.advance_minutes(15);
    let winner = till.hold(till.ice_in_tornio().request_by(asa())).await;
    till.paytrail.pay(&till.transaction(&payment)).await;
    till.deliver().await;
    assert_eq!(till.state(held.id).await, BookingState::Expired);
    assert_eq!(till.state(winner.id).await, BookingState::Held);
    let refunds = till.paytrail.refunds();
    assert_eq!((refunds.len(), refunds[0].amount), (1, 125_00));
    assert!(till.letter("Saat rahasi takaisin").await.text.contains("tuli vasta"));
}
