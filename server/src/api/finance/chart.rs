//! A town's own chart of accounts.

use std::collections::BTreeMap;

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
    ledger::{self, Account, ChartProblem},
};
use vayla_locales::words;
use vayla_services::{
    Services,
    ledger::{ChartError, chart_for_staff, set_chart},
};

use super::super::{
    answers::{StaffChanged, StaffOpened},
    instant::Day,
    json::{Body, Nothing, Query},
    names::Names,
    problem::Problem,
    staff::Caller,
};

pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(show))
}

pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(set))
}

/// A town's chart of accounts.
#[derive(Debug, Serialize, ToSchema)]
struct Chart {
    /// By account, then date.
    accounts: Vec<ChartAccount>,
}

/// What the town calls one of our accounts from a date on.
#[derive(Debug, Serialize, ToSchema)]
struct ChartAccount {
    #[schema(example = "due_to:tornio")]
    account: String,
    from: NaiveDate,
    #[schema(example = "2431")]
    number: String,
    name: Names,
    /// What its accounting wants besides: counterparty, cost centre, VAT code.
    dimensions: BTreeMap<String, String>,
}

impl Chart {
    fn new(chart: Vec<ledger::ChartAccount>) -> Self {
        let line = |line: ledger::ChartAccount| ChartAccount {
            account: line.account.to_string(),
            from: line.from,
            number: line.number,
            name: (&line.name).into(),
            dimensions: line.dimensions,
        };
        Self { accounts: chart.into_iter().map(line).collect() }
    }
}

/// In place of the chart before.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewChart {
    #[schema(max_items = 500)]
    accounts: Vec<NewChartAccount>,
}

/// What the town calls one of our accounts from a date on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewChartAccount {
    #[schema(example = "due_to:tornio")]
    account: String,
    from: Day,
    #[schema(min_length = 1, max_length = 20, pattern = "^[A-Za-z0-9.-]+$", example = "2431")]
    number: String,
    name: NewChartName,
    #[serde(default)]
    dimensions: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewChartName {
    #[schema(min_length = 1, max_length = 100, example = "Skuld till Torneå")]
    sv: String,
    #[schema(min_length = 1, max_length = 100, example = "Velka Torniolle")]
    fi: String,
}

impl NewChart {
    fn read(self) -> Result<Vec<ledger::ChartAccount>, Problem> {
        let line = |(place, line): (usize, NewChartAccount)| {
            let NewChartName { sv, fi } = line.name;
            Ok(ledger::ChartAccount {
                account: line.account.parse::<Account>().map_err(|_| unknown_account(place))?,
                from: line.from.date("accounts")?,
                number: line.number,
                name: Bilingual { sv, fi },
                dimensions: line.dimensions,
            })
        };
        self.accounts.into_iter().enumerate().map(line).collect()
    }
}

fn unknown_account(place: usize) -> Problem {
    let field = format!("accounts[{place}].account");
    Problem::refused("unknown_account", &field, |language| words(language).problem_chart_account())
}

/// What a town calls the accounts, with all dates. Scope: `finance`.
#[utoipa::path(
    get, path = "/municipalities/{code}/chart", operation_id = "show_chart", tag = "finance",
    params(("code" = String, Path)), security(("staff_token" = [])),
    responses((status = 200, description = "The chart", body = Chart), StaffOpened),
)]
async fn show(
    State(services): State<Services>,
    caller: Caller,
    Path(code): Path<String>,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<Chart>, Problem> {
    let chart = chart_for_staff(&services, &caller.0, &code).await;
    Ok(Json(Chart::new(chart.map_err(|error| caller.problem(&services, error))?)))
}

/// Writes a town's chart down in place of the one before. The books themselves keep our accounts: what exports
/// call them changes. Scope: `finance`.
#[utoipa::path(
    put, path = "/municipalities/{code}/chart", operation_id = "set_chart", tag = "finance",
    params(("code" = String, Path)), request_body = NewChart, security(("staff_token" = [])),
    responses((status = 200, description = "The chart as it is now", body = Chart), StaffChanged),
)]
async fn set(
    State(services): State<Services>,
    caller: Caller,
    Path(code): Path<String>,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<NewChart>,
) -> Result<Json<Chart>, Problem> {
    let chart = asked.read().map_err(|problem| caller.problem(&services, problem))?;
    let chart = set_chart(&services, &caller.0, &code, chart).await;
    Ok(Json(Chart::new(chart.map_err(|error| caller.problem(&services, error))?)))
}

impl From<ChartError> for Problem {
    fn from(error: ChartError) -> Self {
        match error {
            ChartError::Db(error) => error.into(),
            ChartError::Forbidden(forbidden) => forbidden.into(),
            ChartError::Unknown => Self::not_found(),
            ChartError::Wrong(place, problem) => {
                let (code, field) = code_and_field(problem);
                let field = format!("accounts[{place}]{field}");
                Self::refused(code, &field, move |language| {
                    let words = words(language);
                    match problem {
                        ChartProblem::TooMany { max } => words.problem_chart_too_many(max),
                        ChartProblem::Twice => words.problem_chart_twice(),
                        ChartProblem::Number { max } => words.problem_chart_number(max),
                        ChartProblem::Name { max } => words.problem_chart_name(max),
                        ChartProblem::Dimension { max } => words.problem_chart_dimension(max),
                        ChartProblem::Other => words.problem_chart_other(),
                    }
                })
            }
        }
    }
}

const fn code_and_field(problem: ChartProblem) -> (&'static str, &'static str) {
    match problem {
        ChartProblem::TooMany { .. } => ("too_many", ""),
        ChartProblem::Twice => ("twice", ""),
        ChartProblem::Number { .. } => ("number", ".number"),
        ChartProblem::Name { .. } => ("name", ".name"),
        ChartProblem::Dimension { .. } => ("dimension", ".dimensions"),
        ChartProblem::Other => ("unknown_account", ".account"),
    }
}
