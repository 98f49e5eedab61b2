//! Money for a charge has come.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::ledger::{self, Account, Event};

use super::locked_in;
use crate::{
    Services,
    audit::{self, Actor},
    booking,
    db::{DbError, Tx},
    ledger::{Entry, post_in},
    mail,
    payment::{self, Charge, Payment},
};

/// What the money is for: the charge, while nobody has paid it or taken it back.
pub(crate) async fn settle_in(
    tx: &mut Tx,
    services: &Services,
    payment: &Payment,
    charge: Uuid,
    now: DateTime<Utc>,
) -> Result<Charge, DbError> {
    let booking = booking::locked_in(tx, &services.catalogue(), payment.booking).await?;
    let booking = booking.ok_or_else(|| DbError::corrupt(payment.booking))?;
    let charge = locked_in(tx, charge).await?.ok_or_else(|| DbError::corrupt(charge))?;
    if charge.credited.is_some() {
        return Ok(Charge::Unwanted);
    }
    // Marked as paid before it is known what for: any other one was faster.
    let mut paying = payment::paying_use_charge_in(tx, charge.id).await?;
    paying.retain(|other| other.id != payment.id);
    if !paying.is_empty() {
        return Ok(Charge::PaidTwice);
    }
    let owner = &booking.space.facility.municipality.code;
    let number = payment::number_in(tx, &booking, payment).await?;
    let entry = Entry { rate: payment.rate.as_ref(), ..payment.entry(Event::ClaimPaid, None, now) };
    post_in(tx, &entry, &ledger::claim_paid(&payment.facts(owner), &Account::Clearing)).await?;
    audit::note_in(tx, now, Actor::Provider, "charge_paid", booking.id, &payment.amount).await?;
    let paid = Payment { receipt_number: Some(number), ..payment.clone() };
    mail::charge_paid_in(tx, services, &booking, &charge, &paid).await?;
    Ok(Charge::Settled)
}
