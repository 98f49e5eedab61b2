//! A place in line on the wire.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vayla_domain::waiting::WaitingState;
use vayla_services::{
    DbError, Services,
    booking::Booking,
    waiting::{self, Entry},
};

use super::super::{instant::Instant, names::Names};

/// A place in line as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct Waiting {
    pub id: Uuid,
    pub status: WaitingStatus,
    /// 1 for the first; null once it has come to an end.
    pub place: Option<usize>,
    /// The time that is held for whoever waits, right now.
    pub offer: Option<Offer>,
    /// Opens the place. Only in the answer that makes it: keep it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub manage_token: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WaitingStatus {
    Waiting,
    /// A time is held for them.
    Offered,
    /// They took one.
    Done,
    Withdrawn,
    /// No time is left to wait for.
    Over,
}

/// A hold like any other, to be paid before it runs out.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WaitingOffer)]
pub struct Offer {
    pub booking: Uuid,
    /// Opens the booking.
    pub manage_token: String,
    pub space: Uuid,
    pub space_name: Names,
    pub facility_name: Names,
    pub start: Instant,
    pub end: Instant,
    pub hold_expires_at: Instant,
}

impl Waiting {
    /// Reads what belongs to the place.
    pub async fn read(services: &Services, entry: &Entry) -> Result<Self, DbError> {
        let state = entry.state_at(services.clock.now());
        let place = if state.is_live() { Some(waiting::place(services, entry).await?) } else { None };
        let offer = waiting::offered_to(services, entry.id).await?;
        let offer = offer.map(|booking| Offer::new(services, &booking));
        Ok(Self { id: entry.id, status: state.into(), place, offer, manage_token: None })
    }
}

impl Offer {
    fn new(services: &Services, booking: &Booking) -> Self {
        let (space, at) = (&booking.space, |instant| Instant::new(instant, booking.space.zone()));
        Self {
            booking: booking.id,
            manage_token: services.secret.manage_token(booking.id),
            space: space.id,
            space_name: (&space.name).into(),
            facility_name: (&space.facility.name).into(),
            start: at(booking.starts_at()),
            end: at(booking.ends_at()),
            hold_expires_at: at(booking.hold_expires_at),
        }
    }
}

impl From<WaitingState> for WaitingStatus {
    fn from(state: WaitingState) -> Self {
        match state {
            WaitingState::Waiting => Self::Waiting,
            WaitingState::Offered => Self::Offered,
            WaitingState::Done => Self::Done,
            WaitingState::Withdrawn => Self::Withdrawn,
            WaitingState::Over => Self::Over,
        }
    }
}
