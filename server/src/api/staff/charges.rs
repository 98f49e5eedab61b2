//! What a use has cost afterwards: charged by staff, and taken back.

use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_domain::money::{OVER_MINUTES_MAX, ReckonFault, Told};
use vayla_locales::{format, words};
use vayla_services::{
    Services,
    charge::{self, CHARGES_MAX, Charging, MakeError, TakeBackError},
};

use super::{
    super::{
        answers::{StaffCharged, StaffOpened},
        charge::UseCharge,
        json::{Body, Nothing, Query, Whole},
        money::MoneyAsked,
        names::Id,
        problem::Problem,
        refusal::conflict,
    },
    Caller,
    reason::ReasonGiven,
};

pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(list))
}

pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(make)).routes(routes!(take_back))
}

/// What is charged, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewUseCharge {
    /// The code of an entry of the price list that holds for the booking.
    #[schema(pattern = "^[a-z0-9_-]{1,40}$", example = "lost_key")]
    charge: String,
    /// How long it was, where the list goes by time.
    #[schema(value_type = Option<u32>, nullable = false, minimum = 1, maximum = 1440)]
    minutes: Option<Whole>,
    /// What it has cost the town, where the list goes by that; in the booking's currency, tax included.
    #[schema(nullable = false)]
    cost: Option<MoneyAsked>,
    reason: ReasonGiven,
}

/// Why a charge is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TakingBack {
    reason: ReasonGiven,
}

/// What the use of a booking has cost afterwards. Scope: `charges`.
#[utoipa::path(
    get, path = "/bookings/{id}/charges", operation_id = "list_staff_charges", tag = "staff",
    params(("id" = Id, Path)), security(("staff_token" = [])),
    responses((status = 200, description = "All of it, in order", body = Vec<UseCharge>), StaffOpened),
)]
async fn list(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<Vec<UseCharge>>, Problem> {
    let found = charge::of_booking_for_staff(&services, &caller.0, id.0).await;
    let (booking, charges) = found.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(UseCharge::read_all(&services, &booking, &charges).await?))
}

/// Charges a booking whose time has begun, under the price list that holds for it; for not coming, when it is over.
/// The booker gets a letter with the link where it is paid; what is on account comes on the customer's next invoice.
/// Scope: `charges`.
#[utoipa::path(
    post, path = "/bookings/{id}/charges", operation_id = "charge_staff_booking", tag = "staff",
    params(("id" = Id, Path)), request_body = NewUseCharge, security(("staff_token" = [])),
    responses((status = 201, description = "It is charged", body = UseCharge), StaffCharged),
)]
async fn make(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<NewUseCharge>,
) -> Result<(StatusCode, Json<UseCharge>), Problem> {
    let made = made(&services, &caller, id, asked).await;
    made.map(|made| (StatusCode::CREATED, Json(made))).map_err(|problem| caller.problem(&services, problem))
}

async fn made(
    services: &Services,
    caller: &Caller,
    id: Id,
    asked: NewUseCharge,
) -> Result<UseCharge, Problem> {
    let reason = asked.reason.read()?;
    // Out of range is as wrong as none.
    let minutes = asked.minutes.map(|minutes| u32::try_from(minutes.0).unwrap_or_default());
    let told = Told { minutes, cost: asked.cost.map(|cost| cost.read("cost")).transpose()? };
    let charging = Charging { code: &asked.charge, told, reason: &reason };
    let (booking, charge) = charge::make(services, &caller.0, id.0, charging).await?;
    Ok(UseCharge::read(services, &booking, &charge).await?)
}

/// Takes a charge back: what was paid of it goes back as it came, and one that is on an invoice gets a credit note. The
/// booker gets a letter that says why. Scope: `charges`.
#[utoipa::path(
    post, path = "/charges/{id}/credit", operation_id = "credit_staff_charge", tag = "staff",
    params(("id" = Id, Path)), request_body = TakingBack, security(("staff_token" = [])),
    responses((status = 200, description = "It is taken back", body = UseCharge), StaffCharged),
)]
async fn take_back(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<TakingBack>,
) -> Result<Json<UseCharge>, Problem> {
    let reason = asked.reason.read().map_err(|problem| caller.problem(&services, problem))?;
    let done = charge::take_back(&services, &caller.0, id.0, &reason).await;
    let (booking, charge) = done.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(UseCharge::read(&services, &booking, &charge).await?))
}

impl From<MakeError> for Problem {
    fn from(error: MakeError) -> Self {
        match error {
            MakeError::Look(error) => error.into(),
            MakeError::NotBooked => {
                conflict("not_booked", |language| words(language).problem_charge_not_booked())
            }
            MakeError::NotBegun => {
                conflict("not_begun", |language| words(language).problem_charge_not_begun())
            }
            MakeError::NotOver => conflict("not_over", |language| words(language).problem_charge_not_over()),
            MakeError::NoShow => conflict("no_show", |language| words(language).problem_charge_no_show()),
            MakeError::NotListed(codes) => {
                Self::refused("not_listed", "charge", move |language| match codes.is_empty() {
                    true => words(language).problem_charge_none_listed(),
                    false => words(language).problem_charge_not_listed(codes.join(", ")),
                })
            }
            MakeError::Reckon(fault) => unreckoned(fault),
            MakeError::NoTax => conflict("no_tax", |language| words(language).problem_charge_no_tax()),
            MakeError::TooMany => {
                conflict("too_many", |language| words(language).problem_charge_too_many(CHARGES_MAX))
            }
        }
    }
}

fn unreckoned(fault: ReckonFault) -> Problem {
    match fault {
        ReckonFault::Minutes => Problem::refused("invalid", "minutes", |language| {
            words(language).problem_charge_minutes(OVER_MINUTES_MAX)
        }),
        ReckonFault::NoMinutes => {
            Problem::refused("invalid", "minutes", |language| words(language).problem_charge_no_minutes())
        }
        ReckonFault::Cost(most) => Problem::refused("invalid", "cost", move |language| {
            words(language).problem_charge_cost(format::money(language, most))
        }),
        ReckonFault::NoCost => {
            Problem::refused("invalid", "cost", |language| words(language).problem_charge_no_cost())
        }
        ReckonFault::Nothing => {
            Problem::refused("invalid", "charge", |language| words(language).problem_charge_nothing())
        }
    }
}

impl From<TakeBackError> for Problem {
    fn from(error: TakeBackError) -> Self {
        match error {
            TakeBackError::Look(error) => error.into(),
            TakeBackError::Done => conflict("taken_back", |language| words(language).problem_charge_done()),
        }
    }
}
