//! Staff give money back, all of it or a part, and say why.

use serde::Serialize;
use uuid::Uuid;
use vayla_domain::{Reason, ledger::repay, money::Money};

use super::{
    Payment,
    left::paid,
    read::paying_in,
    refund::{RefundWhy, give_in},
};
use crate::{
    Services, audit, booking,
    db::{DbError, FromDb, retried},
    grant, mail,
    staff::{LookError, Scope, Staff},
};

/// Why nothing goes back.
#[derive(Debug, thiserror::Error)]
pub enum StaffRefundError {
    #[error(transparent)]
    Look(#[from] LookError),
    /// Nothing was paid, or all of it has gone back.
    #[error("nothing is left to give back")]
    NothingLeft,
    /// More than nothing, and in the price's currency: not more than so much.
    #[error("{} {} can be given back", .left.wire(), .left.currency)]
    Amount { left: Money },
}

impl FromDb for StaffRefundError {
    fn db(&self) -> Option<&DbError> {
        match self {
            Self::Look(error) => error.db(),
            Self::NothingLeft | Self::Amount { .. } => None,
        }
    }
}

impl From<DbError> for StaffRefundError {
    fn from(error: DbError) -> Self {
        Self::Look(error.into())
    }
}

/// What has gone back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenBack {
    /// As it came in, an amount for each currency.
    pub refunds: Vec<Money>,
    /// How much of the price is still paid, or of the deposit held.
    pub left: Money,
}

/// Gives back a part of what was paid for a booking, in the price's currency, or all that is left of it: in the
/// currency, at the rate and with the tax that it came with, the latest payment first. Of what a grant pays a part
/// of, its part goes back to the grant; what is on an invoice is taken back by a credit note. The booking stands as
/// it is, and a booker who gets something back is told why.
///
/// # Errors
/// [`StaffRefundError`]; then nothing has changed.
pub async fn refund_by_staff(
    services: &Services,
    staff: &Staff,
    booking: Uuid,
    part: Option<Money>,
    reason: &Reason,
) -> Result<GivenBack, StaffRefundError> {
    staff.has(Scope::Refunds).map_err(LookError::from)?;
    retried(|| try_refund(services, staff, booking, part, reason)).await
}

async fn try_refund(
    services: &Services,
    staff: &Staff,
    id: Uuid,
    part: Option<Money>,
    reason: &Reason,
) -> Result<GivenBack, StaffRefundError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let booking = booking::locked_for_staff_in(&mut tx, services, (staff, Scope::Refunds), id).await?;
    let mut payments = paying_in(&mut tx, id).await?;
    payments.reverse();
    let payer_left = paid(&booking, &payments)?;
    let paid = grant::with_granted_in(&mut tx, &booking, payer_left, now).await?;
    let gross = StaffRefundError::check(part, paid)?;
    let to_payer = grant::back_by_staff_in(&mut tx, &booking, payer_left, gross, now).await?;
    let standings: Vec<_> = payments.iter().map(Payment::standing).collect();
    let why = RefundWhy { code: "staff", reason: Some(reason) };
    let refunds = give_in(&mut tx, &booking, payments, repay(&standings, to_payer), why, now).await?;
    let change = Change { gross, refunds: &refunds, reason };
    audit::note_in(&mut tx, now, staff.actor(), "refunded", id, &change).await?;
    mail::refunded_in(&mut tx, services, &booking, &refunds, reason).await?;
    tx.commit().await?;
    let left = Money::new(paid.minor - gross.minor, paid.currency);
    Ok(GivenBack { refunds, left })
}

#[derive(Serialize)]
struct Change<'a> {
    gross: Money,
    refunds: &'a [Money],
    reason: &'a Reason,
}

impl StaffRefundError {
    /// A part of what is left, or all of it.
    ///
    /// # Errors
    /// [`StaffRefundError::NothingLeft`] or [`StaffRefundError::Amount`].
    pub(crate) fn check(part: Option<Money>, left: Money) -> Result<Money, Self> {
        match part {
            _ if left.minor == 0 => Err(Self::NothingLeft),
            None => Ok(left),
            Some(part) if part.currency == left.currency && (1..=left.minor).contains(&part.minor) => {
                Ok(part)
            }
            Some(_) => Err(Self::Amount { left }),
        }
    }
}
