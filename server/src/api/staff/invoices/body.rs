//! Invoices on the wire.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use vayla_services::{
    Services,
    invoice::{self, PaySlip},
    mail,
};

use super::{
    super::{
        super::{
            instant::{Day, Instant},
            json::Whole,
            money::{Money, MoneyAsked},
            names::Id,
        },
        reason::ReasonGiven,
    },
    payee::InvoicePayee,
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

/// Which reminder's fee, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiving {
    /// The number of the reminder: 1 is the first.
    #[schema(value_type = u32, minimum = 1, example = 1)]
    pub reminder: Whole,
    pub reason: ReasonGiven,
}

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WritingOff {
    pub reason: ReasonGiven,
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
    /// What the customer owes for it, and the tax in that: the lines less what grants pay of them.
    pub gross: Money,
    pub vat: Money,
    /// How many reminders have been sent.
    pub reminders: i64,
    /// Of its reminders, without what has been waived.
    pub fees: Money,
    /// Taken back by credit notes.
    pub credited: Money,
    pub paid: Money,
    /// What nobody asks for any more, as it is too little.
    pub written_off: Money,
    /// What is still to be paid.
    pub open: Money,
    /// How that is paid; null where nothing is open.
    pub payment: Option<InvoicePayment>,
    /// Where its payer reads it.
    #[schema(format = "uri")]
    pub url: String,
    /// Empty in a list.
    pub lines: Vec<InvoiceLine>,
}

/// What whoever pays it needs, for themselves and for their bank.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoicePayment {
    /// Whom one pays.
    #[schema(example = "Tornion kaupunki")]
    pub name: String,
    pub payee: InvoicePayee,
    /// The Finnish bank barcode as text: 54 digits, version 4.
    pub virtual_barcode: Option<String>,
    /// The text in the QR code of a transfer in euros (EPC069-12, version 002).
    pub epc: Option<String>,
    /// The line that scanners read in Sweden.
    #[schema(example = "# 200000297 # 1200 00 5 > 9912346#41#")]
    pub ocr_line: Option<String>,
}

impl From<PaySlip> for InvoicePayment {
    fn from(slip: PaySlip) -> Self {
        Self {
            name: slip.name,
            payee: slip.payee.into(),
            virtual_barcode: slip.virtual_barcode,
            epc: slip.epc,
            ocr_line: slip.ocr_line,
        }
    }
}

/// What a booking comes to.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceLine {
    pub line: i64,
    pub booking: Uuid,
    pub booking_reference: String,
    pub start: Instant,
    pub end: Instant,
    /// The whole price: more than `gross` where it was cancelled and some of it given back.
    pub price: Money,
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
    /// What a municipality's grant pays of `gross`: the customer owes the rest, and the invoice is the sum of that.
    pub granted: Money,
    /// The tax in that.
    pub granted_vat: Money,
    /// That municipality, by its code; null where no grant pays.
    #[schema(example = "tornio")]
    pub granted_by: Option<String>,
}

impl Invoice {
    pub fn new(services: &Services, invoice: invoice::Invoice) -> Self {
        let (catalogue, standing) = (services.catalogue(), invoice.standing);
        let town = catalogue.municipality(&invoice.municipality);
        let zone = town.map_or(chrono_tz::UTC, |town| town.zone);
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
            reminders: invoice.reminders,
            fees: standing.fees.into(),
            credited: standing.credited.into(),
            paid: standing.paid.into(),
            written_off: standing.written_off.into(),
            open: invoice.open().into(),
            payment: town.and_then(|town| PaySlip::of(town, &invoice)).map(InvoicePayment::from),
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
            price: line.price.into(),
            charge: line.charge.as_ref().map(|charge| charge.id),
            tax_point: line.tax_point,
            net: line.net.into(),
            vat_rate: line.vat_rate.to_string(),
            vat: line.vat.into(),
            gross: line.gross.into(),
            granted: line.granted.into(),
            granted_vat: line.granted_vat.into(),
            granted_by: line.granted_by.clone(),
        }
    }
}
