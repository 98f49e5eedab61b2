//! Swish for merchants: who has no certificate of its authority isn't spoken to.

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
use tokio::{net::TcpListener, task::JoinHandle};
use uuid::Uuid;

use super::{
    Faults, Shared, lock,
    tls::{Certificates, Listener},
};
use crate::client;

/// The merchant's number.
pub const PAYEE: &str = "1234679304";

/// A payment request, or a refund, at Swish.
#[derive(Debug, Clone)]
pub struct Request {
    pub id: String,
    pub token: String,
    /// In öre.
    pub amount: i64,
    pub status: &'static str,
    pub payment_reference: String,
    /// Of a refund: the payment that it gives back.
    pub of: Option<String>,
    error: Option<&'static str>,
    called: String,
}

#[derive(Default)]
struct Known {
    requests: Vec<Request>,
    refunds: Vec<Request>,
    faults: Faults,
}

/// It serves until it is dropped.
pub struct SwishFake {
    pub url: String,
    pub certificates: Certificates,
    known: Shared<Known>,
    server: JoinHandle<()>,
}

impl Drop for SwishFake {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl SwishFake {
    /// # Panics
    /// Without a free port.
    pub async fn start() -> Self {
        let certificates = Certificates::make();
        let tcp = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("https://localhost:{}/swish-cpcapi", tcp.local_addr().expect("its number").port());
        let listener = Listener { tcp, acceptor: certificates.acceptor() };
        let known = Shared::<Known>::default();
        let app = Router::new().nest("/swish-cpcapi", router(known.clone()));
        let server = tokio::spawn(async move { axum::serve(listener, app).await.expect("to serve") });
        Self { url, certificates, known, server }
    }

    pub fn set(&self, faults: Faults) {
        lock(&self.known).faults = faults;
    }

    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.known).requests.clone()
    }

    #[must_use]
    pub fn refunds(&self) -> Vec<Request> {
        lock(&self.known).refunds.clone()
    }

    /// The payer says yes in the app.
    pub async fn pay(&self, id: &str) {
        act(&self.known, id, "PAID", None).await;
    }

    /// The payer says no in the app.
    pub async fn decline(&self, id: &str) {
        act(&self.known, id, "DECLINED", None).await;
    }

    /// The three minutes are over.
    pub async fn time_out(&self, id: &str) {
        act(&self.known, id, "ERROR", Some("TM01")).await;
    }

    /// Swish calls about a request again, as it stands.
    pub async fn call_again(&self, id: &str) {
        call(&find(&self.known, id).expect("a request")).await;
    }

    /// The banks have done with all refunds, well or not, and Swish calls.
    pub async fn finish_refunds(&self, status: &'static str) {
        let done: Vec<Request> = {
            let mut known = lock(&self.known);
            let working = known.refunds.iter_mut().filter(|refund| refund.status == "DEBITED");
            working
                .map(|refund| {
                    refund.status = status;
                    refund.error = (status == "ERROR").then_some("RF07");
                    refund.clone()
                })
                .collect()
        };
        for refund in done {
            call(&refund).await;
        }
    }

    /// What the payer's app does when it has the code: for the browser's tests, without a certificate.
    pub fn app(&self) -> Router {
        let known = self.known.clone();
        let pay = async |State(known): State<Shared<Known>>, Path(token): Path<String>| {
            let id = lock(&known).requests.iter().find(|one| one.token == token).map(|one| one.id.clone());
            match id {
                Some(id) => act(&known, &id, "PAID", None).await,
                None => return StatusCode::NOT_FOUND,
            }
            StatusCode::OK
        };
        let set = async |State(known): State<Shared<Known>>, Json(faults): Json<Faults>| {
            lock(&known).faults = faults;
        };
        Router::new()
            .route("/app/{token}/pay", axum::routing::post(pay))
            .route("/faults", axum::routing::post(set))
            .with_state(known)
    }
}

fn router(known: Shared<Known>) -> Router {
    Router::new()
        .route("/api/v2/paymentrequests/{id}", put(create))
        .route("/api/v1/paymentrequests/{id}", get(show).patch(cancel))
        .route("/api/v2/refunds/{id}", put(refund))
        .route("/api/v1/refunds/{id}", get(show_refund))
        .with_state(known)
}

fn find(known: &Shared<Known>, id: &str) -> Option<Request> {
    lock(known).requests.iter().find(|request| request.id == id).cloned()
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

fn shown(request: &Request) -> Value {
    let amount: Value =
        serde_json::from_str(&format!("{}.{:02}", request.amount / 100, request.amount % 100))
            .expect("a number");
    json!({
        "id": request.id, "payeePaymentReference": request.id, "paymentReference": request.payment_reference,
        "originalPaymentReference": request.of, "payerAlias": "46701234567", "payeeAlias": PAYEE, "amount": amount,
        "currency": "SEK", "message": "", "status": request.status, "dateCreated": "2026-10-30T17:00:00.000+0000",
        "errorCode": request.error, "callbackUrl": request.called,
    })
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

/// What becomes of a request, and whom Swish calls then.
async fn act(known: &Shared<Known>, id: &str, status: &'static str, error: Option<&'static str>) {
    let (request, faults) = {
        let mut known = lock(known);
        let faults = known.faults.clone();
        let request = known.requests.iter_mut().find(|request| request.id == id).expect("a request");
        request.status = status;
        request.error = error;
        request.amount = faults.pays.unwrap_or(request.amount);
        (request.clone(), faults)
    };
    if !faults.loses_calls {
        for _ in 0..=faults.repeats_calls {
            call(&request).await;
        }
    }
}

async fn call(request: &Request) {
    drop(client().post(&request.called).json(&shown(request)).send().await);
}
