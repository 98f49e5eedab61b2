//! A series as its booker sees it: all dates, and what can be done.

mod ask;
mod page;
mod pay;

pub(super) use page::{page, time};
pub(super) use pay::{pay, submit_account, submit_grant, submit_pay};

use axum::{
    Form,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use uuid::Uuid;
use vayla_services::{
    booking::{CancelError, DetailsError},
    series::{self, Series, Which},
};

use super::chosen_by;
use crate::ui::{Ctx, Errors, Page, Trouble};

/// The series that a link manages.
pub(super) async fn series_of(ctx: &Ctx, token: &str) -> Result<Series, Trouble> {
    let id = ctx.services.secret.read_series_token(token).ok_or(Trouble::NotFound)?;
    series::find(&ctx.services, id).await?.ok_or(Trouble::NotFound)
}

pub(super) async fn show(ctx: Ctx, Path(token): Path<String>) -> Response {
    match series_of(&ctx, &token).await {
        Ok(series) => page(&ctx, &series, &token, &Errors::default()),
        Err(trouble) => trouble.page(&ctx),
    }
}

/// A little more time, once.
pub(super) async fn extend(ctx: Ctx, Path(token): Path<String>) -> Response {
    let series = match series_of(&ctx, &token).await {
        Ok(series) => series,
        Err(trouble) => return trouble.page(&ctx),
    };
    match series::extend(&ctx.services, &series).await {
        Ok(()) | Err(DetailsError::NotHeld) => {
            Redirect::to(&Page::PaySeries(token).path(ctx.language)).into_response()
        }
        Err(DetailsError::Db(error)) => Trouble::from(error).page(&ctx),
    }
}

/// What the form sends: the name of each box that is checked, and `act` = `some`, `rest` or `sure`.
#[derive(Debug, Default)]
struct CancelFields {
    which: Vec<Uuid>,
    act: String,
}

impl CancelFields {
    fn of(pairs: Vec<(String, String)>) -> Self {
        pairs.into_iter().fold(Self::default(), |mut fields, (name, value)| {
            match name.as_str() {
                "act" => fields.act = value,
                name => fields.which.extend(chosen_by(name)),
            }
            fields
        })
    }
}

/// First what it means, then the act.
pub(super) async fn cancel(
    ctx: Ctx,
    Path(token): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    match cancelled(&ctx, &token, CancelFields::of(pairs)).await {
        Ok(response) => response,
        Err(trouble) => trouble.page(&ctx),
    }
}

async fn cancelled(ctx: &Ctx, token: &str, mut fields: CancelFields) -> Result<Response, Trouble> {
    let series = series_of(ctx, token).await?;
    let live = |booking: &&vayla_services::booking::Booking| {
        booking.state_at(ctx.now).is_live() && booking.starts_at() > ctx.now
    };
    if fields.act == "rest" {
        fields.which = series.bookings.iter().filter(live).map(|booking| booking.id).collect();
    }
    let chosen: Vec<_> =
        series.bookings.iter().filter(live).filter(|booking| fields.which.contains(&booking.id)).collect();
    if chosen.is_empty() {
        let errors = Errors::one("some", ctx.words().series_cancel_none());
        return Ok(page(ctx, &series, token, &errors));
    }
    if fields.act != "sure" {
        return ask::page(ctx, &series, &chosen, token).await;
    }
    match series::cancel(&ctx.services, &series, &Which::Some(fields.which)).await {
        Ok(_) | Err(CancelError::NotLive | CancelError::Begun) => {
            Ok(Redirect::to(&Page::Series(token.to_owned()).path(ctx.language)).into_response())
        }
        Err(CancelError::Db(error)) => Err(error.into()),
    }
}
