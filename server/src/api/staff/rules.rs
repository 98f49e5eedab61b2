//! Rules of opening and booking: what holds in a facility, and in a space besides.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::IntoResponse,
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_domain::{
    Language,
    booking::{CANCELLING_MAX, CancellingFault, STEPS_MAX},
    space::{
        FacilityRules, HORIZON_DAYS_MAX, HOURS_MAX, NO_GAPS_MINUTES_MAX, Notice, OwnRules, REASON_MAX,
        RULES_MAX, RulesProblem,
    },
};
use vayla_locales::{format, words};
use vayla_services::{
    Services,
    catalogue::Space,
    rules::{self, Changed, RulesError, Written},
};

use super::{
    super::{
        answers::{StaffOpened, StaffRuled},
        etag::{Tagged, read_version, tagged},
        json::{Document, Nothing, Query},
        names::Id,
        problem::{AffectedBooking, Problem},
    },
    Caller, facility,
};

pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(show_facility)).routes(routes!(show_space))
}

pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(set_facility)).routes(routes!(set_space))
}

/// What came of changing rules.
#[derive(Debug, Serialize, ToSchema)]
struct RulesChanged {
    /// What is booked to come when it isn't open any more. It stands.
    outside: Vec<AffectedBooking>,
}

/// The version that the caller has read; `None` where whatever is there may be written over.
fn version(headers: &HeaderMap) -> Result<Option<i64>, Problem> {
    read_version(headers).map(|version| version.parse().map_err(|_| stale())).transpose()
}

fn stale() -> Problem {
    Problem::new(StatusCode::PRECONDITION_FAILED, "stale", |language| words(language).problem_rules_stale())
}

impl From<RulesError> for Problem {
    fn from(error: RulesError) -> Self {
        match error {
            RulesError::Look(error) => error.into(),
            RulesError::Rules(problem) => {
                let field = match &problem {
                    RulesProblem::Cancelling(problem) => problem.field.clone(),
                    _ => String::new(),
                };
                Self::refused("invalid", &field, move |language| rules_text(language, &problem))
            }
            RulesError::Stale => stale(),
        }
    }
}

fn rules_text(language: Language, problem: &RulesProblem) -> String {
    let w = words(language);
    match problem {
        RulesProblem::TooManyRules => w.problem_rules_too_many(RULES_MAX),
        RulesProblem::TooManyHours => w.problem_rules_hours(HOURS_MAX),
        RulesProblem::Reason => w.problem_rules_reason(REASON_MAX),
        RulesProblem::Dates => w.problem_rules_dates(),
        RulesProblem::Notice => w.problem_rules_notice(Notice::DAYS_MAX),
        RulesProblem::Horizon => w.problem_rules_horizon(HORIZON_DAYS_MAX),
        RulesProblem::Buffer => w.problem_rules_buffer(),
        RulesProblem::FirstStart => w.problem_rules_first_start(),
        RulesProblem::Cancelling(problem) => cancelling_text(language, problem.fault),
        RulesProblem::NoGaps => {
            w.problem_rules_no_gaps(format::duration(language, NO_GAPS_MINUTES_MAX.unsigned_abs() as u32))
        }
    }
}

fn cancelling_text(language: Language, fault: CancellingFault) -> String {
    let w = words(language);
    match fault {
        CancellingFault::Rules => w.problem_cancelling_rules(CANCELLING_MAX),
        CancellingFault::Steps => w.problem_cancelling_steps(STEPS_MAX),
        CancellingFault::Notice => w.problem_cancelling_notice(Notice::DAYS_MAX),
        CancellingFault::Percent => w.problem_cancelling_percent(),
        CancellingFault::Fee => w.problem_cancelling_fee(),
        CancellingFault::Order => w.problem_cancelling_order(),
    }
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
    responses((status = 200, description = "The rules", body = ref("#/components/schemas/FacilityRules"), headers(("ETag" = String))), StaffOpened),
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
    Ok(tagged(version, rules))
}

/// Lays down the rules of a facility; what is booked stands. Scope: `rules`.
#[utoipa::path(
    put, path = "/facilities/{id}/rules", operation_id = "set_staff_facility_rules", tag = "staff",
    params(("id" = Id, Path), ("If-Match" = Option<String>, Header, description = "`ETag` of the rules as read")),
    request_body(content = ref("#/components/schemas/FacilityRules")), security(("staff_token" = [])),
    responses((status = 200, description = "They hold", body = RulesChanged, headers(("ETag" = String))), StaffRuled),
)]
async fn set_facility(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    headers: HeaderMap,
    Query(Nothing {}): Query<Nothing>,
    Document(given): Document<FacilityRules>,
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
    responses((status = 200, description = "The rules", body = ref("#/components/schemas/SpaceRules"), headers(("ETag" = String))), StaffOpened),
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
    Ok(tagged(version, rules))
}

/// Lays down the rules that a space has besides its facility's; what is booked stands. Scope: `rules`.
#[utoipa::path(
    put, path = "/spaces/{id}/rules", operation_id = "set_staff_space_rules", tag = "staff",
    params(("id" = Id, Path), ("If-Match" = Option<String>, Header, description = "`ETag` of the rules as read")),
    request_body(content = ref("#/components/schemas/SpaceRules")), security(("staff_token" = [])),
    responses((status = 200, description = "They hold", body = RulesChanged, headers(("ETag" = String))), StaffRuled),
)]
async fn set_space(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    headers: HeaderMap,
    Query(Nothing {}): Query<Nothing>,
    Document(given): Document<OwnRules>,
) -> Result<impl IntoResponse, Problem> {
    let space = space(&services, id)?;
    let version = version(&headers)?;
    let done = rules::set_space(&services, &caller.0, &space, &given, version).await;
    done.map(|done| changed(&done)).map_err(|error| Problem::from(error).at(&space.facility))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use vayla_domain::holiday::Holiday;

    #[test]
    fn the_description_knows_every_holiday() {
        let schemas: Value = serde_json::from_str(include_str!("rules.schema.json")).expect("our own file");
        let listed = &schemas["RuleCondition"]["oneOf"][3]["properties"]["holidays"]["items"]["enum"];
        let known = ["public", "eve"].into_iter().chain(Holiday::ALL.into_iter().map(Holiday::code));
        assert_eq!(listed.as_array().expect("a list"), &known.map(Value::from).collect::<Vec<_>>());
    }
}
