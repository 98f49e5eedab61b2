//! A booking as its booker sees it: what, where, when, paid, and what can be done.

mod acts;
mod card;

use axum::{extract::Path, response::Response};
use chrono::TimeDelta;
use leptos::prelude::*;
use vayla_domain::booking::BookingState;
use vayla_locales::format;
use vayla_services::{
    booking::{self, Booking, Change},
    charge::{self, UseCharge},
    deposit::{self, HeldDeposit},
    grant::{self, Granted},
    invoice,
    payment::{self, Payment, PaymentState},
};

use self::card::ticket;
use super::{change, held::booking_of};
use crate::{
    charge::charge_list,
    ui::{Ctx, Page, Sheet, Trouble, render},
};

/// How long after a hold a bank's word is still awaited.
pub(super) const WAIT_MINUTES: i64 = 5;

pub(super) async fn show(ctx: Ctx, Path(token): Path<String>) -> Response {
    match find(&ctx, &token).await {
        Ok(found) => page(&ctx, &found, &token),
        Err(trouble) => trouble.page(&ctx),
    }
}

struct Found {
    booking: Booking,
    payments: Vec<Payment>,
    /// The customer who pays it later.
    account: Option<String>,
    /// What municipalities pay of it.
    granted: Vec<Granted>,
    /// The deposit that was paid with it.
    deposit: Option<HeldDeposit>,
    /// The last move that was asked for.
    change: Option<Change>,
    /// What its use has cost afterwards, and whether that is paid.
    charges: Vec<(UseCharge, bool)>,
}

async fn find(ctx: &Ctx, token: &str) -> Result<Found, Trouble> {
    let booking = booking_of(ctx, token).await?;
    let payments = payment::of_booking(&ctx.services.db, booking.id).await?;
    let change = booking::latest_change(&ctx.services, &booking).await?;
    let account = invoice::whose(&ctx.services, booking.id).await?;
    let granted = grant::summed(grant::of_booking(&ctx.services.db, booking.id).await?);
    let deposit = deposit::of_booking(&ctx.services.db, booking.id).await?;
    let charges = charge::with_paid(&ctx.services.db, booking.id).await?;
    Ok(Found { booking, payments, account, granted, deposit, change, charges })
}

fn page(ctx: &Ctx, found: &Found, token: &str) -> Response {
    render(ctx, || {
        let (w, booking, payments) = (ctx.words(), &found.booking, found.payments.as_slice());
        let state = booking.state_at(ctx.now);
        let given_back = payments.iter().any(|payment| payment.surplus);
        let waiting = state == BookingState::Expired
            && ctx.now < booking.hold_expires_at + TimeDelta::minutes(WAIT_MINUTES)
            && payments.iter().any(|payment| payment.state == PaymentState::Pending);
        let (title, lead) = match state {
            BookingState::Confirmed => {
                (w.ticket_confirmed(), w.ticket_confirmed_lead(&booking.reference, email(booking)))
            }
            BookingState::Held => (w.ticket_held(), held_lead(ctx, payments)),
            BookingState::Cancelled => (w.ticket_cancelled(), w.ticket_cancelled_lead(&booking.reference)),
            BookingState::NoShow => (w.ticket_no_show(), w.ticket_no_show_lead(&booking.reference)),
            BookingState::Expired if given_back => (w.ticket_too_late(), w.ticket_too_late_lead()),
            BookingState::Expired if waiting => (w.ticket_waiting(), w.ticket_waiting_lead()),
            BookingState::Expired => (w.ticket_expired(), w.ticket_expired_lead()),
        };
        let main = view! {
            <div class="ok">
                <h1>{title.clone()}</h1>
                <p class="lead">{lead}</p>
                {notes(ctx, payments)}
                {waiting.then(|| look_again(ctx, token))}
                {charge_list(ctx, &found.charges, token)}
                {(state == BookingState::Confirmed)
                    .then(|| change::notes(ctx, found.change.as_ref(), payments, token))}
                {ticket(ctx, found, token, state)}
                {(state == BookingState::Confirmed).then(|| subscribe(ctx))}
            </div>
        };
        Sheet::new(Page::Booking(token.to_owned()), title, main)
    })
}

/// Asking again is the reader's to do: a page that reloads by itself takes the place from under them.
fn look_again(ctx: &Ctx, token: &str) -> impl IntoView + use<> {
    let href = Page::Booking(token.to_owned()).path(ctx.language);
    view! { <p><a class="btn" href=href>{ctx.words().ticket_look_again()}</a></p> }
}

/// To where the calendar that follows all bookings is asked for: its link goes out by letter only.
fn subscribe(ctx: &Ctx) -> impl IntoView + use<> {
    view! { <p><a href=Page::Feeds.path(ctx.language)>{ctx.words().feeds_from_ticket()}</a></p> }
}

fn email(booking: &Booking) -> &str {
    booking.who.as_ref().map_or("", |who| &who.email)
}

fn held_lead(ctx: &Ctx, payments: &[Payment]) -> String {
    let w = ctx.words();
    match payments.last().map(|payment| payment.state) {
        Some(PaymentState::Failed) => w.ticket_held_refused(),
        Some(PaymentState::Pending | PaymentState::Expired) => w.ticket_held_abandoned(),
        _ => w.ticket_held_lead(),
    }
}

/// Money that came and goes back: said plainly.
fn notes(ctx: &Ctx, payments: &[Payment]) -> impl IntoView + use<> {
    let (w, language) = (ctx.words(), ctx.language);
    let refunds = payments.iter().flat_map(|payment| payment.refunds.iter().map(move |back| (payment, back)));
    refunds
        .filter(|(_, refund)| refund.amount.minor > 0 && !refund.of_deposit)
        .map(|(payment, refund)| {
            let amount = format::money(language, refund.amount);
            let text = match refund.reason.as_str() {
                "paid_twice" => w.ticket_paid_twice(amount),
                "on_account" => w.ticket_paid_on_account(amount),
                "too_late" if payment.change.is_some() => w.ticket_move_too_late(amount),
                "too_late" | "unwanted" => w.ticket_money_back(amount),
                "wrong_amount" => w.ticket_wrong_amount(amount),
                _ => w.ticket_refunded(amount),
            };
            view! { <p class="note">{text}</p> }
        })
        .collect_view()
}
