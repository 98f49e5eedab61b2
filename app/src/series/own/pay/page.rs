//! The page on which it is paid.

use axum::response::Response;
use leptos::prelude::*;
use vayla_domain::money::RateError;
use vayla_services::{
    booking::{self, Booking},
    payment::leads_to,
    series::Series,
    wording,
};

use super::Due;
use crate::{
    booking::pay_buttons,
    invoice::account_form,
    islands::HoldClock,
    ui::{Ctx, Errors, Page, Sheet, both_prices, rate_of, render, to_pay_sums},
};

pub fn page(ctx: &Ctx, due: &Due, token: &str, errors: &Errors) -> Response {
    let (Due { series, held, sums: (total, other), .. }, (left, left_other)) = (due, due.rest());
    render(ctx, || {
        let (w, language) = (ctx.words(), ctx.language);
        let this = Page::PaySeries(token.to_owned());
        let grant_page = Page::GrantSeries(token.to_owned()).path(language);
        let buttons = if left.minor == 0 {
            crate::grant::covered(ctx).into_any()
        } else {
            let rate = held.iter().find_map(|booking| rate_of(language, booking.other.as_ref()));
            view! {
                <input type="hidden" name="shown" value=left.minor.to_string() />
                <p>{if left_other.is_some() { w.pay_choose() } else { w.pay_only_one() }}</p>
                <p class="acts">{pay_buttons(ctx, left, left_other)}</p>
                <p class="quiet">{rate}</p>
                <p class="quiet">{w.pay_next()}</p>
            }
            .into_any()
        };
        let main = view! {
            {errors.summary(ctx)}
            <h1>{w.pay_title()}</h1>
            <section class="held" aria-label=w.hold_label()>
                <div>
                    <b>{wording::place(language, &series.space)}</b>
                    <span class="date">{w.series_times(held.len() as i64)}</span>
                    <a href=Page::Series(token.to_owned()).path(language)>{w.series_dates()}</a>
                </div>
                {both_prices(language, *total, other.as_ref().ok_or(RateError::Unknown), true)}
                {hold(ctx, series, held, token).into_any()}
            </section>
            {to_pay_sums(ctx, &due.to_pay(), &due.granted)}
            <form id="pay" class="pay" method="post" action=this.path(language)>{buttons}</form>
            {crate::grant::form(ctx, grant_page, &due.voucher, &due.granted, errors)}
            {account(ctx, due, token, errors)}
        };
        let leads_to = leads_to(&ctx.services, &series.space.facility.municipality);
        let sheet = Sheet { leads_to, ..Sheet::new(this, w.pay_title(), main).with_islands() };
        if errors.is_empty() { sheet } else { sheet.failed(ctx) }
    })
}

/// Until when it is held, and the button for a little more time.
fn hold(ctx: &Ctx, series: &Series, held: &[Booking], token: &str) -> Option<impl IntoView + use<>> {
    let (w, language, town) = (ctx.words(), ctx.language, &series.space.facility.municipality);
    let ends_at = series.held_until(ctx.now)?;
    let until = wording::time(language, ends_at, town.zone);
    let labels: Vec<String> = (0..=30i64).map(|minutes| w.hold_minutes_left(minutes)).collect();
    let extend = held.iter().any(|booking| !booking.hold_extended).then(|| {
        let action = Page::ExtendSeries(token.to_owned()).path(language);
        view! {
            <form method="post" action=action>
                <button class="link" type="submit">{w.hold_extend(booking::EXTENSION_MINUTES)}</button>
            </form>
        }
    });
    Some(view! {
        <div class="hold">
            <span>{w.hold_until(until)} " " <span class="clock-label">{w.clock_label(&town.country)}</span></span>
            <HoldClock
                ends_at_ms=ends_at.timestamp_millis()
                now_ms=ctx.now.timestamp_millis()
                first=(ends_at - ctx.now).num_minutes()
                labels
                over=w.hold_over()
            />
            {extend}
        </div>
    })
}

/// Associations and companies may pay all of it later.
fn account(ctx: &Ctx, due: &Due, token: &str, errors: &Errors) -> Option<AnyView> {
    let group = due.held.first()?.price_group;
    let action = Page::SeriesOnAccount(token.to_owned()).path(ctx.language);
    let form = || account_form(ctx, action, group, &due.code, due.price(), errors);
    (due.sums.0.minor > 0).then(form).flatten()
}
