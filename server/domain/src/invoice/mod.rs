//! Invoices: whom they are for, what is open of them, and what a payment does to that.

mod business_id;
mod customer;
mod payee;
mod slip;
mod standing;

pub use business_id::{BusinessId, NotABusinessId};
pub use customer::{ADDRESS_MAX, Customer, CustomerField, CustomerFields, TERMS_DAYS_MAX};
pub use payee::{Bankgiro, Bic, Iban, NotABankgiro, NotABic, NotAnIban, Payee, PayeeAccount};
pub use slip::{epc_code, ocr_line, virtual_barcode};
pub use standing::{InvoiceStanding, Taken, trifle};
