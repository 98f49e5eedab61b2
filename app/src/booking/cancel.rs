//! Cancelling: first what it means, then the act. A link in a mail never cancels by itself.

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use vayla_domain::{booking::BookingState, money::Money};
use vayla_locales::format;
use vayla_services::{
    booking::{self, Booking, CancelError},
    deposit,
    grant::{self, Granted},
    wording,
};

use super::{check::cancel_rule, held::booking_of};
use crate::ui::{Ctx, Page, Sheet, Trouble, both_clocks, render};

pub(super) async fn show(ctx: Ctx, Path(token): Path<String>) -> Response {
    match find(&ctx, &token).await {
        Ok(Found { booking, .. })
            if !booking.state_at(ctx.now).is_live() || booking.starts_at() <= ctx.now =>
        {
            Redirect::to(&Page::Booking(token).path(ctx.language)).into_response()
        }
        Ok(found) => page(&ctx, &found, &token),
        Err(trouble) => trouble.page(&ctx),
    }
}

struct Found {
    booking: Booking,
    /// What would go back to its payer, by currency.
    refunds: Vec<Money>,
    granted: Vec<Granted>,
    /// What of that is its deposit.
    deposit: Option<Money>,
}

async fn find(ctx: &Ctx, token: &str) -> Result<Found, Trouble> {
    let booking = booking_of(ctx, token).await?;
    let refunds = booking::refunds_now(&ctx.services, &booking).await?;
    let granted = grant::of_booking(&ctx.services.db, booking.id).await?;
    let held = deposit::of_booking(&ctx.services.db, booking.id).await?;
    let deposit = held.map(|held| held.left()).filter(|left| left.minor > 0);
    Ok(Found { booking, refunds, granted, deposit })
}

pub(super) async fn submit(ctx: Ctx, Path(token): Path<String>) -> Response {
    let booking = match booking_of(&ctx, &token).await {
        Ok(booking) => booking,
        Err(trouble) => return trouble.page(&ctx),
    };
    match booking::cancel(&ctx.services, booking.id).await {
        Ok(_) | Err(CancelError::NotLive | CancelError::Begun) => {
            Redirect::to(&Page::Booking(token).path(ctx.language)).into_response()
        }
        Err(CancelError::Db(error)) => Trouble::from(error).page(&ctx),
    }
}

fn page(ctx: &Ctx, found: &Found, token: &str) -> Response {
    let Found { booking, refunds, granted, deposit } = found;
    render(ctx, || {
        let (w, language) = (ctx.words(), ctx.language);
        let this = Page::Cancel(token.to_owned());
        let confirmed = booking.state_at(ctx.now) == BookingState::Confirmed;
        let money = match refunds.as_slice() {
            [] if booking.customer.is_some() => Some(invoiced(ctx, booking, granted)),
            [] if confirmed && booking.total.minor > 0 => Some(w.cancel_no_refund()),
            [] => None,
            refunds => Some(w.cancel_refund(wording::amounts(language, refunds))),
        };
        let deposit = deposit.map(|deposit| w.deposit_included(format::money(language, deposit)));
        let rule = (confirmed && booking.total.minor > 0)
            .then(|| view! { <p class="quiet">{cancel_rule(ctx, booking)}</p> });
        let date = booking.starts_at().with_timezone(&booking.space.zone()).date_naive();
        let main = view! {
            <h1>{w.cancel_title()}</h1>
            <p class="lead">{wording::place(language, &booking.space)}</p>
            <p class="date">{format::date_long(language, date)}</p>
            {both_clocks(ctx, &booking.space, booking.span)}
            {money.map(|money| view! { <p class="strong">{money}</p> })}
            {deposit.map(|deposit| view! { <p>{deposit}</p> })}
            {rule}
            <form method="post" action=this.path(language)>
                <p class="acts">
                    <button class="btn danger" type="submit">{w.cancel_submit()}</button>
                    <a class="btn quiet" href=Page::Booking(token.to_owned()).path(language)>{w.cancel_keep()}</a>
                </p>
            </form>
        };
        Sheet::new(this, w.cancel_title(), main)
    })
}

/// What the customer is invoiced for if it is cancelled now.
fn invoiced(ctx: &Ctx, booking: &Booking, granted: &[Granted]) -> String {
    let w = ctx.words();
    match grant::owed_if_cancelled(booking.total, granted, booking.charged(ctx.now)) {
        Money { minor: 0, .. } => w.cancel_not_invoiced(),
        charged => w.cancel_invoiced(format::money(ctx.language, charged)),
    }
}
