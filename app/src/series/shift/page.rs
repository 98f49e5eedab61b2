//! The page on which dates of a series are given another time.

use axum::response::Response;
use chrono::Weekday;
use leptos::prelude::*;
use vayla_locales::format;
use vayla_services::{
    occupancy::Hit,
    series::{DateState, ShiftDate, ShiftOutline, ShiftState, why_not_moved},
    wording,
};

use super::{super::own::time, Shifting, fields::ShiftFields};
use crate::{
    booking::move_link,
    series::{CHECKED, box_of},
    ui::{Ctx, Field, Page, Sheet, both_prices, duration_options, plan, radios, render, select},
};

const FORM: &str = "move";

pub(super) fn page(ctx: &Ctx, shifting: &Shifting, token: &str) -> Response {
    render(ctx, || {
        let (w, language, space) = (ctx.words(), ctx.language, &shifting.space);
        let this = Page::MoveSeries(token.to_owned());
        let failed = !shifting.errors.is_empty() && shifting.fields.switch.is_empty();
        let which = shifting.fields.which.iter().map(|id| {
            view! { <input type="hidden" name=box_of(*id) value=CHECKED /> }
        });
        let shown = shifting.outline.as_ref();
        let quote = shown.and_then(ShiftOutline::quote);
        // Before there is anything to move, showing is what the page is for.
        let class = if quote.is_some() { "btn quiet" } else { "btn" };
        let main = view! {
            {shifting.errors.summary(ctx)}
            <h1>{w.series_move_title()}</h1>
            <p class="lead">{wording::place(language, &shifting.series.space)}</p>
            <p>{w.series_move_lead()}</p>
            <form id=FORM class="columns" method="post" action=this.path(language)>
                <div>
                    {which.collect_view()}
                    {times(ctx, shifting).into_any()}
                    <p class="acts"><button class=class type="submit" name="act" value="show" formnovalidate>{w.series_move_show()}</button></p>
                    {shown.map(|outline| dates(ctx, shifting, outline, quote).into_any())}
                    <p><a href=Page::Series(token.to_owned()).path(language)>{w.series_cancel_keep()}</a></p>
                </div>
                {plan(language, &space.facility, Some(space)).map(|plan| view! { <div class="side">{plan}</div> })}
            </form>
        };
        let sheet = Sheet::new(this, w.series_move_title(), main).switched_by(FORM);
        if failed { sheet.failed(ctx) } else { sheet }
    })
}

fn times(ctx: &Ctx, shifting: &Shifting) -> impl IntoView + use<> {
    let (w, language, errors) = (ctx.words(), ctx.language, &shifting.errors);
    let ShiftFields { weekday, time, minutes, space, twice, .. } = &shifting.fields;
    let (rules, town) = (&shifting.space.rules, &shifting.space.facility.municipality);
    let lengths = duration_options(language, rules.minutes_min, rules.minutes_max, rules.step_minutes);
    let weekdays = (0..7u8).filter_map(|day| {
        let name = format::weekday_name(language, Weekday::try_from(day).ok()?);
        Some((day.to_string(), name))
    });
    let spaces: Vec<(String, String)> = ctx
        .catalogue
        .spaces_of(&shifting.series.space.facility)
        .map(|space| (space.slug.clone(), space.name.get(language).to_owned()))
        .collect();
    let several = spaces.len() > 1;
    let asks_which = shifting.asks_which().then(|| {
        let options = vec![("a".to_owned(), w.choose_first()), ("b".to_owned(), w.choose_second())];
        radios("twice", w.choose_which(), options, twice, errors)
    });
    view! {
        {several.then(|| select("space", w.move_space(), spaces, space, errors))}
        <div class="row">
            {select("weekday", w.series_move_weekday(), weekdays.collect(), weekday, errors)}
            {Field { autocomplete: Some("off"), required: true, ..Field::text("time", w.choose_time(w.clock_label(&town.country)), time) }.view(errors)}
            {select("minutes", w.choose_length(), lengths, minutes, errors)}
        </div>
        {asks_which}
    }
}

impl Shifting {
    /// Whether one of the dates needs to be told which of two times is meant, or has been.
    fn asks_which(&self) -> bool {
        let twice = |date: &ShiftDate| matches!(date.state, ShiftState::Barred(DateState::Twice(..)));
        !self.fields.twice.is_empty()
            || self.outline.as_ref().is_some_and(|outline| outline.dates.iter().any(twice))
    }
}

fn dates(
    ctx: &Ctx,
    shifting: &Shifting,
    outline: &ShiftOutline,
    quote: Option<String>,
) -> impl IntoView + use<> {
    let w = ctx.words();
    let lines = outline.dates.iter().map(|date| line(ctx, shifting, date)).collect_view();
    let moves = outline.moves().count() as i64;
    let money = match &outline.refunds[..] {
        [] => w.move_even(),
        refunds => w.move_back(wording::amounts(ctx.language, refunds)),
    };
    let act = quote.map(|quote| {
        view! {
            <p class="strong">{money}</p>
            <input type="hidden" name="quote" value=quote />
            <p class="acts"><button class="btn" type="submit" name="act" value="move">{w.series_move_submit(moves)}</button></p>
        }
    });
    view! {
        <section class="offer" id="dates" aria-label=w.series_dates() tabindex="-1">
            <h2>{w.series_dates()}</h2>
            <ol class="series">{lines}</ol>
            {outline.is_barred().then(|| view! { <p class="note" role="status">{w.series_move_barred()}</p> })}
            {act}
        </section>
    }
}

/// The time now, the new one, and its price or why it can't be had.
fn line(ctx: &Ctx, shifting: &Shifting, date: &ShiftDate) -> impl IntoView + use<> {
    let (w, language, booking) = (ctx.words(), ctx.language, &date.booking);
    let now = time(ctx, &booking.space, booking.span);
    let new = match &date.state {
        ShiftState::Free(quote) | ShiftState::Dearer(quote) => {
            let other = quote.price.other.as_ref().map(|(money, _)| money).map_err(|error| *error);
            view! {
                {time(ctx, &quote.space, quote.span)}
                " "
                {both_prices(language, quote.price.total, other, quote.price.rate().is_none())}
            }
            .into_any()
        }
        _ => format::date_weekday(language, date.date).into_any(),
    };
    let why = why_not_moved(language, &ctx.catalogue, &shifting.space, &date.state);
    view! {
        <li>
            <span class="quiet">{w.series_move_from()} " " {now}</span>
            " "
            <b>{w.series_move_to()}</b>
            " "
            {new}
            " "
            {why.map(|why| view! { <span>{why}</span> })}
            {by_itself(ctx, date)}
        </li>
    }
}

/// Links to move this one by itself instead.
fn by_itself(ctx: &Ctx, date: &ShiftDate) -> Option<AnyView> {
    let token = ctx.services.secret.manage_token(date.booking.id);
    let hits = match &date.state {
        ShiftState::Dearer(quote) => vec![Hit { space: quote.space.clone(), span: quote.span }],
        ShiftState::Barred(DateState::Taken { alternatives, .. }) => alternatives.clone(),
        _ => return None,
    };
    let links = hits.iter().map(|hit| {
        let at = |instant| wording::time(ctx.language, instant, hit.space.zone());
        let range = format!("{}–{}", at(hit.span.start().start()), at(hit.span.end().start()));
        let elsewhere = hit.space.id != date.booking.space.id;
        let name = if elsewhere { format!(" {}", hit.space.name.get(ctx.language)) } else { String::new() };
        view! { " " <a href=move_link(ctx, &token, hit)>{range}{name}</a> }
    });
    let links = links.collect_view();
    Some(view! { " " <span>{ctx.words().series_near()} {links}</span> }.into_any())
}
