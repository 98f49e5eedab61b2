//! The places of both towns.

mod feeds;
mod hours;
mod list;
mod page;
mod together;

pub(crate) use page::map_link;

use axum::{extract::Path, response::Response};
use std::sync::Arc;

use crate::ui::{Ctx, Trouble};

pub(crate) async fn list(ctx: Ctx) -> Response {
    list::page(&ctx)
}

pub(crate) async fn show(ctx: Ctx, Path(slug): Path<String>) -> Response {
    match ctx.catalogue.facility_by_slug(&slug).map(Arc::clone) {
        Some(facility) => page::page(&ctx, &facility),
        None => Trouble::NotFound.page(&ctx),
    }
}
