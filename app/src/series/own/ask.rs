//! Before times are given back: which, and what money comes back.

use axum::response::Response;
use leptos::prelude::*;
use vayla_domain::{booking::BookingState, money::Money};
use vayla_locales::format;
use vayla_services::{
    DbError,
    booking::{self, Booking},
    series::Series,
    wording,
};

use super::page::time;
use crate::ui::{Ctx, Page, Sheet, Trouble, render};

pub(super) async fn page(
    ctx: &Ctx,
    series: &Series,
    chosen: &[&Booking],
    token: &str,
) -> Result<Response, Trouble> {
    let refund = refund(ctx, chosen).await?;
    Ok(render(ctx, || {
        let (w, language) = (ctx.words(), ctx.language);
        let this = Page::Series(token.to_owned());
        let paid = chosen
            .iter()
            .any(|booking| booking.state_at(ctx.now) == BookingState::Confirmed && booking.total.minor > 0);
        let money = match refund {
            Some(refund) if refund.minor > 0 => Some(w.cancel_refund(format::money(language, refund))),
            _ if paid => Some(w.cancel_no_refund()),
            _ => None,
        };
        let lines = chosen.iter().map(|booking| {
            view! { <li>{time(ctx, booking)} <input type="hidden" name="which" value=booking.id.to_string() /></li> }
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

/// What would come back in all.
async fn refund(ctx: &Ctx, chosen: &[&Booking]) -> Result<Option<Money>, Trouble> {
    let mut refunds = Vec::new();
    for booking in chosen {
        refunds.extend(booking::refund_now(&ctx.services, booking).await?);
    }
    let Some(first) = refunds.first() else { return Ok(None) };
    let sum = Money::sum(first.currency, refunds.iter().copied()).map_err(DbError::corrupt)?;
    Ok(Some(sum))
}
