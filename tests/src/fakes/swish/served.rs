//! What is asked of Swish, by merchants.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, put},
};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    super::{Shared, lock},
    Known, PAYEE, Request, act, find, shown,
};

pub(super) fn router(known: Shared<Known>) -> Router {
    Router::new()
        .route("/api/v2/paymentrequests/{id}", put(create))
        .route("/api/v1/paymentrequests/{id}", get(show).patch(cancel))
        .route("/api/v2/refunds/{id}", put(refund))
        .route("/api/v1/refunds/{id}", get(show_refund))
        .with_state(known)
}

fn refused(code: &str) -> Response {
    let body = json!([{"errorCode": code, "errorMessage": "…", "additionalInformation": null}]);
    (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response()
}

/// `219.56` or `219`, in öre.
fn minor(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "00"));
    (part.len() == 2).then_some(())?;
    format!("{whole}{part}").parse().ok()
}

fn is_instruction(id: &str) -> bool {
    id.len() == 32 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F'))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewRequest {
    payee_alias: String,
    amount: String,
    currency: String,
    callback_url: String,
    payee_payment_reference: String,
    message: String,
}

async fn create(
    State(known): State<Shared<Known>>,
    Path(id): Path<String>,
    Json(asked): Json<NewRequest>,
) -> Response {
    let faults = lock(&known).faults.clone();
    if faults.down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    if find(&known, &id).is_some() {
        return refused("RP09");
    }
    let amount = minor(&asked.amount).filter(|minor| (1..=99_999_999_999_999).contains(minor));
    let Some(amount) = amount else { return refused("AM06") };
    if asked.payee_alias != PAYEE {
        return refused("PA01");
    }
    if asked.currency != "SEK" {
        return refused("AM03");
    }
    let plain = asked.payee_payment_reference.len() <= 35
        && asked.payee_payment_reference.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_instruction(&id) || !plain || asked.message.chars().count() > 50 {
        return refused("FF08");
    }
    let request = Request {
        token: Uuid::from_u128(rand::random()).simple().to_string(),
        payment_reference: Uuid::from_u128(rand::random()).simple().to_string().to_uppercase(),
        id: id.clone(),
        amount,
        status: "CREATED",
        of: None,
        error: None,
        paid_at: None,
        called: asked.callback_url,
    };
    lock(&known).requests.push(request.clone());
    if faults.pays_at_once {
        act(&known, &id, "PAID", None).await;
    }
    if faults.loses_answers {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let headers = [("PaymentRequestToken", request.token), ("Location", format!("https://localhost/{id}"))];
    (StatusCode::CREATED, headers).into_response()
}

async fn show(State(known): State<Shared<Known>>, Path(id): Path<String>) -> Response {
    if lock(&known).faults.down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    match find(&known, &id) {
        Some(request) => Json(shown(&request)).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn cancel(
    State(known): State<Shared<Known>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let patch: Value = serde_json::from_slice(&body).unwrap_or_default();
    let patched = headers.get("content-type").is_some_and(|kind| kind == "application/json-patch+json");
    if !patched || patch != json!([{"op": "replace", "path": "/status", "value": "cancelled"}]) {
        return StatusCode::BAD_REQUEST.into_response();
    }
    match find(&known, &id).map(|request| request.status) {
        Some("CREATED") => act(&known, &id, "CANCELLED", None).await,
        Some(_) => return refused("RP07"),
        None => return StatusCode::NOT_FOUND.into_response(),
    }
    match find(&known, &id) {
        Some(request) => Json(shown(&request)).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewRefund {
    original_payment_reference: String,
    payer_alias: String,
    amount: String,
    currency: String,
    callback_url: String,
    #[serde(rename = "payerPaymentReference")]
    _reference: String,
    #[serde(rename = "message")]
    _message: String,
}

async fn refund(
    State(shared): State<Shared<Known>>,
    Path(id): Path<String>,
    Json(asked): Json<NewRefund>,
) -> Response {
    let mut known = lock(&shared);
    if known.faults.down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    if known.refunds.iter().any(|refund| refund.id == id) {
        return refused("RP09");
    }
    if known.faults.refuses_refunds > 0 {
        known.faults.refuses_refunds -= 1;
        return refused("RF04");
    }
    let of = asked.original_payment_reference;
    let paid = known.requests.iter().find(|one| one.payment_reference == of && one.status == "PAID");
    let Some(paid) = paid.map(|request| request.amount) else { return refused("RF02") };
    let gone: i64 = known
        .refunds
        .iter()
        .filter(|refund| refund.of.as_ref() == Some(&of) && refund.status != "ERROR")
        .map(|refund| refund.amount)
        .sum();
    let amount = minor(&asked.amount).filter(|amount| *amount > 0 && gone + amount <= paid);
    let Some(amount) = amount else { return refused("RF08") };
    if asked.payer_alias != PAYEE || asked.currency != "SEK" || !is_instruction(&id) {
        return refused("RF03");
    }
    let status = if known.faults.works_on_refunds { "DEBITED" } else { "PAID" };
    let called = asked.callback_url;
    let (token, payment_reference) = (String::new(), String::new());
    known.refunds.push(Request {
        id,
        token,
        amount,
        status,
        payment_reference,
        of: Some(of),
        error: None,
        paid_at: None,
        called,
    });
    if known.faults.loses_answers {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    StatusCode::CREATED.into_response()
}

async fn show_refund(State(known): State<Shared<Known>>, Path(id): Path<String>) -> Response {
    match lock(&known).refunds.iter().find(|refund| refund.id == id) {
        Some(refund) => Json(shown(refund)).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
