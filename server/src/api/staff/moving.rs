//! Others' bookings: moving them for the town.

use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_services::{
    Services,
    booking::{self, StaffMoveError, Target, find_for_staff, move_by_staff},
};

use super::{
    super::{
        answers::StaffMoved,
        booking::Booking,
        instant::When,
        json::{Body, Nothing, Query},
        names::Id,
        problem::Problem,
        refusal,
    },
    Caller,
    reason::ReasonGiven,
};

pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(move_booking))
}

/// Where and when the town moves a booking, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StaffMoving {
    /// Of the same town; without it, the booking's own.
    space: Option<Id>,
    /// With any offset; without one, as the facility's wall clock shows it.
    start: When,
    #[schema(example = "2027-03-29T19:00:00+03:00")]
    end: When,
    reason: ReasonGiven,
}

impl StaffMoving {
    fn target(&self, services: &Services, booking: &booking::Booking) -> Result<Target, Problem> {
        let space = match &self.space {
            Some(id) => services.catalogue().space(id.0).cloned().ok_or_else(Problem::not_found)?,
            None => booking.space.clone(),
        };
        let zone = space.zone();
        Ok(Target { start: self.start.at(zone, "start")?, end: self.end.at(zone, "end")?, space })
    }
}

/// Moves a confirmed booking for the town, at the price that it has: to any free time of any length, in or out of
/// hours, until it begins. The booker gets a letter that says why. Scope: `bookings`.
#[utoipa::path(
    post, path = "/bookings/{id}/move", operation_id = "move_staff_booking", tag = "staff",
    params(("id" = Id, Path)), request_body = StaffMoving, security(("staff_token" = [])),
    responses((status = 200, description = "The booking where it is now", body = Booking), StaffMoved),
)]
async fn move_booking(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<StaffMoving>,
) -> Result<Json<Booking>, Problem> {
    let moved = moved(&services, &caller, id, asked).await;
    moved.map(Json).map_err(|problem| caller.problem(&services, problem))
}

async fn moved(services: &Services, caller: &Caller, id: Id, asked: StaffMoving) -> Result<Booking, Problem> {
    let before = find_for_staff(services, &caller.0, id.0).await?;
    let target = asked.target(services, &before)?;
    let reason = asked.reason.read()?;
    match move_by_staff(services, &caller.0, id.0, &target, &reason).await {
        Ok(()) => {}
        Err(StaffMoveError::Look(error)) => return Err(error.into()),
        Err(StaffMoveError::Move(error)) => {
            return Err(refusal::not_moved(&services.catalogue(), &before, &target.space, error));
        }
    }
    let after = booking::find(services, id.0).await?.ok_or_else(Problem::not_found)?;
    Ok(Booking::read(services, &after).await?)
}
