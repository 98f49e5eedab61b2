//! Rules of opening and booking: what holds in a facility, and in a space besides.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{AppendHeaders, IntoResponse},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_domain::space::{FacilityRules, OwnRules};
use vayla_locales::words;
use vayla_services::{
    Services,
    catalogue::{Facility, Space},
    rules::{self, Changed, RulesError, Written},
};

use super::{
    super::{
        answers::{StaffOpened, StaffRuled},
        json::{Body, Nothing, Query},
        names::Id,
        problem::{AffectedBooking, Problem},
    },
    Caller,
};

pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(show_facility)).routes(routes!(show_space))
}

pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(set_facility)).routes(routes!(set_space))
}

/// The rules as they are kept; `ETag` is their version.
#[derive(Debug, Serialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = Object)]
struct RulesKept<R>(R);

/// The rules of a whole facility.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = Object)]
struct FacilityRulesGiven(FacilityRules);

/// The rules of a space besides.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = Object)]
struct SpaceRulesGiven(OwnRules);

/// What came of changing rules.
#[derive(Debug, Serialize, ToSchema)]
struct RulesChanged {
    /// What is booked to come when it isn't open any more. It stands.
    outside: Vec<AffectedBooking>,
}

type Tagged<T> = (AppendHeaders<[(header::HeaderName, HeaderValue); 1]>, Json<T>);

fn tagged<T>(version: i64, body: T) -> Tagged<T> {
    let tag = HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("*"));
    (AppendHeaders([(header::ETAG, tag)]), Json(body))
}

/// The version that the caller has read; `None` where whatever is there may be written over.
fn version(headers: &HeaderMap) -> Result<Option<i64>, Problem> {
    let Some(value) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default();
    if text == "*" {
        return Ok(None);
    }
    let number =
        text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).and_then(|text| text.parse().ok());
    number.map(Some).ok_or_else(stale)
}

fn stale() -> Problem {
    Problem::new(StatusCode::PRECONDITION_FAILED, "stale", |language| words(language).problem_rules_stale())
}

impl From<RulesError> for Problem {
    fn from(error: RulesError) -> Self {
        match error {
            RulesError::Look(error) => error.into(),
            RulesError::Rules(problem) => Self::refused("invalid", "", move |language| {
                words(language).problem_rules_invalid(problem.to_string())
            }),
            RulesError::Stale => stale(),
        }
    }
}

fn facility(services: &Services, id: Id) -> Result<Arc<Facility>, Problem> {
    services.catalogue().facility(id.0).cloned().ok_or_else(Problem::not_found)
}

fn space(services: &Services, id: Id) -> Result<Arc<Space>, Problem> {
    services.catalogue().space(id.0).cloned().ok_or_else(Problem::not_found)
}

fn changed(changed: &Changed) -> Tagged<RulesChanged> {
    tagged(changed.version, RulesChanged { outside: changed.outside.iter().map(Into::into).collect() })
}

/// The rules of a facility, as staff have written them. Scope: `rules`.
#[utoipa::path(
    get, path = "/facilities/{id}/rules", operation_id = "show_staff_facility_rules", tag = "staff",
    params(("id" = Id, Path)), security(("staff_token" = [])),
    responses((status = 200, description = "The rules", body = Object, headers(("ETag" = String))), StaffOpened),
)]
async fn show_facility(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
) -> Result<impl IntoResponse, Problem> {
    let facility = facility(&services, id)?;
    let written = rules::of_facility(&services, &caller.0, &facility).await;
    let Written { rules, version } = written.map_err(|error| Problem::from(error).at(&facility))?;
    Ok(tagged(version, RulesKept(rules)))
}

/// Lays down the rules of a facility; what is booked stands. Scope: `rules`.
#[utoipa::path(
    put, path = "/facilities/{id}/rules", operation_id = "set_staff_facility_rules", tag = "staff",
    params(("id" = Id, Path), ("If-Match" = Option<String>, Header, description = "`ETag` of the rules as read")),
    request_body = FacilityRulesGiven, security(("staff_token" = [])),
    responses((status = 200, description = "They hold", body = RulesChanged, headers(("ETag" = String))), StaffRuled),
)]
async fn set_facility(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    headers: HeaderMap,
    Query(Nothing {}): Query<Nothing>,
    Body(FacilityRulesGiven(given)): Body<FacilityRulesGiven>,
) -> Result<impl IntoResponse, Problem> {
    let facility = facility(&services, id)?;
    let version = version(&headers)?;
    let done = rules::set_facility(&services, &caller.0, &facility, &given, version).await;
    done.map(|done| changed(&done)).map_err(|error| Problem::from(error).at(&facility))
}

/// The rules that a space has besides its facility's. Scope: `rules`.
#[utoipa::path(
    get, path = "/spaces/{id}/rules", operation_id = "show_staff_space_rules", tag = "staff",
    params(("id" = Id, Path)), security(("staff_token" = [])),
    responses((status = 200, description = "The rules", body = Object, headers(("ETag" = String))), StaffOpened),
)]
async fn show_space(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
) -> Result<impl IntoResponse, Problem> {
    let space = space(&services, id)?;
    let written = rules::of_space(&services, &caller.0, &space).await;
    let Written { rules, version } = written.map_err(|error| Problem::from(error).at(&space.facility))?;
    Ok(tagged(version, RulesKept(rules)))
}

/// Lays down the rules that a space has besides its facility's; what is booked stands. Scope: `rules`.
#[utoipa::path(
    put, path = "/spaces/{id}/rules", operation_id = "set_staff_space_rules", tag = "staff",
    params(("id" = Id, Path), ("If-Match" = Option<String>, Header, description = "`ETag` of the rules as read")),
    request_body = SpaceRulesGiven, security(("staff_token" = [])),
    responses((status = 200, description = "They hold", body = RulesChanged, headers(("ETag" = String))), StaffRuled),
)]
async fn set_space(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    headers: HeaderMap,
    Query(Nothing {}): Query<Nothing>,
    Body(SpaceRulesGiven(given)): Body<SpaceRulesGiven>,
) -> Result<impl IntoResponse, Problem> {
    let space = space(&services, id)?;
    let version = version(&headers)?;
    let done = rules::set_space(&services, &caller.0, &space, &given, version).await;
    done.map(|done| changed(&done)).map_err(|error| Problem::from(error).at(&space.facility))
}
