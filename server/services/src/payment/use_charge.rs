//! Payments of what a use has cost afterwards: opened, found, given back.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{
    Reason,
    money::{Currency, Money},
};

use super::{
    Payment, StartError, poll,
    read::{of_use_charge_in, those_that_pay},
    refund::{RefundWhy, give_in},
    start::write_in,
};
use crate::{
    Services,
    booking::{self, Booking},
    charge,
    db::{DbError, Tx, retried},
};

/// Opens a payment of a charge, in a currency of the payer's choice. Returns its id.
///
/// # Errors
/// [`StartError`]; then nothing has changed.
pub async fn start_use_charge(
    services: &Services,
    booking: Uuid,
    charge: Uuid,
    currency: Currency,
    return_url: &str,
) -> Result<Uuid, StartError> {
    retried(|| try_start(services, booking, charge, currency, return_url)).await
}

async fn try_start(
    services: &Services,
    booking: Uuid,
    charge: Uuid,
    currency: Currency,
    return_url: &str,
) -> Result<Uuid, StartError> {
    let mut tx = services.db.begin().await?;
    let booking = booking::locked_in(&mut tx, &services.catalogue(), booking).await?;
    let booking = booking.ok_or(StartError::NothingDue)?;
    let charge = charge::locked_in(&mut tx, charge).await?.filter(|charge| charge.booking == booking.id);
    let charge = charge.ok_or(StartError::NothingDue)?;
    let due = charge.due(booking.version).ok_or(StartError::NothingDue)?;
    if !paying_use_charge_in(&mut tx, charge.id).await?.is_empty() {
        return Err(StartError::NothingDue);
    }
    let id = write_in(&mut tx, services, &booking, &due, currency, return_url, None).await?;
    poll::begin_in(&mut tx, services, id).await?;
    tx.commit().await?;
    Ok(id)
}

/// The payments that a charge is paid with: one, or none.
pub(crate) async fn paying_use_charge_in(tx: &mut Tx, charge: Uuid) -> Result<Vec<Payment>, DbError> {
    Ok(those_that_pay(of_use_charge_in(tx, charge).await?))
}

/// Gives back what was paid of a charge, by currency; nothing where nothing was.
pub(crate) async fn refund_use_charge_in(
    tx: &mut Tx,
    booking: &Booking,
    charge: Uuid,
    reason: &Reason,
    now: DateTime<Utc>,
) -> Result<Vec<Money>, DbError> {
    let payments = paying_use_charge_in(tx, charge).await?;
    let shares = payments.iter().map(|payment| payment.standing().left()).collect();
    let why = RefundWhy { code: "charge_taken_back", reason: Some(reason) };
    give_in(tx, booking, payments, shares, why, now).await
}
