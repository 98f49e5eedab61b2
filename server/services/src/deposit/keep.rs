//! A deposit pays what the use has cost, as far as it goes.

use chrono::{DateTime, Utc};
use vayla_domain::{
    Reason,
    deposit::{Claim, keep},
    ledger::{self, Event, PaymentFacts, correction},
    money::{Money, Rate},
};

use super::{HeldDeposit, back::back_in, of_booking_in};
use crate::{
    booking::Booking,
    charge::UseCharge,
    db::{DbError, Tx, within},
    ledger::{Entry, post_in},
    payment::RefundWhy,
};

/// What a deposit pays of a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    pub pays: Claim,
    /// In the currency that it came in.
    pub paid: Money,
    /// The charge has been taken back, and that has gone back.
    pub undone: bool,
}

/// Has the booking's deposit pay of a charge that is made what it can; nothing where none is left.
pub(crate) async fn keep_in(
    tx: &mut Tx,
    booking: &Booking,
    charge: &UseCharge,
    now: DateTime<Utc>,
) -> Result<Option<Kept>, DbError> {
    let Some(deposit) = of_booking_in(tx, booking.id).await? else { return Ok(None) };
    let Some((pays, share)) = keep(&charge.claim(), deposit.left()) else { return Ok(None) };
    let kept = Kept { pays, paid: share.paid, undone: false };
    within!(&mut *tx, c => sqlx::query(
        "INSERT INTO deposit_keep (use_charge_id, booking_id, gross_minor, vat_minor, other_minor, minor, currency)
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(charge.id).bind(booking.id).bind(pays.gross.minor).bind(pays.vat.minor)
        .bind(pays.other.map(|other| other.minor)).bind(kept.paid.minor).bind(kept.paid.currency.to_string())
        .execute(c).await.map(drop))?;
    add_in(tx, &deposit, kept.paid.minor).await?;
    let entry = entry(booking, charge, Event::DepositKept, "deposit_keep", &kept, now);
    post_in(tx, &entry, &ledger::deposit_kept(&facts(booking, &deposit, &kept))).await?;
    Ok(Some(kept))
}

/// The charge is taken back: what the deposit paid of it is held again, and goes back at once. What that is.
pub(crate) async fn undo_in(
    tx: &mut Tx,
    booking: &Booking,
    charge: &UseCharge,
    reason: &Reason,
    now: DateTime<Utc>,
) -> Result<Option<Money>, DbError> {
    let Some(kept) = charge.kept.filter(|kept| !kept.undone) else { return Ok(None) };
    let deposit = of_booking_in(tx, booking.id).await?.ok_or_else(|| DbError::corrupt(charge.id))?;
    within!(&mut *tx, c => sqlx::query("UPDATE deposit_keep SET undone_at = $2 WHERE use_charge_id = $1")
        .bind(charge.id).bind(now).execute(c).await.map(drop))?;
    add_in(tx, &deposit, -kept.paid.minor).await?;
    let entry = entry(booking, charge, Event::Correction, "deposit_keep_undone", &kept, now);
    let postings = correction(ledger::deposit_kept(&facts(booking, &deposit, &kept)));
    post_in(tx, &entry, &postings).await?;
    let why = RefundWhy { code: "charge_taken_back", reason: Some(reason) };
    back_in(tx, booking, &deposit, kept.paid, why, now).await?;
    Ok(Some(kept.paid))
}

async fn add_in(tx: &mut Tx, deposit: &HeldDeposit, minor: i64) -> Result<(), DbError> {
    within!(tx, c => sqlx::query("UPDATE deposit SET kept_minor = kept_minor + $2 WHERE booking_id = $1")
        .bind(deposit.booking).bind(minor).execute(c).await.map(drop))?;
    Ok(())
}

fn entry<'a>(
    booking: &Booking,
    charge: &'a UseCharge,
    event: Event,
    source: &str,
    kept: &Kept,
    now: DateTime<Utc>,
) -> Entry<'a> {
    let across = kept.paid.currency != kept.pays.gross.currency;
    let rate: Option<&Rate> = charge.other.as_ref().and_then(|(_, rate)| rate.as_ref()).filter(|_| across);
    let source = format!("{source}:{}", charge.id);
    Entry { booking: Some(booking.id), rate, ..Entry::new(now, event, source) }
}

fn facts(booking: &Booking, deposit: &HeldDeposit, kept: &Kept) -> PaymentFacts {
    PaymentFacts {
        owner: booking.space.facility.municipality.code.clone(),
        collector: deposit.collector.clone(),
        gross: kept.pays.gross,
        vat: kept.pays.vat,
        paid: kept.paid,
    }
}
