//! Letters to bookers, in their language.

mod charge;
mod closure;
mod customer;
mod deposit;
mod draft;
mod feed_links;
mod invoice;
mod letters;
mod moved;
mod post;
mod refunded;
mod series;
mod waiting;

pub use charge::charge_url;
pub use draft::manage_url;
pub use invoice::invoice_url;

pub use post::{Post, PostError};
pub use series::series_url;

pub(crate) use charge::{charge_paid_in, charge_taken_back_in, charged_in};
pub(crate) use closure::kept_in;
pub(crate) use customer::{customer_closed_in, customer_code_in, customer_made_in};
pub(crate) use deposit::deposit_back_in;
pub(crate) use feed_links::feed_links_in;
pub(crate) use invoice::{invoice_in, on_account_in, reminder_in, waived_in};
pub(crate) use letters::{Withdrawn, cancelled_in, confirmed_in, given_back_in, offered_in, withdrawn_in};
pub(crate) use moved::{Moved, moved_in};
pub(crate) use refunded::refunded_in;
pub(crate) use series::{
    SeriesPaid, series_cancelled_in, series_confirmed_in, series_given_back_in, series_moved_in,
};
pub(crate) use waiting::joined_in;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A letter, ready to be sent. It waits in the outbox until it has been.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Letter {
    pub name: String,
    pub address: String,
    pub subject: String,
    pub text: String,
    /// A calendar file to go with it.
    pub calendar: Option<String>,
    /// Whose letter it is: the outbox keeps that beside the letter.
    #[serde(skip)]
    pub facility: Option<Uuid>,
    /// The same of a letter about an invoice, or to a customer.
    #[serde(skip)]
    pub municipality: Option<String>,
}
