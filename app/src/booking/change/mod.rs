//! Moving a booking: what another time comes to, and then the act.

mod form;
mod note;
mod page;

use std::sync::Arc;

use axum::{
    Form,
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use vayla_domain::booking::{BookingState, TooLateToMove};
use vayla_services::{
    booking::{self, Booking, Change, ChangeQuote, Changed, MoveError, Target},
    catalogue::Space,
    occupancy::Hit,
    wording,
};

use self::form::MoveFields;
pub(super) use self::note::{notes, summary};
pub(crate) use self::page::move_link;
use super::held::{booking_of, choose_again};
use crate::ui::{Ctx, Errors, Page, Trouble};

/// What the page shows.
struct Moving {
    booking: Booking,
    /// A new time that is already held and waits for its payment.
    open: Option<Change>,
    space: Arc<Space>,
    fields: MoveFields,
    errors: Errors,
    /// The new time as understood, with what it comes to; `None` where it can't be had, or is the old.
    quote: Option<ChangeQuote>,
    /// Something else was shown than what is asked for now: look first.
    unseen: bool,
    /// Why it can't be moved at all any more.
    too_late: Option<String>,
    /// Offered instead of a time that is taken.
    alternatives: Vec<Hit>,
}

pub(super) async fn show(ctx: Ctx, Path(token): Path<String>, Query(fields): Query<MoveFields>) -> Response {
    let booking = match movable(&ctx, &token).await {
        Ok(booking) => booking,
        Err(response) => return response,
    };
    match look(&ctx, booking, fields).await {
        Ok(moving) => page::page(&ctx, &moving, &token),
        Err(trouble) => trouble.page(&ctx),
    }
}

/// A booking that has been confirmed. One that is only held chooses anew in the first step; any other
/// has a page that tells what became of it.
async fn movable(ctx: &Ctx, token: &str) -> Result<Booking, Response> {
    let booking = booking_of(ctx, token).await.map_err(|trouble| trouble.page(ctx))?;
    let elsewhere = match booking.state_at(ctx.now) {
        BookingState::Confirmed => return Ok(booking),
        BookingState::Held => choose_again(ctx, &booking, token),
        BookingState::Expired | BookingState::Cancelled | BookingState::NoShow => {
            Page::Booking(token.to_owned()).path(ctx.language)
        }
    };
    Err(Redirect::to(&elsewhere).into_response())
}

/// Understands the fields and works out what the new time comes to, without taking anything.
async fn look(ctx: &Ctx, booking: Booking, fields: MoveFields) -> Result<Moving, Trouble> {
    let space = fields.space(ctx, &booking);
    let fields = fields.filled(ctx, &booking, &space);
    let open = booking::latest_change(&ctx.services, &booking).await?;
    let mut moving = Moving {
        open: open.filter(|change| change.is_open(ctx.now)),
        booking,
        space,
        fields,
        errors: Errors::default(),
        quote: None,
        unseen: false,
        too_late: None,
        alternatives: Vec::new(),
    };
    match moving.target(ctx) {
        Ok(target) => {
            match booking::quote_change(&ctx.services, &moving.booking, &target).await {
                Ok(quote) => moving.quote = Some(quote),
                Err(MoveError::Unchanged) => {} // as the page begins
                Err(error) => moving.refuse(ctx, error)?,
            }
        }
        Err(errors) => moving.errors = errors,
    }
    Ok(moving)
}

impl Moving {
    fn target(&self, ctx: &Ctx) -> Result<Target, Errors> {
        let (start, end) = self.fields.when.parse(ctx, &self.space)?;
        Ok(Target { space: Arc::clone(&self.space), start, end })
    }

    /// Puts what stands in the way beside its field.
    fn refuse(&mut self, ctx: &Ctx, error: MoveError) -> Result<(), Trouble> {
        let w = ctx.words();
        match error {
            MoveError::Db(error) => return Err(error.into()),
            MoveError::TooLate(TooLateToMove::Begun) => self.too_late = Some(w.problem_move_begun()),
            MoveError::TooLate(TooLateToMove::Never) => self.too_late = Some(w.problem_move_never()),
            MoveError::TooLate(TooLateToMove::After(last)) => {
                let town = &self.booking.space.facility.municipality;
                let last = wording::moments(ctx.language, &ctx.catalogue, town, last);
                self.too_late = Some(w.problem_move_too_late(last));
            }
            MoveError::NotLive => self.too_late = Some(w.problem_not_live()),
            MoveError::Unchanged => self.errors.add("time", w.problem_move_unchanged()),
            MoveError::OtherTown => self.errors.add("space", w.problem_move_other_town()),
            MoveError::TooMany { capacity } => {
                self.errors.add("space", w.problem_people_too_many(capacity));
            }
            MoveError::Refused(refusal) => {
                let (field, message) = super::refusal(ctx, &self.space, &refusal);
                self.errors.add(field, message);
            }
            MoveError::Occupied { alternatives } => {
                self.errors.add("time", w.problem_occupied());
                self.alternatives = alternatives;
            }
            MoveError::Credit => self.errors.add("time", w.problem_move_credit()),
            MoveError::NoPrice(_) => self.errors.add("time", w.problem_no_price()),
            MoveError::QuoteChanged => self.unseen = true,
        }
        Ok(())
    }
}

pub(super) async fn submit(ctx: Ctx, Path(token): Path<String>, Form(fields): Form<MoveFields>) -> Response {
    let booking = match movable(&ctx, &token).await {
        Ok(booking) => booking,
        Err(response) => return response,
    };
    let switched = !fields.switch.is_empty();
    let (id, looked) = (booking.id, look(&ctx, booking, fields).await);
    let mut moving = match looked {
        Ok(moving) => moving,
        Err(trouble) => return trouble.page(&ctx),
    };
    let target = match moving.target(&ctx) {
        Ok(target) if !switched => target,
        _ => return page::page(&ctx, &moving, &token),
    };
    // Nobody is moved to a time and a price that they haven't seen: an empty name is that of no quote.
    match booking::change(&ctx.services, id, &target, Some(&moving.fields.quote)).await {
        Ok(changed) => return go_on(&ctx, token, changed),
        Err(error) if moving.errors.is_empty() && moving.too_late.is_none() => {
            if let Err(trouble) = moving.refuse(&ctx, error) {
                return trouble.page(&ctx);
            }
        }
        Err(_) => {} // it stands beside its field already
    }
    page::page(&ctx, &moving, &token)
}

fn go_on(ctx: &Ctx, token: String, changed: Changed) -> Response {
    let next = match changed {
        Changed::Done { .. } => Page::Booking(token),
        Changed::Open(_) => Page::Pay(token),
        Changed::Held(held) => Page::Check(ctx.services.secret.manage_token(held.id)),
    };
    Redirect::to(&next.path(ctx.language)).into_response()
}
