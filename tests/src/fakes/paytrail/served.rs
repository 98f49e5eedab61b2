//! What is asked of Paytrail, by merchants and by payers.

use std::collections::HashMap;

use axum::{
    Form, Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    super::{Faults, Shared, lock},
    Known, MERCHANT, Payment, Refund, act,
    reports::{report, settlements},
    told::{answer, refused, signature},
};

pub(super) fn router(known: Shared<Known>) -> Router {
    Router::new()
        .route("/payments", post(create))
        .route("/payments/{id}", get(show))
        .route("/payments/{id}/refund", post(refund))
        .route("/settlements", get(settlements))
        .route("/settlements/{id}/payments/report", post(report))
        .route("/pay/{id}", get(page).post(choose))
        .route("/faults", post(set_faults))
        .with_state(known)
}

/// What is answered to whoever can't prove who they are, or asks the same again.
pub(super) fn turned_away(
    known: &Shared<Known>,
    headers: &HeaderMap,
    method: &str,
    body: &[u8],
) -> Option<Response> {
    let named: Vec<(String, String)> = headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), value.to_str().unwrap_or_default().to_owned()))
        .collect();
    let value = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut known = lock(known);
    if known.faults.down {
        return Some(StatusCode::SERVICE_UNAVAILABLE.into_response());
    }
    let nonce = value("checkout-nonce").to_owned();
    let right = value("signature") == signature(&named, body)
        && value("checkout-account") == MERCHANT
        && value("checkout-algorithm") == "sha256"
        && value("checkout-method") == method
        && value("checkout-timestamp").ends_with('Z')
        && !known.seen.contains(&nonce);
    known.seen.push(nonce);
    (!right).then(|| refused(401, "Invalid HMAC"))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewPayment {
    stamp: String,
    reference: String,
    amount: i64,
    currency: String,
    language: String,
    customer: Value,
    redirect_urls: Urls,
    callback_urls: Urls,
}

#[derive(Deserialize)]
struct Urls {
    success: String,
    cancel: String,
}

async fn create(State(known): State<Shared<Known>>, headers: HeaderMap, body: Bytes) -> Response {
    if let Some(response) = turned_away(&known, &headers, "POST", &body) {
        return response;
    }
    let Ok(asked) = serde_json::from_slice::<NewPayment>(&body) else { return refused(400, "body") };
    let mail = asked.customer["email"].as_str().unwrap_or_default();
    let twice = lock(&known).payments.iter().any(|payment| payment.stamp == asked.stamp);
    if asked.currency != "EUR"
        || !(1..=99_999_998).contains(&asked.amount)
        || !mail.contains('@')
        || twice
        || !["FI", "SV", "EN"].contains(&asked.language.as_str())
        || [&asked.redirect_urls.success, &asked.redirect_urls.cancel].iter().any(|url| url.len() > 300)
    {
        return refused(400, "values");
    }
    let payment = Payment {
        transaction: Uuid::from_u128(rand::random()).to_string(),
        stamp: asked.stamp,
        reference: asked.reference,
        amount: asked.amount,
        status: "new",
        success: asked.redirect_urls.success,
        cancel: asked.redirect_urls.cancel,
        called_success: asked.callback_urls.success,
        called_cancel: asked.callback_urls.cancel,
        paid_at: None,
    };
    let (transaction, faults, url) = {
        let mut known = lock(&known);
        known.payments.push(payment.clone());
        (payment.transaction.clone(), known.faults.clone(), known.url.clone())
    };
    if faults.pays_at_once {
        act(&known, &transaction, "ok").await;
    }
    if faults.loses_answers {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let body = json!({
        "transactionId": transaction, "href": format!("{url}/pay/{transaction}"), "reference": "809759248",
        "terms": "", "groups": [], "providers": [], "customProviders": {},
    });
    answer(StatusCode::CREATED, &body)
}

async fn show(State(known): State<Shared<Known>>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    if let Some(response) = turned_away(&known, &headers, "GET", b"") {
        return response;
    }
    let known = lock(&known);
    let payment = known.payments.iter().find(|payment| payment.transaction == id).map(|payment| {
        json!({"transactionId": id, "status": payment.status, "amount": payment.amount, "currency": "EUR",
               "reference": payment.reference, "stamp": payment.stamp, "createdAt": "2026-10-30T17:00:00.000Z",
               "paidAt": payment.paid_at})
    });
    let refund = known.refunds.iter().find(|refund| refund.transaction == id).map(|refund| {
        json!({"transactionId": id, "status": refund.status, "amount": refund.amount, "currency": "EUR",
               "reference": "", "stamp": refund.stamp, "createdAt": "2026-10-30T17:00:00.000Z"})
    });
    match payment.or(refund) {
        Some(body) => answer(StatusCode::OK, &body),
        None => refused(404, "Not found"),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewRefund {
    amount: i64,
    refund_stamp: String,
    callback_urls: Urls,
}

async fn refund(
    State(shared): State<Shared<Known>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Some(response) = turned_away(&shared, &headers, "POST", &body) {
        return response;
    }
    let Ok(asked) = serde_json::from_slice::<NewRefund>(&body) else { return refused(400, "body") };
    let mut known = lock(&shared);
    if known.faults.refuses_refunds > 0 {
        known.faults.refuses_refunds -= 1;
        return refused(422, "Used payment method provider does not support refunds");
    }
    let paid = known.payments.iter().find(|payment| payment.transaction == id && payment.status == "ok");
    let Some(paid) = paid.map(|payment| payment.amount) else { return refused(404, "Not found") };
    let status = if known.faults.works_on_refunds { "pending" } else { "ok" };
    // Nothing is published of a stamp that comes again: here it is another refund.
    let of_it = known.refunds.iter().filter(|refund| refund.of == id && refund.status != "fail");
    let gone: i64 = of_it.map(|refund| refund.amount).sum();
    if asked.amount < 1 || gone + asked.amount > paid {
        return refused(400, "amount");
    }
    let refund = Refund {
        transaction: Uuid::from_u128(rand::random()).to_string(),
        of: id,
        stamp: asked.refund_stamp,
        amount: asked.amount,
        status,
        called: asked.callback_urls.success,
    };
    known.refunds.push(refund.clone());
    if known.faults.loses_answers {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let body =
        json!({"provider": "osuuspankki", "status": refund.status, "transactionId": refund.transaction});
    answer(StatusCode::CREATED, &body)
}

async fn page(Path(id): Path<String>) -> Html<String> {
    Html(format!(
        "<!DOCTYPE html><html lang=\"en\"><title>Paytrail</title><form method=\"post\" action=\"/pay/{id}\">\
         <button name=\"status\" value=\"ok\">ok</button><button name=\"status\" value=\"fail\">fail</button></form>"
    ))
}

async fn choose(
    State(known): State<Shared<Known>>,
    Path(id): Path<String>,
    Form(chosen): Form<HashMap<String, String>>,
) -> Redirect {
    let status = if chosen.get("status").is_some_and(|status| status == "ok") { "ok" } else { "fail" };
    Redirect::to(&act(&known, &id, status).await)
}

async fn set_faults(State(known): State<Shared<Known>>, Json(faults): Json<Faults>) {
    lock(&known).faults = faults;
}
