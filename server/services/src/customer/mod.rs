//! Whom a town sends invoices to: associations and companies that book now and pay later.
//!
//! A customer has a code, by which whoever has it books on its account. It is sent to the customer's own mail
//! address and nowhere else. Staff put another in its place, or close the account.

mod code;
mod make;
mod read;

pub use code::{close, replace_code};
pub use make::{CustomerError, make};
pub use read::{find, list};

pub(crate) use read::{locked_by_code_in, locked_in};

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::invoice::Customer;

/// A customer as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: Uuid,
    /// The code of the town that sends the invoices.
    pub municipality: String,
    pub customer: Customer,
    /// What its code is signed for; `None` while it is closed.
    pub code: Option<Uuid>,
    /// Since when nothing more is put on its account.
    pub closed_at: Option<DateTime<Utc>>,
}
