//! What a town pays of others' prices.

mod body;

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_domain::grant::{GRANT_DAYS_MAX, GrantField};
use vayla_locales::words;
use vayla_services::{
    Services,
    grant::{self, CODES_MAX, GrantError, VOUCHERS_MAX},
};

use self::body::{NewGrant, TownGrant};
use super::{
    super::{
        answers::{StaffGranted, StaffOpened},
        json::{Body, Nothing, Query, Whole},
        money::MoneyAsked,
        names::Id,
        problem::Problem,
        refusal::conflict,
    },
    Caller,
    customers::OfTown,
};

/// Codes are shown once: no answer with them is kept for an `Idempotency-Key`.
pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(vouchers))
}

pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(make)).routes(routes!(close))
}

/// A town's grants, the oldest first, with what is used of them. Scope: `grants`.
#[utoipa::path(
    get, path = "/grants", operation_id = "list_grants", tag = "staff", params(OfTown),
    security(("staff_token" = [])),
    responses((status = 200, description = "All of them", body = Vec<TownGrant>), StaffOpened),
)]
async fn list(
    State(services): State<Services>,
    caller: Caller,
    Query(asked): Query<OfTown>,
) -> Result<Json<Vec<TownGrant>>, Problem> {
    let grants = grant::list(&services, &caller.0, &asked.municipality).await;
    let grants = grants.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(grants.into_iter().map(|grant| TownGrant::new(&services, grant)).collect()))
}

/// Gives a grant: to a customer, of whichever town, or to whoever has one of its vouchers. Scope: `grants`.
#[utoipa::path(
    post, path = "/grants", operation_id = "make_grant", tag = "staff", request_body = NewGrant,
    security(("staff_token" = [])),
    responses((status = 201, description = "It is given", body = TownGrant), StaffGranted),
)]
async fn make(
    State(services): State<Services>,
    caller: Caller,
    Body(asked): Body<NewGrant>,
) -> Result<(StatusCode, Json<TownGrant>), Problem> {
    let fields = asked.fields(&services).map_err(|problem| caller.problem(&services, problem))?;
    let made = grant::make(&services, &caller.0, asked.municipality(), asked.customer(), fields).await;
    let made = made.map_err(|error| caller.problem(&services, error))?;
    Ok((StatusCode::CREATED, Json(TownGrant::new(&services, made))))
}

/// Closes a grant: it pays nothing new, and keeps to what it has promised and paid. Scope: `grants`.
#[utoipa::path(
    post, path = "/grants/{id}/close", operation_id = "close_grant", tag = "staff", params(("id" = Id, Path)),
    security(("staff_token" = [])),
    responses((status = 204, description = "It is closed"), StaffGranted),
)]
async fn close(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
) -> Result<StatusCode, Problem> {
    let closed = grant::close(&services, &caller.0, id.0).await;
    closed.map_err(|error| caller.problem(&services, error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// How many vouchers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewVouchers {
    #[schema(value_type = u32, minimum = 1, maximum = 500, example = 10)]
    count: Whole,
    /// Each is good for so much in all; without it, for one booking.
    #[schema(nullable = false)]
    amount: Option<MoneyAsked>,
}

/// Vouchers, to be handed out.
#[derive(Debug, Serialize, ToSchema)]
struct Vouchers {
    /// Nobody can read them again.
    #[schema(example = json!(["K7MQ-2XRT-0BPA-9VEH"]))]
    codes: Vec<String>,
}

/// Makes vouchers of a grant. Each call makes others. Scope: `grants`.
#[utoipa::path(
    post, path = "/grants/{id}/vouchers", operation_id = "make_vouchers", tag = "staff",
    params(("id" = Id, Path)), request_body = NewVouchers, security(("staff_token" = [])),
    responses((status = 201, description = "Their codes", body = Vouchers), StaffGranted),
)]
async fn vouchers(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<NewVouchers>,
) -> Result<(StatusCode, Json<Vouchers>), Problem> {
    let amount = asked.amount.as_ref().map(|amount| amount.read("amount")).transpose();
    let amount = amount.map_err(|problem| caller.problem(&services, problem))?;
    let count = usize::try_from(asked.count.0).unwrap_or_default();
    let codes = grant::vouchers(&services, &caller.0, id.0, count, amount).await;
    let codes = codes.map_err(|error| caller.problem(&services, error))?;
    Ok((StatusCode::CREATED, Json(Vouchers { codes })))
}

impl From<GrantError> for Problem {
    fn from(error: GrantError) -> Self {
        match error {
            GrantError::Look(error) => error.into(),
            GrantError::Field(field) => Self::refused("invalid", field.code(), move |language| match field {
                GrantField::Percent => words(language).grant_problem_pays(),
                GrantField::Amount | GrantField::Limit | GrantField::Budget => {
                    words(language).grant_problem_money(field.code())
                }
                GrantField::Until => words(language).grant_problem_until(GRANT_DAYS_MAX),
                _ => words(language).problem_field_invalid(field.code()),
            }),
            GrantError::Closed => conflict("closed", |language| words(language).grant_problem_closed()),
            GrantError::Customers => {
                conflict("has_customer", |language| words(language).grant_problem_customers())
            }
            GrantError::TooMany => conflict("too_many", |language| {
                words(language).grant_problem_too_many(CODES_MAX, VOUCHERS_MAX)
            }),
        }
    }
}
