//! What a customer owes, and may owe.

use uuid::Uuid;
use vayla_domain::money::Money;

use crate::{
    Services,
    customer::{self, Account},
    db::{DbError, Tx, within},
};

/// Whether a customer may owe so much more than now. Until the transaction ends nothing else is put on the account.
pub(crate) async fn may_owe_in(
    tx: &mut Tx,
    services: &Services,
    customer: Uuid,
    more: Money,
) -> Result<bool, DbError> {
    let account = customer::locked_in(tx, &services.catalogue(), customer).await?;
    let account = account.ok_or_else(|| DbError::corrupt(customer))?;
    has_credit_in(tx, &account, more).await
}

/// What costs nothing more is always within it; whoever is closed may owe nothing more.
pub(super) async fn has_credit_in(tx: &mut Tx, account: &Account, more: Money) -> Result<bool, DbError> {
    let open = account.closed_at.is_none();
    Ok(more.minor <= 0 || open && owed_in(tx, account).await? + more.minor <= account.customer.credit.minor)
}

/// What the customer owes: booked and not invoiced, invoiced and not paid.
async fn owed_in(tx: &mut Tx, account: &Account) -> Result<i64, DbError> {
    let booked: i64 = within!(&mut *tx, c => sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(total_minor - given_back_minor - COALESCE(granted.gross_minor, 0)), 0) AS BIGINT)
         FROM booking LEFT JOIN granted ON granted.booking_id = booking.id
         WHERE customer_id = $1 AND invoice_id IS NULL AND state IN ('confirmed', 'cancelled', 'no_show')")
        .bind(account.id).fetch_one(c).await)?;
    let charged: i64 = within!(&mut *tx, c => sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(gross_minor), 0) AS BIGINT) FROM use_charge
         WHERE customer_id = $1 AND invoice_id IS NULL AND credited_at IS NULL")
        .bind(account.id).fetch_one(c).await)?;
    let invoiced: i64 = within!(&mut *tx, c => sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(CASE WHEN credits IS NULL THEN gross_minor ELSE returned_minor - gross_minor END), 0)
             AS BIGINT) FROM invoice WHERE customer_id = $1")
        .bind(account.id).fetch_one(c).await)?;
    let fees: i64 = within!(&mut *tx, c => sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(CASE WHEN waived_at IS NULL THEN fee_minor ELSE invoice_reminder.returned_minor END), 0) AS BIGINT)
         FROM invoice_reminder
         JOIN invoice ON invoice.id = invoice_reminder.invoice_id WHERE customer_id = $1")
        .bind(account.id).fetch_one(c).await)?;
    let closed: i64 = within!(tx, c => sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(closed.minor), 0) AS BIGINT) FROM invoice JOIN (
             SELECT invoice_id, minor FROM invoice_paid
             UNION ALL SELECT invoice_id, minor FROM invoice_write_off WHERE undone_at IS NULL) AS closed
             ON closed.invoice_id = invoice.id WHERE customer_id = $1")
        .bind(account.id).fetch_one(c).await)?;
    Ok(booked + charged + invoiced + fees - closed)
}
