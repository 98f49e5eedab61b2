//! Invoices on the wire.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use vayla_services::{
    Services,
    invoice::{self, BankPayment},
    mail,
};

use super::super::{
    super::{
        instant::{Day, Instant},
        json::Whole,
        money::{Money, MoneyAsked},
        names::Id,
    },
    reason::ReasonGiven,
};

/// Up to which day use is invoiced.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// The code of the town.
    #[schema(example = "tornio")]
    pub municipality: String,
    /// One customer only.
    #[schema(nullable = false)]
    pub customer: Option<Id>,
    /// The last local day of use, itself included; what isn't over yet comes later.
    pub through: Day,
}

/// On whose account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OnAccount {
    pub customer: Id,
}

/// A fee, where there is one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reminding {
    #[schema(nullable = false)]
    pub fee: Option<MoneyAsked>,
}

/// Which lines, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Crediting {
    /// Without it, all that are left.
    #[schema(nullable = false, value_type = Option<Vec<u32>>, max_items = 1000)]
    pub lines: Option<Vec<Whole>>,
    pub reason: ReasonGiven,
}

/// A line of the bank's statement.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBankPayment {
    /// The code of the town whose account it is.
    #[schema(example = "tornio")]
    pub municipality: String,
    /// The bank's own name of the line.
    #[schema(min_length = 1, max_length = 100, example = "20261201-0001")]
    pub key: String,
    pub booked_on: Day,
    pub amount: MoneyAsked,
    /// As the payer has written it: OCR, viitenumero or RF.
    #[schema(max_length = 60, example = "2 00000 13")]
    pub reference: String,
}

/// Money on the bank account, and what it pays.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegisteredPayment {
    pub key: String,
    pub booked_on: NaiveDate,
    pub amount: Money,
    pub reference: String,
    /// Null while nobody knows what it is for.
    pub invoice: Option<Uuid>,
    /// What it pays of the invoice.
    pub applied: Money,
    /// What is owed to the payer.
    pub surplus: Money,
}

impl From<BankPayment> for RegisteredPayment {
    fn from(payment: BankPayment) -> Self {
        let (amount, applied) = (payment.amount, payment.applied);
        let surplus = vayla_domain::money::Money::new(amount.minor - applied.minor, amount.currency);
        Self {
            key: payment.key,
            booked_on: payment.booked_on,
            amount: amount.into(),
            reference: payment.reference,
            invoice: payment.invoice,
            applied: applied.into(),
            surplus: surplus.into(),
        }
    }
}

/// An invoice, or a credit note.
#[derive(Debug, Serialize, ToSchema)]
pub struct Invoice {
    pub id: Uuid,
    pub municipality: String,
    /// Its number in the town's row, and the same as people read it.
    pub number: i64,
    #[schema(example = "TORNIO-F12")]
    pub name: String,
    pub customer: Uuid,
    pub customer_name: String,
    /// The invoice that it takes back; null where it is an invoice.
    pub credits: Option<Uuid>,
    pub issued_at: Instant,
    /// By the last reminder, where there is one.
    pub due_on: NaiveDate,
    /// What all forms of its reference are made of.
    #[schema(example = "2000012")]
    pub reference_base: String,
    /// As the town's country writes it.
    #[schema(example = "20 00012 3")]
    pub reference: String,
    pub gross: Money,
    pub vat: Money,
    /// Of its reminders.
    pub fees: Money,
    /// Taken back by credit notes.
    pub credited: Money,
    pub paid: Money,
    /// What is still to be paid.
    pub open: Money,
    /// Where its payer reads it.
    #[schema(format = "uri")]
    pub url: String,
    /// Empty in a list.
    pub lines: Vec<InvoiceLine>,
}

/// What a booking comes to.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceLine {
    pub line: i64,
    pub booking: Uuid,
    pub booking_reference: String,
    pub start: Instant,
    pub end: Instant,
    /// How much of the price is charged: less than 100 where it was cancelled late.
    pub percent: i64,
    /// What the use has cost afterwards; null where the line is for the booked time.
    pub charge: Option<Uuid>,
    /// The day that decides the tax.
    pub tax_point: NaiveDate,
    pub net: Money,
    /// A percentage, or `exempt`.
    #[schema(example = "13.5")]
    pub vat_rate: String,
    pub vat: Money,
    pub gross: Money,
}

impl Invoice {
    pub fn new(services: &Services, invoice: invoice::Invoice) -> Self {
        let (catalogue, standing) = (services.catalogue(), invoice.standing);
        let town = catalogue.municipality(&invoice.municipality);
        let zone = town.map_or(chrono_tz::UTC, |town| town.zone);
        // A credit note is paid by nobody.
        let open = if invoice.credits.is_some() { 0 } else { standing.open().minor };
        Self {
            id: invoice.id,
            number: invoice.number,
            name: invoice.name(),
            customer: invoice.customer,
            customer_name: invoice.to.name.clone(),
            credits: invoice.credits.as_ref().map(|credits| credits.invoice),
            issued_at: Instant::new(invoice.issued_at, zone),
            due_on: invoice.due_on,
            reference_base: invoice.base().to_string(),
            reference: town.map(|town| invoice::reference(town, &invoice)).unwrap_or_default(),
            gross: invoice.gross.into(),
            vat: invoice.vat.into(),
            fees: standing.fees.into(),
            credited: standing.credited.into(),
            paid: standing.paid.into(),
            open: vayla_domain::money::Money::new(open, invoice.gross.currency).into(),
            url: mail::invoice_url(services, invoice.id, invoice.to.language),
            lines: invoice.lines.iter().map(|line| InvoiceLine::new(line, zone)).collect(),
            municipality: invoice.municipality,
        }
    }
}

impl InvoiceLine {
    fn new(line: &invoice::InvoiceLine, zone: chrono_tz::Tz) -> Self {
        Self {
            line: line.line,
            booking: line.booking,
            booking_reference: line.reference.clone(),
            start: Instant::new(line.span.start().start(), zone),
            end: Instant::new(line.span.end().start(), zone),
            percent: line.percent,
            charge: line.charge.as_ref().map(|charge| charge.id),
            tax_point: line.tax_point,
            net: line.net.into(),
            vat_rate: line.vat_rate.to_string(),
            vat: line.vat.into(),
            gross: line.gross.into(),
        }
    }
}
