//! The day's page.

use std::collections::BTreeSet;

use axum::response::Response;
use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use vayla_locales::format;
use vayla_services::{occupancy::DaySheet, wording};

use super::{Place, cells::visible, grid::grid, list::list, moment, walls::Walls};
use crate::{
    islands::GridKeys,
    ui::{Ctx, Page, Sheet, render},
};

pub(super) fn page(ctx: &Ctx, place: &Place, sheet: &DaySheet, at: Option<i64>) -> Response {
    render(ctx, || {
        let (w, language) = (ctx.words(), ctx.language);
        let date = sheet.day.date();
        let (name, long_date) = (place.name.get(language).to_owned(), format::date_long(language, date));
        let heading = w.day_title(&name, &long_date);
        let change = (sheet.day.quarters() != 96).then(|| {
            let text = if sheet.day.quarters() < 96 { w.day_short() } else { w.day_long() };
            view! { <p class="note">{text}</p> }
        });
        let shown = visible(&sheet.day, &sheet.spaces);
        let walls = Walls::new(ctx, &sheet.day, &place.town, shown.0..=shown.1);
        let grid = grid(ctx, place, sheet, &walls, shown).into_any();
        let main = view! {
            <h1>{name} <span class="hidden">", "</span> <span class="day-date">{long_date}</span></h1>
            <p class="lead">{w.day_lead()} " " <span class="banks-told">{w.day_banks()}</span></p>
            {days(ctx, place, date).into_any()}
            {change}
            {closures(ctx, place, sheet)}
            {legend(ctx)}
            <GridKeys chosen=w.day_chosen() go_on=w.day_go_on() hint=w.day_keys() clocks=walls.labels()>
                {grid}
            </GridKeys>
            {moment::section(ctx, place, sheet, at)}
            <h2>{w.day_free_times()}</h2>
            {list(ctx, place, sheet).into_any()}
        };
        let this = Page::Day { place: place.slug.clone(), date: date.to_string() };
        Sheet::new(this, heading, main).with_islands()
    })
}

fn days(ctx: &Ctx, place: &Place, date: NaiveDate) -> impl IntoView + use<> {
    let (w, language) = (ctx.words(), ctx.language);
    let today = ctx.now.with_timezone(&place.town.zone).date_naive();
    let link = |date: NaiveDate, class: &'static str, text: String| {
        let href = Page::Day { place: place.slug.clone(), date: date.to_string() }.path(language);
        view! { <a class=class href=href>{text}</a> }
    };
    let previous = (date > today).then(|| {
        let before = date - Days::new(1);
        link(before, "btn quiet", format!("‹ {}", format::date_weekday(language, before)))
    });
    let last = place.spaces.iter().map(|space| space.rules.last_date_of_all(ctx.now)).max();
    let later =
        |days: u64| Some(date + Days::new(days)).filter(|later| last.is_some_and(|last| *later <= last));
    let next = later(1)
        .map(|after| link(after, "btn quiet", format!("{} ›", format::date_weekday(language, after))));
    let week = later(7).map(|after| link(after, "btn quiet", w.day_week_later()));
    let facility = place.facility.as_ref().map(|facility| {
        let href = Page::Facility(facility.slug.clone()).path(language);
        view! { <a class="push" href=href>{w.day_about_facility()}</a> }
    });
    view! { <nav class="bar" aria-label=w.day_other_days()>{previous} {next} {week} {facility}</nav> }
}

/// What is closed on the day: each closure once, with the place's name where several are shown.
fn closures(ctx: &Ctx, place: &Place, sheet: &DaySheet) -> Vec<AnyView> {
    let day = sheet.day.span();
    let mut seen = BTreeSet::new();
    let all = sheet.spaces.iter().flat_map(|space| &space.closures);
    let new = all.filter(|closure| closure.time.meets(day) && seen.insert(closure.id));
    new.filter_map(|closure| {
        let facility = ctx.catalogue.facility(closure.facility)?;
        let name = place.facility.is_none().then(|| {
            let name = facility.name.get(ctx.language).to_owned();
            view! { <b>{name} ": "</b> }
        });
        let text = wording::closure(ctx.language, facility, closure);
        Some(view! { <p class="note">{name} {text}</p> }.into_any())
    })
    .collect()
}

fn legend(ctx: &Ctx) -> impl IntoView + use<> {
    let w = ctx.words();
    view! {
        <ul class="legend">
            <li class="free">{w.state_free()}</li>
            <li class="short">{w.state_short()}</li>
            <li class="taken">{w.state_taken()}</li>
            <li class="taken partly">{w.state_partly()}</li>
            <li class="closed">{w.state_closed()}</li>
        </ul>
    }
}
