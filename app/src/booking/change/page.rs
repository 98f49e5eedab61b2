//! The page on which another time is chosen.

use axum::response::Response;
use leptos::prelude::*;
use vayla_domain::money::Money;
use vayla_locales::format;
use vayla_services::{
    booking::{Booking, ChangeQuote, HOLD_MINUTES},
    occupancy::Hit,
    wording,
};

use super::{Moving, form::MoveFields, note::notes};
use crate::{
    booking::alternatives::alternatives,
    ui::{Ctx, Page, Sheet, both_clocks, both_prices, plan, price_lines, rate_of, render, select},
};

const FORM: &str = "move";

pub(super) fn page(ctx: &Ctx, moving: &Moving, token: &str) -> Response {
    render(ctx, || {
        let (w, booking) = (ctx.words(), &moving.booking);
        let this = Page::Move(token.to_owned());
        let failed = !moving.errors.is_empty() && moving.fields.switch.is_empty();
        let main = view! {
            {moving.errors.summary(ctx)}
            <h1>{w.move_title()}</h1>
            {now(ctx, booking).into_any()}
            {notes(ctx, moving.open.as_ref(), &[], token)}
            {match &moving.too_late {
                Some(reason) => too_late(ctx, reason, token).into_any(),
                None => choosing(ctx, moving, token).into_any(),
            }}
        };
        let sheet = Sheet::new(this, w.move_title(), main);
        let sheet = if moving.too_late.is_none() { sheet.switched_by(FORM) } else { sheet };
        if failed || moving.too_late.is_some() { sheet.failed(ctx) } else { sheet }
    })
}

/// The time that the booking has, which it keeps until another is had.
fn now(ctx: &Ctx, booking: &Booking) -> impl IntoView + use<> {
    let (w, language) = (ctx.words(), ctx.language);
    let date = booking.starts_at().with_timezone(&booking.space.zone()).date_naive();
    view! {
        <section aria-label=w.move_now()>
            <p class="lead">{wording::place(language, &booking.space)}</p>
            <p>{w.move_now()} ": " <span class="date">{format::date_long(language, date)}</span></p>
            <p>{both_clocks(ctx, &booking.space, booking.span)}</p>
        </section>
    }
}

fn too_late(ctx: &Ctx, reason: &str, token: &str) -> impl IntoView + use<> {
    let (w, language) = (ctx.words(), ctx.language);
    view! {
        <p class="note" role="status">{reason.to_owned()}</p>
        <p class="acts">
            <a class="btn quiet" href=Page::Booking(token.to_owned()).path(language)>{w.receipt_back()}</a>
        </p>
    }
}

fn choosing(ctx: &Ctx, moving: &Moving, token: &str) -> impl IntoView + use<> {
    let (w, language, booking) = (ctx.words(), ctx.language, &moving.booking);
    let facility = &booking.space.facility;
    let last = booking.cancel_rule.free_until(booking.start()).map(|last| {
        let last = wording::moments(language, &ctx.catalogue, &facility.municipality, last);
        view! { <p class="quiet">{w.move_until(last)}</p> }
    });
    let shown = moving.quote.as_ref().map(ChangeQuote::fingerprint).unwrap_or_default();
    let others = alternatives(ctx, &moving.alternatives, |hit| move_link(ctx, token, hit));
    view! {
        {last}
        {others}
        {moving.unseen.then(|| view! { <p class="note" role="status">{w.move_look()}</p> })}
        <form id=FORM class="columns" method="post" action=Page::Move(token.to_owned()).path(language)>
            <div>
                <input type="hidden" name="quote" value=shown />
                {space(ctx, moving)}
                {moving.fields.when.view(ctx, &moving.space, &moving.errors)}
            </div>
            <div class="side">
                {plan(language, facility, Some(&moving.space))}
                {moving.quote.as_ref().map(|quote| offer(ctx, booking, quote))}
                {acts(ctx, moving.quote.as_ref())}
                <p><a href=Page::Booking(token.to_owned()).path(language)>{w.move_keep()}</a></p>
            </div>
        </form>
    }
}

/// What isn't counted yet can't be moved to: first the new time is shown with its price.
fn acts(ctx: &Ctx, quote: Option<&ChangeQuote>) -> impl IntoView + use<> {
    let w = ctx.words();
    let submit = quote.map(|quote| {
        let pays = quote.difference.total.minor > 0;
        view! { <button class="btn" type="submit">{if pays { w.move_submit_pay() } else { w.move_submit() }}</button> }
    });
    let (class, count) =
        if submit.is_some() { ("btn quiet", w.move_recount()) } else { ("btn", w.move_count()) };
    view! {
        <p class="acts">
            {submit}
            <button class=class type="submit" formmethod="get" formnovalidate>{count}</button>
        </p>
    }
}

/// One of the facility's spaces, where it has more than one.
fn space(ctx: &Ctx, moving: &Moving) -> Option<impl IntoView + use<>> {
    let spaces = ctx.catalogue.spaces_of(&moving.booking.space.facility);
    let options: Vec<(String, String)> =
        spaces.map(|space| (space.slug.clone(), space.name.get(ctx.language).to_owned())).collect();
    let several = options.len() > 1;
    several.then(|| select("space", ctx.words().move_space(), options, &moving.space.slug, &moving.errors))
}

/// The new time, both prices, the difference, and what becomes of it.
fn offer(ctx: &Ctx, booking: &Booking, quote: &ChangeQuote) -> impl IntoView + use<> {
    let (w, language, price) = (ctx.words(), ctx.language, &quote.price);
    let date = quote.span.start().start().with_timezone(&quote.space.zone()).date_naive();
    let other = price.other.as_ref();
    let rate = rate_of(language, other.ok().filter(|_| !price.is_free()));
    let rows = [
        (w.move_old_price(), single(ctx, booking.total)),
        (
            w.move_new_price(),
            both_prices(
                language,
                price.total,
                other.map(|(money, _)| money).map_err(|error| *error),
                price.rate().is_none(),
            )
            .into_any(),
        ),
        (w.move_difference(), difference(ctx, quote)),
    ];
    let rows = rows.map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> });
    view! {
        <section class="offer" aria-label=w.move_offer()>
            <b>{quote.space.name.get(language).to_owned()}</b>
            <p class="date">{format::date_long(language, date)}</p>
            {both_clocks(ctx, &quote.space, quote.span)}
            {price_lines(ctx, &quote.space, &price.lines)}
            <dl class="sums">{rows.into_iter().collect_view()}</dl>
            <p class="strong">{outcome(ctx, quote)}</p>
            <p class="quiet">{rate}</p>
        </section>
    }
}

fn single(ctx: &Ctx, amount: Money) -> AnyView {
    let text = if amount.minor == 0 { ctx.words().price_free() } else { format::money(ctx.language, amount) };
    view! { <span class="price"><b>{text}</b></span> }.into_any()
}

/// What is to be paid stands in both currencies; what goes back comes as it was paid.
fn difference(ctx: &Ctx, quote: &ChangeQuote) -> AnyView {
    let difference = &quote.difference;
    let other = difference.other.as_ref().filter(|_| difference.total.minor > 0);
    let about = if quote.price.rate().is_some() { "≈\u{a0}" } else { "" };
    let other = other.map(|other| format!("{about}{}", format::money(ctx.language, *other)));
    view! {
        <span class="price">
            <b>{format::money(ctx.language, difference.total)}</b>
            " "
            <span class="clock2">{other}</span>
        </span>
    }
    .into_any()
}

fn outcome(ctx: &Ctx, quote: &ChangeQuote) -> String {
    let w = ctx.words();
    match (quote.difference.total.minor, quote.refunds.as_slice()) {
        (1.., _) => w.move_pays(HOLD_MINUTES),
        (_, []) if quote.granted.is_some() => w.grant_covered(),
        (_, []) => w.move_even(),
        (_, refunds) => w.move_back(wording::amounts(ctx.language, refunds)),
    }
}

/// To this page with another time filled in.
pub(crate) fn move_link(ctx: &Ctx, token: &str, hit: &Hit) -> String {
    let minutes = hit.span.minutes().to_string();
    let when = MoveFields::default().when.starting(ctx, &hit.space, hit.span.start().start());
    let fields = [
        ("space", hit.space.slug.as_str()),
        ("date", &when.date),
        ("time", &when.time),
        ("which", &when.which),
        ("minutes", &minutes),
    ];
    let given = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>();
    let query = serde_urlencoded::to_string(given).unwrap_or_default();
    format!("{}?{query}", Page::Move(token.to_owned()).path(ctx.language))
}
