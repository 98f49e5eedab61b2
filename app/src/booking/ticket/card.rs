//! The ticket itself: the time on both banks, the place, what it cost, the rule.

use leptos::prelude::*;
use vayla_domain::booking::BookingState;
use vayla_locales::format;
use vayla_services::{
    booking::Booking,
    deposit, grant,
    payment::Payment,
    wording::{self, ClockText},
};

use super::{super::check::cancel_rule, Found, acts::acts};
use crate::{
    facility::map_link,
    ui::{Ctx, Page, lines_of, plan, rate_line},
};

pub fn ticket(ctx: &Ctx, found: &Found, token: &str, state: BookingState) -> impl IntoView + use<> {
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
