//! Providers call: again, too early, in any order; and so does whoever isn't one.

use serde_json::json;
use vayla_domain::money::EURO;
use vayla_services::{
    booking::BookingState,
    payment::{Charge, PaymentState},
};

use super::crossing::Crossing;
use crate::{Till, aino, asa, fakes::Faults, sek};

at_both_providers! {
    a_call_that_is_repeated_has_one_effect,
    calls_at_once_have_one_effect,
    a_call_may_come_before_the_answer,
    calls_may_come_in_any_order,
    a_forged_call_has_no_effect,
    too_little_and_too_much_pay_for_nothing_and_go_back,
    the_call_of_a_refund_is_no_payment,
}

async fn a_call_that_is_repeated_has_one_effect(till: &Till) {
    for payer in Crossing::both(till) {
        payer.set(Faults { repeats_calls: 3, ..Faults::default() });
        let (held, payment) = payer.start().await;
        let back = till.settle(&payment).await;
        let again = async || match &back {
            Some(back) => assert_eq!(till.come_back(back).await.0, 303, "the browser's Back button"),
            None => till.swish.call_again(&till.instruction(&payment)).await,
        };
        for _ in 0..3 {
            again().await;
        }
        payer.has_paid(&held).await;
        // Also long after, when it has been cancelled.
        till.cancel(held.id).await;
        again().await;
        till.deliver().await;
        assert_eq!(till.payment(payment.id).await.refunds.len(), 1);
    }
    assert_eq!((till.swish.refunds().len(), till.paytrail.refunds().len()), (1, 1));
}

async fn calls_at_once_have_one_effect(till: &Till) {
    till.paytrail.set(Faults { loses_calls: true, ..Faults::default() });
    let held = till.hold(till.ice_in_tornio().request_by(aino())).await;
    let (payment, _) = till.start(&held, EURO).await;
    till.paytrail.pay(&till.transaction(&payment)).await;
    let call = till.paytrail.call(&till.transaction(&payment));
    let mut calling = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let request = till.client.get(&call);
        calling.spawn(async move { request.send().await.expect("an answer").status().as_u16() });
    }
    let statuses = calling.join_all().await;
    assert!(statuses.contains(&200), "{statuses:?}");
    assert_eq!(till.payments(held.id).await.len(), 1);
    assert_eq!(till.postings(held.id).await.len(), 2);
    assert_eq!(till.letters().await.len(), 1);
}

async fn a_call_may_come_before_the_answer(till: &Till) {
    till.swish.set(Faults { pays_at_once: true, ..Faults::default() });
    till.paytrail.set(Faults { pays_at_once: true, ..Faults::default() });
    let by_swish = till.hold(till.ice_in_tornio().request_by(asa())).await;
    let by_paytrail = till.hold(till.ice_in_haparanda().request_by(aino())).await;
    let (kronor, _) = till.start(&by_swish, sek(0).currency).await;
    let (euros, _) = till.start(&by_paytrail, EURO).await;
    for payment in [kronor, euros] {
        assert_eq!(till.payment(payment.id).await.state, PaymentState::Paid);
        assert_eq!(till.state(payment.booking).await, BookingState::Confirmed);
    }
}

async fn calls_may_come_in_any_order(till: &Till) {
    let held = till.hold(till.ice_in_tornio().request_by(aino())).await;
    let (payment, _) = till.start(&held, EURO).await;
    let transaction = till.transaction(&payment);
    till.paytrail.set(Faults { loses_calls: true, ..Faults::default() });
    let failed = till.paytrail.cancel(&transaction).await;
    let paid = till.paytrail.pay(&transaction).await;
    assert_eq!(till.come_back(&paid).await.0, 303);
    assert_eq!(till.come_back(&failed).await.0, 303);
    assert_eq!(till.payment(payment.id).await.state, PaymentState::Paid, "what is paid stays paid");
    // The other way round.
    let held = till.hold(till.ice_by_day().request_by(aino())).await;
    let (payment, _) = till.start(&held, EURO).await;
    let transaction = till.transaction(&payment);
    let failed = till.paytrail.cancel(&transaction).await;
    assert_eq!(till.come_back(&failed).await.0, 303);
    assert_eq!(till.payment(payment.id).await.state, PaymentState::Failed);
    let paid = till.paytrail.pay(&transaction).await;
    assert_eq!(till.come_back(&paid).await.0, 303);
    assert_eq!(till.payment(payment.id).await.state, PaymentState::Paid, "money counts whatever was said");
    assert_eq!(till.state(held.id).await, BookingState::Confirmed);
}

async fn a_forged_call_has_no_effect(till: &Till) {
    let [swede, finn] = Crossing::both(till);
    let (by_paytrail, euros) = finn.start().await;
    let call = till.paytrail.call(&till.transaction(&euros));
    let paid = call.replace("checkout-status=new", "checkout-status=ok");
    assert_ne!(call, paid);
    for forged in [
        paid.clone(),
        paid.replace("sha256", "none"),
        paid.replace("&signature=", "&signature=00&signature="),
        format!("{call}&checkout-status=ok"),
        format!("{}/api/v1/payments/paytrail/callback?signature=", till.base_url),
    ] {
        let answer = till.client.get(&forged).send().await.expect("an answer");
        let status = answer.status().as_u16();
        assert!([400, 404].contains(&status), "{status} {forged}");
        let text = answer.text().await.expect("a text");
        assert!(text.contains(if status == 404 { "not_heard" } else { "invalid" }), "{text}");
    }
    let query = paid.split_once('?').expect("a query").1;
    for page in ["sv/tillbaka", "fi/takaisin"] {
        let answer = till.client.get(format!("{}/{page}?{query}", till.base_url)).send().await;
        assert_eq!(answer.expect("an answer").status(), 404);
    }
    assert_eq!(till.payment(euros.id).await.state, PaymentState::Pending);
    // Swish doesn't sign: whoever says that it is paid, Swish is asked.
    let (by_swish, kronor) = swede.start().await;
    let swish = format!("{}/api/v1/payments/swish/callback", till.base_url);
    for (id, status) in
        [(till.instruction(&kronor), 200), ("0".repeat(32), 404), (till.instruction(&euros), 404)]
    {
        let body = json!({"id": id, "status": "PAID", "amount": 1372.25, "currency": "SEK"});
        let answer = till.client.post(&swish).json(&body).send().await.expect("an answer");
        assert_eq!(answer.status(), status, "{id}");
    }
    assert_eq!(till.payment(kronor.id).await.state, PaymentState::Pending);
    for (payer, held, payment) in [(swede, by_swish, kronor), (finn, by_paytrail, euros)] {
        payer.has_not_paid(&held).await;
        till.settle(&payment).await;
        payer.has_paid(&held).await;
    }
}

async fn too_little_and_too_much_pay_for_nothing_and_go_back(till: &Till) {
    for (pays, says) in [(1, "0,01\u{a0}€"), (200_00, "200,00\u{a0}€")] {
        till.paytrail.set(Faults { pays: Some(pays), repeats_calls: 1, ..Faults::default() });
        let held = till.hold(till.ice_in_tornio().request_by(aino())).await;
        let (payment, _) = till.start(&held, EURO).await;
        till.paytrail.pay(&till.transaction(&payment)).await;
        till.deliver().await;
        assert_eq!(till.state(held.id).await, BookingState::Held, "it isn't paid");
        let payments = till.payments(held.id).await;
        assert_eq!(payments.len(), 2);
        assert_eq!(till.payment(payment.id).await.state, PaymentState::Failed);
        let surplus = payments.iter().find(|payment| payment.surplus).expect("what came");
        assert_eq!((surplus.amount.minor, surplus.refunds[0].amount.minor), (pays, pays));
        assert_eq!(surplus.refunds[0].reason, "wrong_amount");
        assert!(till.paytrail.refunds().iter().any(|refund| refund.amount == pays), "{pays} goes back");
        let letters = till.letters().await;
        assert!(letters.iter().any(|letter| letter.text.contains(says)), "{letters:#?}");
        // The right sum pays for it.
        till.paytrail.set(Faults::default());
        let (again, _) = till.start(&held, EURO).await;
        till.paytrail.pay(&till.transaction(&again)).await;
        assert_eq!(till.state(held.id).await, BookingState::Confirmed);
        till.cancel(held.id).await;
    }
    till.swish.set(Faults { pays: Some(100_00), ..Faults::default() });
    let held = till.hold(till.ice_by_day().request_by(asa())).await;
    let (payment, _) = till.start(&held, sek(0).currency).await;
    till.swish.pay(&till.instruction(&payment)).await;
    till.deliver().await;
    assert_eq!(till.state(held.id).await, BookingState::Held);
    assert_eq!(till.swish.refunds()[0].amount, 100_00);
}

async fn the_call_of_a_refund_is_no_payment(till: &Till) {
    let booking = till.hold(till.ice_in_tornio().request_by(aino())).await;
    let (payment, _) = till.start(&booking, EURO).await;
    till.paytrail.set(Faults { works_on_refunds: true, ..Faults::default() });
    till.paytrail.pay(&till.transaction(&payment)).await;
    till.cancel(booking.id).await;
    till.deliver().await;
    till.paytrail.finish_refunds("ok").await;
    // Signed by Paytrail, and sent to where payments are told of: another transaction than the payment's.
    let call = till.paytrail.call_of_refund(0, &payment.id.to_string());
    let answer = till.client.get(call).send().await.expect("an answer");
    assert_eq!(answer.status(), 200, "it was asked about");
    assert_eq!(till.payments(booking.id).await.len(), 1, "and no money has come");
    let again =
        vayla_services::payment::charge(&till.services, payment.id, &till.transaction(&payment)).await;
    assert_eq!(again.expect("noted"), Charge::Known);
}
