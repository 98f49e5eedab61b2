//! Every date of a series with its state, in words.

use leptos::prelude::*;
use vayla_domain::money::RateError;
use vayla_locales::format;
use vayla_services::{
    booking::{CancelOffer, cancel_offer},
    deposit,
    occupancy::Hit,
    series::{DateState, Outline, OutlineDate, why_not},
    wording,
};

use super::{
    Laying,
    fields::{LayFields, shown, skip_box},
};
use crate::{
    series::CHECKED,
    ui::{Ctx, book_link, both_clocks, both_prices, lines_of, rate_of},
};

impl Laying {
    /// Whether one of the dates needs to be told which of two times is meant, or has been.
    pub fn asks_which(&self) -> bool {
        let twice = |date: &OutlineDate| matches!(date.state, DateState::Twice(..));
        !self.fields.which.is_empty()
            || self.outline.as_ref().is_some_and(|laid| laid.dates.iter().any(twice))
    }
}

pub(super) fn dates(ctx: &Ctx, laying: &Laying, outline: &Outline) -> impl IntoView + use<> {
    let (w, free) = (ctx.words(), outline.free().count());
    let attempt = ctx.services.new_id().to_string();
    let lines = outline.dates.iter().map(|date| line(ctx, laying, date)).collect_view();
    view! {
        <section class="offer" id="dates" aria-label=w.series_dates() tabindex="-1">
            <input type="hidden" name="shown" value=shown(outline) />
            <input type="hidden" name="attempt" value=attempt />
            <h2>{w.series_dates()}</h2>
            <p role="status">{w.series_free_of(outline.dates.len() as i64, free as i64)}</p>
            {outline.free().next().map(|(_, span, ..)| both_clocks(ctx, &laying.space, span))}
            <ol class="series">{lines}</ol>
            {(free > 0).then(|| sum(ctx, outline))}
            {deposit_note(ctx, outline)}
            {cancelling(ctx, laying, outline)}
        </section>
    }
}

fn sum(ctx: &Ctx, outline: &Outline) -> impl IntoView + use<> {
    let (w, language) = (ctx.words(), ctx.language);
    let other = outline.other.as_ref();
    let rate = rate_of(language, other.filter(|_| outline.total.minor > 0));
    view! {
        <p>
            {w.series_total()}
            " "
            {both_prices(language, outline.total, other.map(|(money, _)| money).ok_or(RateError::Unknown), rate.is_none())}
        </p>
        <p class="quiet">{rate}</p>
    }
}

/// What is paid besides for each date, and comes back.
fn deposit_note(ctx: &Ctx, outline: &Outline) -> Option<impl IntoView + use<>> {
    let (_, _, price, _) = outline.free().find(|(_, _, price, _)| price.deposit.is_some())?;
    let asked = price.deposit.as_ref()?;
    let (name, amounts) = deposit::offer(ctx.language, asked, price.total.currency);
    let (each, comes_back) =
        (ctx.words().deposit_each_date(name, amounts), deposit::comes_back(ctx.language, asked));
    Some(view! { <p>{each}</p> <p class="quiet">{comes_back}</p> })
}

/// What cancelling costs, told of the first date: each date is cancelled by itself.
fn cancelling(ctx: &Ctx, laying: &Laying, outline: &Outline) -> Option<impl IntoView + use<>> {
    let (w, language) = (ctx.words(), ctx.language);
    let (_, span, price, _) = outline.free().find(|(_, _, price, _)| !price.is_free())?;
    let use_of = laying.fields.use_of();
    let offer = CancelOffer { space: &laying.space, span, use_of, in_series: true, price: price.total };
    let said = lines_of(cancel_offer(language, &ctx.catalogue, offer, ctx.now));
    Some(view! { <p class="quiet">{w.series_cancel_first()} <br /> {said}</p> })
}

fn line(ctx: &Ctx, laying: &Laying, date: &OutlineDate) -> impl IntoView + use<> {
    let (language, space) = (ctx.language, &laying.space);
    let day = format::date_weekday(language, date.date);
    let why = why_not(language, space, &date.state);
    let state = match &date.state {
        DateState::Free { price, .. } => {
            let other = price.other.as_ref().map(|(money, _)| money).map_err(|error| *error);
            view! { <span class="free">{ctx.words().state_free()}</span> " " {both_prices(language, price.total, other, price.rate().is_none())} }
                .into_any()
        }
        DateState::Taken { alternatives, .. } => {
            view! { <span>{why}</span> {near(ctx, laying, alternatives)} }.into_any()
        }
        _ => view! { <span>{why}</span> }.into_any(),
    };
    let skip = skip(ctx, laying, date, &day);
    view! { <li><b class="date">{day}</b> " " {state} {skip}</li> }
}

/// A box to leave a free date out, or to take it in again.
fn skip(ctx: &Ctx, laying: &Laying, date: &OutlineDate, day: &str) -> Option<impl IntoView + use<>> {
    let w = ctx.words();
    let skipped = laying.fields.skipped().contains(&date.date);
    let name = skip_box(date.date);
    let label = w.series_skip_date(day);
    (skipped || matches!(date.state, DateState::Free { .. })).then(|| {
        view! {
            <label class="choice leave">
                <input type="checkbox" name=name value=CHECKED checked=skipped aria-label=label />
                <span aria-hidden="true">{w.series_skip()}</span>
            </label>
        }
    })
}

/// Links to book a single time instead.
fn near(ctx: &Ctx, laying: &Laying, hits: &[Hit]) -> Option<impl IntoView + use<>> {
    let language = ctx.language;
    let LayFields { group, home, use_of, .. } = &laying.fields;
    let chosen = [("group", group.as_str()), ("home", home.as_str()), ("use", use_of.as_str())];
    let zone = laying.space.zone();
    let links = hits.iter().map(|hit| {
        let time = |at| wording::time(language, at, zone);
        let range = format!("{}–{}", time(hit.span.start().start()), time(hit.span.end().start()));
        let elsewhere = hit.space.id != laying.space.id;
        let name = if elsewhere { format!(" {}", hit.space.name.get(language)) } else { String::new() };
        let href = book_link(language, &hit.space, hit.span, &chosen);
        view! { " " <a href=href>{range}{name}</a> }
    });
    let links = links.collect_view();
    (!hits.is_empty()).then(|| view! { " " <span>{ctx.words().series_near()} {links}</span> })
}
