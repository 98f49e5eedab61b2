//! The grid: time down the two banks, spaces between them.

use leptos::prelude::*;
use vayla_domain::time::LocalDay;
use vayla_services::{
    catalogue::{Municipality, Space},
    occupancy::{DaySheet, SpaceDay},
    wording,
};

use super::{
    Place,
    cells::{Cell, State, UNIT, cut},
    walls::Walls,
};
use crate::ui::{Ctx, Page, plan};

/// A table that is right without a script: each cell says its space, both clocks and its state.
pub fn grid(
    ctx: &Ctx,
    place: &Place,
    sheet: &DaySheet,
    walls: &Walls,
    shown: (i64, i64),
) -> impl IntoView + use<> {
    let w = ctx.words();
    let columns: Vec<Vec<Cell>> = sheet.spaces.iter().map(|space| cut(&sheet.day, space, shown)).collect();
    let names = sheet.spaces.iter().map(|space| head(ctx, place, &space.space)).collect_view();
    let (west, east) = banks(ctx, place);
    let (first, last) = (west.clone(), east.clone());
    let unit = row_quarters(&columns);
    let mut next = vec![0; columns.len()];
    let rows = (shown.0..shown.1).step_by(usize::try_from(unit).unwrap_or(1)).map(|quarter| {
        let mut here = Vec::new();
        for (column, (cells, next)) in columns.iter().zip(&mut next).enumerate() {
            if let Some(cell) = cells.get(*next).filter(|cell| cell.start == quarter) {
                *next += 1;
                let named = (&sheet.spaces[column], place.facility.is_none());
                here.push(cell_view(ctx, &sheet.day, walls, named, *cell, (column, unit)));
            }
        }
        row(ctx, place, &sheet.day, walls, (quarter, unit), here)
    });
    view! {
        <table class="grid" class:fine=unit == 1 aria-label=w.day_grid_label()>
            <thead>
                <tr>
                    <th scope="col" class="bank west">{bank_head(ctx, first)}</th>
                    {names}
                    <th scope="col" class="bank east">{bank_head(ctx, last)}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

/// Half an hour a row where every cell lies on half hours, else a quarter.
fn row_quarters(columns: &[Vec<Cell>]) -> i64 {
    let even = |cell: &Cell| cell.start % UNIT == 0 && cell.length % UNIT == 0;
    if columns.iter().flatten().all(even) { UNIT } else { 1 }
}

/// The towns whose clocks stand left and right; the same twice where there is one town.
fn banks(ctx: &Ctx, place: &Place) -> (std::sync::Arc<Municipality>, std::sync::Arc<Municipality>) {
    let towns = &ctx.catalogue.municipalities;
    let west = towns.first().unwrap_or(&place.town);
    let east = towns.last().unwrap_or(&place.town);
    (std::sync::Arc::clone(west), std::sync::Arc::clone(east))
}

fn bank_head(ctx: &Ctx, town: std::sync::Arc<Municipality>) -> String {
    ctx.words().clock_head(&town.country)
}

fn head(ctx: &Ctx, place: &Place, space: &Space) -> impl IntoView + use<> {
    let language = ctx.language;
    let name = space.name.get(language).to_owned();
    let facility = place.facility.is_none().then(|| {
        let facility = &space.facility;
        let href = Page::Today(facility.slug.clone()).path(language);
        view! { <a href=href>{facility.name.get(language).to_owned()}</a> <br /> }
    });
    let quarters = |minutes: i64| (minutes / 15).to_string();
    // What the name says, drawn: which parts of the place it is.
    let drawn = plan(language, &space.facility, Some(space))
        .map(|plan| view! { <span aria-hidden="true">{plan}</span> });
    view! {
        <th scope="col" data-min=quarters(space.rules.minutes_min) data-max=quarters(space.rules.minutes_max)>
            {facility}
            {drawn}
            <span class="space">{name}</span>
        </th>
    }
}

fn row(
    ctx: &Ctx,
    place: &Place,
    day: &LocalDay,
    walls: &Walls,
    (quarter, unit): (i64, i64),
    cells: Vec<AnyView>,
) -> impl IntoView + use<> {
    let (west, east) = banks(ctx, place);
    let at = (day.span().start() + quarter).start();
    let time = |town: &Municipality| walls.time(town, quarter).to_owned();
    let own_is_west = west.code == place.town.code;
    let minute = chrono::Timelike::minute(&day.wall(quarter));
    let now_here = (0..unit).any(|more| is_now(ctx, day, quarter + more));
    let mut class = match minute {
        0 => "hour".to_owned(),
        30 => "half".to_owned(),
        _ => "quarter".to_owned(),
    };
    let midnight =
        |town: &Municipality| at.with_timezone(&town.zone).time() == chrono::NaiveTime::MIN && quarter > 0;
    for (mark, there) in [
        (" midnight", midnight(&west) || midnight(&east)),
        (" seam", day.follows_gap(quarter)),
        (" again", day.is_repeated(quarter)),
        (" now", now_here),
    ] {
        if there {
            class.push_str(mark);
        }
    }
    let seam = day.follows_gap(quarter).then(|| view! { <span class="mark">{ctx.words().day_seam()}</span> });
    let now = now_here.then(|| view! { <span class="mark">{ctx.words().day_now()}</span> });
    let (left, right) = if own_is_west { ("west own", "east") } else { ("west", "east own") };
    view! {
        <tr class=class>
            <th scope="row" class=left>{time(&west)} {seam} {now}</th>
            {cells}
            <th scope="row" class=right>{time(&east)}</th>
        </tr>
    }
}

fn is_now(ctx: &Ctx, day: &LocalDay, quarter: i64) -> bool {
    vayla_domain::time::Quarter::containing(ctx.now) == day.span().start() + quarter
}

/// A state's class, and what it is called.
pub(super) fn state_text(ctx: &Ctx, state: State) -> (&'static str, String) {
    let w = ctx.words();
    match state {
        State::Free => ("free", w.state_free()),
        State::Short => ("short", w.state_short()),
        State::Taken => ("taken", w.state_taken()),
        State::Partly => ("taken partly", w.state_partly()),
        State::Closed => ("closed", w.state_closed()),
        State::Shut(_) => ("closed", w.state_shut()),
        State::TooLate => ("past", w.state_too_late()),
        State::Past => ("past", w.state_past()),
        State::Later => ("past", w.state_later()),
    }
}

fn cell_view(
    ctx: &Ctx,
    day: &LocalDay,
    walls: &Walls,
    (of_space, with_facility): (&SpaceDay, bool),
    cell: Cell,
    (column, unit): (usize, i64),
) -> AnyView {
    let (language, space) = (ctx.language, &of_space.space);
    let (from, to) = (cell.start, cell.start + cell.length);
    let (class, text) = state_text(ctx, cell.state);
    let name =
        if with_facility { wording::place(language, space) } else { space.name.get(language).to_owned() };
    // Why it is closed stands above the grid for the eye, and here for the ear.
    let why = match cell.state {
        State::Shut(closure) => of_space.closures.get(closure),
        _ => None,
    };
    let why = why.map(|closure| format!(": {}", closure.reason.get(language))).unwrap_or_default();
    let (begins, ends, others) = (walls.own(from), walls.own(to), walls.others(from));
    let spoken = format!("{name}, {begins}–{ends}{others}: {text}{why}");
    let rows = (cell.length > unit).then(|| (cell.length / unit).to_string());
    let content = if cell.state == State::Free {
        let page = Page::Choose { facility: space.facility.slug.clone(), space: space.slug.clone() };
        let start = (day.span().start() + from).start();
        let href = format!("{}?start={}", page.path(language), start.timestamp());
        view! { <a href=href aria-label=spoken>{begins.to_owned()}</a> }.into_any()
    } else {
        // A dashed gap says "too short" well enough to the eye; the ear hears it below.
        let shown = if cell.state == State::Short { String::new() } else { text };
        view! { <span aria-hidden="true">{shown}</span> <span class="hidden">{spoken}</span> }.into_any()
    };
    let pickable = matches!(cell.state, State::Free | State::Short);
    let clocks = |quarter| pickable.then(|| walls.all(quarter));
    // Column and quarters tell the keyboard where it is; the walls' times, what was picked.
    view! {
        <td
            class=class
            rowspan=rows
            data-column=column.to_string()
            data-from=from.to_string()
            data-to=to.to_string()
            data-begin=clocks(from)
            data-end=clocks(to)
        >
            {content}
        </td>
    }
    .into_any()
}
