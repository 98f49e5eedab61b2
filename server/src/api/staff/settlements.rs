//! What providers have paid out to the towns.

use axum::{Json, extract::State};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_services::{
    Services,
    payment::settlement::{self, Settled, UnlikeLine},
};

use super::{
    super::{
        answers::StaffListed,
        json::Query,
        money::Money,
        page::{Page, Turn, no_such_place},
        problem::Problem,
    },
    Caller,
};

pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(list))
}

/// A sum that a provider has paid out.
#[derive(Debug, Serialize, ToSchema)]
struct Settlement {
    #[schema(example = "tornio")]
    municipality: String,
    #[schema(example = "paytrail")]
    provider: String,
    /// The provider's own name of it.
    id: String,
    /// What stands on the bank's line.
    bank_reference: String,
    settled_on: NaiveDate,
    /// What was paid less what went back; null until the report has come.
    paid: Option<Money>,
    /// What the provider kept of it.
    fee: Option<Money>,
    /// How many lines of the report weren't what the service knew when it came: a payment or refund of another amount, or
    /// under a name that isn't ours. Null until the report has come.
    unlike: Option<i64>,
    /// The first twenty of those.
    unlike_lines: Vec<UnlikeReport>,
}

/// A line of a report that isn't what the service knew.
#[derive(Debug, Serialize, ToSchema)]
struct UnlikeReport {
    /// By which the provider names it.
    stamp: String,
    /// Less than nothing for a refund.
    reported: Money,
    /// Null where nothing is known under that name.
    known: Option<Money>,
}

impl From<UnlikeLine> for UnlikeReport {
    fn from(line: UnlikeLine) -> Self {
        Self { stamp: line.stamp, reported: line.reported.into(), known: line.known.map(Into::into) }
    }
}

impl From<Settled> for Settlement {
    fn from(settled: Settled) -> Self {
        let (paid, fee) = settled.amounts.unzip();
        Self {
            municipality: settled.collector,
            provider: settled.provider,
            id: settled.settlement,
            bank_reference: settled.bank_reference,
            settled_on: settled.settled_on,
            paid: paid.map(Into::into),
            fee: fee.map(Into::into),
            unlike: settled.unlike,
            unlike_lines: settled.unlike_lines.into_iter().map(Into::into).collect(),
        }
    }
}

/// What providers have paid out to the token's town, or to all towns: as asked for with `vayla settlements fetch`.
/// Scope: `payments`.
#[utoipa::path(
    get, path = "/settlements", operation_id = "list_staff_settlements", tag = "staff", params(Turn),
    security(("staff_token" = [])),
    responses((status = 200, description = "A page of settlements", body = Page<Settlement>), StaffListed),
)]
async fn list(
    State(services): State<Services>,
    caller: Caller,
    Query(asked): Query<Turn>,
) -> Result<Json<Page<Settlement>>, Problem> {
    let plain = |after: &String| after.len() <= 200 && after.bytes().all(|byte| byte.is_ascii_graphic());
    if !asked.after.as_ref().is_none_or(plain) {
        return Err(no_such_place());
    }
    let batch = settlement::list(&services, &caller.0, asked.after.as_deref(), asked.limit.0).await;
    let batch = batch.map_err(|error| caller.problem(&services, error))?;
    Ok(Page::from_batch(batch, Settled::place, Settlement::from))
}
