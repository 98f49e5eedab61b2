//! The books written out.

use std::time::Duration;

use axum::{
    BoxError,
    body::{Body, Bytes},
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use http_body_util::{BodyExt, channel::Channel};
use serde::Deserialize;
use tokio::time::timeout;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_locales::words;
use vayla_services::{
    Services,
    ledger::{Export, ExportError, Period, beancount},
};

use super::super::{answers::StaffListed, instant::Day, json::Query, problem::Problem, staff::Caller};

/// Pieces that wait for a slow reader.
const WAITING: usize = 2;
/// Whoever reads nothing for so long keeps the database from tidying up, and is left.
const PATIENCE: Duration = Duration::from_secs(60);

pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(show))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PeriodAsked {
    /// The first day, by each town's own clock; without it, from the beginning.
    #[param(nullable = false)]
    from: Option<Day>,
    /// The last day, itself included; without it, until now.
    #[param(nullable = false)]
    to: Option<Day>,
}

/// The books as beancount text: of the token's town, or of all. Each transaction names its event, its source
/// and the rate that it used; the balances at the end are asserted. Scope: `finance`.
#[utoipa::path(
    get, path = "/ledger.beancount", operation_id = "export_ledger", tag = "finance", params(PeriodAsked),
    security(("staff_token" = [])),
    responses(
        (status = 200, description = "The books", body = String, content_type = "text/plain"),
        StaffListed,
    ),
)]
async fn show(
    State(services): State<Services>,
    caller: Caller,
    Query(asked): Query<PeriodAsked>,
) -> Result<Response, Problem> {
    let day = |day: Option<Day>, field| {
        day.map(|day| day.date(field)).transpose().map_err(|problem| caller.problem(&services, problem))
    };
    let period = Period { from: day(asked.from, "from")?, to: day(asked.to, "to")? };
    let export = beancount(&services, &caller.0, period).await;
    let mut export = export.map_err(|error| caller.problem(&services, error))?;
    // What can't be read at all is still told as a problem.
    let first = export.next().await?.unwrap_or_default();
    let about = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"vayla.beancount\""),
    ];
    Ok((about, streamed(first, export)).into_response())
}

/// The text as it is read: the whole is never in memory. Broken off where it can't be read on, so that nobody
/// takes a part for the whole.
fn streamed(first: String, mut export: Export) -> Body {
    let (mut pieces, body) = Channel::<Bytes, BoxError>::new(WAITING);
    tokio::spawn(async move {
        let mut piece = Some(first);
        while let Some(text) = piece {
            match timeout(PATIENCE, pieces.send_data(text.into())).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return, // nobody reads any more
                Err(elapsed) => return pieces.abort(elapsed.into()),
            }
            piece = match export.next().await {
                Ok(next) => next,
                Err(error) => {
                    tracing::error!(%error, "an export breaks off");
                    return pieces.abort(error.into());
                }
            };
        }
    });
    // Whoever packs it asks once more after the end, which the channel itself doesn't bear.
    Body::new(body.fuse())
}

impl From<ExportError> for Problem {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Db(error) => error.into(),
            ExportError::Forbidden(forbidden) => forbidden.into(),
            ExportError::Backwards => {
                Self::refused("invalid", "to", |language| words(language).problem_period_backwards())
            }
        }
    }
}
