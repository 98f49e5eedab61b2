//! Step 1: choose a time, see its price, hold it.

mod form;
mod page;

use std::sync::Arc;

use axum::{
    Form,
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use vayla_domain::time::Span;
use vayla_services::{
    booking::{self, Booking, HoldError, HoldRequest, QuoteError, hold, quote},
    catalogue::Space,
    occupancy::Hit,
};

use self::form::{Choice, ChooseFields};
use crate::ui::{Ctx, Errors, Page, Trouble};

/// What the page shows.
struct Choosing {
    space: Arc<Space>,
    fields: ChooseFields,
    errors: Errors,
    /// The time as understood, with its price; `None` where it can't be booked.
    offer: Option<(Span, vayla_domain::money::Quote)>,
    /// What was chosen costs more than what was shown: look again.
    repriced: bool,
    /// What somebody else has.
    taken: Option<Span>,
    /// Offered instead of one that is taken.
    alternatives: Vec<Hit>,
}

impl Choosing {
    /// What is to be paid in both currencies, in minor units: what a page says that it has shown.
    fn shown(&self) -> Option<(i64, i64)> {
        let (_, price) = self.offer.as_ref()?;
        let to_pay = price.to_pay();
        Some((to_pay.total().minor, to_pay.total_other().map_or(0, |money| money.minor)))
    }

    /// Nobody is charged more than they were shown: a higher price is shown before anything is taken.
    fn costs_more(&self) -> bool {
        let shown = self.fields.shown.split_once(' ');
        let shown = shown.and_then(|(total, other)| Some((total.parse().ok()?, other.parse().ok()?)));
        let shown: Option<(i64, i64)> = shown;
        shown.zip(self.shown()).is_some_and(|(shown, now)| now.0 > shown.0 || now.1 > shown.1)
    }
}

pub(super) async fn show(
    ctx: Ctx,
    Path((facility, space)): Path<(String, String)>,
    Query(fields): Query<ChooseFields>,
) -> Response {
    let Some(space) = ctx.catalogue.space_by_slug(&facility, &space).map(Arc::clone) else {
        return Trouble::NotFound.page(&ctx);
    };
    if fields.says_no_time() {
        return Redirect::to(&Page::Today(facility).path(ctx.language)).into_response();
    }
    match look(&ctx, space, fields).await {
        Ok(choosing) => page::page(&ctx, choosing),
        Err(trouble) => trouble.page(&ctx),
    }
}

/// Understands the fields and prices the time, without taking anything.
async fn look(ctx: &Ctx, space: Arc<Space>, fields: ChooseFields) -> Result<Choosing, Trouble> {
    let fields = fields.filled(ctx, &space);
    let mut choosing = Choosing {
        space,
        fields,
        errors: Errors::default(),
        offer: None,
        repriced: false,
        taken: None,
        alternatives: Vec::new(),
    };
    let choice = match choosing.fields.parse(ctx, &choosing.space) {
        Ok(choice) => choice,
        Err(errors) => {
            choosing.errors = errors;
            return Ok(choosing);
        }
    };
    let space = &choosing.space;
    match space.rules.check(choice.start, choice.end, choice.price.buyer.group, ctx.now) {
        Ok(span) => match quote(&ctx.services, space, span, &choice.price).await {
            Ok(price) => choosing.offer = Some((span, price)),
            Err(QuoteError::Db(error)) => return Err(error.into()),
            Err(_) => choosing.errors.add("group", ctx.words().problem_no_price()),
        },
        Err(refusal) => {
            let (field, message) = super::refusal(ctx, space, &refusal);
            choosing.errors.add(field, message);
        }
    }
    Ok(choosing)
}

pub(super) async fn submit(
    ctx: Ctx,
    Path((facility, space)): Path<(String, String)>,
    Form(fields): Form<ChooseFields>,
) -> Response {
    let Some(space) = ctx.catalogue.space_by_slug(&facility, &space).map(Arc::clone) else {
        return Trouble::NotFound.page(&ctx);
    };
    let mut choosing = match look(&ctx, space, fields).await {
        Ok(choosing) => choosing,
        Err(trouble) => return trouble.page(&ctx),
    };
    if !choosing.fields.switch.is_empty() || !choosing.errors.is_empty() {
        return page::page(&ctx, choosing);
    }
    choosing.repriced = choosing.costs_more();
    if choosing.repriced {
        return page::page(&ctx, choosing);
    }
    match choosing.fields.parse(&ctx, &choosing.space) {
        Ok(choice) => take(&ctx, choosing, choice).await,
        Err(errors) => {
            choosing.errors = errors;
            page::page(&ctx, choosing)
        }
    }
}

async fn take(ctx: &Ctx, mut choosing: Choosing, choice: Choice) -> Response {
    let earlier = match earlier(ctx, &choosing.fields.earlier).await {
        Ok(earlier) => earlier,
        Err(trouble) => return trouble.page(ctx),
    };
    let request = HoldRequest {
        space: Arc::clone(&choosing.space),
        start: choice.start,
        end: choice.end,
        price_group: choice.price.buyer.group,
        home: choice.price.buyer.home,
        use_of: choice.price.use_of,
        who: earlier.as_ref().and_then(|booking| booking.who.clone()),
        quote: None,
        replaces: earlier.map(|booking| booking.id),
        attempt: choosing.fields.attempt.parse().ok(),
        demo: false,
    };
    match hold(&ctx.services, request).await {
        Ok(booking) => {
            let token = ctx.services.secret.manage_token(booking.id);
            return Redirect::to(&Page::Details(token).path(ctx.language)).into_response();
        }
        Err(HoldError::Db(error)) => return Trouble::from(error).page(ctx),
        Err(HoldError::Occupied { alternatives }) => {
            choosing.errors.add("time", ctx.words().problem_occupied());
            choosing.taken = Span::between(choice.start, choice.end);
            choosing.alternatives = alternatives;
        }
        Err(HoldError::Refused(refusal)) => {
            let (field, message) = super::refusal(ctx, &choosing.space, &refusal);
            choosing.errors.add(field, message);
        }
        // No quote was sent along, so none can have changed.
        Err(HoldError::QuoteChanged | HoldError::NoPrice(_)) => {
            choosing.errors.add("group", ctx.words().problem_no_price());
        }
    }
    page::page(ctx, choosing)
}

/// The hold that the booker comes back from, if the link is one of ours.
async fn earlier(ctx: &Ctx, token: &str) -> Result<Option<Booking>, Trouble> {
    match ctx.services.secret.read_token(token) {
        Some(id) => Ok(booking::find(&ctx.services, id).await?),
        None => Ok(None),
    }
}
