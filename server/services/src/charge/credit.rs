//! Charges are taken back: before they are paid, after, or when they are on an invoice.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;
use vayla_domain::{
    Reason,
    booking::BookingState,
    ledger::{self, Event},
    money::{ChargeKind, Money},
};

use super::{UseCharge, find_in, locked_in, make::mark_in};
use crate::{
    Services, audit,
    booking::{self, Booking},
    db::{DbError, Tx, retried, within},
    deposit,
    invoice::{self, CreditError},
    ledger::{Entry, post_in},
    mail, payment,
    staff::{LookError, Scope, Staff, looks},
};

/// Why it isn't taken back.
#[derive(Debug, thiserror::Error)]
pub enum TakeBackError {
    #[error(transparent)]
    Look(#[from] LookError),
    #[error("it has been taken back")]
    Done,
}

looks!(TakeBackError);

/// Takes a charge back: what was paid of it goes back as it came, and one that is on an invoice gets a credit note.
/// The booker is told why. Who is charged for not coming has come after all.
///
/// # Errors
/// [`TakeBackError`]; then nothing has changed.
pub async fn take_back(
    services: &Services,
    staff: &Staff,
    charge: Uuid,
    reason: &Reason,
) -> Result<(Booking, UseCharge), TakeBackError> {
    retried(|| try_take_back(services, staff, charge, reason)).await
}

async fn try_take_back(
    services: &Services,
    staff: &Staff,
    charge: Uuid,
    reason: &Reason,
) -> Result<(Booking, UseCharge), TakeBackError> {
    staff.has(Scope::Charges).map_err(LookError::from)?;
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let id = find_in(&mut tx, charge).await?.ok_or(LookError::Unknown)?.booking;
    let booking = booking::locked_for_staff_in(&mut tx, services, (staff, Scope::Charges), id).await?;
    let charge = locked_in(&mut tx, charge).await?.ok_or(LookError::Unknown)?;
    if charge.credited.is_some() {
        return Err(TakeBackError::Done);
    }
    let refunds = match charge.invoice {
        Some(on) => {
            credit_on_invoice_in(&mut tx, services, staff, on, &charge, reason).await?;
            Vec::new()
        }
        None => {
            credited_in(&mut tx, charge.id, reason, now).await?;
            return_in(&mut tx, &booking, &charge, reason, now).await?
        }
    };
    let change = Change { number: charge.number, gross: charge.gross, refunds: &refunds, reason };
    audit::note_in(&mut tx, now, staff.actor(), "charge_taken_back", id, &change).await?;
    mail::charge_taken_back_in(&mut tx, services, &booking, &charge, &refunds, reason).await?;
    let charge = find_in(&mut tx, charge.id).await?.ok_or(LookError::Unknown)?;
    tx.commit().await?;
    Ok((booking, charge))
}

#[derive(Serialize)]
struct Change<'a> {
    number: i64,
    gross: Money,
    refunds: &'a [Money],
    reason: &'a Reason,
}

/// The claim goes, and with it what was paid of it, also by the deposit.
async fn return_in(
    tx: &mut Tx,
    booking: &Booking,
    charge: &UseCharge,
    reason: &Reason,
    now: DateTime<Utc>,
) -> Result<Vec<Money>, DbError> {
    if charge.customer.is_some() {
        return Ok(Vec::new()); // nothing of it is in the books before it is invoiced
    }
    let owner = &booking.space.facility.municipality.code;
    let source = format!("charge_credit:{}", charge.id);
    let entry = Entry { booking: Some(booking.id), ..Entry::new(now, Event::CreditNote, source) };
    post_in(tx, &entry, &ledger::claim_returned(owner, charge.gross, charge.vat)).await?;
    let refunds = payment::refund_use_charge_in(tx, booking, charge.id, reason, now).await?;
    let deposit = deposit::undo_in(tx, booking, charge, reason, now).await?;
    Ok(Money::by_currency(refunds.into_iter().chain(deposit)))
}

async fn credit_on_invoice_in(
    tx: &mut Tx,
    services: &Services,
    staff: &Staff,
    on: Uuid,
    charge: &UseCharge,
    reason: &Reason,
) -> Result<(), TakeBackError> {
    match invoice::credit_charge_in(tx, services, staff.actor(), on, charge.id, reason).await {
        Ok(()) => Ok(()),
        Err(CreditError::Look(error)) => Err(error.into()),
        Err(CreditError::IsCredit | CreditError::NothingLeft | CreditError::Line(_)) => {
            Err(TakeBackError::Done)
        }
    }
}

/// Notes that it is taken back, by whatever way. Whoever was charged for not coming has come.
pub(crate) async fn credited_in(
    tx: &mut Tx,
    charge: Uuid,
    reason: &Reason,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let known = find_in(tx, charge).await?.ok_or_else(|| DbError::corrupt(charge))?;
    within!(&mut *tx, c => sqlx::query(
        "UPDATE use_charge SET credited_at = $2, credited_sv = $3, credited_fi = $4 WHERE id = $1")
        .bind(charge).bind(now).bind(&reason.texts().sv).bind(&reason.texts().fi).execute(c).await.map(drop))?;
    if known.entry.kind == ChargeKind::NoShow {
        mark_in(tx, known.booking, BookingState::NoShow, BookingState::Confirmed).await?;
    }
    Ok(())
}
