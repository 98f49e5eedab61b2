//! Whom a town sends invoices to: associations and companies that book now and pay later.
//!
//! A customer has a code, by which whoever has it books on its account. It is sent to the customer's own mail
//! address and nowhere else.

mod make;
mod read;

pub use make::{CustomerError, make};
pub use read::{find, list};

pub(crate) use read::locked_in;

use uuid::Uuid;
use vayla_domain::invoice::Customer;

/// A customer as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: Uuid,
    /// The code of the town that sends the invoices.
    pub municipality: String,
    pub customer: Customer,
}
