//! Moves some of a series' dates, or the rest of them, to another time of their weeks: all or none.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{Reason, booking::BookingState, money::Money};

use super::{
    Series, ShiftDate, ShiftOutline, ShiftState, ShiftWish, find_for_staff,
    shift::{By, shifted},
    staff::open,
};
use crate::{
    Services,
    audit::{self, Actor, Subject},
    booking::{self, Booking, QuoteError, Settled, Unfit},
    closure,
    db::{DbError, Tx},
    mail,
    occupancy::cells,
    staff::{LookError, Staff},
};

/// Tries against another writer who wins.
const TRIES: u32 = 4;

/// What came of it.
#[derive(Debug, Clone, Default)]
pub struct SeriesMoved {
    /// Each booking before and after, the earliest first.
    pub moves: Vec<(Booking, Booking)>,
    /// What goes back in all, an amount for each currency it came in; none where nothing does.
    pub refunds: Vec<Money>,
}

#[derive(Debug, thiserror::Error)]
pub enum ShiftError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("nothing of it can be moved")]
    NotLive,
    #[error("it is there already")]
    Unchanged,
    #[error("it is too late for all of it")]
    TooLate,
    #[error("the space is in another town")]
    OtherTown,
    #[error("there is room for {capacity}")]
    TooMany { capacity: i64 },
    #[error(transparent)]
    NoPrice(QuoteError),
    /// A date can't be moved there, or only for more: look at which.
    #[error("not all can be moved")]
    Barred(Box<ShiftOutline>),
    #[error("it isn't as it was shown")]
    Changed(Box<ShiftOutline>),
}

impl From<QuoteError> for ShiftError {
    fn from(error: QuoteError) -> Self {
        match error {
            QuoteError::Db(error) => Self::Db(error),
            other => Self::NoPrice(other),
        }
    }
}

impl From<Unfit> for ShiftError {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::OtherTown => Self::OtherTown,
            Unfit::TooMany { capacity } => Self::TooMany { capacity },
        }
    }
}

/// Why staff's moving comes to nothing.
#[derive(Debug, thiserror::Error)]
pub enum StaffShiftError {
    #[error(transparent)]
    Look(#[from] LookError),
    #[error(transparent)]
    Shift(#[from] ShiftError),
}

/// Moves the chosen dates that may still be moved, at the same price or a lower one, in one transaction;
/// those that it is too late for stay. `shown` is the name of the outline that was shown: another one is
/// refused, and the same call made twice has one effect.
///
/// # Errors
/// [`ShiftError`]; then nothing has changed.
pub async fn move_dates(
    services: &Services,
    series: Uuid,
    wish: &ShiftWish,
    shown: Option<&str>,
) -> Result<SeriesMoved, ShiftError> {
    act(services, series, wish, shown, Doing { whose: By::Booker, actor: Actor::Booker, reason: None }).await
}

/// Moves someone else's dates for the town, at the price that each has, up to the moment at which it begins;
/// one letter says why. What binds those who book doesn't bind staff; that the times are free does.
///
/// # Errors
/// [`StaffShiftError`]; then nothing has changed.
pub async fn move_dates_by_staff(
    services: &Services,
    staff: &Staff,
    series: Uuid,
    wish: &ShiftWish,
    reason: &Reason,
) -> Result<SeriesMoved, StaffShiftError> {
    open(services, staff, series).await?;
    let doing = Doing { whose: By::Town, actor: staff.actor(), reason: Some(reason) };
    Ok(act(services, series, wish, None, doing).await?)
}

/// A series, and where its dates would come to lie if the town moved them. Nothing is taken; that somebody
/// has looked is written down.
///
/// # Errors
/// [`StaffShiftError`], and nothing is shown.
pub async fn outline_shift_by_staff(
    services: &Services,
    staff: &Staff,
    series: Uuid,
    wish: &ShiftWish,
) -> Result<(Series, ShiftOutline), StaffShiftError> {
    let series = find_for_staff(services, staff, series).await?;
    let outline = shifted(services, &series, wish, By::Town).await?;
    Ok((series, outline))
}

/// Whose doing a move is, and why where it is the town's.
#[derive(Debug, Clone, Copy)]
struct Doing<'a> {
    whose: By,
    actor: Actor,
    reason: Option<&'a Reason>,
}

async fn act(
    services: &Services,
    series: Uuid,
    wish: &ShiftWish,
    shown: Option<&str>,
    doing: Doing<'_>,
) -> Result<SeriesMoved, ShiftError> {
    cells::sweep(services).await?;
    for _ in 0..TRIES {
        let outline = look(services, series, wish, doing.whose).await?;
        if shown.is_some() && is_there(&outline) {
            return Ok(SeriesMoved::default()); // the same call has brought it there
        }
        check(&outline, shown)?;
        match try_move(services, series, &outline, doing).await {
            Ok(Some(moved)) => return Ok(moved),
            // Taken or changed in this moment: the next outline tells which.
            Ok(None) => {}
            Err(error) if error.is_conflict() => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(ShiftError::Changed(Box::new(look(services, series, wish, doing.whose).await?)))
}

async fn look(
    services: &Services,
    series: Uuid,
    wish: &ShiftWish,
    whose: By,
) -> Result<ShiftOutline, ShiftError> {
    let series: Series = super::find(services, series).await?.ok_or(ShiftError::NotLive)?;
    shifted(services, &series, wish, whose).await
}

/// Whether nothing is left to be moved because it is there.
fn is_there(outline: &ShiftOutline) -> bool {
    let stays = |date: &ShiftDate| matches!(date.state, ShiftState::There | ShiftState::TooLate(_));
    let there = |date: &ShiftDate| matches!(date.state, ShiftState::There);
    outline.dates.iter().all(stays) && outline.dates.iter().any(there)
}

/// Whether it can be done, and is what was shown.
fn check(outline: &ShiftOutline, shown: Option<&str>) -> Result<(), ShiftError> {
    if outline.is_barred() {
        return Err(ShiftError::Barred(Box::new(outline.clone())));
    }
    if is_there(outline) {
        return Err(ShiftError::Unchanged);
    }
    let Some(quote) = outline.quote() else { return Err(ShiftError::TooLate) };
    match shown {
        Some(shown) if shown != quote => Err(ShiftError::Changed(Box::new(outline.clone()))),
        _ => Ok(()),
    }
}

/// `None` where a time is taken, or a booking isn't as it was.
async fn try_move(
    services: &Services,
    series: Uuid,
    outline: &ShiftOutline,
    doing: Doing<'_>,
) -> Result<Option<SeriesMoved>, DbError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    if !lock_in(&mut tx, services, outline, now).await? {
        return Ok(None);
    }
    let settled = Settled { by: doing.actor, reason: doing.reason, paid: None, now };
    let (mut moves, mut refunds) = (Vec::new(), Vec::new());
    for (before, quote) in outline.moves() {
        // Beyond what can be booked a closure's cells aren't written yet.
        if !closure::over_in(&mut tx, &quote.space, quote.space.rules.buffer.around(quote.span))
            .await?
            .is_empty()
        {
            return Ok(None);
        }
        let moved = booking::move_untold_in(&mut tx, services, before, quote, settled).await?;
        let Some((after, back)) = moved else { return Ok(None) };
        moves.push((before.clone(), after));
        refunds.extend(back);
    }
    let moved = SeriesMoved { moves, refunds: Money::by_currency(refunds) };
    let note = (moved.moves.len(), &moved.refunds, doing.reason);
    audit::note_about_in(&mut tx, now, doing.actor, "moved", Subject::Series(series), &note).await?;
    mail::series_moved_in(&mut tx, services, &moved, doing.reason).await?;
    tx.commit().await?;
    Ok(Some(moved))
}

/// Keeps the bookings as they were shown, in the order in which all lock them; `false` where one isn't.
async fn lock_in(
    tx: &mut Tx,
    services: &Services,
    outline: &ShiftOutline,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let (catalogue, mut shown) =
        (services.catalogue(), outline.moves().map(|(one, _)| one).collect::<Vec<_>>());
    shown.sort_by_key(|booking| booking.id);
    for booking in shown {
        let fresh = booking::locked_in(tx, &catalogue, booking.id).await?;
        let as_it_was = |fresh: &Booking| {
            fresh.version == booking.version && fresh.state_at(now) == BookingState::Confirmed
        };
        if !fresh.as_ref().is_some_and(as_it_was) {
            return Ok(false);
        }
    }
    Ok(true)
}
