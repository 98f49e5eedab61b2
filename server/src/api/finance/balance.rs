//! What stands on each account.

use axum::{Json, extract::State};
use chrono::SubsecRound;
use chrono_tz::{Tz, UTC};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_locales::words;
use vayla_services::{
    Services,
    ledger::{self, BalanceError, TrialLine, trial_balance},
};

use super::super::{
    answers::StaffListed,
    instant::{Instant, When},
    json::Query,
    money::{Currency, Money},
    names::Names,
    problem::Problem,
    staff::Caller,
};

pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(show))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct BalanceAsked {
    /// Up to and with this moment; without it, the last whole second. Without an offset, by the clock of the token's town, or UTC.
    #[param(nullable = false)]
    at: Option<When>,
}

/// The trial balance at a moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrialBalance {
    at: Instant,
    /// Whether it is the same whenever it is asked for; not yet within the last minute, where something may still
    /// be on its way in.
    #[serde(rename = "final")]
    is_final: bool,
    /// By town, then account.
    lines: Vec<TrialBalanceLine>,
}

/// An account of a town's books.
#[derive(Debug, Serialize, ToSchema)]
struct TrialBalanceLine {
    /// The code of the town.
    #[schema(example = "haparanda")]
    entity: String,
    #[schema(pattern = "^[a-z_]+(:.+)?$", example = "due_to:tornio")]
    account: String,
    /// In the town's own chart at that moment; null where it has none for it.
    #[schema(example = "2431")]
    number: Option<String>,
    name: Option<Names>,
    currency: Currency,
    /// The sum of what was debited, as decimal text.
    #[schema(pattern = "^[0-9]+\\.[0-9]{2}$", example = "219.56")]
    debit: String,
    #[schema(pattern = "^[0-9]+\\.[0-9]{2}$", example = "219.56")]
    credit: String,
    /// Debit less credit.
    balance: Money,
}

impl TrialBalance {
    #[must_use]
    pub fn new(balance: &ledger::TrialBalance, zone: Tz) -> Self {
        let lines = balance.lines.iter().map(TrialBalanceLine::from);
        Self { at: Instant::new(balance.at, zone), is_final: balance.is_final, lines: lines.collect() }
    }
}

impl From<&TrialLine> for TrialBalanceLine {
    fn from(line: &TrialLine) -> Self {
        Self {
            entity: line.entity.clone(),
            account: line.account.to_string(),
            number: line.own.as_ref().map(|own| own.number.clone()),
            name: line.own.as_ref().map(|own| (&own.name).into()),
            currency: Currency(line.balance.currency),
            debit: line.debit.wire(),
            credit: line.credit.wire(),
            balance: line.balance.into(),
        }
    }
}

/// The trial balance at a moment that has been: the same whenever it is asked for, once it is `final`. Of the token's town, or of
/// all. Scope: `finance`.
#[utoipa::path(
    get, path = "/balance", operation_id = "show_balance", tag = "finance", params(BalanceAsked),
    security(("staff_token" = [])),
    responses((status = 200, description = "The trial balance", body = TrialBalance), StaffListed),
)]
async fn show(
    State(services): State<Services>,
    caller: Caller,
    Query(asked): Query<BalanceAsked>,
) -> Result<Json<TrialBalance>, Problem> {
    let catalogue = services.catalogue();
    let town = caller.0.municipality().and_then(|code| catalogue.municipality(code));
    let zone = town.map_or(UTC, |town| town.zone);
    let at = asked.at.map(|at| at.at(zone, "at")).transpose();
    let at = at
        .map_err(|problem| caller.problem(&services, problem))?
        .unwrap_or_else(|| services.clock.now().trunc_subsecs(0));
    let balance = trial_balance(&services, &caller.0, at).await;
    let balance = balance.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(TrialBalance::new(&balance, zone)))
}

impl From<BalanceError> for Problem {
    fn from(error: BalanceError) -> Self {
        match error {
            BalanceError::Db(error) => error.into(),
            BalanceError::Forbidden(forbidden) => forbidden.into(),
            BalanceError::Future => {
                Self::refused("invalid", "at", |language| words(language).problem_balance_future())
            }
        }
    }
}
