//! Invoices' rows, and what they hold.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::{
    Bilingual,
    invoice::InvoiceStanding,
    money::{Currency, Money},
    time::{Quarter, Span},
};

use super::{Credits, Invoice, InvoiceLine, payee};
use crate::{
    catalogue::Catalogue,
    charge::ChargedFor,
    db::{DbError, parse},
};

/// Invoices with their sums; which of them is said behind it.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT invoice.id, invoice.municipality, invoice.number, invoice.customer_id, invoice.customer,
                invoice.credits, credited.number AS credited_number, invoice.reason_sv, invoice.reason_fi,
                invoice.issued_at, invoice.payee, invoice.currency, invoice.gross_minor, invoice.vat_minor,
                COALESCE((SELECT MAX(due_on) FROM invoice_reminder WHERE invoice_id = invoice.id), invoice.due_on)
                    AS due_on,
                (SELECT COUNT(*) FROM invoice_reminder WHERE invoice_id = invoice.id) AS reminders,
                (SELECT CAST(COALESCE(SUM(fee_minor), 0) AS BIGINT) FROM invoice_reminder
                 WHERE invoice_id = invoice.id AND waived_at IS NULL) AS fees_minor,
                (SELECT CAST(COALESCE(SUM(note.gross_minor), 0) AS BIGINT) FROM invoice AS note
                 WHERE note.credits = invoice.id) AS credited_minor,
                (SELECT CAST(COALESCE(SUM(note.returned_minor), 0) AS BIGINT) FROM invoice AS note
                 WHERE note.credits = invoice.id)
                + (SELECT CAST(COALESCE(SUM(returned_minor), 0) AS BIGINT) FROM invoice_reminder
                   WHERE invoice_id = invoice.id) AS returned_minor,
                (SELECT CAST(COALESCE(SUM(applied_minor), 0) AS BIGINT) FROM bank_payment
                 WHERE invoice_id = invoice.id)
                + (SELECT CAST(COALESCE(SUM(minor), 0) AS BIGINT) FROM owed_spent
                   WHERE invoice_id = invoice.id) AS paid_minor,
                (SELECT CAST(COALESCE(SUM(minor), 0) AS BIGINT) FROM invoice_write_off
                 WHERE invoice_id = invoice.id AND undone_at IS NULL) AS written_off_minor
            FROM invoice LEFT JOIN invoice AS credited ON credited.id = invoice.credits ",
            $which
        )
    };
}

pub(super) use select;

pub(super) const SELECT_LINES: &str = "SELECT line, invoice_line.booking_id, reference, invoice_line.space_id, invoice_line.start_quarter,
    invoice_line.end_quarter, price_minor, tax_point, invoice_line.net_minor, invoice_line.vat_rate, invoice_line.vat_minor,
    invoice_line.gross_minor, granted_minor, granted_vat_minor, use_charge_id, use_charge.entry, use_charge.basis,
    CASE WHEN granted_minor > 0 THEN
        (SELECT MIN(town_grant.municipality) FROM grant_use JOIN town_grant ON town_grant.id = grant_use.grant_id
         WHERE grant_use.booking_id = invoice_line.booking_id AND grant_use.state = 'given') END AS granted_by
    FROM invoice_line JOIN booking ON booking.id = invoice_line.booking_id
    LEFT JOIN use_charge ON use_charge.id = invoice_line.use_charge_id
    WHERE invoice_line.invoice_id = $1 ORDER BY line";

#[derive(FromRow)]
pub(super) struct InvoiceRow {
    id: Uuid,
    municipality: String,
    number: i64,
    customer_id: Uuid,
    customer: String,
    credits: Option<Uuid>,
    credited_number: Option<i64>,
    reason_sv: Option<String>,
    reason_fi: Option<String>,
    issued_at: DateTime<Utc>,
    payee: Option<String>,
    currency: String,
    gross_minor: i64,
    vat_minor: i64,
    due_on: NaiveDate,
    reminders: i64,
    fees_minor: i64,
    credited_minor: i64,
    returned_minor: i64,
    paid_minor: i64,
    written_off_minor: i64,
}

#[derive(FromRow)]
pub(super) struct LineRow {
    line: i64,
    booking_id: Uuid,
    reference: String,
    space_id: Uuid,
    start_quarter: i64,
    end_quarter: i64,
    price_minor: i64,
    tax_point: NaiveDate,
    net_minor: i64,
    vat_rate: String,
    vat_minor: i64,
    gross_minor: i64,
    granted_minor: i64,
    granted_vat_minor: i64,
    granted_by: Option<String>,
    #[sqlx(flatten)]
    charge: LineChargeRow,
}

/// All are there, or none.
#[derive(FromRow)]
struct LineChargeRow {
    use_charge_id: Option<Uuid>,
    entry: Option<String>,
    basis: Option<String>,
}

impl LineChargeRow {
    fn into_charge(self) -> Result<Option<ChargedFor>, DbError> {
        let (Some(id), Some(entry), Some(basis)) = (self.use_charge_id, self.entry, self.basis) else {
            return Ok(None);
        };
        Ok(Some(ChargedFor {
            id,
            entry: serde_json::from_str(&entry).map_err(DbError::corrupt)?,
            basis: serde_json::from_str(&basis).map_err(DbError::corrupt)?,
        }))
    }
}

impl InvoiceRow {
    pub(super) fn into_invoice(self, catalogue: &Catalogue, lines: Vec<LineRow>) -> Result<Invoice, DbError> {
        let currency: Currency = parse(&self.currency)?;
        let money = |minor| Money::new(minor, currency);
        let reason = self.reason_sv.zip(self.reason_fi).map(|(sv, fi)| Bilingual { sv, fi });
        let credits = self.credits.zip(self.credited_number).zip(reason);
        Ok(Invoice {
            id: self.id,
            municipality: self.municipality,
            number: self.number,
            customer: self.customer_id,
            to: serde_json::from_str(&self.customer).map_err(DbError::corrupt)?,
            credits: credits.map(|((invoice, number), reason)| Credits { invoice, number, reason }),
            issued_at: self.issued_at,
            due_on: self.due_on,
            payee: self.payee.as_deref().map(payee::read).transpose()?,
            gross: money(self.gross_minor),
            vat: money(self.vat_minor),
            standing: InvoiceStanding {
                gross: money(self.gross_minor),
                fees: money(self.fees_minor),
                credited: money(self.credited_minor),
                paid: money(self.paid_minor),
                returned: money(self.returned_minor),
                written_off: money(self.written_off_minor),
            },
            reminders: self.reminders,
            lines: lines
                .into_iter()
                .map(|line| line.into_line(catalogue, currency))
                .collect::<Result<_, _>>()?,
        })
    }
}

impl LineRow {
    fn into_line(self, catalogue: &Catalogue, currency: Currency) -> Result<InvoiceLine, DbError> {
        let money = |minor| Money::new(minor, currency);
        let space = catalogue.space(self.space_id).ok_or_else(|| DbError::corrupt(self.space_id))?;
        let span = Span::new(Quarter(self.start_quarter), Quarter(self.end_quarter));
        Ok(InvoiceLine {
            line: self.line,
            booking: self.booking_id,
            reference: self.reference,
            space: Arc::clone(space),
            span: span.ok_or_else(|| DbError::corrupt("an empty span"))?,
            price: money(self.price_minor),
            charge: self.charge.into_charge()?,
            tax_point: self.tax_point,
            net: money(self.net_minor),
            vat_rate: parse(&self.vat_rate)?,
            vat: money(self.vat_minor),
            gross: money(self.gross_minor),
            granted: money(self.granted_minor),
            granted_vat: money(self.granted_vat_minor),
            granted_by: self.granted_by,
        })
    }
}
