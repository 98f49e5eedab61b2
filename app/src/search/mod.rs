//! Find free times over both towns, without login.

mod finder;
mod form;
mod page;
mod results;
mod text;

pub(crate) use finder::{days, kinds, lengths, shares, towns};
pub(crate) use form::SearchQuery;

use axum::{
    extract::Query,
    response::{IntoResponse, Redirect, Response},
};

use crate::ui::{Ctx, Page};

pub(crate) async fn show(ctx: Ctx, Query(query): Query<SearchQuery>) -> Response {
    match results::find(&ctx, query).await {
        Ok(found) => page::page(&ctx, found),
        Err(trouble) => trouble.page(&ctx),
    }
}

/// The bare address leads to the language remembered, else to the browser's wish.
pub(crate) async fn first_visit(ctx: Ctx) -> Response {
    Redirect::to(&Page::Search.path(ctx.language)).into_response()
}
