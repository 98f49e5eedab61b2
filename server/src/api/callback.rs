//! Where payment providers call. What they say counts once it is proved, however often they say it.

use axum::{
    Json,
    body::to_bytes,
    extract::{Request, State},
    http::HeaderMap,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_locales::words;
use vayla_services::{
    Services,
    payment::{self, HearError, LookError, provider::Call, settlement},
};

use super::{
    answers::Heard,
    json::{Body, Query, too_large},
    problem::{FieldProblem, Problem},
};

/// Fifty thousand lines, which is the most that Paytrail reports at a time, have room in it: each of the fields that
/// are asked for takes some 200 bytes a line.
const REPORT_BYTES_MAX: usize = 16 * 1024 * 1024;

pub fn router() -> OpenApiRouter<Services> {
    OpenApiRouter::new()
        .routes(routes!(paytrail))
        .routes(routes!(paytrail_settlements))
        .routes(routes!(swish))
}

/// It has been heard.
#[derive(Debug, Serialize, ToSchema)]
struct Thanks {
    heard: bool,
}

const THANKS: Json<Thanks> = Json(Thanks { heard: true });

/// What each of Paytrail's calls has, besides names that begin with `checkout-`, of which there may be any.
#[derive(Debug, Deserialize)]
struct Signed {
    #[serde(rename = "signature")]
    _signature: String,
}

/// Paytrail tells what has become of a payment or a refund: signed, any number of times.
#[utoipa::path(
    get, path = "/payments/paytrail/callback", operation_id = "hear_paytrail", tag = "providers",
    params(("signature" = String, Query, description = "Of all names that begin with `checkout-`, as Paytrail signs")),
    responses((status = 200, description = "It has been heard", body = Thanks), Heard),
)]
async fn paytrail(
    State(services): State<Services>,
    Query(Signed { .. }): Query<Signed>,
    request: Request,
) -> Result<Json<Thanks>, Problem> {
    let query = query_of(&request);
    payment::hear(&services, "paytrail", &Call { query: &query, headers: &[], body: b"" }).await?;
    Ok(THANKS)
}

fn query_of(request: &Request) -> Vec<(String, String)> {
    form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes()).into_owned().collect()
}

/// Paytrail sends the report of a settlement that was asked for: signed, any number of times.
#[utoipa::path(
    post, path = "/payments/paytrail/settlements", operation_id = "hear_paytrail_settlement", tag = "providers",
    params(("signature" = String, Header, description = "Of all headers that begin with `checkout-` and of the body"),
        ("settlement" = String, Query, description = "Which it was asked for of")),
    request_body(content = Vec<serde_json::Value>, content_type = "application/json"),
    responses((status = 200, description = "It has been heard", body = Thanks), Heard),
)]
async fn paytrail_settlements(
    State(services): State<Services>,
    request: Request,
) -> Result<Json<Thanks>, Problem> {
    let (headers, query) = (signed(request.headers())?, query_of(&request));
    if !settlement::is_asked_for(&services, "paytrail", &query).await? {
        return Err(HearError::NotHeard.into());
    }
    let body = to_bytes(request.into_body(), REPORT_BYTES_MAX).await.map_err(|_| too_large())?;
    settlement::report(&services, "paytrail", &Call { query: &query, headers: &headers, body: &body })
        .await?;
    Ok(THANKS)
}

/// The headers that are text; one of them is the signature.
fn signed(headers: &HeaderMap) -> Result<Vec<(String, String)>, Problem> {
    if !headers.contains_key("signature") {
        let missing = |language| words(language).problem_field_missing("signature");
        return Err(Problem::unreadable("invalid", FieldProblem::new("signature", "missing", missing)));
    }
    let text = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    };
    Ok(headers.iter().filter_map(text).collect())
}

/// What Swish tells. Only whose it is counts: what has become of that, Swish is asked.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct SwishCall {
    #[schema(pattern = "^[0-9A-F]{32}$", example = "11A86BE70EA44E4C8D4D5E7CA3F8B1C0")]
    id: String,
}

/// Swish tells that something has become of a payment or a refund. It isn't signed: Swish is asked what.
#[utoipa::path(
    post, path = "/payments/swish/callback", operation_id = "hear_swish", tag = "providers",
    request_body = SwishCall,
    responses((status = 200, description = "It has been heard", body = Thanks), Heard),
)]
async fn swish(
    State(services): State<Services>,
    Body(call): Body<SwishCall>,
) -> Result<Json<Thanks>, Problem> {
    let body = serde_json::to_vec(&call).unwrap_or_default();
    payment::hear(&services, "swish", &Call { query: &[], headers: &[], body: &body }).await?;
    Ok(THANKS)
}

impl From<HearError> for Problem {
    fn from(error: HearError) -> Self {
        match error {
            HearError::NotHeard => Self::new(axum::http::StatusCode::NOT_FOUND, "not_heard", |language| {
                words(language).problem_not_heard()
            }),
            HearError::Look(LookError::Db(error)) => error.into(),
            HearError::Look(error) => {
                tracing::warn!(%error, "a provider has called, and doesn't answer");
                Self::new(axum::http::StatusCode::SERVICE_UNAVAILABLE, "unavailable", |language| {
                    words(language).problem_unavailable()
                })
            }
        }
    }
}
