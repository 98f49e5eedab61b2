//! Paytrail and Swish as they are published, on this machine: for stories and for the browser's tests.
//!
//! Nothing of Väylä's own code is used here: what both sides agree on is what stands in the published
//! interfaces.

mod paytrail;
mod swish;
mod tls;

pub use paytrail::{MERCHANT, PaytrailFake, SECRET};
pub use swish::{PAYEE, SwishFake};
pub use tls::Certificates;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Deserialize;

/// What goes wrong from now on.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Faults {
    /// Nothing is answered but 503, and nothing is done.
    pub down: bool,
    /// What is asked for is done, and 500 answered.
    pub loses_answers: bool,
    /// The payer pays before it is answered that they can.
    pub pays_at_once: bool,
    /// Nobody is called.
    pub loses_calls: bool,
    /// So many times more than once.
    pub repeats_calls: usize,
    /// What is paid, in cents or öre, whatever was asked for.
    pub pays: Option<i64>,
    /// When the payer paid, as it is told afterwards.
    pub paid_at: Option<String>,
    /// So many refunds are refused.
    pub refuses_refunds: usize,
    /// Refunds take their time.
    pub works_on_refunds: bool,
    /// There is nothing to report.
    pub reports_nothing: bool,
    /// So many lines more are reported than there were payments.
    pub reports_more: usize,
}

/// What a fake knows, shared by its handlers.
pub(crate) type Shared<T> = Arc<Mutex<T>>;

pub(crate) fn lock<T>(shared: &Shared<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
