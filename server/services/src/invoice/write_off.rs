//! What little is open of an invoice is written off: asking for it costs more than it is.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;
use vayla_domain::{
    Reason,
    invoice::trifle,
    ledger::{self, Event, correction},
    money::Money,
};

use super::{
    Invoice,
    read::{locked_in, open_in},
};
use crate::{
    Services,
    audit::{self, Subject},
    db::{DbError, Tx, retried, within},
    ledger::{Entry, post_in},
    staff::{LookError, Staff, looks},
};

/// Why nothing is written off.
#[derive(Debug, thiserror::Error)]
pub enum WriteOffError {
    #[error(transparent)]
    Look(#[from] LookError),
    #[error("nothing is open of the invoice")]
    NothingOpen,
    /// So much at most is.
    #[error("only what is {} {} at most is written off", .0.wire(), .0.currency)]
    TooMuch(Money),
}

looks!(WriteOffError);

/// Writes off what is open of an invoice, where that is little: nobody is asked for it any more. Once it is written
/// off, the same again has no effect.
///
/// # Errors
/// [`WriteOffError`]; then nothing has changed.
pub async fn write_off(
    services: &Services,
    staff: &Staff,
    invoice: Uuid,
    reason: &Reason,
) -> Result<Invoice, WriteOffError> {
    retried(|| try_write_off(services, staff, invoice, reason)).await
}

async fn try_write_off(
    services: &Services,
    staff: &Staff,
    id: Uuid,
    reason: &Reason,
) -> Result<Invoice, WriteOffError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let invoice = open_in(&mut tx, services, staff, id).await?;
    let (standing, open) = (&invoice.standing, invoice.standing.open());
    match open.minor {
        _ if invoice.credits.is_some() => return Err(WriteOffError::NothingOpen),
        0 if standing.written_off.minor > 0 => return Ok(invoice),
        0 => return Err(WriteOffError::NothingOpen),
        _ if !standing.is_trifling() => return Err(WriteOffError::TooMuch(trifle(open.currency))),
        _ => {}
    }
    let vat = standing.open_vat(vat_left_in(&mut tx, &invoice).await?);
    insert_in(&mut tx, services, &invoice, (open, vat), reason, now).await?;
    let change = Change { amount: open, reason };
    audit::note_about_in(&mut tx, now, staff.actor(), "written_off", Subject::Invoice(id), &change).await?;
    let invoice = again_in(&mut tx, services, id).await?;
    tx.commit().await?;
    Ok(invoice)
}

#[derive(Serialize)]
struct Change<'a> {
    amount: Money,
    reason: &'a Reason,
}

async fn again_in(tx: &mut Tx, services: &Services, id: Uuid) -> Result<Invoice, DbError> {
    locked_in(tx, &services.catalogue(), id).await?.ok_or_else(|| DbError::corrupt(id))
}

/// The tax in what hasn't been credited.
async fn vat_left_in(tx: &mut Tx, invoice: &Invoice) -> Result<Money, DbError> {
    let credited: i64 = within!(tx, c => sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(vat_minor), 0) AS BIGINT) FROM invoice WHERE credits = $1")
        .bind(invoice.id).fetch_one(c).await)?;
    Ok(Money::new(invoice.vat.minor - credited, invoice.vat.currency))
}

async fn insert_in(
    tx: &mut Tx,
    services: &Services,
    invoice: &Invoice,
    (amount, vat): (Money, Money),
    reason: &Reason,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let id = services.new_id();
    within!(&mut *tx, c => sqlx::query(
        "INSERT INTO invoice_write_off (id, invoice_id, minor, vat_minor, reason_sv, reason_fi, written_off_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(id).bind(invoice.id).bind(amount.minor).bind(vat.minor).bind(&reason.texts().sv)
        .bind(&reason.texts().fi).bind(now).execute(c).await.map(drop))?;
    let entry = Entry::new(now, Event::WrittenOff, format!("written_off:{id}"));
    post_in(tx, &entry, &ledger::written_off(&invoice.municipality, amount, vat)).await.map(drop)
}

/// What was written off of an invoice is open again: it is about to be paid after all, or some of it taken back, and
/// what is owed to the payer then is what they have paid.
pub(super) async fn undo_in(
    tx: &mut Tx,
    services: &Services,
    invoice: Invoice,
    now: DateTime<Utc>,
) -> Result<Invoice, DbError> {
    let known: Option<(Uuid, i64, i64)> = within!(&mut *tx, c => sqlx::query_as(
        "SELECT id, minor, vat_minor FROM invoice_write_off WHERE invoice_id = $1 AND undone_at IS NULL")
        .bind(invoice.id).fetch_optional(c).await)?;
    let Some((id, minor, vat)) = known else { return Ok(invoice) };
    within!(&mut *tx, c => sqlx::query("UPDATE invoice_write_off SET undone_at = $2 WHERE id = $1")
        .bind(id).bind(now).execute(c).await.map(drop))?;
    let money = |minor| Money::new(minor, invoice.gross.currency);
    let postings = correction(ledger::written_off(&invoice.municipality, money(minor), money(vat)));
    let entry = Entry::new(now, Event::Correction, format!("written_off_undone:{id}"));
    post_in(tx, &entry, &postings).await?;
    again_in(tx, services, invoice.id).await
}
