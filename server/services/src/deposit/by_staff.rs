//! Staff give a deposit back, all of it or a part, and say why.

use serde::Serialize;
use uuid::Uuid;
use vayla_domain::{Reason, money::Money};

use super::{back::back_in, of_booking_in};
use crate::{
    Services, audit, booking,
    db::retried,
    mail,
    payment::{GivenBack, RefundWhy, StaffRefundError},
    staff::{LookError, Scope, Staff},
};

/// Gives back a part of what is held for a booking, in the currency that it came in, or all of it. The booker is told
/// why.
///
/// # Errors
/// [`StaffRefundError`]; then nothing has changed.
pub async fn return_by_staff(
    services: &Services,
    staff: &Staff,
    booking: Uuid,
    part: Option<Money>,
    reason: &Reason,
) -> Result<GivenBack, StaffRefundError> {
    staff.has(Scope::Refunds).map_err(LookError::from)?;
    retried(|| try_return(services, staff, booking, part, reason)).await
}

async fn try_return(
    services: &Services,
    staff: &Staff,
    id: Uuid,
    part: Option<Money>,
    reason: &Reason,
) -> Result<GivenBack, StaffRefundError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let booking = booking::locked_for_staff_in(&mut tx, services, (staff, Scope::Refunds), id).await?;
    let deposit = of_booking_in(&mut tx, id).await?.ok_or(StaffRefundError::NothingLeft)?;
    let left = deposit.left();
    let back = StaffRefundError::check(part, left)?;
    let why = RefundWhy { code: "staff", reason: Some(reason) };
    back_in(&mut tx, &booking, &deposit, back, why, now).await?;
    audit::note_in(&mut tx, now, staff.actor(), "deposit_returned", id, &Change { back, reason }).await?;
    mail::deposit_back_in(&mut tx, services, &booking, back, Some(reason)).await?;
    tx.commit().await?;
    Ok(GivenBack { refunds: vec![back], left: Money::new(left.minor - back.minor, left.currency) })
}

#[derive(Serialize)]
struct Change<'a> {
    back: Money,
    reason: &'a Reason,
}
