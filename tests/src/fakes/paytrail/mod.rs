//! Paytrail's Payment API.

mod reports;
mod served;
mod told;

use tokio::{net::TcpListener, task::JoinHandle};

use self::{
    served::router,
    told::{told, told_of_refund, with},
};
use super::{Faults, Shared, lock};
use crate::client;

/// The published test account.
pub const MERCHANT: &str = "375917";
pub const SECRET: &str = "SAIPPUAKAUPPIAS";

/// A payment at Paytrail.
#[derive(Debug, Clone)]
pub struct Payment {
    pub transaction: String,
    pub stamp: String,
    pub reference: String,
    pub amount: i64,
    pub status: &'static str,
    success: String,
    cancel: String,
    called_success: String,
    called_cancel: String,
    paid_at: Option<String>,
}

/// A refund at Paytrail.
#[derive(Debug, Clone)]
pub struct Refund {
    pub transaction: String,
    pub of: String,
    pub stamp: String,
    pub amount: i64,
    pub status: &'static str,
    called: String,
}

#[derive(Default)]
struct Known {
    url: String,
    payments: Vec<Payment>,
    refunds: Vec<Refund>,
    /// How many reports were asked for.
    reports: usize,
    faults: Faults,
    seen: Vec<String>,
}

/// It serves until it is dropped.
pub struct PaytrailFake {
    pub url: String,
    known: Shared<Known>,
    server: JoinHandle<()>,
}

impl Drop for PaytrailFake {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl PaytrailFake {
    /// # Panics
    /// Without a free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("its number"));
        let known = Shared::new(Known { url: url.clone(), ..Known::default() }.into());
        let app = router(known.clone());
        let server = tokio::spawn(async move { axum::serve(listener, app).await.expect("to serve") });
        Self { url, known, server }
    }

    pub fn set(&self, faults: Faults) {
        lock(&self.known).faults = faults;
    }

    #[must_use]
    pub fn payments(&self) -> Vec<Payment> {
        lock(&self.known).payments.clone()
    }

    #[must_use]
    pub fn refunds(&self) -> Vec<Refund> {
        lock(&self.known).refunds.clone()
    }

    #[must_use]
    pub fn reports_asked_for(&self) -> usize {
        lock(&self.known).reports
    }

    /// The call about a refund as it stands.
    pub async fn call_about_refund(&self, place: usize) {
        let call = {
            let refund = &lock(&self.known).refunds[place];
            with(&refund.called, &told_of_refund(refund))
        };
        drop(client().get(call).send().await);
    }

    /// Sends a report to an address, whether it was asked for or not; how that is answered.
    pub async fn report_to(&self, url: &str, report: &serde_json::Value) -> u16 {
        reports::send(url, report).await
    }

    /// The payer pays on the page. Returns where Paytrail sends them then.
    pub async fn pay(&self, transaction: &str) -> String {
        act(&self.known, transaction, "ok").await
    }

    /// The payer cancels on the page.
    pub async fn cancel(&self, transaction: &str) -> String {
        act(&self.known, transaction, "fail").await
    }

    /// The call about a payment as it stands, which may be sent again.
    #[must_use]
    pub fn call(&self, transaction: &str) -> String {
        let known = lock(&self.known);
        let payment = known.payments.iter().find(|payment| payment.transaction == transaction);
        let payment = payment.expect("a payment");
        let url = if payment.status == "fail" { &payment.called_cancel } else { &payment.called_success };
        with(url, &told(payment))
    }

    /// What Paytrail could say of a refund where payments are told of, under a stamp.
    #[must_use]
    pub fn call_of_refund(&self, place: usize, stamp: &str) -> String {
        let known = lock(&self.known);
        let refund = Refund { stamp: stamp.to_owned(), ..known.refunds[place].clone() };
        let url = refund.called.split('?').next().expect("an address").to_owned();
        with(&url, &told_of_refund(&refund))
    }

    /// The banks have done with all refunds, and nobody is called.
    pub fn settle_refunds_silently(&self) {
        lock(&self.known).refunds.iter_mut().for_each(|refund| refund.status = "ok");
    }

    /// The banks have done with all refunds, well or not, and Paytrail calls.
    pub async fn finish_refunds(&self, status: &'static str) {
        let calls: Vec<String> = {
            let mut known = lock(&self.known);
            let working = known.refunds.iter_mut().filter(|refund| refund.status == "pending");
            working
                .map(|refund| {
                    refund.status = status;
                    with(&refund.called, &told_of_refund(refund))
                })
                .collect()
        };
        for call in calls {
            drop(client().get(call).send().await);
        }
    }
}

/// What the payer does, whom Paytrail calls then, and where it sends the payer.
async fn act(known: &Shared<Known>, transaction: &str, status: &'static str) -> String {
    let (payment, faults) = {
        let mut known = lock(known);
        let pays = known.faults.pays;
        let faults = known.faults.clone();
        let payment = known.payments.iter_mut().find(|payment| payment.transaction == transaction);
        let payment = payment.expect("a payment");
        payment.status = status;
        payment.paid_at.clone_from(&faults.paid_at);
        payment.amount = pays.unwrap_or(payment.amount);
        (payment.clone(), faults)
    };
    let (back, called) = match status {
        "fail" => (&payment.cancel, &payment.called_cancel),
        _ => (&payment.success, &payment.called_success),
    };
    if !faults.loses_calls {
        for _ in 0..=faults.repeats_calls {
            drop(client().get(with(called, &told(&payment))).send().await);
        }
    }
    with(back, &told(&payment))
}
