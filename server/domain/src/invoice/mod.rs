//! Invoices: whom they are for, what is open of them, and what a payment does to that.

mod business_id;
mod customer;
mod standing;

pub use business_id::{BusinessId, NotABusinessId};
pub use customer::{ADDRESS_MAX, Customer, CustomerField, CustomerFields, TERMS_DAYS_MAX};
pub use standing::{InvoiceStanding, Taken};
