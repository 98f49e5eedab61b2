//! The built-in terminal: plays the payer's bank, so that all works with no account anywhere.

use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vayla_domain::{booking::BookingState, money::Money};

use super::{
    ChargeError, Payment, PaymentState, SANDBOX,
    asked::{drop_unasked, is_repriced},
    batch::together,
    charge, fail,
};
use crate::{
    Services,
    audit::{self, Actor},
    booking::ChangeState,
    db::{DbError, Tx, retried, within},
    grant,
    occupancy::cells,
    outbox,
};

/// How long the sandbox's slow bank takes once the hold has run out.
pub const LATE_SECONDS: i64 = 10;

/// What the payer does at the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Pay,
    Refuse,
    Abandon,
    /// The hold runs out first; the money comes a little after.
    Late,
    Twice,
}

/// The text names no outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown outcome")]
pub struct UnknownOutcome;

impl FromStr for Outcome {
    type Err = UnknownOutcome;

    fn from_str(code: &str) -> Result<Self, UnknownOutcome> {
        match code {
            "pay" => Ok(Self::Pay),
            "refuse" => Ok(Self::Refuse),
            "abandon" => Ok(Self::Abandon),
            "late" => Ok(Self::Late),
            "twice" => Ok(Self::Twice),
            _ => Err(UnknownOutcome),
        }
    }
}

/// A charge that the sandbox's slow bank will tell of.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct LateCharge {
    pub payment: Uuid,
}

impl LateCharge {
    pub(crate) async fn deliver(self, services: &Services) -> Result<(), ChargeError> {
        charge(services, self.payment, &charge_name(self.payment, 1)).await.map(drop)
    }
}

/// Whether a payment is played at the terminal. Once its town takes real money, what was begun there before isn't.
#[must_use]
pub fn is_played(services: &Services, payment: &Payment) -> bool {
    payment.provider == SANDBOX && services.providers.named(&payment.collector, SANDBOX).is_some()
}

/// Does at the terminal what the payer chose, and tells Väylä as a provider would. Where the sum that the payer
/// was shown is told, no other is paid.
///
/// # Errors
/// [`ChargeError`]; then nothing has changed, but for the price where it is [`ChargeError::PriceChanged`].
pub async fn play(
    services: &Services,
    payment: &Payment,
    outcome: Outcome,
    shown: Option<Money>,
) -> Result<(), ChargeError> {
    if !is_played(services, payment) {
        return Err(ChargeError::Unknown);
    }
    let pays = !matches!(outcome, Outcome::Refuse | Outcome::Abandon);
    if pays && retried(|| is_repriced(services, payment)).await? {
        return Err(ChargeError::PriceChanged);
    }
    if pays && !retried(|| drop_unasked(services, payment, shown)).await? {
        return Err(ChargeError::SumChanged);
    }
    match outcome {
        Outcome::Pay => charge(services, payment.id, &charge_name(payment.id, 1)).await.map(drop),
        Outcome::Refuse => Ok(fail(services, payment.id).await?),
        Outcome::Abandon => Ok(()), // who walks away tells nobody
        Outcome::Late => Ok(pay_late(services, payment).await?),
        Outcome::Twice => {
            charge(services, payment.id, &charge_name(payment.id, 1)).await?;
            charge(services, payment.id, &charge_name(payment.id, 2)).await.map(drop)
        }
    }
}

fn charge_name(payment: Uuid, number: u32) -> String {
    format!("{payment}-{number}")
}

async fn pay_late(services: &Services, payment: &Payment) -> Result<(), DbError> {
    let mut together = together(&services.db, payment).await?;
    together.retain(|payment| payment.state != PaymentState::Dropped);
    // What a use has cost afterwards holds no time that could be let go.
    let mut let_go = payment.use_charge.is_some() && payment.state == PaymentState::Pending;
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    for payment in &together {
        let_go |= let_go_in(&mut tx, payment, now).await?;
    }
    if !let_go {
        return Ok(()); // asked for before, or nothing left to be late for
    }
    let late = outbox::Message::LateCharge(LateCharge { payment: payment.id });
    outbox::add_in(&mut tx, &late, now, now + TimeDelta::seconds(LATE_SECONDS)).await?;
    tx.commit().await
}

/// Lets go of the time that the payment is for, as if its hold had run out; `false` where it isn't held.
async fn let_go_in(tx: &mut Tx, payment: &Payment, now: DateTime<Utc>) -> Result<bool, DbError> {
    let let_go = match payment.change {
        None => within!(&mut *tx, c => sqlx::query(
            "UPDATE booking SET state = $2, hold_expires_at = $3 WHERE id = $1 AND state = $4")
            .bind(payment.booking).bind(BookingState::Expired.code()).bind(now).bind(BookingState::Held.code())
            .execute(c).await.map(|done| done.rows_affected()))?,
        Some(change) => within!(&mut *tx, c => sqlx::query(
            "UPDATE booking_change SET state = $2, expires_at = $3, settled_at = $3 WHERE id = $1 AND state = $4")
            .bind(change).bind(ChangeState::Expired.code()).bind(now).bind(ChangeState::Open.code())
            .execute(c).await.map(|done| done.rows_affected()))?,
    };
    if let_go == 1 {
        cells::release_in(tx, payment.change.unwrap_or(payment.booking), now).await?;
        match payment.change {
            None => grant::release_in(tx, payment.booking, now).await?,
            Some(change) => grant::release_change_in(tx, change, now).await?,
        }
        audit::note_in(tx, now, Actor::Provider, "expired", payment.booking, &payment.change).await?;
    }
    Ok(let_go == 1)
}
