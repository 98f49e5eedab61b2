//! Whoever takes money in for a town. One trait; the adapters stand beside it.
//!
//! What can be told without a network (signatures, bodies, what a status means) is apart from what asks over
//! one.

mod http;
mod key;
mod paytrail;
mod registry;
mod sandbox;
mod swish;

pub use key::Key;
pub use paytrail::{Paytrail, PaytrailAccount};
pub use registry::Providers;
pub use sandbox::Sandbox;
pub use swish::{Swish, SwishAccount};

use std::{future::Future, pin::Pin};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rust_decimal::Decimal;
use uuid::Uuid;
use vayla_domain::{
    Language,
    money::{Currency, Money},
};

use super::order::Order;

/// What a provider answers, once it does.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, ProviderError>> + Send + 'a>>;

/// Takes money in, and gives it back.
pub trait Provider: Send + Sync {
    /// As it is stored, and as it stands in addresses.
    fn name(&self) -> &'static str;

    /// The only currency that it takes; `None` where it takes any.
    fn currency(&self) -> Option<Currency>;

    /// For how long a payer has time to pay; `None` where nobody need ask what became of it.
    fn session(&self) -> Option<TimeDelta>;

    /// Where its own pages lie, as the policy of a page that leads there names them.
    fn pages(&self) -> &[String];

    /// Asks it to take a payment. The same order twice is one payment at most.
    fn create<'a>(&'a self, purchase: &'a Purchase<'a>) -> Answer<'a, Created>;

    /// Asks what has become of an order.
    fn status<'a>(&'a self, order: &'a Order) -> Answer<'a, Status>;

    /// What it calls us to say, proved to be its own word or to be asked about.
    ///
    /// # Errors
    /// [`NotHeard`] where the call isn't one of its own.
    fn hear(&self, call: &Call<'_>) -> Result<Heard, NotHeard>;

    /// Asks it to take no money for an order any more. Says what has become of that.
    fn cancel<'a>(&'a self, order: &'a Order) -> Answer<'a, Status>;

    /// Whether it promises that the same [`Back::asked_as`] twice is one refund.
    fn refunds_once(&self) -> bool;

    /// Asks it to give money back.
    fn refund<'a>(&'a self, back: &'a Back) -> Answer<'a, Repaid>;

    /// Asks what has become of a refund.
    fn refund_status<'a>(&'a self, back: &'a Back) -> Answer<'a, Repaid>;

    /// Whether it reports what it has paid out.
    fn reports(&self) -> bool;

    /// What it has paid out to the town, settled from the first day to the last, both included.
    fn settlements(&self, first: NaiveDate, last: NaiveDate) -> Answer<'_, Vec<Settlement>>;

    /// Has the report of a settlement sent to where [`Provider::read_report`] reads it.
    fn ask_report<'a>(&'a self, settlement: &'a str) -> Answer<'a, ()>;

    /// The payments in a settlement, and what the provider keeps of them.
    ///
    /// # Errors
    /// [`NotHeard`] where it isn't a report of this provider's.
    fn read_report(&self, call: &Call<'_>) -> Result<Vec<ReportLine>, NotHeard>;
}

/// What is to be paid, and by whom.
pub struct Purchase<'a> {
    pub order: &'a Order,
    /// The booking's reference, for people.
    pub reference: &'a str,
    pub email: &'a str,
    pub language: Language,
}

/// How the payer goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// The provider's own name of the order.
    pub reference: String,
    pub way: Way,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// At the built-in terminal.
    Terminal,
    /// On the provider's own page.
    Page(String),
    /// In an app, which knows the payment by this token.
    App(String),
}

/// What has become of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// The payer hasn't paid yet.
    Open,
    /// The payer has done their part, and the provider hasn't.
    Working,
    /// `reference` is what a refund names it by; `at` is when the payer paid, where that is told.
    Paid { amount: Money, reference: String, at: Option<DateTime<Utc>> },
    /// No money will come.
    Failed,
}

/// A call as it came.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    pub query: &'a [(String, String)],
    pub headers: &'a [(String, String)],
    pub body: &'a [u8],
}

/// What a call says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// This has become of an order, and it is proved. `reference` is the provider's name of it.
    Order { order: Uuid, reference: String, status: Status },
    /// Something has become of it: an order, or a refund. What, the provider is to be asked.
    AskBack(Uuid),
    /// The same of a refund of ours, which is said to be this one of the provider's.
    Refund { refund: Uuid, reference: String },
}

/// A call that isn't the provider's own, or can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the provider's own word")]
pub struct NotHeard;

/// Money to be given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Back {
    pub asked_as: Uuid,
    /// The provider's name of the order, and of the payment of it.
    pub order_reference: String,
    pub paid_reference: String,
    pub amount: Money,
    /// The booking's reference, for people.
    pub reference: String,
    /// Where the money goes by another way, if it can't go back by its own.
    pub email: String,
    /// The provider's own name of the refund, once it has one.
    pub refund_reference: Option<String>,
    /// That name comes from a call: what it names has to be proved to be this refund.
    pub called: bool,
}

/// What has become of a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaid {
    /// The provider's own name of it.
    pub reference: String,
    pub state: RepaidState,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RepaidState {
    Working,
    Done,
    /// It didn't go back, and won't when this one is waited for.
    Failed(String),
}

/// A sum that a provider has paid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// The provider's own name of it.
    pub id: String,
    /// What stands on the bank's line.
    pub bank_reference: String,
    pub settled_on: NaiveDate,
}

/// One payment or refund in a settlement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportLine {
    pub settlement: String,
    /// What we have named it by.
    pub stamp: String,
    /// Less than nothing for a refund.
    pub amount: Money,
    /// What the provider keeps: so much a payment, and a share of it. May have parts of a cent.
    pub fee: Decimal,
    pub commission: Decimal,
    /// The tax in what the payer has paid, as the provider was told.
    pub vat: Decimal,
}

/// Why a provider hasn't done what it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// It never came to know of it.
    #[error("can't be reached: {0}")]
    Unreached(String),
    /// It may have come to know of it, or not.
    #[error("no answer: {0}")]
    NoAnswer(String),
    /// It says no, and nothing has changed.
    #[error("refused: {0}")]
    Refused(String),
    /// It says what makes no sense, or what isn't proved to be its own word.
    #[error("an answer that can't be relied on: {0}")]
    Unreliable(String),
    #[error("this provider doesn't do that")]
    Unsupported,
}

impl ProviderError {
    /// Who won't say what has become of something hasn't said that it came to nothing.
    #[must_use]
    pub fn unsaid(self) -> Self {
        match self {
            Self::Refused(why) => Self::NoAnswer(why),
            other => other,
        }
    }
}

/// A moment as a provider writes it, with or without a colon in the offset. One that can't be read isn't told: that
/// the money has come counts all the same.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    let read = DateTime::parse_from_rfc3339(text);
    let read = read.or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"));
    read.ok().map(|at| at.to_utc())
}

/// An answer that needs nobody's asking.
fn at_once<'a, T: Send + 'a>(answer: Result<T, ProviderError>) -> Answer<'a, T> {
    Box::pin(std::future::ready(answer))
}
