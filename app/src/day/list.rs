//! The same day as a list of free times: what a phone shows, and whoever prefers to read.

use leptos::prelude::*;
use vayla_domain::time::Span;
use vayla_services::occupancy::{DaySheet, SpaceDay};

use super::Place;
use crate::ui::{Ctx, Page, both_clocks};

pub fn list(ctx: &Ctx, place: &Place, sheet: &DaySheet) -> impl IntoView + use<> {
    let w = ctx.words();
    let spaces = sheet.spaces.iter().map(|space| {
        let spans = free_spans(sheet, space);
        let name = space.space.name.get(ctx.language).to_owned();
        let facility =
            place.facility.is_none().then(|| space.space.facility.name.get(ctx.language).to_owned());
        let none = spans.is_empty().then(|| view! { <p class="quiet">{w.day_nothing_free()}</p> });
        let times = spans.into_iter().map(|span| free_time(ctx, space, span)).collect_view();
        view! {
            <section>
                <h3>{name} " " <span class="clock2">{facility}</span></h3>
                {none}
                <ul class="times">{times}</ul>
            </section>
        }
    });
    view! { <div class="day-list">{spaces.collect_view()}</div> }
}

/// The runs that leave room for the shortest booking.
fn free_spans(sheet: &DaySheet, space: &SpaceDay) -> Vec<Span> {
    let first = sheet.day.span().start();
    let shortest = space.space.rules.minutes_min / 15;
    (space.times.free() & !space.times.too_late & sheet.day.own())
        .runs()
        .filter(|(_, length)| *length >= shortest)
        .filter_map(|(start, length)| Span::new(first + start, first + start + length))
        .collect()
}

fn free_time(ctx: &Ctx, space: &SpaceDay, span: Span) -> impl IntoView + use<> {
    let space = &space.space;
    let page = Page::Choose { facility: space.facility.slug.clone(), space: space.slug.clone() };
    let href = format!("{}?start={}", page.path(ctx.language), span.start().start().timestamp());
    view! { <li><a href=href>{both_clocks(ctx, space, span)}</a></li> }
}
