//! The payer comes back from Paytrail: what came of it stands in the address, signed.

use axum::{
    extract::RawQuery,
    response::{IntoResponse, Redirect, Response},
};
use vayla_services::payment::{HearError, LookError, provider::Call, returned};

use crate::ui::{Ctx, Trouble};

pub(crate) async fn back(ctx: Ctx, RawQuery(query): RawQuery) -> Response {
    let query: Vec<(String, String)> =
        serde_urlencoded::from_str(&query.unwrap_or_default()).unwrap_or_default();
    let call = Call { query: &query, headers: &[], body: b"" };
    match returned(&ctx.services, "paytrail", &call).await {
        Ok(return_url) => Redirect::to(&return_url).into_response(),
        Err(HearError::Look(LookError::Db(error))) => Trouble::from(error).page(&ctx),
        Err(error) => {
            tracing::warn!(%error, "a payer comes back from nowhere");
            Trouble::NotFound.page(&ctx)
        }
    }
}
