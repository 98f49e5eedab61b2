//! Lays a series out, shows each date, and books all that are free.

mod dates;
mod fields;
mod page;

use std::sync::Arc;

use axum::{
    Form,
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use vayla_domain::booking::Who;
use vayla_services::{
    booking::QuoteError,
    catalogue::Space,
    payment::{FreeError, confirm_free_series},
    series::{self, Outline, Series, SeriesError, SeriesRequest, SeriesWish},
};

use self::fields::LayFields;
use crate::{
    booking::who_errors,
    ui::{Ctx, Errors, Page, Trouble},
};

/// What the page shows.
struct Laying {
    space: Arc<Space>,
    fields: LayFields,
    errors: Errors,
    /// The dates; `None` until they have been asked for and the fields are understood.
    outline: Option<Outline>,
}

fn laying(ctx: &Ctx, facility: &str, space: &str, fields: LayFields) -> Result<Laying, Trouble> {
    let space = ctx.catalogue.space_by_slug(facility, space).map(Arc::clone).ok_or(Trouble::NotFound)?;
    let fields = fields.filled(ctx, &space);
    Ok(Laying { space, fields, errors: Errors::default(), outline: None })
}

pub(super) async fn show(
    ctx: Ctx,
    Path((facility, space)): Path<(String, String)>,
    Query(fields): Query<LayFields>,
) -> Response {
    match laying(&ctx, &facility, &space, fields) {
        Ok(laying) => page::page(&ctx, &laying),
        Err(trouble) => trouble.page(&ctx),
    }
}

pub(super) async fn submit(
    ctx: Ctx,
    Path((facility, space)): Path<(String, String)>,
    Form(fields): Form<LayFields>,
) -> Response {
    match submitted(&ctx, &facility, &space, fields).await {
        Ok(response) => response,
        Err(trouble) => trouble.page(&ctx),
    }
}

async fn submitted(ctx: &Ctx, facility: &str, space: &str, fields: LayFields) -> Result<Response, Trouble> {
    let mut laying = laying(ctx, facility, space, fields)?;
    let wish = match laying.fields.parse(ctx, &laying.space) {
        Ok(wish) => wish,
        Err(errors) => {
            laying.errors = errors;
            return Ok(page::page(ctx, &laying));
        }
    };
    laying.lay_out(ctx, &wish).await?;
    let books = laying.fields.act == "book" && laying.fields.switch.is_empty() && laying.errors.is_empty();
    if !books {
        return Ok(page::page(ctx, &laying));
    }
    match Who::parse(laying.fields.who(), ctx.language, laying.space.capacity) {
        Ok(who) => take(ctx, laying, wish, who).await,
        Err(problems) => {
            laying.errors = who_errors(ctx, problems);
            Ok(page::page(ctx, &laying))
        }
    }
}

impl Laying {
    async fn lay_out(&mut self, ctx: &Ctx, wish: &SeriesWish) -> Result<(), Trouble> {
        match series::outline(&ctx.services, wish).await {
            Ok(outline) => self.outline = Some(outline),
            Err(QuoteError::Db(error)) => return Err(error.into()),
            Err(_) => self.errors.add("group", ctx.words().problem_no_price()),
        }
        Ok(())
    }
}

async fn take(ctx: &Ctx, mut laying: Laying, wish: SeriesWish, who: Who) -> Result<Response, Trouble> {
    let request = SeriesRequest {
        wish,
        who,
        shown: laying.fields.shown(),
        attempt: laying.fields.attempt.parse().ok(),
    };
    match series::book(&ctx.services, &request).await {
        Ok(series) => return had(ctx, &series).await,
        Err(SeriesError::Db(error)) => return Err(error.into()),
        Err(SeriesError::NoPrice(_)) => laying.errors.add("group", ctx.words().problem_no_price()),
        Err(SeriesError::Nothing) => laying.errors.add("dates", ctx.words().problem_series_nothing()),
        Err(SeriesError::Changed(outline)) => {
            laying.errors.add("dates", ctx.words().problem_series_changed());
            laying.outline = Some(*outline);
        }
    }
    Ok(page::page(ctx, &laying))
}

/// What costs nothing is booked at once; any other goes on to be paid.
async fn had(ctx: &Ctx, series: &Series) -> Result<Response, Trouble> {
    let token = ctx.services.secret.series_token(series.id);
    let next = match confirm_free_series(&ctx.services, &series.held(ctx.now)).await {
        Err(FreeError::NotFree) => Page::PaySeries(token),
        Ok(()) | Err(FreeError::NotHeld | FreeError::NoDetails) => Page::Series(token),
        Err(FreeError::Db(error)) => return Err(error.into()),
    };
    Ok(Redirect::to(&next.path(ctx.language)).into_response())
}
