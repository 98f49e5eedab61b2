//! When the schools of a town have a break: series may leave those dates out.

use axum::{
    Json,
    extract::{Path, State},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_domain::{
    Bilingual,
    series::{self, BreakProblem},
};
use vayla_locales::words;
use vayla_services::{
    Services,
    series::{BreaksError, breaks_for_staff, set_breaks},
};

use super::{
    super::{
        answers::{StaffChanged, StaffOpened},
        instant::Day,
        json::{Body, Nothing, Query},
        names::Names,
        problem::Problem,
    },
    Caller,
};

pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(list))
}

pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(set))
}

/// The breaks of a town's schools.
#[derive(Debug, Serialize, ToSchema)]
struct SchoolBreaks {
    /// The earliest first.
    breaks: Vec<SchoolBreak>,
}

/// A break.
#[derive(Debug, Serialize, ToSchema)]
struct SchoolBreak {
    from: NaiveDate,
    /// The last day, itself included.
    to: NaiveDate,
    name: Names,
}

impl SchoolBreaks {
    fn new(breaks: &[series::Break]) -> Self {
        let pause = |pause: &series::Break| SchoolBreak {
            from: pause.from,
            to: pause.to,
            name: (&pause.name).into(),
        };
        Self { breaks: breaks.iter().map(pause).collect() }
    }
}

/// In place of those before.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSchoolBreaks {
    #[schema(max_items = 100)]
    breaks: Vec<NewSchoolBreak>,
}

/// A break.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSchoolBreak {
    from: Day,
    /// The last day, itself included.
    to: Day,
    name: NewSchoolBreakName,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSchoolBreakName {
    #[schema(min_length = 1, max_length = 100, example = "sportlov")]
    sv: String,
    #[schema(min_length = 1, max_length = 100, example = "hiihtoloma")]
    fi: String,
}

impl NewSchoolBreaks {
    fn read(self) -> Result<Vec<series::Break>, Problem> {
        let pause = |pause: NewSchoolBreak| {
            let NewSchoolBreakName { sv, fi } = pause.name;
            let (from, to) = (pause.from.date("breaks")?, pause.to.date("breaks")?);
            Ok(series::Break { from, to, name: Bilingual { sv, fi } })
        };
        self.breaks.into_iter().map(pause).collect()
    }
}

/// The breaks of a town's schools. Scope: `series`.
#[utoipa::path(
    get, path = "/municipalities/{code}/breaks", operation_id = "show_school_breaks", tag = "staff",
    params(("code" = String, Path)), security(("staff_token" = [])),
    responses((status = 200, description = "The breaks", body = SchoolBreaks), StaffOpened),
)]
async fn list(
    State(services): State<Services>,
    caller: Caller,
    Path(code): Path<String>,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<SchoolBreaks>, Problem> {
    let breaks = breaks_for_staff(&services, &caller.0, &code).await;
    let breaks = breaks.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(SchoolBreaks::new(&breaks)))
}

/// Writes a town's breaks down in place of those before. Series that are booked stay as they are.
/// Scope: `series`.
#[utoipa::path(
    put, path = "/municipalities/{code}/breaks", operation_id = "set_school_breaks", tag = "staff",
    params(("code" = String, Path)), request_body = NewSchoolBreaks, security(("staff_token" = [])),
    responses((status = 200, description = "The breaks as they are now", body = SchoolBreaks), StaffChanged),
)]
async fn set(
    State(services): State<Services>,
    caller: Caller,
    Path(code): Path<String>,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<NewSchoolBreaks>,
) -> Result<Json<SchoolBreaks>, Problem> {
    let breaks = asked.read().map_err(|problem| caller.problem(&services, problem))?;
    let breaks = set_breaks(&services, &caller.0, &code, breaks).await;
    let breaks = breaks.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(SchoolBreaks::new(&breaks)))
}

impl From<BreaksError> for Problem {
    fn from(error: BreaksError) -> Self {
        match error {
            BreaksError::Db(error) => error.into(),
            BreaksError::Forbidden(forbidden) => forbidden.into(),
            BreaksError::Unknown => Self::not_found(),
            BreaksError::Wrong(place, problem) => {
                let (field, code) = (format!("breaks[{place}]"), code(problem));
                Self::refused(code, &field, move |language| match problem {
                    BreakProblem::TooMany { max } => words(language).problem_breaks_too_many(max),
                    BreakProblem::Backwards => words(language).problem_break_backwards(),
                    BreakProblem::Overlaps => words(language).problem_break_overlaps(),
                    BreakProblem::Name { max } => words(language).problem_break_name(max),
                })
            }
        }
    }
}

const fn code(problem: BreakProblem) -> &'static str {
    match problem {
        BreakProblem::TooMany { .. } => "too_many",
        BreakProblem::Backwards => "backwards",
        BreakProblem::Overlaps => "overlaps",
        BreakProblem::Name { .. } => "name",
    }
}
