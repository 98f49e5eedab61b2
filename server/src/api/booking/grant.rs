//! What municipalities pay of a booking.

use axum::{extract::State, http::StatusCode};
use serde::Serialize;
use utoipa::ToSchema;
use vayla_services::{
    DbError, Services, booking, deposit,
    grant::{self, GrantState, Granted},
};

use super::{
    super::{
        answers::Opened,
        money::{Money, Rate},
        names::{Id, Names},
        problem::Problem,
    },
    Access, TokenQuery,
};

/// What a municipality pays of a booking.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookingGrant {
    name: Names,
    /// The code of the town that pays.
    #[schema(example = "haparanda")]
    municipality: String,
    /// Once the time is booked; before, it is promised.
    given: bool,
    /// What it pays of the price, in the facility's currency.
    pays: Money,
    /// What that costs the town, in its own.
    costs: Money,
    rate: Option<Rate>,
    /// What has come back to it of what it pays.
    returned: Money,
}

/// What is left for a booking's payer, once grants are off the price and the deposit is on.
pub struct Rest {
    pub grants: Vec<BookingGrant>,
    pub to_pay: Money,
    pub to_pay_other: Option<Money>,
}

impl Rest {
    pub async fn read(services: &Services, booking: &booking::Booking) -> Result<Self, DbError> {
        let granted = grant::of_booking(&services.db, booking.id).await?;
        let to_pay = deposit::to_pay(booking, &granted);
        // Nothing is something to be told, though not to be paid.
        let free_other = to_pay.other.as_ref().map(|(money, _)| *money).filter(|_| to_pay.is_nothing());
        Ok(Self {
            grants: granted.iter().map(BookingGrant::new).collect(),
            to_pay: to_pay.total().into(),
            to_pay_other: to_pay.total_other().or(free_other).map(Into::into),
        })
    }
}

impl BookingGrant {
    fn new(granted: &Granted) -> Self {
        Self {
            name: (&granted.name).into(),
            municipality: granted.municipality.clone(),
            given: granted.state == GrantState::Given,
            pays: granted.gross.into(),
            costs: granted.paid.into(),
            rate: granted.rate.as_ref().map(Into::into),
            returned: granted.back.gross.into(),
        }
    }
}

/// Takes off the grant that was put on a held booking; what is booked keeps it.
#[utoipa::path(
    delete, path = "/bookings/{id}/grant", operation_id = "take_grant_off", tag = "bookings",
    params(("id" = Id, Path), TokenQuery), security(("bearer" = []), ("manage_token" = [])),
    responses((status = 204, description = "Nobody else pays a part"), Opened),
)]
pub async fn take_off(
    State(services): State<Services>,
    Access(booking): Access,
) -> Result<StatusCode, Problem> {
    grant::take_off(&services, &[booking.id]).await?;
    Ok(StatusCode::NO_CONTENT)
}
