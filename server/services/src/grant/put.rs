//! A grant is put on held bookings, and taken off again.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;
use vayla_domain::{
    booking::BookingState,
    grant::{GrantPart, GrantedUse, NotGranted},
    money::Money,
};

use super::{
    TownGrant,
    budget::{self, Purse},
    price, read, settle,
    usage::{self, NewUse, of_booking_in},
    voucher::{self, Voucher},
};
use crate::{
    Services,
    audit::{self, Actor},
    booking::{self, Booking},
    db::{DbError, FromDb, Tx, on, retried, within},
    occupancy::cells,
};

/// Wrong codes on one booking: whoever reads one from a paper needs fewer.
const TRIES_MAX: i64 = 20;

/// Why a code pays nothing.
#[derive(Debug, thiserror::Error)]
pub enum PutError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("no such code")]
    Code,
    #[error("too many wrong codes")]
    TooOften,
    #[error("not held any more")]
    NotHeld,
    #[error("there is nothing to pay")]
    Free,
    #[error("the code has been used")]
    Used,
    #[error("the grant is closed")]
    Closed,
    #[error(transparent)]
    NotGranted(#[from] NotGranted),
    /// Nothing is left of its budget, or what it pays is less than the smallest coin.
    #[error("nothing is left")]
    NothingLeft,
    /// The price isn't known in the currency of whoever grants it.
    #[error("no rate is in force")]
    NoRate,
}

impl FromDb for PutError {
    fn db(&self) -> Option<&DbError> {
        match self {
            Self::Db(error) => Some(error),
            _ => None,
        }
    }
}

/// Has the grant of a voucher pay its part of held bookings, those that cost nothing left out: of each the same, as far as
/// the voucher and the budget go. It takes the place of one that was put on before. At least one must be paid a part of.
///
/// # Errors
/// [`PutError`]; then nothing has changed, but that a wrong code is counted.
pub async fn put_on(services: &Services, bookings: &[Uuid], code: &str) -> Result<(), PutError> {
    let Some(first) = bookings.first() else { return Err(PutError::NotHeld) };
    // What is promised to holds that have run out is free again.
    cells::sweep(services).await?;
    if tries(services, *first).await? >= TRIES_MAX {
        return Err(PutError::TooOften);
    }
    let done = retried(|| try_put(services, bookings, code)).await;
    if matches!(done, Err(PutError::Code)) {
        count(services, *first).await?;
    }
    done
}

async fn tries(services: &Services, booking: Uuid) -> Result<i64, DbError> {
    let tries: Option<i64> = on!(&services.db, c => sqlx::query_scalar(
        "SELECT tries FROM grant_attempt WHERE booking_id = $1").bind(booking).fetch_optional(c).await)?;
    Ok(tries.unwrap_or_default())
}

async fn count(services: &Services, booking: Uuid) -> Result<(), DbError> {
    let mut tx = services.db.begin().await?;
    within!(&mut tx, c => sqlx::query(
        "INSERT INTO grant_attempt (booking_id, tries) VALUES ($1, 1)
         ON CONFLICT (booking_id) DO UPDATE SET tries = grant_attempt.tries + 1")
        .bind(booking).execute(c).await.map(drop))?;
    tx.commit().await
}

async fn try_put(services: &Services, bookings: &[Uuid], code: &str) -> Result<(), PutError> {
    let (now, mut tx, catalogue) = (services.clock.now(), services.db.begin().await?, services.catalogue());
    booking::lock_in(&mut tx, &bookings.iter().copied().collect()).await?;
    let shown = voucher::by_code_in(&mut tx, code).await?.ok_or(PutError::Code)?;
    let (mut done, mut why_not) = (false, None);
    for id in bookings {
        let booking = booking::find_in(&mut tx, &catalogue, *id).await?.ok_or(PutError::NotHeld)?;
        if booking.state_at(now) != BookingState::Held {
            return Err(PutError::NotHeld);
        }
        settle::release_in(&mut tx, *id, now).await?;
        let kept = read::locked_in(&mut tx, &catalogue, shown.grant_id).await?;
        match by_voucher_in(&mut tx, &booking, &kept, shown.id, now).await {
            Ok(()) => done = true,
            Err(PutError::Db(error)) => return Err(error.into()),
            Err(error) => why_not = Some(error),
        }
    }
    match why_not {
        Some(error) if !done => Err(error),
        _ => Ok(tx.commit().await?),
    }
}

/// The grant is locked: what is left of the voucher and of the budget stays so.
async fn by_voucher_in(
    tx: &mut Tx,
    booking: &Booking,
    kept: &TownGrant,
    shown: Uuid,
    now: DateTime<Utc>,
) -> Result<(), PutError> {
    let voucher: Voucher = voucher::by_id_in(tx, shown).await?;
    let left = voucher.left(kept.left()).ok_or(PutError::Used)?;
    let part = part_in(tx, booking, kept, left).await?;
    reserve_in(tx, booking, kept, Some(shown), &part, now).await?;
    audit::note_in(tx, now, Actor::Booker, "grant_put", booking.id, &(kept.id, part.gross)).await?;
    Ok(())
}

/// A held booking has another price now: the grant of the voucher that is put on it pays its part of that one, as far as
/// it goes. `false` where none is put on it.
pub(crate) async fn again_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let granted = of_booking_in(tx, booking.id).await?;
    let Some((grant, shown)) = granted.iter().find_map(|one| Some((one.grant, one.voucher?))) else {
        return Ok(false);
    };
    settle::release_in(tx, booking.id, now).await?;
    let kept = read::locked_in(tx, &services.catalogue(), grant).await?;
    match by_voucher_in(tx, booking, &kept, shown, now).await {
        Err(PutError::Db(error)) => Err(error),
        Ok(()) | Err(_) => Ok(true),
    }
}

/// What it pays of a held booking.
async fn part_in(
    tx: &mut Tx,
    booking: &Booking,
    kept: &TownGrant,
    left: Money,
) -> Result<GrantPart, PutError> {
    if booking.total.minor == 0 {
        return Err(PutError::Free);
    }
    if kept.closed_at.is_some() {
        return Err(PutError::Closed);
    }
    kept.grant.check(&used(booking, booking.date()))?;
    let lines = booking::lines_in(tx, booking).await?;
    let vat = Money::sum(booking.total.currency, lines.iter().map(|line| line.vat));
    let priced = price(booking.total, vat.map_err(DbError::corrupt)?, booking.other.as_ref());
    let known = [Some(priced.total), priced.other].into_iter().flatten();
    if !known.clone().any(|money| money.currency == left.currency) {
        return Err(PutError::NoRate);
    }
    kept.grant.rule().part(&priced, left).ok_or(PutError::NothingLeft)
}

/// A booking as a grant's terms see it.
pub(super) fn used(booking: &Booking, on: NaiveDate) -> GrantedUse<'_> {
    let facility = &booking.space.facility;
    GrantedUse {
        municipality: &facility.municipality.code,
        facility: &facility.slug,
        group: booking.price_group,
        on,
    }
}

async fn reserve_in(
    tx: &mut Tx,
    booking: &Booking,
    kept: &TownGrant,
    voucher: Option<Uuid>,
    part: &GrantPart,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let purse = Purse { grant: kept.id, voucher };
    let rate = booking.other.as_ref().and_then(|(_, rate)| rate.as_ref());
    budget::take_in(tx, purse, part.paid, 1).await?;
    usage::insert_in(tx, &NewUse { purse, booking: booking.id, change: None, part, rate }, now).await
}

/// Reserves of a customer's own grants the one that pays most of a locked booking, unless one is put on already or none
/// pays anything.
pub(crate) async fn reserve_customers_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    customer: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    if !of_booking_in(tx, booking.id).await?.is_empty() {
        return Ok(());
    }
    let mut best: Option<(TownGrant, GrantPart)> = None;
    for kept in read::of_customer_in(tx, &services.catalogue(), customer).await? {
        match part_in(tx, booking, &kept, kept.left()).await {
            Ok(part) if best.as_ref().is_none_or(|(_, best)| part.gross.minor > best.gross.minor) => {
                best = Some((kept, part));
            }
            Err(PutError::Db(error)) => return Err(error),
            Ok(_) | Err(_) => {}
        }
    }
    match best {
        Some((kept, part)) => reserve_in(tx, booking, &kept, None, &part, now).await,
        None => Ok(()),
    }
}

/// Takes off what was put on bookings that are held; what is booked keeps it.
///
/// # Errors
/// When the database can't be reached.
pub async fn take_off(services: &Services, bookings: &[Uuid]) -> Result<(), DbError> {
    retried(|| try_take_off(services, bookings)).await
}

async fn try_take_off(services: &Services, bookings: &[Uuid]) -> Result<(), DbError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    booking::lock_in(&mut tx, &bookings.iter().copied().collect()).await?;
    for id in bookings {
        let booking = booking::find_in(&mut tx, &services.catalogue(), *id).await?;
        if booking.is_some_and(|booking| booking.state_at(now) == BookingState::Held) {
            settle::release_in(&mut tx, *id, now).await?;
            audit::note_in(&mut tx, now, Actor::Booker, "grant_taken_off", *id, &()).await?;
        }
    }
    tx.commit().await
}
