//! Invoices: what customers have booked is put on them, and they are paid, reminded of, taken back.

mod charged;
mod credit;
mod issue;
mod limit;
mod money;
mod on_account;
mod payee;
mod read;
mod remind;
mod row;
mod slip;
mod text;
mod used;
mod waive;
mod write;
mod write_off;

pub use credit::{CreditError, credit};
pub use issue::{IssueError, Issued, Issuing, NotIssued, issue};
pub use money::{
    BankLine, BankPayment, Matched, Owed, OwedError, OwedFrom, PaymentError, SentBack, match_to, owed,
    paid_back, register,
};
pub use on_account::{OnAccountError, put_on, put_on_by_code, whose};
pub use payee::{PayeeError, payee, set_payee};
pub use read::{find, find_for_staff, list};
pub use remind::{REMINDERS_MAX, RemindError, remind};
pub use slip::{PaySlip, reference};
pub use text::paper;
pub use waive::{WaiveError, waive};
pub use write_off::{WriteOffError, write_off};

pub(crate) use credit::credit_charge_in;
pub(crate) use limit::may_owe_in;
pub(crate) use money::{is_bank_day, is_key, owed_in};
pub(crate) use on_account::{give_back_in, give_back_more_in};
pub(crate) use payee::propose_payee_in;

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vayla_domain::{
    Bilingual, Language,
    invoice::{Customer, InvoiceStanding, Payee},
    money::{Money, ReferenceBase, VatRate},
    time::Span,
};

use crate::{catalogue::Space, charge::ChargedFor};

/// An invoice, or a credit note.
#[derive(Debug, Clone)]
pub struct Invoice {
    pub id: Uuid,
    pub municipality: String,
    pub number: i64,
    pub customer: Uuid,
    /// As it was when the invoice was written.
    pub to: Recipient,
    /// The invoice that it takes back, and why.
    pub credits: Option<Credits>,
    pub issued_at: DateTime<Utc>,
    /// By the last reminder, where there is one.
    pub due_on: NaiveDate,
    /// Where it is paid; `None` of a credit note, and of what was written before one could say so.
    pub payee: Option<Payee>,
    pub gross: Money,
    pub vat: Money,
    /// What is open; of a credit note, its own figures only.
    pub standing: InvoiceStanding,
    pub reminders: i64,
    pub lines: Vec<InvoiceLine>,
}

/// What a credit note takes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credits {
    pub invoice: Uuid,
    pub number: i64,
    pub reason: Bilingual,
}

/// Whom it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    pub name: String,
    pub business_id: Option<String>,
    pub email: String,
    pub address: Option<String>,
    pub e_invoice: Option<String>,
    pub language: Language,
}

impl Recipient {
    fn of(customer: &Customer) -> Self {
        Self {
            name: customer.name.clone(),
            business_id: customer.business_id.as_ref().map(ToString::to_string),
            email: customer.email.clone(),
            address: customer.address.clone(),
            e_invoice: customer.e_invoice.clone(),
            language: customer.language,
        }
    }
}

/// What a booking comes to, or what its use has cost afterwards.
#[derive(Debug, Clone)]
pub struct InvoiceLine {
    pub line: i64,
    pub booking: Uuid,
    pub reference: String,
    pub space: Arc<Space>,
    pub span: Span,
    /// The whole price: more than `gross` where it was cancelled and some of it given back.
    pub price: Money,
    /// What the use has cost afterwards, where the line is for that and not for the booked time.
    pub charge: Option<ChargedFor>,
    pub tax_point: NaiveDate,
    pub net: Money,
    pub vat_rate: VatRate,
    pub vat: Money,
    pub gross: Money,
    /// What a municipality's grant pays of `gross`, and the tax in that: the customer owes the rest.
    pub granted: Money,
    pub granted_vat: Money,
    /// The municipality that pays it, by its code.
    pub granted_by: Option<String>,
}

impl InvoiceLine {
    /// What the customer owes, and the tax in it.
    #[must_use]
    pub const fn owed(&self) -> (Money, Money) {
        (
            Money::new(self.gross.minor - self.granted.minor, self.gross.currency),
            Money::new(self.vat.minor - self.granted_vat.minor, self.vat.currency),
        )
    }
}

impl Invoice {
    /// `TORNIO-F12`: of all that its town has issued, this one.
    #[must_use]
    pub fn name(&self) -> String {
        name(&self.municipality, self.number)
    }

    /// What its customer still owes; nothing of a credit note, which nobody pays.
    #[must_use]
    pub const fn open(&self) -> Money {
        match self.credits {
            Some(_) => Money::new(0, self.gross.currency),
            None => self.standing.open(),
        }
    }

    /// What its payer writes on the transfer, in whichever form.
    #[must_use]
    pub fn base(&self) -> ReferenceBase {
        ReferenceBase::of_invoice(u32::try_from(self.number).unwrap_or_default())
    }
}

fn name(municipality: &str, number: i64) -> String {
    format!("{}-F{number}", municipality.to_uppercase())
}
