//! What a booking's own pages say about a move that waits for its money.

use chrono::TimeDelta;
use leptos::prelude::*;
use vayla_locales::format;
use vayla_services::{
    booking::{Booking, Change},
    payment::{Payment, PaymentState},
    wording,
};

use crate::{
    booking::{held::clock, ticket::WAIT_MINUTES},
    ui::{Ctx, Page, both_clocks, both_prices},
};

/// The new time is held, or was and the bank's word is still awaited.
pub fn notes(ctx: &Ctx, change: Option<&Change>, payments: &[Payment], token: &str) -> Option<AnyView> {
    let change = change?;
    if change.is_open(ctx.now) {
        return Some(open(ctx, change, token).into_any());
    }
    let awaited = change.has_run_out(ctx.now)
        && ctx.now < change.expires_at + TimeDelta::minutes(WAIT_MINUTES)
        && payments
            .iter()
            .any(|payment| payment.change == Some(change.id) && payment.state == PaymentState::Pending);
    awaited.then(|| waiting(ctx, token).into_any())
}

fn open(ctx: &Ctx, change: &Change, token: &str) -> impl IntoView + use<> {
    let (w, language, town) = (ctx.words(), ctx.language, &change.space.facility.municipality);
    let until = wording::moments(language, &ctx.catalogue, town, change.expires_at);
    let date = change.span.start().start().with_timezone(&town.zone).date_naive();
    view! {
        <section class="note">
            <p>{w.move_open(until)}</p>
            <p>
                <b>{wording::place(language, &change.space)}</b>
                " "
                <span class="date">{format::date_long(language, date)}</span>
                " "
                {both_clocks(ctx, &change.space, change.span)}
            </p>
            <p><a class="btn" href=Page::Pay(token.to_owned()).path(language)>{w.move_pay_title()}</a></p>
        </section>
    }
}

/// Asking again is the reader's to do, as on the ticket of a hold.
fn waiting(ctx: &Ctx, token: &str) -> impl IntoView + use<> {
    let (w, href) = (ctx.words(), Page::Booking(token.to_owned()).path(ctx.language));
    view! {
        <section class="note">
            <p>{w.move_waiting()}</p>
            <p><a class="btn quiet" href=href>{w.ticket_look_again()}</a></p>
        </section>
    }
}

/// What is held beside the old time, until when, and the difference: while that is paid.
pub fn summary(ctx: &Ctx, booking: &Booking, change: &Change) -> impl IntoView + use<> {
    let (w, language, town) = (ctx.words(), ctx.language, &change.space.facility.municipality);
    let date = |span: vayla_domain::time::Span| {
        format::date_long(language, span.start().start().with_timezone(&town.zone).date_naive())
    };
    let other = change.pay_other.as_ref().ok_or(vayla_domain::money::RateError::Unknown);
    view! {
        <section class="held" aria-label=w.hold_label()>
            <div>
                <b>{wording::place(language, &change.space)}</b>
                <span class="date">{date(change.span)}</span>
                {both_clocks(ctx, &change.space, change.span)}
            </div>
            {both_prices(language, change.pay, other, true)}
            <div class="hold">{clock(ctx, town, change.expires_at)}</div>
        </section>
        <p>
            {w.move_old_stays()}
            " "
            {wording::place(language, &booking.space)}
            ", "
            {date(booking.span)}
            " "
            {both_clocks(ctx, &booking.space, booking.span)}
        </p>
    }
}
