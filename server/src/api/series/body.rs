//! A series on the wire.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vayla_services::{
    DbError, Services, booking,
    series::{self, sums},
};

use super::super::{
    booking::BookerSeen,
    deposit::DepositAsked,
    instant::Instant,
    money::Money,
    names::{Group, Names, Status, UseOf},
};

/// A series as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct Series {
    pub id: Uuid,
    pub space: Uuid,
    pub space_name: Names,
    pub facility: Uuid,
    pub facility_name: Names,
    pub price_group: Group,
    #[serde(rename = "use")]
    pub use_of: UseOf,
    /// Until then it is held; null where nothing of it waits to be paid.
    pub hold_expires_at: Option<Instant>,
    /// Of its bookings that are held or confirmed, in the facility's currency; null where there are none.
    pub total: Option<Money>,
    /// The same in the neighbour's; null where no rate was in force.
    pub total_other: Option<Money>,
    pub booker: Option<BookerSeen>,
    /// The earliest first, also those that are cancelled.
    pub bookings: Vec<SeriesBooking>,
    /// Opens the series. Only in the answer that makes it: keep it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub manage_token: Option<String>,
}

/// One of its dates: a booking like any other.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeriesBooking {
    pub id: Uuid,
    /// What people say on the phone.
    #[schema(example = "HT-4K7M-2QX")]
    pub reference: String,
    pub status: Status,
    pub start: Instant,
    pub end: Instant,
    pub total: Money,
    pub total_other: Option<Money>,
    /// What is paid besides and comes back; null where nothing is, or somebody pays later.
    pub deposit: Option<DepositAsked>,
    /// Opens the booking by itself; not shown to staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub manage_token: Option<String>,
}

impl Series {
    /// As staff see it.
    pub fn new(services: &Services, series: &series::Series) -> Result<Self, DbError> {
        let (now, space) = (services.clock.now(), &series.space);
        let live = series.bookings.iter().filter(|booking| booking.state_at(now).is_live());
        let sums = sums(live)?;
        Ok(Self {
            id: series.id,
            space: space.id,
            space_name: (&space.name).into(),
            facility: space.facility.id,
            facility_name: (&space.facility.name).into(),
            price_group: Group(series.price_group),
            use_of: UseOf(series.use_of),
            hold_expires_at: series.held_until(now).map(|until| Instant::new(until, space.zone())),
            total: sums.map(|(total, _)| total.into()),
            total_other: sums.and_then(|(_, other)| other).map(Into::into),
            booker: series.who().map(Into::into),
            bookings: series.bookings.iter().map(|booking| SeriesBooking::new(services, booking)).collect(),
            manage_token: None,
        })
    }

    /// As its booker sees it: each booking with the token that opens it.
    pub fn opened(services: &Services, series: &series::Series) -> Result<Self, DbError> {
        let mut seen = Self::new(services, series)?;
        for booking in &mut seen.bookings {
            booking.manage_token = Some(services.secret.manage_token(booking.id));
        }
        Ok(seen)
    }
}

impl SeriesBooking {
    pub fn new(services: &Services, booking: &booking::Booking) -> Self {
        let zone = booking.space.zone();
        Self {
            id: booking.id,
            reference: booking.reference.clone(),
            status: Status(booking.state_at(services.clock.now())),
            start: Instant::new(booking.starts_at(), zone),
            end: Instant::new(booking.ends_at(), zone),
            total: booking.total.into(),
            total_other: booking.other.as_ref().map(|(money, _)| (*money).into()),
            deposit: booking
                .deposit
                .as_ref()
                .and_then(|asked| DepositAsked::new(asked, booking.total.currency)),
            manage_token: None,
        }
    }
}
