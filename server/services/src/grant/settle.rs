//! What was reserved is given when the time is booked, and released when it never is.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{
    ledger::{self, Event},
    money::Money,
};

use super::{
    GrantState, Granted, budget, read,
    usage::{ever_in, of_booking_in, set_state_in},
    voucher,
};
use crate::{
    Services,
    booking::Booking,
    db::{DbError, Tx, within},
    ledger::{Entry, post_in},
};

/// Whether what is paid and what is granted are the price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cover {
    Whole,
    /// Another sum is asked for now: a grant was put on or taken off since.
    Otherwise,
    /// What was granted was released, and isn't to be had any more.
    Gone,
}

/// Looks whether grants pay so much (`needed`, of the price) of a locked booking, or of a move of it. Once its hold has run
/// out, what was released with that is to be had again.
pub(crate) async fn cover_in(
    tx: &mut Tx,
    services: &Services,
    booking: Uuid,
    change: Option<Uuid>,
    (needed, late): (Money, bool),
) -> Result<Cover, DbError> {
    if needed.minor == 0 {
        return Ok(Cover::Whole);
    }
    let ever = ever_in(tx, booking).await?;
    match wanted(&ever, change, needed) {
        Some(granted) if granted.state == GrantState::Reserved => Ok(Cover::Whole),
        Some(granted) if late && can_be_had_in(tx, services, granted).await? => Ok(Cover::Whole),
        Some(_) if late => Ok(Cover::Gone),
        _ => Ok(Cover::Otherwise),
    }
}

/// What is reserved comes first; else what was released last.
fn wanted(ever: &[Granted], change: Option<Uuid>, needed: Money) -> Option<&Granted> {
    let of_it = ever.iter().filter(|granted| granted.change == change && granted.state != GrantState::Given);
    if let Some(reserved) = of_it.clone().find(|granted| granted.state == GrantState::Reserved) {
        return (reserved.gross == needed).then_some(reserved);
    }
    of_it.rev().find(|granted| granted.gross == needed)
}

/// Whether what was released can be had again. Until the transaction ends it stays so.
async fn can_be_had_in(tx: &mut Tx, services: &Services, granted: &Granted) -> Result<bool, DbError> {
    let kept = read::locked_in(tx, &services.catalogue(), granted.grant).await?;
    let left = match granted.voucher {
        Some(voucher) if granted.change.is_none() => voucher::by_id_in(tx, voucher).await?.left(kept.left()),
        voucher => Some(voucher::left_for_more_in(tx, voucher, kept.left()).await?),
    };
    Ok(kept.closed_at.is_none() && left.is_some_and(|left| left.minor >= granted.paid.minor))
}

/// Gives so much of a booking that is confirmed now, or of its move, and books it: whoever calls has found it covered. What
/// is reserved and isn't needed is released.
pub(crate) async fn give_in(
    tx: &mut Tx,
    booking: &Booking,
    change: Option<Uuid>,
    needed: Money,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let ever = ever_in(tx, booking.id).await?;
    let Some(granted) = wanted(&ever, change, needed).filter(|_| needed.minor > 0) else {
        return match change {
            None => release_in(tx, booking.id, now).await,
            Some(change) => release_change_in(tx, change, now).await,
        };
    };
    if granted.state == GrantState::Released {
        budget::take_in(tx, granted.purse(), granted.paid, granted.uses()).await?;
    }
    book_in(tx, booking, granted, now).await
}

/// Gives all that is reserved for a booking, or for a move of it: what it pays of the price, which may be nothing.
pub(crate) async fn give_reserved_in(
    tx: &mut Tx,
    booking: &Booking,
    change: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Money, DbError> {
    let granted = of_booking_in(tx, booking.id).await?;
    let reserved =
        granted.iter().find(|granted| granted.state == GrantState::Reserved && granted.change == change);
    let Some(granted) = reserved else { return Ok(Money::new(0, booking.total.currency)) };
    book_in(tx, booking, granted, now).await?;
    Ok(granted.gross)
}

async fn book_in(
    tx: &mut Tx,
    booking: &Booking,
    granted: &Granted,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    if !set_state_in(tx, granted, GrantState::Given, now).await? {
        return Err(DbError::corrupt("a grant that is given already"));
    }
    let owner = &booking.space.facility.municipality.code;
    let entry = Entry {
        booking: Some(booking.id),
        rate: granted.rate.as_ref(),
        ..Entry::new(now, Event::Subsidy, format!("grant:{}", granted.id))
    };
    post_in(tx, &entry, &ledger::subsidy(&granted.facts(owner))).await.map(drop)
}

/// The hold is over: what was reserved for it is to be had by others again.
pub(crate) async fn release_in(tx: &mut Tx, booking: Uuid, now: DateTime<Utc>) -> Result<(), DbError> {
    for granted in of_booking_in(tx, booking).await? {
        release_one_in(tx, &granted, now).await?;
    }
    Ok(())
}

/// The same of a move.
pub(crate) async fn release_change_in(tx: &mut Tx, change: Uuid, now: DateTime<Utc>) -> Result<(), DbError> {
    let booking: Option<Uuid> = within!(&mut *tx, c => sqlx::query_scalar(
        "SELECT booking_id FROM grant_use WHERE change_id = $1 AND state = 'reserved'")
        .bind(change).fetch_optional(c).await)?;
    match booking {
        Some(booking) => release_in(tx, booking, now).await,
        None => Ok(()),
    }
}

async fn release_one_in(tx: &mut Tx, granted: &Granted, now: DateTime<Utc>) -> Result<(), DbError> {
    let reserved = granted.state == GrantState::Reserved;
    if reserved && set_state_in(tx, granted, GrantState::Released, now).await? {
        budget::put_back_in(tx, granted.purse(), granted.paid, granted.uses()).await?;
    }
    Ok(())
}
