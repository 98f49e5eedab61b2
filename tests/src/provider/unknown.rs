//! A refund of which Paytrail may have come to know: it isn't asked for again before that is known.

use reqwest::Method;
use serde_json::json;
use uuid::Uuid;
use vayla_domain::money::EURO;
use vayla_services::{
    payment::{Payment, RefundState, settlement},
    staff::{Scope, Staff},
};

use crate::{Till, aino, api::caller::read, fakes::Faults};

at_both_providers! {
    nobody_asks_again_by_themselves,
    a_call_that_proves_itself_says_what_became_of_it,
    one_that_a_call_says_is_worked_on_is_asked_about,
    a_report_says_that_it_has_gone_back,
    staff_who_find_it_there_say_that_it_is_done,
    staff_who_do_not_find_it_have_it_asked_for_again,
    one_that_never_arrived_is_asked_for_by_itself,
}

/// A booking that is cancelled when Paytrail's answers are lost.
async fn lost(till: &Till) -> Payment {
    lost_when(till, Faults { loses_answers: true, ..Faults::default() }).await
}

async fn lost_when(till: &Till, faults: Faults) -> Payment {
    let held = till.hold(till.ice_in_tornio().request_by(aino())).await;
    let (payment, _) = till.start(&held, EURO).await;
    till.paytrail.pay(&till.transaction(&payment)).await;
    till.paytrail.set(faults);
    till.cancel(held.id).await;
    till.deliver().await;
    assert_eq!(state(till, &payment).await, RefundState::Unknown);
    till.paytrail.set(Faults::default());
    payment
}

async fn state(till: &Till, payment: &Payment) -> RefundState {
    till.payment(payment.id).await.refunds[0].state
}

async fn id_of_refund(till: &Till) -> Uuid {
    crate::sql!(till, c => sqlx::query_scalar("SELECT id FROM refund").fetch_one(c).await).expect("a refund")
}

/// A call by staff of Tornio about the refund.
async fn say(till: &Till, what: &str) -> crate::api::caller::Answer {
    let (_, token) = till.new_token(&[Scope::Payments], Some("tornio")).await;
    let path = format!("/staff/refunds/{}/{what}", id_of_refund(till).await);
    read(till.call(Method::POST, &path).bearer_auth(token).json(&json!({}))).await
}

async fn nobody_asks_again_by_themselves(till: &Till) {
    let payment = lost(till).await;
    till.after_minutes(60).await;
    assert_eq!(state(till, &payment).await, RefundState::Unknown);
    assert_eq!(till.paytrail.refunds().len(), 1, "asked again it would have gone back twice");
    let (_, token) = till.new_token(&[Scope::Payments], Some("tornio")).await;
    let need_staff = till.staff_ask(&token, "/refunds").await;
    let listed = till.staff_ask(&token, "/refunds?state=unknown").await;
    assert_eq!(need_staff.body, listed.body);
    let items = listed.is(200).body["items"].as_array().expect("a list").clone();
    assert_eq!((items.len(), &items[0]["state"]), (1, &json!("unknown")));
    assert!(!items[0]["problem"].as_str().unwrap_or_default().is_empty());
    // Nor does one of which the end came in between.
    crate::sql!(till, c => sqlx::query("UPDATE outbox SET due_at = $1, done_at = NULL WHERE kind = 'repay'")
        .bind(till.clock.now()).execute(c).await.map(drop))
    .expect("the outbox");
    till.deliver().await;
    assert_eq!(till.paytrail.refunds().len(), 1);
}

async fn a_call_that_proves_itself_says_what_became_of_it(till: &Till) {
    let payment = lost(till).await;
    // Somebody names another transaction as the refund's: their own payment, which is paid.
    let url =
        format!("{}&refund={}", till.paytrail.call(&till.transaction(&payment)), id_of_refund(till).await);
    assert_eq!(till.come_back(&url).await.0, 200);
    assert_eq!(state(till, &payment).await, RefundState::Unknown);
    till.paytrail.call_about_refund(0).await;
    assert_eq!(state(till, &payment).await, RefundState::Done);
    assert_eq!(till.paytrail.refunds().len(), 1);
    say(till, "retry").await.is_problem(409, "refunded");
}

async fn one_that_a_call_says_is_worked_on_is_asked_about(till: &Till) {
    let payment =
        lost_when(till, Faults { works_on_refunds: true, loses_answers: true, ..Faults::default() }).await;
    till.paytrail.call_about_refund(0).await;
    assert_eq!(state(till, &payment).await, RefundState::Asked);
    till.paytrail.settle_refunds_silently();
    till.after_minutes(5).await;
    assert_eq!(state(till, &payment).await, RefundState::Done);
    assert_eq!(till.paytrail.refunds().len(), 1);
}

async fn a_report_says_that_it_has_gone_back(till: &Till) {
    let payment = lost(till).await;
    let catalogue = till.services.catalogue();
    let town = catalogue.municipality("tornio").expect("a town");
    let day = |text: &str| text.parse().expect("a day");
    let (first, last) = (day("2026-10-30"), day("2026-11-02"));
    settlement::fetch(&till.services, &Staff::operator(), town, first, last).await.expect("to be fetched");
    assert_eq!(state(till, &payment).await, RefundState::Done);
}

async fn staff_who_find_it_there_say_that_it_is_done(till: &Till) {
    let payment = lost(till).await;
    say(till, "done").await.is(200);
    assert_eq!(state(till, &payment).await, RefundState::Done);
    say(till, "done").await.is_problem(409, "refunded");
    let notes = till.count("SELECT COUNT(*) FROM audit WHERE action = 'repaid'").await;
    assert_eq!((notes, till.paytrail.refunds().len()), (1, 1));
}

async fn staff_who_do_not_find_it_have_it_asked_for_again(till: &Till) {
    let payment = lost(till).await;
    // It is refused, perhaps because it is known after all: that is no reason to try another name.
    till.paytrail.set(Faults { refuses_refunds: 1, ..Faults::default() });
    say(till, "retry").await.is(200);
    till.after_minutes(60).await;
    assert_eq!(state(till, &payment).await, RefundState::Unknown);
    assert_eq!(till.paytrail.refunds().len(), 1);
}

async fn one_that_never_arrived_is_asked_for_by_itself(till: &Till) {
    let held = till.hold(till.ice_in_tornio().request_by(aino())).await;
    let (payment, _) = till.start(&held, EURO).await;
    till.paytrail.pay(&till.transaction(&payment)).await;
    till.paytrail.set(Faults { refuses_refunds: 1, ..Faults::default() });
    till.cancel(held.id).await;
    till.deliver().await;
    assert_eq!(state(till, &payment).await, RefundState::Failed);
    say(till, "done").await.is_problem(409, "known");
    till.after_minutes(5).await;
    assert_eq!(state(till, &payment).await, RefundState::Done);
    assert_eq!(till.paytrail.refunds().len(), 1);
}
