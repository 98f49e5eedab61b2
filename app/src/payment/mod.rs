//! To the provider and back.

mod back;
mod swish;

pub(crate) use back::back;
pub(crate) use swish::{cancel, show};

use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;
use vayla_services::payment::{AskError, Next, ask};

use crate::ui::{Ctx, Page};

/// Asks the provider for a payment that has been opened, and sends the payer there.
///
/// # Errors
/// [`AskError`]: what was held stays held.
pub(crate) async fn go_on(ctx: &Ctx, payment: Uuid) -> Result<Response, AskError> {
    let to = match ask(&ctx.services, payment, ctx.language).await? {
        Next::Terminal(id) => Page::terminal(id).path(ctx.language),
        Next::App(id) => Page::Swish(id.to_string()).path(ctx.language),
        Next::Page(page) => page,
    };
    Ok(Redirect::to(&to).into_response())
}
