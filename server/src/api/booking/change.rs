//! Moves a booking: first what that comes to, then the act.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::ToSchema;
use vayla_services::{
    Services,
    booking::{self, Changed, Target},
};

use super::{
    super::{answers::Moved, instant::When, json::Body, names::Id, problem::Problem, refusal},
    Access, TokenQuery,
    body::Booking,
    create::QuoteName,
    moving::Move,
};

/// Another time, length or space. What isn't said stays as it is; without an `end` so does the length.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTime {
    /// Of the same town.
    space: Option<Id>,
    /// With any offset; without one, as the facility's wall clock shows it.
    start: Option<When>,
    #[schema(example = "2027-03-29T19:00:00+03:00")]
    end: Option<When>,
    /// The `quote` that was shown: another price is refused, and the same call twice has one effect.
    quote: Option<QuoteName>,
    /// Without it nothing is done: the answer says what it would come to.
    confirm: Option<bool>,
}

/// Moves a booking, with `confirm`; without it, says what that comes to.
///
/// A cheaper time, or one that costs the same, is the booking's at once, and what it costs less goes
/// back. A dearer one is held until the difference has been paid with `POST …/payments`. A booking that is
/// only held itself is held anew: the answer is another booking, with a `manage_token` of its own.
#[utoipa::path(
    patch, path = "/bookings/{id}", operation_id = "move_booking", tag = "bookings",
    params(("id" = Id, Path), TokenQuery), request_body = NewTime,
    security(("bearer" = []), ("manage_token" = [])),
    responses((status = 200, description = "The booking, with the `change`", body = Booking), Moved),
)]
pub async fn change(
    State(services): State<Services>,
    Access(booking): Access,
    Body(asked): Body<NewTime>,
) -> Result<Json<Booking>, Problem> {
    let facility = Arc::clone(&booking.space.facility);
    moved(&services, booking, asked).await.map(Json).map_err(|problem| problem.at(&facility))
}

async fn moved(services: &Services, before: booking::Booking, asked: NewTime) -> Result<Booking, Problem> {
    let target = asked.target(services, &before)?;
    let refused = |error| refusal::not_moved(&services.catalogue(), &before, &target.space, error);
    if asked.confirm != Some(true) {
        let quote = booking::quote_change(services, &before, &target).await.map_err(refused)?;
        let mut body = Booking::read(services, &before).await?;
        body.change = Some(Move::quoted(&before, &quote)?);
        return Ok(body);
    }
    let shown = asked.quote.as_ref().map(|quote| quote.0.as_str());
    let changed = booking::change(services, before.id, &target, shown).await.map_err(refused)?;
    let (after, refunds) = match changed {
        Changed::Open(_) => return Ok(Booking::read(services, &before).await?),
        Changed::Held(held) => {
            let mut body = with_move(services, &before, &held, &[]).await?;
            body.manage_token = Some(services.secret.manage_token(held.id));
            return Ok(body);
        }
        Changed::Done { refunds } => (booking::find(services, before.id).await?, refunds),
    };
    with_move(services, &before, after.as_ref().unwrap_or(&before), &refunds).await
}

async fn with_move(
    services: &Services,
    before: &booking::Booking,
    after: &booking::Booking,
    refunds: &[vayla_domain::money::Money],
) -> Result<Booking, Problem> {
    let mut body = Booking::read(services, after).await?;
    body.change = Some(Move::done(services, before, after, refunds).await?);
    Ok(body)
}

impl NewTime {
    fn target(&self, services: &Services, booking: &booking::Booking) -> Result<Target, Problem> {
        let space = match &self.space {
            Some(id) => services.catalogue().space(id.0).cloned().ok_or_else(Problem::not_found)?,
            None => Arc::clone(&booking.space),
        };
        let zone = space.zone();
        let start = self.start.map(|start| start.at(zone, "start")).transpose()?;
        let start = start.unwrap_or_else(|| booking.starts_at());
        let end = self.end.map(|end| end.at(zone, "end")).transpose()?;
        let end = end.or_else(|| start.checked_add_signed(booking.ends_at() - booking.starts_at()));
        Ok(Target { space, start, end: end.unwrap_or(start) })
    }
}
