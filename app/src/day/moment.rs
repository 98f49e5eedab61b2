//! The plan at one chosen time: what is taken of a divided place, and which of its spaces are free then.

use leptos::prelude::*;
use vayla_domain::time::LocalDay;
use vayla_services::{
    catalogue::{Facility, Part},
    occupancy::{DaySheet, SpaceDay},
    wording,
};

use super::{
    Place,
    cells::{State, UNIT, state_at, visible},
    grid::state_text,
};
use crate::ui::{Ctx, Page, plan, plan_of_parts};

/// The quarter of the day that begins with a second; `None` where the day has none.
fn quarter_at(day: &LocalDay, at: i64) -> Option<i64> {
    let quarter = at.div_euclid(900) - day.span().start().0;
    (0..day.quarters()).contains(&quarter).then_some(quarter)
}

/// Asks for a time and, once one is chosen, shows the plan then. `None` where nothing is divided.
pub(super) fn section(ctx: &Ctx, place: &Place, sheet: &DaySheet, at: Option<i64>) -> Option<AnyView> {
    let (w, facility) = (ctx.words(), place.facility.as_ref()?);
    if facility.parts.len() < 2 {
        return None;
    }
    let chosen = at.and_then(|at| quarter_at(&sheet.day, at));
    let shown = chosen.map(|quarter| moment(ctx, facility, sheet, quarter));
    Some(
        view! {
            <section aria-labelledby="moment-title">
                <h2 id="moment-title">{w.moment_title()}</h2>
                {form(ctx, place, sheet, chosen)}
                {shown}
            </section>
        }
        .into_any(),
    )
}

fn form(ctx: &Ctx, place: &Place, sheet: &DaySheet, chosen: Option<i64>) -> impl IntoView + use<> {
    let (w, day) = (ctx.words(), &sheet.day);
    let action = Page::Day { place: place.slug.clone(), date: day.date().to_string() }.path(ctx.language);
    let (from, to) = visible(day, &sheet.spaces);
    let options = (from..to).step_by(UNIT as usize).map(|quarter| {
        let start = (day.span().start() + quarter).start();
        let text = wording::time(ctx.language, start, place.town.zone);
        let selected = chosen == Some(quarter);
        view! { <option value=start.timestamp().to_string() selected=selected>{text}</option> }
    });
    view! {
        <form class="bar" method="get" action=format!("{action}#moment-title")>
            <div class="field">
                <label for="at">{w.moment_choose()}</label>
                <select id="at" name="at">{options.collect_view()}</select>
            </div>
            <button class="btn quiet" type="submit">{w.moment_show()}</button>
        </form>
    }
}

fn moment(ctx: &Ctx, facility: &Facility, sheet: &DaySheet, quarter: i64) -> impl IntoView + use<> {
    let (w, language, day) = (ctx.words(), ctx.language, &sheet.day);
    let start = (day.span().start() + quarter).start();
    let time = wording::time(language, start, facility.municipality.zone);
    let is_taken = |part: &Part| sheet.spaces.iter().any(|space| all_taken(space, part.id, quarter));
    let label = w.moment_plan(&time);
    let rows = sheet.spaces.iter().map(|of_space| {
        let (space, state) = (&of_space.space, state_at(day, of_space, quarter));
        let name = space.name.get(language).to_owned();
        let book = (state == State::Free).then(|| {
            let page = Page::Choose { facility: facility.slug.clone(), space: space.slug.clone() };
            let href = format!("{}?start={}", page.path(language), start.timestamp());
            view! { <a href=href>{w.moment_book(&time)}</a> }
        });
        view! {
            <li>
                {plan(language, facility, Some(space))}
                <div>
                    <b>{name}</b>
                    <span class="clock2">{state_text(ctx, state).1}</span>
                    {book}
                </div>
            </li>
        }
    });
    view! {
        <h3>{w.moment_at(&time)}</h3>
        <div class="moment-plan">{plan_of_parts(language, facility, label, |part| if is_taken(part) { "part taken" } else { "part" })}</div>
        <ul class="spaces">{rows.collect_view()}</ul>
    }
}

/// Whether the space has the part, and nothing of it is left.
fn all_taken(of_space: &SpaceDay, part: i64, quarter: i64) -> bool {
    of_space.space.parts.contains(&part)
        && of_space.times.taken.contains(quarter)
        && !of_space.partly.contains(quarter)
}
