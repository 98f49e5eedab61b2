//! Money that staff give back.

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_domain::{Reason, money};
use vayla_services::{
    Services,
    deposit::return_by_staff,
    payment::{GivenBack, refund_by_staff},
};

use super::{
    super::{
        answers::StaffGaveBack,
        json::{Body, Nothing, Query},
        money::{Money, MoneyAsked},
        names::Id,
        problem::Problem,
    },
    Caller,
    reason::ReasonGiven,
};

pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(refund)).routes(routes!(give_deposit_back))
}

/// How much goes back, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StaffRefunding {
    /// A part of the price, in its currency, or of the deposit, in that in which it came; without it, all that is left.
    #[schema(nullable = false)]
    amount: Option<MoneyAsked>,
    reason: ReasonGiven,
}

impl StaffRefunding {
    fn read(self) -> Result<(Option<money::Money>, Reason), Problem> {
        let reason = self.reason.read()?;
        Ok((self.amount.map(|amount| amount.read("amount")).transpose()?, reason))
    }
}

/// What has gone back.
#[derive(Debug, Serialize, ToSchema)]
struct StaffRefunded {
    /// An amount for each currency it came in.
    refunds: Vec<Money>,
    /// How much of the price is still paid, or of the deposit held.
    left: Money,
}

impl From<GivenBack> for StaffRefunded {
    fn from(done: GivenBack) -> Self {
        Self { refunds: done.refunds.into_iter().map(Into::into).collect(), left: done.left.into() }
    }
}

/// Gives back what was paid for a booking, all that is left or a part of it, at the rate and with the tax that
/// it came with. The booking stands; the booker gets a letter that says why. Scope: `refunds`.
#[utoipa::path(
    post, path = "/bookings/{id}/refunds", operation_id = "refund_staff_booking", tag = "staff",
    params(("id" = Id, Path)), request_body = StaffRefunding, security(("staff_token" = [])),
    responses((status = 200, description = "It goes back", body = StaffRefunded), StaffGaveBack),
)]
async fn refund(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<StaffRefunding>,
) -> Result<Json<StaffRefunded>, Problem> {
    let (part, reason) = asked.read().map_err(|problem| caller.problem(&services, problem))?;
    let done = refund_by_staff(&services, &caller.0, id.0, part, &reason).await;
    Ok(Json(done.map_err(|error| caller.problem(&services, error))?.into()))
}

/// Gives a booking's deposit back before it goes back by itself, all that is held or a part of it, as it came. The
/// booker gets a letter that says why. Scope: `refunds`.
#[utoipa::path(
    post, path = "/bookings/{id}/deposit/returns", operation_id = "return_staff_deposit", tag = "staff",
    params(("id" = Id, Path)), request_body = StaffRefunding, security(("staff_token" = [])),
    responses((status = 200, description = "It goes back", body = StaffRefunded), StaffGaveBack),
)]
async fn give_deposit_back(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<StaffRefunding>,
) -> Result<Json<StaffRefunded>, Problem> {
    let (part, reason) = asked.read().map_err(|problem| caller.problem(&services, problem))?;
    let done = return_by_staff(&services, &caller.0, id.0, part, &reason).await;
    Ok(Json(done.map_err(|error| caller.problem(&services, error))?.into()))
}
