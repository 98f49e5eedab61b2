//! Gives back some of a series' times, or the rest of them: each by its own rule, told of in one letter.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;
use vayla_domain::money::Money;

use super::Series;
use crate::{
    Services,
    booking::{self, Booking, CancelError},
    db::retried,
    mail,
};

/// Which of its bookings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// These, as far as they are its own.
    Some(Vec<Uuid>),
    /// All that begin on the date or later, by the facility's calendar.
    From(NaiveDate),
}

impl Which {
    pub(super) fn includes(&self, booking: &Booking) -> bool {
        match self {
            Self::Some(ids) => ids.contains(&booking.id),
            Self::From(date) => booking.date() >= *date,
        }
    }
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct SeriesCancelled {
    /// The earliest first.
    pub bookings: Vec<Booking>,
    /// What goes back in all, an amount for each currency it came in; none where nothing does.
    pub refunds: Vec<Money>,
}

/// Cancels those that are booked or held and haven't begun; others stay as they are.
///
/// # Errors
/// [`CancelError`]: `NotLive` where there is nothing among them to cancel. Then nothing has changed.
pub async fn cancel(
    services: &Services,
    series: &Series,
    which: &Which,
) -> Result<SeriesCancelled, CancelError> {
    retried(|| try_cancel(services, series, which)).await
}

async fn try_cancel(
    services: &Services,
    series: &Series,
    which: &Which,
) -> Result<SeriesCancelled, CancelError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let mut ended = Vec::new();
    for id in live(series, which, now) {
        match booking::cancel_in(&mut tx, services, id, now).await {
            Ok(one) => ended.push(one),
            Err(CancelError::NotLive) => {} // cancelled by itself in this moment
            Err(error) => return Err(error),
        }
    }
    let cancelled = SeriesCancelled::of(ended);
    if cancelled.bookings.is_empty() {
        return Err(CancelError::NotLive);
    }
    mail::series_cancelled_in(&mut tx, services, &cancelled.confirmed(), &cancelled.refunds, None).await?;
    tx.commit().await?;
    Ok(cancelled)
}

/// The chosen ones that can be cancelled, in the order in which all lock them.
pub(super) fn live(series: &Series, which: &Which, now: DateTime<Utc>) -> Vec<Uuid> {
    let live = |booking: &&Booking| booking.state_at(now).is_live() && booking.starts_at() > now;
    let chosen = series.bookings.iter().filter(|booking| which.includes(booking));
    let mut ids: Vec<Uuid> = chosen.filter(live).map(|booking| booking.id).collect();
    ids.sort_unstable();
    ids
}

impl SeriesCancelled {
    pub(super) fn of(mut ended: Vec<(Booking, Vec<Money>)>) -> Self {
        ended.sort_by_key(|(booking, _)| booking.starts_at());
        let (bookings, refunds): (Vec<_>, Vec<_>) = ended.into_iter().unzip();
        Self { bookings, refunds: Money::by_currency(refunds.into_iter().flatten()) }
    }

    /// Those whose booker has had a letter that they are theirs.
    pub(super) fn confirmed(&self) -> Vec<Booking> {
        self.bookings.iter().filter(|booking| booking.confirmed_at.is_some()).cloned().collect()
    }
}
