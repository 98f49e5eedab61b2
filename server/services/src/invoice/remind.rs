//! Reminders of what is overdue.

use chrono::TimeDelta;
use uuid::Uuid;
use vayla_domain::{
    ledger::{self, Event},
    money::Money,
};

use super::{
    Invoice,
    read::{locked_in, open_in},
};
use crate::{
    Services,
    audit::{self, Subject},
    db::{DbError, retried, within},
    ledger::{Entry, post_in},
    mail,
    staff::{LookError, Staff, looks},
};

pub const REMINDERS_MAX: i64 = 3;
/// How long there is to pay from then on.
const DAYS: i64 = 10;
/// A slip of the pen isn't a fee.
const FEE_MAX: i64 = 100_00;

/// Why nobody is reminded.
#[derive(Debug, thiserror::Error)]
pub enum RemindError {
    #[error(transparent)]
    Look(#[from] LookError),
    #[error("nothing is overdue")]
    NotOverdue,
    #[error("reminded {REMINDERS_MAX} times already")]
    TooOften,
    #[error("a fee is in the invoice's currency, and at most 100")]
    Fee,
}

looks!(RemindError);

/// Reminds the customer of an overdue invoice, with a new day to pay by and a fee where one is asked for. A fee
/// carries no tax.
///
/// # Errors
/// [`RemindError`]; then nothing has changed.
pub async fn remind(
    services: &Services,
    staff: &Staff,
    invoice: Uuid,
    fee: Option<Money>,
) -> Result<Invoice, RemindError> {
    retried(|| try_remind(services, staff, invoice, fee)).await
}

async fn try_remind(
    services: &Services,
    staff: &Staff,
    id: Uuid,
    fee: Option<Money>,
) -> Result<Invoice, RemindError> {
    let (now, mut tx, catalogue) = (services.clock.now(), services.db.begin().await?, services.catalogue());
    let invoice = open_in(&mut tx, services, staff, id).await?;
    let town = catalogue.municipality(&invoice.municipality).ok_or(LookError::Unknown)?;
    let today = now.with_timezone(&town.zone).date_naive();
    let fee = fee.unwrap_or_else(|| Money::new(0, invoice.gross.currency));
    if invoice.credits.is_some() || invoice.standing.open().minor <= 0 || today <= invoice.due_on {
        return Err(RemindError::NotOverdue);
    }
    if invoice.reminders >= REMINDERS_MAX {
        return Err(RemindError::TooOften);
    }
    if fee.currency != invoice.gross.currency || !(0..=FEE_MAX).contains(&fee.minor) {
        return Err(RemindError::Fee);
    }
    let number = invoice.reminders + 1;
    within!(&mut tx, c => sqlx::query(
        "INSERT INTO invoice_reminder (invoice_id, number, sent_at, due_on, fee_minor) VALUES ($1, $2, $3, $4, $5)")
        .bind(id).bind(number).bind(now).bind(today + TimeDelta::days(DAYS)).bind(fee.minor)
        .execute(c).await.map(drop))
    .map_err(DbError::from)?;
    if fee.minor > 0 {
        let entry = Entry::new(now, Event::Charge, format!("reminder:{id}:{number}"));
        let nothing = Money::new(0, fee.currency);
        post_in(&mut tx, &entry, &ledger::claim(&invoice.municipality, fee, nothing)).await?;
    }
    let reminded = locked_in(&mut tx, &catalogue, id).await?.ok_or_else(|| DbError::corrupt(id))?;
    audit::note_about_in(&mut tx, now, staff.actor(), "reminded", Subject::Invoice(id), &fee).await?;
    mail::reminder_in(&mut tx, services, &reminded).await?;
    tx.commit().await?;
    Ok(reminded)
}
