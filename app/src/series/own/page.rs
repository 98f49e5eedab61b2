//! All dates of a series with their states.

use axum::response::Response;
use leptos::prelude::*;
use vayla_domain::{booking::BookingState, time::Span};
use vayla_locales::format;
use vayla_services::{booking::Booking, catalogue::Space, series::Series, wording};

use crate::{
    series::{CHECKED, box_of},
    ui::{Ctx, Errors, Page, Sheet, plan, render},
};

pub(in crate::series) fn page(ctx: &Ctx, series: &Series, token: &str, errors: &Errors) -> Response {
    render(ctx, || {
        let (w, language) = (ctx.words(), ctx.language);
        let this = Page::Series(token.to_owned());
        let (title, lead) = told(ctx, series);
        let held = series.held_until(ctx.now).map(|_| {
            let href = Page::PaySeries(token.to_owned()).path(language);
            view! { <p class="acts"><a class="btn" href=href>{w.ticket_go_on()}</a></p> }
        });
        let any_left = series.bookings.iter().any(|booking| can_cancel(ctx, booking));
        let can_move =
            series.in_state(BookingState::Confirmed, ctx.now).any(|booking| can_cancel(ctx, booking));
        let lines = series.bookings.iter().map(|booking| line(ctx, series, booking)).collect_view();
        let buttons = any_left.then(|| {
            view! {
                {can_move.then(|| move_buttons(ctx, token))}
                <p class="acts">
                    <button class="btn quiet" id="some" type="submit" name="act" value="some">{w.series_cancel_some()}</button>
                    <button class="btn quiet" type="submit" name="act" value="rest">{w.series_cancel_rest()}</button>
                </p>
            }
        });
        let main = view! {
            {errors.summary(ctx)}
            <h1>{title.clone()}</h1>
            <p class="lead">{lead}</p>
            <p>{wording::place(language, &series.space)}</p>
            {held}
            <form class="columns" method="post" action=Page::CancelSeries(token.to_owned()).path(language)>
                <div>
                    <ol class="series">{lines}</ol>
                    {buttons}
                </div>
                {plan(language, &series.space.facility, Some(&series.space)).map(|plan| view! { <div class="side">{plan}</div> })}
            </form>
        };
        let sheet = Sheet::new(this, title, main);
        if errors.is_empty() { sheet } else { sheet.failed(ctx) }
    })
}

fn move_buttons(ctx: &Ctx, token: &str) -> impl IntoView + use<> {
    let (w, to) = (ctx.words(), Page::MoveSeries(token.to_owned()).path(ctx.language));
    view! {
        <p class="acts">
            <button class="btn quiet" type="submit" formaction=to.clone() name="act" value="some">{w.series_move_some()}</button>
            <button class="btn quiet" type="submit" formaction=to name="act" value="rest">{w.series_move_rest()}</button>
        </p>
    }
}

/// Title and lead: what the series is as a whole.
fn told(ctx: &Ctx, series: &Series) -> (String, String) {
    let w = ctx.words();
    let confirmed = series.in_state(BookingState::Confirmed, ctx.now).count();
    if series.held_until(ctx.now).is_some() {
        return (w.series_held(), w.series_held_lead());
    }
    if confirmed > 0 {
        let email = series.who().map_or("", |who| who.email.as_str());
        return (w.series_confirmed(), w.series_confirmed_lead(confirmed as i64, email));
    }
    if series.in_state(BookingState::Cancelled, ctx.now).next().is_some() {
        return (w.ticket_cancelled(), w.series_cancelled_lead());
    }
    (w.series_expired(), w.ticket_expired_lead())
}

fn can_cancel(ctx: &Ctx, booking: &Booking) -> bool {
    booking.state_at(ctx.now).is_live() && booking.starts_at() > ctx.now
}

/// `tis 3 nov. 18:00–19:00 finsk tid · 17:00–18:00 svensk tid`.
pub(in crate::series) fn time(ctx: &Ctx, space: &Space, span: Span) -> String {
    let clocks = wording::clocks(ctx.language, &ctx.catalogue, space, span);
    let times: Vec<String> = clocks.iter().map(|clock| format!("{} {}", clock.range, clock.label)).collect();
    format!("{} {}", format::date_weekday(ctx.language, clocks[0].date), times.join(" · "))
}

/// Where a date is that has been moved to another space.
fn elsewhere(ctx: &Ctx, series: &Series, booking: &Booking) -> String {
    let moved = booking.space.id != series.space.id;
    if moved { format!(" · {}", wording::place(ctx.language, &booking.space)) } else { String::new() }
}

fn line(ctx: &Ctx, series: &Series, booking: &Booking) -> impl IntoView + use<> {
    let w = ctx.words();
    let state = match booking.state_at(ctx.now) {
        BookingState::Held => w.series_state_held(),
        BookingState::Confirmed => w.series_state_confirmed(),
        BookingState::Cancelled => w.series_state_cancelled(),
        BookingState::Expired => w.series_state_expired(),
        BookingState::NoShow => w.series_state_no_show(),
    };
    let id = box_of(booking.id);
    let time = format!("{}{}", time(ctx, &booking.space, booking.span), elsewhere(ctx, series, booking));
    let time = if can_cancel(ctx, booking) {
        view! {
            <span class="choice">
                <input type="checkbox" id=id.clone() name=id.clone() value=CHECKED />
                <label for=id>{time}</label>
            </span>
        }
        .into_any()
    } else {
        view! { <span>{time}</span> }.into_any()
    };
    let href = Page::Booking(ctx.services.secret.manage_token(booking.id)).path(ctx.language);
    view! { <li>{time} " " <span>{state}</span> " " <a href=href>{booking.reference.clone()}</a></li> }
}
