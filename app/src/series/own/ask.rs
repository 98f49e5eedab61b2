//! Before times are given back: which, and what money comes back.

use axum::response::Response;
use leptos::prelude::*;
use vayla_domain::{booking::BookingState, money::Money};
use vayla_services::{
    booking::{self, Booking},
    series::Series,
    wording,
};

use super::time;
use crate::{
    series::{CHECKED, box_of},
    ui::{Ctx, Page, Sheet, Trouble, render},
};

pub(super) async fn page(
    ctx: &Ctx,
    series: &Series,
    chosen: &[&Booking],
    token: &str,
) -> Result<Response, Trouble> {
    let refunds = refunds(ctx, chosen).await?;
    Ok(render(ctx, || {
        let (w, language) = (ctx.words(), ctx.language);
        let this = Page::Series(token.to_owned());
        let paid = chosen
            .iter()
            .any(|booking| booking.state_at(ctx.now) == BookingState::Confirmed && booking.total.minor > 0);
        let money = match &refunds[..] {
            [_, ..] => Some(w.cancel_refund(wording::amounts(language, &refunds))),
            [] if paid => Some(w.cancel_no_refund()),
            [] => None,
        };
        let lines = chosen.iter().map(|booking| {
            view! { <li>{time(ctx, &booking.space, booking.span)} <input type="hidden" name=box_of(booking.id) value=CHECKED /></li> }
        });
        let main = view! {
            <h1>{w.series_cancel_ask()}</h1>
            <p class="lead">{wording::place(language, &series.space)}</p>
            {money.map(|money| view! { <p class="strong">{money}</p> })}
            <form method="post" action=Page::CancelSeries(token.to_owned()).path(language)>
                <ul>{lines.collect_view()}</ul>
                <p class="acts">
                    <button class="btn danger" type="submit" name="act" value="sure">{w.series_cancel_submit(chosen.len() as i64)}</button>
                    <a class="btn quiet" href=this.path(language)>{w.series_cancel_keep()}</a>
                </p>
            </form>
        };
        Sheet::new(this, w.series_cancel_ask(), main)
    }))
}

/// What would come back in all, by currency.
async fn refunds(ctx: &Ctx, chosen: &[&Booking]) -> Result<Vec<Money>, Trouble> {
    let mut refunds = Vec::new();
    for booking in chosen {
        refunds.extend(booking::refunds_now(&ctx.services, booking).await?);
    }
    Ok(Money::by_currency(refunds))
}
