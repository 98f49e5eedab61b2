//! The same day as a list of free times: what a phone shows, and whoever prefers to read.

use leptos::prelude::*;
use vayla_domain::time::{LocalDay, Quarter, QuarterSet, Span};
use vayla_services::occupancy::{DaySheet, SpaceDay};

use super::Place;
use crate::ui::{Ctx, Page, both_clocks};

pub fn list(ctx: &Ctx, place: &Place, sheet: &DaySheet) -> impl IntoView + use<> {
    let w = ctx.words();
    let spaces = sheet.spaces.iter().map(|space| {
        let spans = free_spans(&sheet.day, space);
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

/// The runs that bookings of the shortest length fill: each begins where one can begin.
fn free_spans(day: &LocalDay, space: &SpaceDay) -> Vec<Span> {
    let (first, shortest) = (day.span().start(), space.space.rules.minutes_min / Quarter::MINUTES);
    let had = space.starts(day, space.space.rules.minutes_min).widened(0, shortest - 1);
    let spans = had.runs().map(|(start, length)| {
        let end = shown_end(day, space, (start, start + length));
        Span::new(first + start, first + end)
    });
    spans.flatten().collect()
}

/// A run over midnight is shown to its end, unless it goes on for longer there than a booking lasts: that is the
/// next day's.
fn shown_end(day: &LocalDay, space: &SpaceDay, (start, end): (i64, i64)) -> i64 {
    let (midnight, rules) = (day.quarters(), &space.space.rules);
    if end <= midnight {
        return end;
    }
    let free = space.times.free() & !QuarterSet::range(i64::MIN / 2, midnight);
    let (_, length) = free.runs().next().unwrap_or((midnight, end - midnight));
    if length <= rules.minutes_max / Quarter::MINUTES {
        midnight + length
    } else {
        midnight.max(start + rules.minutes_min / Quarter::MINUTES)
    }
}

fn free_time(ctx: &Ctx, space: &SpaceDay, span: Span) -> impl IntoView + use<> {
    let space = &space.space;
    let page = Page::Choose { facility: space.facility.slug.clone(), space: space.slug.clone() };
    let href = format!("{}?start={}", page.path(ctx.language), span.start().start().timestamp());
    view! { <li><a href=href>{both_clocks(ctx, space, span)}</a></li> }
}
