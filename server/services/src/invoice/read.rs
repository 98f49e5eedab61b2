//! Reads invoices back, with what has become of them.

use uuid::Uuid;

use super::{
    Invoice,
    row::{InvoiceRow, LineRow, SELECT_LINES, select},
};
use crate::{
    Services,
    catalogue::Catalogue,
    db::{DbError, Tx, on, within},
    staff::{LookError, Scope, Staff},
};

const SELECT: &str = select!("WHERE invoice.id = $1");

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
