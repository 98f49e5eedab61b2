//! Swish for merchants: who has no certificate of its authority isn't spoken to.

mod served;

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};

use self::served::router;
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
    paid_at: Option<String>,
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

fn find(known: &Shared<Known>, id: &str) -> Option<Request> {
    lock(known).requests.iter().find(|request| request.id == id).cloned()
}

fn shown(request: &Request) -> Value {
    let amount: Value =
        serde_json::from_str(&format!("{}.{:02}", request.amount / 100, request.amount % 100))
            .expect("a number");
    json!({
        "id": request.id, "payeePaymentReference": request.id, "paymentReference": request.payment_reference,
        "originalPaymentReference": request.of, "payerAlias": "46701234567", "payeeAlias": PAYEE, "amount": amount,
        "currency": "SEK", "message": "", "status": request.status, "dateCreated": "2026-10-30T17:00:00.000+0000",
        "datePaid": request.paid_at,
        "errorCode": request.error, "callbackUrl": request.called,
    })
}

/// What becomes of a request, and whom Swish calls then.
async fn act(known: &Shared<Known>, id: &str, status: &'static str, error: Option<&'static str>) {
    let (request, faults) = {
        let mut known = lock(known);
        let faults = known.faults.clone();
        let request = known.requests.iter_mut().find(|request| request.id == id).expect("a request");
        request.status = status;
        request.error = error;
        request.paid_at.clone_from(&faults.paid_at);
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
