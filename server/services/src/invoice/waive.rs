//! A reminder's fee is waived: nobody asks for it any more.

use serde::Serialize;
use uuid::Uuid;
use vayla_domain::{
    Reason,
    ledger::{self, Event},
    money::Money,
};

use super::{
    Invoice,
    read::{locked_in, open_in},
    write_off::undo_in,
};
use crate::{
    Services,
    audit::{self, Subject},
    db::{DbError, Tx, retried, within},
    ledger::{Entry, post_in},
    mail,
    staff::{LookError, Staff, looks},
};

/// Why nothing is waived.
#[derive(Debug, thiserror::Error)]
pub enum WaiveError {
    #[error(transparent)]
    Look(#[from] LookError),
    /// There is no such reminder, it had no fee, or that has been waived before.
    #[error("that reminder has no fee to waive")]
    NoFee,
}

looks!(WaiveError);

/// Waives the fee of an invoice's reminder, by its number, and tells the customer why. What had been paid of it is
/// owed to the payer. A fee carries no tax, so that there is no credit note.
///
/// # Errors
/// [`WaiveError`]; then nothing has changed.
pub async fn waive(
    services: &Services,
    staff: &Staff,
    invoice: Uuid,
    reminder: i64,
    reason: &Reason,
) -> Result<Invoice, WaiveError> {
    retried(|| try_waive(services, staff, invoice, reminder, reason)).await
}

async fn try_waive(
    services: &Services,
    staff: &Staff,
    id: Uuid,
    number: i64,
    reason: &Reason,
) -> Result<Invoice, WaiveError> {
    let (now, mut tx, catalogue) = (services.clock.now(), services.db.begin().await?, services.catalogue());
    let invoice = open_in(&mut tx, services, staff, id).await?;
    let fee = fee_in(&mut tx, &invoice, number).await?.ok_or(WaiveError::NoFee)?;
    let invoice = undo_in(&mut tx, services, invoice, now).await?;
    let returned = invoice.standing.credit(fee);
    within!(&mut tx, c => sqlx::query(
        "UPDATE invoice_reminder SET waived_at = $3, reason_sv = $4, reason_fi = $5, returned_minor = $6
         WHERE invoice_id = $1 AND number = $2")
        .bind(id).bind(number).bind(now).bind(&reason.texts().sv).bind(&reason.texts().fi).bind(returned.minor)
        .execute(c).await.map(drop))
    .map_err(DbError::from)?;
    let entry = Entry::new(now, Event::CreditNote, format!("waived:{id}:{number}"));
    let mut postings = ledger::claim_returned(&invoice.municipality, fee, Money::new(0, fee.currency));
    postings.extend(ledger::claim_overpaid(&invoice.municipality, returned));
    post_in(&mut tx, &entry, &postings).await?;
    let change = Change { number, fee, reason };
    audit::note_about_in(&mut tx, now, staff.actor(), "fee_waived", Subject::Invoice(id), &change).await?;
    let waived = locked_in(&mut tx, &catalogue, id).await?.ok_or_else(|| DbError::corrupt(id))?;
    mail::waived_in(&mut tx, services, &waived, fee, reason).await?;
    tx.commit().await?;
    Ok(waived)
}

#[derive(Serialize)]
struct Change<'a> {
    number: i64,
    fee: Money,
    reason: &'a Reason,
}

/// The fee that is asked for with a reminder.
async fn fee_in(tx: &mut Tx, invoice: &Invoice, number: i64) -> Result<Option<Money>, DbError> {
    let minor: Option<i64> = within!(tx, c => sqlx::query_scalar(
        "SELECT fee_minor FROM invoice_reminder
         WHERE invoice_id = $1 AND number = $2 AND fee_minor > 0 AND waived_at IS NULL")
        .bind(invoice.id).bind(number).fetch_optional(c).await)?;
    Ok(minor.map(|minor| Money::new(minor, invoice.gross.currency)))
}
