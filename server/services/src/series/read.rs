//! Reads series back.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::{
    booking::{BookingState, Who},
    money::{Home, Money, PriceGroup, Use},
    series::{SeriesFields, SeriesPlan},
};

use crate::{
    Services,
    booking::{self, Booking},
    catalogue::{Catalogue, Space},
    db::{DbError, on},
};

/// Series' rows; which of them is said behind it.
macro_rules! select {
    ($which:literal) => {
        concat!("SELECT id, space_id, plan, price_group, use_of, created_at, home FROM series ", $which)
    };
}
pub(super) use select;

/// A series as it stands.
#[derive(Debug, Clone)]
pub struct Series {
    pub id: Uuid,
    pub space: Arc<Space>,
    /// As it was asked for; single dates may have become otherwise since.
    pub plan: SeriesPlan,
    pub price_group: PriceGroup,
    /// Where the booker lives, as they say.
    pub home: Option<Home>,
    pub use_of: Use,
    pub created_at: DateTime<Utc>,
    /// The earliest first, also those that are cancelled.
    pub bookings: Vec<Booking>,
}

impl Series {
    /// The bookings in a state.
    pub fn in_state(&self, state: BookingState, now: DateTime<Utc>) -> impl Iterator<Item = &Booking> {
        self.bookings.iter().filter(move |booking| booking.state_at(now) == state)
    }

    /// Those that are held and wait to be paid.
    #[must_use]
    pub fn held(&self, now: DateTime<Utc>) -> Vec<Booking> {
        self.in_state(BookingState::Held, now).cloned().collect()
    }

    /// Whoever booked it; `None` once that is forgotten.
    #[must_use]
    pub fn who(&self) -> Option<&Who> {
        self.bookings.iter().find_map(|booking| booking.who.as_ref())
    }

    /// Until when it is held, while it is.
    #[must_use]
    pub fn held_until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.in_state(BookingState::Held, now).map(|booking| booking.hold_expires_at).min()
    }
}

/// What some bookings cost together, in the facility's currency and in the neighbour's where each has a
/// price there; `None` of none.
///
/// # Errors
/// When the sum isn't one.
pub fn sums<'a>(
    bookings: impl IntoIterator<Item = &'a Booking>,
) -> Result<Option<(Money, Option<Money>)>, DbError> {
    let bookings: Vec<&Booking> = bookings.into_iter().collect();
    let Some(first) = bookings.first() else { return Ok(None) };
    let sum = |amounts: Vec<Money>| match amounts.first() {
        Some(one) => Money::sum(one.currency, amounts.iter().copied()).map(Some).map_err(DbError::corrupt),
        None => Ok(None),
    };
    let others: Option<Vec<Money>> =
        bookings.iter().map(|booking| booking.other.as_ref().map(|(money, _)| *money)).collect();
    let total = sum(bookings.iter().map(|booking| booking.total).collect())?;
    Ok(Some((total.unwrap_or(first.total), sum(others.unwrap_or_default())?)))
}

/// A series by its id.
///
/// # Errors
/// When the database can't be read.
pub async fn find(services: &Services, id: Uuid) -> Result<Option<Series>, DbError> {
    let row: Option<SeriesRow> = on!(&services.db, c => sqlx::query_as(select!("WHERE id = $1"))
        .bind(id).fetch_optional(c).await)?;
    let Some(row) = row else { return Ok(None) };
    let bookings = booking::of_series(services, id).await?;
    row.into_series(&services.catalogue(), bookings).map(Some)
}

#[derive(FromRow)]
pub(super) struct SeriesRow {
    pub id: Uuid,
    space_id: Uuid,
    plan: String,
    price_group: String,
    use_of: String,
    created_at: DateTime<Utc>,
    home: Option<String>,
}

impl SeriesRow {
    pub fn into_series(self, catalogue: &Catalogue, bookings: Vec<Booking>) -> Result<Series, DbError> {
        let space = catalogue.space(self.space_id).ok_or_else(|| DbError::corrupt(self.space_id))?;
        let fields: SeriesFields = serde_json::from_str(&self.plan).map_err(DbError::corrupt)?;
        Ok(Series {
            id: self.id,
            space: Arc::clone(space),
            plan: SeriesPlan::parse(fields).map_err(|_| DbError::corrupt(&self.plan))?,
            price_group: self.price_group.parse().map_err(DbError::corrupt)?,
            home: self.home.map(Home::try_from).transpose().map_err(DbError::corrupt)?,
            use_of: self.use_of.parse().map_err(DbError::corrupt)?,
            created_at: self.created_at,
            bookings,
        })
    }
}
