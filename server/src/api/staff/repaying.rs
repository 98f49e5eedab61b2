//! Money on its way back to payers.

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use vayla_locales::words;
use vayla_services::{
    Services,
    catalogue::Catalogue,
    payment::{self, RefundFound, RefundState, RepayError},
};

use super::{
    super::{
        answers::{StaffChanged, StaffListed},
        instant::Instant,
        json::{Nothing, Query},
        money::Money,
        names::Id,
        page::{Limit, Page, no_such_place},
        problem::Problem,
        refusal::conflict,
    },
    Caller,
};

pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(list))
}

pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(retry)).routes(routes!(done))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RefundsAsked {
    /// Those that need staff, `failed` and `unknown`, where nothing is said.
    #[param(inline, nullable = false)]
    state: Option<Wanted>,
    #[serde(default)]
    #[param(value_type = Option<u32>, nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Limit,
    /// `next` of the page before.
    #[param(nullable = false)]
    after: Option<String>,
}

/// Where the money is.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Wanted {
    /// The provider hasn't given it back, and says so. It is tried again some times by itself.
    Failed,
    /// The provider is to give it back, or is about to.
    Asked,
    Done,
    /// The provider has been asked and hasn't said what became of it. Asked again by itself it could go back twice:
    /// look there, and then say `retry` or `done`.
    Unknown,
}

impl From<Wanted> for RefundState {
    fn from(wanted: Wanted) -> Self {
        match wanted {
            Wanted::Failed => Self::Failed,
            Wanted::Asked => Self::Asked,
            Wanted::Done => Self::Done,
            Wanted::Unknown => Self::Unknown,
        }
    }
}

impl From<RefundState> for Wanted {
    fn from(state: RefundState) -> Self {
        match state {
            RefundState::Failed => Self::Failed,
            RefundState::Asked => Self::Asked,
            RefundState::Done => Self::Done,
            RefundState::Unknown => Self::Unknown,
        }
    }
}

/// Money that goes back. The books have it from the moment it was decided.
#[derive(Debug, Serialize, ToSchema)]
struct StaffRefund {
    id: Uuid,
    /// The booking's.
    #[schema(example = "HT-4K7M-2QX")]
    reference: String,
    /// The town whose provider took the money in.
    #[schema(example = "tornio")]
    municipality: String,
    #[schema(pattern = "^[a-z]+$", example = "paytrail")]
    provider: String,
    amount: Money,
    #[schema(pattern = "^[a-z_]+$", example = "cancelled")]
    reason: String,
    state: Wanted,
    /// What came of the last try, where it wasn't done.
    problem: Option<String>,
    at: Instant,
    settled_at: Option<Instant>,
}

impl StaffRefund {
    fn new(catalogue: &Catalogue, found: RefundFound) -> Self {
        let zone = catalogue.municipality(&found.collector).map_or(chrono_tz::UTC, |town| town.zone);
        Self {
            id: found.id,
            reference: found.reference,
            municipality: found.collector,
            provider: found.provider,
            amount: found.amount.into(),
            reason: found.reason,
            state: found.state.into(),
            problem: found.problem,
            at: Instant::new(found.created_at, zone),
            settled_at: found.settled_at.map(|at| Instant::new(at, zone)),
        }
    }
}

/// Money that goes back, the oldest first: what the token's town has taken in, or all towns. Looking is written
/// to the audit log. Scope: `payments`.
#[utoipa::path(
    get, path = "/refunds", operation_id = "list_staff_refunds", tag = "staff", params(RefundsAsked),
    security(("staff_token" = [])),
    responses((status = 200, description = "A page of refunds", body = Page<StaffRefund>), StaffListed),
)]
async fn list(
    State(services): State<Services>,
    caller: Caller,
    Query(asked): Query<RefundsAsked>,
) -> Result<Json<Page<StaffRefund>>, Problem> {
    let after = asked.after.map(|after| after.parse::<Uuid>()).transpose().map_err(|_| no_such_place())?;
    let (state, limit, catalogue) = (asked.state.map(RefundState::from), asked.limit.0, services.catalogue());
    let batch = payment::refunds_for_staff(&services, &caller.0, state, after, limit).await;
    let batch = batch.map_err(|error| caller.problem(&services, error))?;
    Ok(Page::from_batch(batch, |found| found.id.to_string(), |found| StaffRefund::new(&catalogue, found)))
}

/// What will be tried again.
#[derive(Debug, Serialize, ToSchema)]
struct Repaying {
    id: Uuid,
}

/// Has the provider asked again for a refund that has failed, as often as for a new one. Of one whose state is
/// `unknown` only once it is certain that it isn't at the provider's. Scope: `payments`.
#[utoipa::path(
    post, path = "/refunds/{id}/retry", operation_id = "retry_staff_refund", tag = "staff",
    params(("id" = Id, Path)), security(("staff_token" = [])),
    responses((status = 200, description = "It is tried again soon", body = Repaying), StaffChanged),
)]
async fn retry(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<Repaying>, Problem> {
    payment::repay_again(&services, &caller.0, id.0)
        .await
        .map_err(|error| caller.problem(&services, error))?;
    Ok(Json(Repaying { id: id.0 }))
}

/// What has gone back.
#[derive(Debug, Serialize, ToSchema)]
struct GoneBack {
    id: Uuid,
}

/// Says that a refund whose state is `unknown` has gone back: it stands at the provider's. Scope: `payments`.
#[utoipa::path(
    post, path = "/refunds/{id}/done", operation_id = "settle_staff_refund", tag = "staff",
    params(("id" = Id, Path)), security(("staff_token" = [])),
    responses((status = 200, description = "It is done", body = GoneBack), StaffChanged),
)]
async fn done(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<GoneBack>, Problem> {
    payment::repaid(&services, &caller.0, id.0).await.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(GoneBack { id: id.0 }))
}

impl From<RepayError> for Problem {
    fn from(error: RepayError) -> Self {
        match error {
            RepayError::Look(error) => error.into(),
            RepayError::Done => conflict("refunded", |language| words(language).problem_refunded()),
            RepayError::Known => conflict("known", |language| words(language).problem_refund_known()),
            RepayError::Asked => conflict("refund_asked", |language| words(language).problem_refund_asked()),
        }
    }
}
