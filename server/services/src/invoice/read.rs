//! Reads invoices back, with what has become of them.

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

use super::{Credits, Invoice, InvoiceLine};
use crate::{
    Services,
    catalogue::Catalogue,
    charge::ChargedFor,
    db::{DbError, Tx, on, parse, within},
    staff::{LookError, Scope, Staff},
};

/// Invoices with their sums; which of them is said behind it.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT invoice.id, invoice.municipality, invoice.number, invoice.customer_id, invoice.customer,
                invoice.credits, credited.number AS credited_number, invoice.reason_sv, invoice.reason_fi,
                invoice.issued_at, invoice.currency, invoice.gross_minor, invoice.vat_minor,
                COALESCE((SELECT MAX(due_on) FROM invoice_reminder WHERE invoice_id = invoice.id), invoice.due_on)
                    AS due_on,
                (SELECT COUNT(*) FROM invoice_reminder WHERE invoice_id = invoice.id) AS reminders,
                (SELECT CAST(COALESCE(SUM(fee_minor), 0) AS BIGINT) FROM invoice_reminder
                 WHERE invoice_id = invoice.id) AS fees_minor,
                (SELECT CAST(COALESCE(SUM(note.gross_minor), 0) AS BIGINT) FROM invoice AS note
                 WHERE note.credits = invoice.id) AS credited_minor,
                (SELECT CAST(COALESCE(SUM(note.returned_minor), 0) AS BIGINT) FROM invoice AS note
                 WHERE note.credits = invoice.id) AS returned_minor,
                (SELECT CAST(COALESCE(SUM(applied_minor), 0) AS BIGINT) FROM bank_payment
                 WHERE invoice_id = invoice.id) AS paid_minor
            FROM invoice LEFT JOIN invoice AS credited ON credited.id = invoice.credits ",
            $which
        )
    };
}

const SELECT: &str = select!("WHERE invoice.id = $1");
const SELECT_LINES: &str = "SELECT line, invoice_line.booking_id, reference, invoice_line.space_id, invoice_line.start_quarter,
    invoice_line.end_quarter, percent, tax_point, invoice_line.net_minor, invoice_line.vat_rate, invoice_line.vat_minor,
    invoice_line.gross_minor, use_charge_id, use_charge.entry, use_charge.basis
    FROM invoice_line JOIN booking ON booking.id = invoice_line.booking_id
    LEFT JOIN use_charge ON use_charge.id = invoice_line.use_charge_id
    WHERE invoice_line.invoice_id = $1 ORDER BY line";

/// # Errors
/// When the database can't be read.
pub async fn find(services: &Services, id: Uuid) -> Result<Option<Invoice>, DbError> {
    let row: Option<InvoiceRow> =
        on!(&services.db, c => sqlx::query_as(SELECT).bind(id).fetch_optional(c).await)?;
    let Some(row) = row else { return Ok(None) };
    let lines: Vec<LineRow> =
        on!(&services.db, c => sqlx::query_as(SELECT_LINES).bind(id).fetch_all(c).await)?;
    row.into_invoice(&services.catalogue(), lines).map(Some)
}

/// The same, for staff.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn find_for_staff(services: &Services, staff: &Staff, id: Uuid) -> Result<Invoice, LookError> {
    staff.has(Scope::Invoices)?;
    let invoice = find(services, id).await?.ok_or(LookError::Unknown)?;
    let catalogue = services.catalogue();
    staff
        .may_in(Scope::Invoices, catalogue.municipality(&invoice.municipality).ok_or(LookError::Unknown)?)?;
    Ok(invoice)
}

/// The invoice, which nobody else pays or takes back until the transaction ends.
pub(super) async fn locked_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    id: Uuid,
) -> Result<Option<Invoice>, DbError> {
    within!(&mut *tx, c => sqlx::query("UPDATE invoice SET number = number WHERE id = $1")
        .bind(id).execute(c).await.map(drop))?;
    let row: Option<InvoiceRow> =
        within!(&mut *tx, c => sqlx::query_as(SELECT).bind(id).fetch_optional(c).await)?;
    let Some(row) = row else { return Ok(None) };
    let lines: Vec<LineRow> = within!(tx, c => sqlx::query_as(SELECT_LINES).bind(id).fetch_all(c).await)?;
    row.into_invoice(catalogue, lines).map(Some)
}

/// The same, for staff who may see and change it.
pub(super) async fn open_in(
    tx: &mut Tx,
    services: &Services,
    staff: &Staff,
    id: Uuid,
) -> Result<Invoice, LookError> {
    staff.has(Scope::Invoices)?;
    let catalogue = services.catalogue();
    let invoice = locked_in(tx, &catalogue, id).await?.ok_or(LookError::Unknown)?;
    let town = catalogue.municipality(&invoice.municipality).ok_or(LookError::Unknown)?;
    staff.may_in(Scope::Invoices, town)?;
    Ok(invoice)
}

/// The invoice of a town by its number; `None` also for a credit note, which nobody pays.
pub(super) async fn numbered_in(
    tx: &mut Tx,
    municipality: &str,
    number: u32,
) -> Result<Option<Uuid>, DbError> {
    Ok(within!(tx, c => sqlx::query_scalar(
        "SELECT id FROM invoice WHERE municipality = $1 AND number = $2 AND credits IS NULL")
        .bind(municipality).bind(i64::from(number)).fetch_optional(c).await)?)
}

/// A town's invoices and credit notes after a number, without their lines.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn list(
    services: &Services,
    staff: &Staff,
    municipality: &str,
    after: i64,
    limit: usize,
) -> Result<crate::Batch<Invoice>, LookError> {
    staff.has(Scope::Invoices)?;
    let catalogue = services.catalogue();
    let town = catalogue.municipality(municipality).ok_or(LookError::Unknown)?;
    staff.may_in(Scope::Invoices, town)?;
    let rows: Vec<InvoiceRow> = on!(&services.db, c => sqlx::query_as(select!(
        "WHERE invoice.municipality = $1 AND invoice.number > $2 ORDER BY invoice.number LIMIT $3"))
        .bind(&town.code).bind(after).bind(crate::Batch::<Invoice>::to_look_for(limit)).fetch_all(c).await)
    .map_err(DbError::from)?;
    let invoices: Result<Vec<_>, DbError> =
        rows.into_iter().map(|row| row.into_invoice(&catalogue, Vec::new())).collect();
    Ok(crate::Batch::of(invoices?, limit))
}

#[derive(FromRow)]
struct InvoiceRow {
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
    currency: String,
    gross_minor: i64,
    vat_minor: i64,
    due_on: NaiveDate,
    reminders: i64,
    fees_minor: i64,
    credited_minor: i64,
    returned_minor: i64,
    paid_minor: i64,
}

#[derive(FromRow)]
struct LineRow {
    line: i64,
    booking_id: Uuid,
    reference: String,
    space_id: Uuid,
    start_quarter: i64,
    end_quarter: i64,
    percent: i64,
    tax_point: NaiveDate,
    net_minor: i64,
    vat_rate: String,
    vat_minor: i64,
    gross_minor: i64,
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
    fn into_invoice(self, catalogue: &Catalogue, lines: Vec<LineRow>) -> Result<Invoice, DbError> {
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
            gross: money(self.gross_minor),
            vat: money(self.vat_minor),
            standing: InvoiceStanding {
                gross: money(self.gross_minor),
                fees: money(self.fees_minor),
                credited: money(self.credited_minor),
                paid: money(self.paid_minor),
                returned: money(self.returned_minor),
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
            percent: self.percent,
            charge: self.charge.into_charge()?,
            tax_point: self.tax_point,
            net: money(self.net_minor),
            vat_rate: parse(&self.vat_rate)?,
            vat: money(self.vat_minor),
            gross: money(self.gross_minor),
        })
    }
}
