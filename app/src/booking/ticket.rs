//! A booking as its booker sees it: what, where, when, paid, and what can be done.

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
    receipt,
    wording::{self, ClockText},
};

use super::{change, check::cancel_rule, held::booking_of};
use crate::{
    charge::charge_list,
    facility::map_link,
    ui::{Ctx, Page, Sheet, Trouble, lines_of, plan, rate_line, render},
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

fn ticket(ctx: &Ctx, found: &Found, token: &str, state: BookingState) -> impl IntoView + use<> {
    let (booking, payments) = (&found.booking, found.payments.as_slice());
    let (w, language, space) = (ctx.words(), ctx.language, &booking.space);
    let confirmed = state == BookingState::Confirmed;
    let date = format::date_long(language, booking.starts_at().with_timezone(&space.zone()).date_naive());
    let address = wording::address(&space.facility).map(|address| format!(" · {address}"));
    let paid = paid_lines(ctx, payments);
    let free = (booking.total.minor == 0).then(|| w.price_free());
    let rule = (confirmed && booking.total.minor > 0)
        .then(|| view! { <div><dt>{w.check_cancel()}</dt><dd>{cancel_rule(ctx, booking)}</dd></div> });
    let paid = paid.or_else(|| free.map(|free| free.into_any()));
    let paid = paid.map(|paid| view! { <div><dt>{w.ticket_paid()}</dt><dd>{paid}</dd></div> });
    let later = found.account.as_ref().map(|customer| {
        let (rest, _) = grant::rest(booking.total, None, &found.granted);
        let price = w.ticket_on_account(format::money(language, rest), customer);
        view! { <div><dt>{w.check_price()}</dt><dd>{price}</dd></div> }
    });
    let granted = found.granted.iter().map(|granted| {
        let pays = grant::listed(language, &ctx.catalogue, granted);
        view! { <div><dt>{w.grant_label()}</dt><dd>{pays}</dd></div> }
    });
    let deposit = deposit_lines(ctx, found).map(|(name, lines)| {
        view! { <div><dt>{name}</dt><dd>{lines_of(lines)}</dd></div> }
    });
    let facility = Page::Facility(space.facility.slug.clone()).path(language);
    let map = map_link(&space.facility).map(|href| view! { " · " <a href=href>{w.ticket_map()}</a> });
    let contact = wording::contact(language, &space.facility)
        .map(|contact| view! { <div><dt>{w.ticket_contact()}</dt><dd>{contact}</dd></div> });
    view! {
        <div class="ticket">
            {banks(ctx, booking).into_any()}
            <div class="ticket-body">
                <dl class="answers">
                    <div><dt>{w.choose_date()}</dt><dd class="date">{date}</dd></div>
                    <div>
                        <dt>{w.ticket_place()}</dt>
                        <dd><a href=facility>{wording::place(language, space)}</a> {address} {map}</dd>
                    </div>
                    <div><dt>{w.ticket_reference()}</dt><dd class="code">{booking.reference.clone()}</dd></div>
                    {granted.collect_view()}
                    {paid}
                    {deposit}
                    {later}
                    {rule}
                    {contact}
                </dl>
                {plan(language, &space.facility, Some(space))}
            </div>
            <p class="acts">{acts(ctx, found, token, state)}</p>
        </div>
    }
}

/// The river between the two clocks: west is left, the facility's own in full ink.
fn banks(ctx: &Ctx, booking: &Booking) -> impl IntoView + use<> {
    let language = ctx.language;
    let own = &booking.space.facility.municipality;
    let clocks = wording::clocks(language, &ctx.catalogue, &booking.space, booking.span);
    let sides = ctx.catalogue.municipalities.iter().filter_map(|town| {
        let clock: &ClockText = clocks.iter().find(|clock| clock.country == town.country)?;
        let class = if town.code == own.code { "shore own" } else { "shore other" };
        let locative = town.details.locative.get(language).to_owned();
        Some(view! {
            <div class=class>
                <span class="clock2">{locative}</span>
                <b class="big">{clock.range.clone()}</b>
                <span class="date">{format::date_weekday(language, clock.date)}</span>
                <span class="clock2">{clock.label.clone()}</span>
            </div>
        })
    });
    view! { <div class="two">{sides.collect_view()}</div> }
}

/// What each payment came to, a line for each; `None` where nothing was paid.
fn paid_lines(ctx: &Ctx, payments: &[Payment]) -> Option<AnyView> {
    let lines: Vec<String> = payments
        .iter()
        .filter(|payment| pays_price(payment))
        .map(|payment| paid_line(ctx, payment))
        .collect();
    (!lines.is_empty()).then(|| lines_of(lines).into_any())
}

fn pays_price(payment: &Payment) -> bool {
    payment.pays() && payment.gross.minor > 0
}

/// What has become of the deposit; how much it is, before it has been paid.
fn deposit_lines(ctx: &Ctx, found: &Found) -> Option<(String, Vec<String>)> {
    let (booking, language) = (&found.booking, ctx.language);
    let asked = booking.deposit.as_ref()?;
    let (name, amounts) = deposit::offer(language, asked, booking.total.currency);
    let charges = found.charges.iter().map(|(charge, _)| charge);
    let lines = match &found.deposit {
        Some(held) => deposit::standing(language, booking, held, &found.payments, charges),
        None => vec![amounts],
    };
    Some((name, lines))
}

fn paid_line(ctx: &Ctx, payment: &Payment) -> String {
    let (w, language) = (ctx.words(), ctx.language);
    let paid = format::money(language, payment.of_price());
    match &payment.rate {
        Some(rate) => {
            w.ticket_paid_across(paid, format::money(language, payment.gross), rate_line(language, rate))
        }
        None => paid,
    }
}

/// One is called a receipt; several are called by their numbers. What grants pay whole has a proof of that.
fn receipts(ctx: &Ctx, found: &Found, token: &str) -> Vec<(Page, String)> {
    let (w, booking, payments) = (ctx.words(), &found.booking, found.payments.as_slice());
    let granted: i64 = found.granted.iter().map(|granted| granted.gross.minor).sum();
    let mut numbers: Vec<i64> = payments.iter().filter_map(|payment| payment.receipt_number).collect();
    numbers.sort_unstable();
    if numbers.is_empty() && granted > 0 && granted >= booking.total.minor {
        return vec![(Page::Receipt(token.to_owned()), w.covered_link())];
    }
    if let [_] = numbers.as_slice() {
        return vec![(Page::Receipt(token.to_owned()), w.ticket_receipt())];
    }
    let named = numbers.into_iter().map(|number| {
        let page = Page::NumberedReceipt { token: token.to_owned(), number: number.to_string() };
        (page, w.receipt_title(receipt::name(booking, number)))
    });
    named.collect()
}

fn acts(ctx: &Ctx, found: &Found, token: &str, state: BookingState) -> impl IntoView + use<> {
    let (w, language, booking) = (ctx.words(), ctx.language, &found.booking);
    let receipts = receipts(ctx, found, token);
    let link = |page: Page, text: String, class: &'static str| {
        view! { <a class=class href=page.path(language)>{text}</a> " " }.into_any()
    };
    let token = || token.to_owned();
    let mut acts = Vec::new();
    match state {
        BookingState::Confirmed => {
            acts.push(link(Page::Calendar(token()), w.ticket_calendar(), "btn quiet"));
            acts.extend(receipts.into_iter().map(|(page, name)| link(page, name, "btn quiet")));
            if booking.check_move(ctx.now).is_ok() {
                acts.push(link(Page::Move(token()), w.ticket_move(), "btn quiet"));
            }
            if booking.starts_at() > ctx.now {
                acts.push(link(Page::Cancel(token()), w.ticket_cancel(), "btn quiet"));
            }
        }
        BookingState::Held => {
            let next = if booking.who.is_some() { Page::Pay(token()) } else { Page::Details(token()) };
            acts.push(link(next, w.ticket_go_on(), "btn"));
            acts.push(link(Page::Cancel(token()), w.ticket_give_back(), "btn quiet"));
        }
        BookingState::Cancelled | BookingState::Expired | BookingState::NoShow => {
            acts.extend(receipts.into_iter().map(|(page, name)| link(page, name, "btn quiet")));
            acts.push(link(Page::Search, w.trouble_to_search(), "btn"));
        }
    }
    acts.into_iter().collect_view()
}
