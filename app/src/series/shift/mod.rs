//! Moves dates of a series to another time of their weeks: what that comes to, and then the act.

mod fields;
mod page;

use std::sync::Arc;

use axum::{
    Form,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use vayla_domain::booking::BookingState;
use vayla_services::{
    booking::Booking,
    catalogue::Space,
    series::{Series, ShiftError, ShiftOutline, ShiftWish, move_dates, outline_shift},
};

use self::fields::ShiftFields;
use super::own::{page as own_page, series_of};
use crate::ui::{Ctx, Errors, Page, Trouble};

/// What the page shows.
struct Shifting {
    series: Series,
    space: Arc<Space>,
    fields: ShiftFields,
    errors: Errors,
    /// The new dates; `None` until they have been asked for and the fields are understood.
    outline: Option<ShiftOutline>,
}

/// All that are left.
pub(super) async fn show(ctx: Ctx, Path(token): Path<String>) -> Response {
    let rest = ShiftFields { act: "rest".to_owned(), ..ShiftFields::default() };
    answer(&ctx, &token, rest).await
}

pub(super) async fn submit(
    ctx: Ctx,
    Path(token): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    answer(&ctx, &token, ShiftFields::of(pairs)).await
}

async fn answer(ctx: &Ctx, token: &str, fields: ShiftFields) -> Response {
    match shifted(ctx, token, fields).await {
        Ok(response) => response,
        Err(trouble) => trouble.page(ctx),
    }
}

async fn shifted(ctx: &Ctx, token: &str, mut fields: ShiftFields) -> Result<Response, Trouble> {
    let series = series_of(ctx, token).await?;
    let movable = |booking: &&Booking| booking.starts_at() > ctx.now;
    let all: Vec<&Booking> = series.in_state(BookingState::Confirmed, ctx.now).filter(movable).collect();
    if fields.act == "rest" {
        fields.which = all.iter().map(|booking| booking.id).collect();
    }
    let Some(first) = all.into_iter().find(|booking| fields.which.contains(&booking.id)) else {
        let errors = Errors::one("some", ctx.words().problem_series_move_none());
        return Ok(own_page(ctx, &series, token, &errors));
    };
    let fields = fields.filled(ctx, first);
    let space = fields.space(ctx, &series);
    let mut shifting = Shifting { series, space, fields, errors: Errors::default(), outline: None };
    let act = shifting.fields.act.clone();
    if matches!(act.as_str(), "some" | "rest") {
        return Ok(page::page(ctx, &shifting, token));
    }
    match shifting.fields.parse(ctx, &shifting.space) {
        Ok(wish) if act == "move" && shifting.fields.switch.is_empty() => {
            if shifting.act(ctx, &wish).await? {
                let own = Page::Series(token.to_owned()).path(ctx.language);
                return Ok(Redirect::to(&own).into_response());
            }
        }
        Ok(wish) => shifting.look(ctx, &wish).await?,
        Err(errors) => shifting.errors = errors,
    }
    Ok(page::page(ctx, &shifting, token))
}

impl Shifting {
    async fn look(&mut self, ctx: &Ctx, wish: &ShiftWish) -> Result<(), Trouble> {
        match outline_shift(&ctx.services, &self.series, wish).await {
            Ok(outline) => self.outline = Some(outline),
            Err(error) => self.refuse(ctx, error)?,
        }
        Ok(())
    }

    /// `false` where it isn't done. Nobody is moved to what they haven't seen: an empty name is that of
    /// no outline.
    async fn act(&mut self, ctx: &Ctx, wish: &ShiftWish) -> Result<bool, Trouble> {
        match move_dates(&ctx.services, self.series.id, wish, Some(&self.fields.quote)).await {
            Ok(_) => return Ok(true),
            Err(error) => self.refuse(ctx, error)?,
        }
        Ok(false)
    }

    /// Puts what stands in the way beside its field.
    fn refuse(&mut self, ctx: &Ctx, error: ShiftError) -> Result<(), Trouble> {
        let w = ctx.words();
        let (field, message) = match error {
            ShiftError::Db(error) => return Err(error.into()),
            ShiftError::NotLive => ("dates", w.problem_series_move_none()),
            ShiftError::TooLate => ("dates", w.problem_series_move_too_late()),
            ShiftError::Unchanged => ("time", w.problem_move_unchanged()),
            ShiftError::OtherTown => ("space", w.problem_move_other_town()),
            ShiftError::TooMany { capacity } => ("space", w.problem_people_too_many(capacity)),
            ShiftError::NoPrice(_) => ("time", w.problem_no_price()),
            ShiftError::Barred(outline) => {
                self.outline = Some(*outline);
                ("dates", w.problem_series_move_barred())
            }
            ShiftError::Changed(outline) => {
                self.outline = Some(*outline);
                ("dates", w.problem_series_move_changed())
            }
        };
        self.errors.add(field, message);
        Ok(())
    }
}
