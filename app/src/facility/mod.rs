//! The places of both towns.

mod feeds;
mod hours;
mod list;
mod page;
mod prices;
mod together;

pub(crate) use page::map_link;

use std::sync::Arc;

use axum::{extract::Path, response::Response};
use vayla_domain::time::{Quarter, Span};
use vayla_services::{
    DbError,
    catalogue::Facility,
    closure::{Closure, in_span},
};

use crate::ui::{Ctx, Trouble};

pub(crate) async fn list(ctx: Ctx) -> Response {
    list::page(&ctx)
}

pub(crate) async fn show(ctx: Ctx, Path(slug): Path<String>) -> Response {
    match ctx.catalogue.facility_by_slug(&slug).map(Arc::clone) {
        Some(facility) => match closures(&ctx, &facility).await {
            Ok(closures) => page::page(&ctx, &facility, &closures),
            Err(error) => Trouble::from(error).page(&ctx),
        },
        None => Trouble::NotFound.page(&ctx),
    }
}

/// How far ahead closures are announced.
const ANNOUNCED_QUARTERS: i64 = 30 * 96;

/// The closures in force now or soon.
async fn closures(ctx: &Ctx, facility: &Facility) -> Result<Vec<Closure>, DbError> {
    let now = Quarter::containing(ctx.now);
    let Some(soon) = Span::new(now, now + ANNOUNCED_QUARTERS) else { return Ok(Vec::new()) };
    let closures = in_span(&ctx.services.db, soon, Some(facility.id)).await?;
    Ok(closures.into_iter().filter(Closure::is_told).collect())
}
