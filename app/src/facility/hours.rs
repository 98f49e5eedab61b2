//! When a place is open: the ordinary week, its seasons, and what differs from it.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use vayla_domain::{
    Language,
    space::{Access, Condition, Hours, Opening, OpeningRule, Weekdays},
};
use vayla_locales::words;
use vayla_services::{
    catalogue::{Facility, Space},
    when,
};

use crate::ui::Ctx;

pub fn section(ctx: &Ctx, facility: &Facility, spaces: &[&Arc<Space>]) -> impl IntoView + use<> {
    let (w, language) = (ctx.words(), ctx.language);
    let shared = spaces.iter().any(|space| Arc::ptr_eq(&space.rules.opening, &facility.opening));
    let own = spaces.iter().filter(|space| !Arc::ptr_eq(&space.rules.opening, &facility.opening));
    let own = own.map(|space| {
        let name = space.name.get(language).to_owned();
        view! { <h3>{name}</h3> {opening(ctx, facility, &space.rules.opening).into_any()} }
    });
    view! {
        <h2>{w.facility_hours()}</h2>
        {shared.then(|| opening(ctx, facility, &facility.opening).into_any())}
        {own.collect_view()}
        {facility.details.placeholder.hours.then(|| view! { <p class="note">{w.facility_hours_assumed()}</p> })}
    }
}

fn opening(ctx: &Ctx, facility: &Facility, opening: &Opening) -> impl IntoView + use<> {
    let (w, language) = (ctx.words(), ctx.language);
    let today = ctx.now.with_timezone(&opening.zone).date_naive();
    let label = w.clock_label(&facility.municipality.country);
    let weeks = opening.regular().iter().map(|rule| {
        let caption = match &rule.on {
            Condition::Season(days) => format!("{}, {label}", when::yearly(language, *days, today)),
            _ => w.clock_head(&facility.municipality.country),
        };
        week(language, caption, &rule.hours).into_any()
    });
    let mut exceptions: Vec<&OpeningRule> =
        opening.exceptions().iter().filter(|rule| is_to_come(rule, today)).collect();
    exceptions.sort_by_key(|rule| place(&rule.on, today));
    let exceptions: Vec<_> =
        exceptions.into_iter().map(|rule| exception(language, rule, today).into_any()).collect();
    let differs = (!exceptions.is_empty()).then(
        || view! { <p>{w.facility_exceptions()}</p> <ul class="exceptions">{exceptions.collect_view()}</ul> },
    );
    view! { {weeks.collect_view()} {differs} }
}

fn is_to_come(rule: &OpeningRule, today: NaiveDate) -> bool {
    !matches!(&rule.on, Condition::Dates(dates) if dates.to < today)
}

/// Where an exception stands: dates first, then days of each year, then holidays, each by the calendar.
fn place(on: &Condition, today: NaiveDate) -> (u8, Option<NaiveDate>) {
    match on {
        Condition::Dates(dates) => (0, Some(dates.from)),
        Condition::Yearly(days) | Condition::Season(days) => (1, days.from.in_year(today)),
        Condition::Holidays(_) | Condition::Always => (2, None),
    }
}

fn week(language: Language, caption: String, hours: &[Hours]) -> impl IntoView + use<> {
    let rows = Weekdays::ALL.iter().map(|weekday| {
        view! {
            <tr>
                <th scope="row">{when::weekday_name(language, weekday)}</th>
                <td>{day_text(language, hours, weekday)}</td>
            </tr>
        }
    });
    view! {
        <table class="plain">
            <caption>{caption}</caption>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

/// The hours of a day of the week, earliest first.
fn day_text(language: Language, hours: &[Hours], weekday: u32) -> String {
    let w = words(language);
    let mut hours: Vec<&Hours> = hours.iter().filter(|hours| hours.days.contains(weekday)).collect();
    hours.sort_by_key(|hours| hours.opens);
    let one = |hours: &&Hours| {
        let range = when::range(language, hours.opens.minute(), hours.closes.minute());
        match hours.access {
            Access::Staffed => range,
            Access::DoorCode => format!("{range} ({})", w.facility_door_code()),
        }
    };
    if hours.is_empty() { w.facility_closed() } else { hours.iter().map(one).collect::<Vec<_>>().join(", ") }
}

/// `Julafton, juldagen: stängt`, `17 dec.: stängt (tävling)`.
fn exception(language: Language, rule: &OpeningRule, today: NaiveDate) -> impl IntoView + use<> {
    let when = capital(&when::condition(language, &rule.on, today));
    let hours = days_text(language, &rule.hours, weekdays(&rule.on));
    let reason = rule.reason.as_ref().map(|reason| format!(" ({})", reason.get(language)));
    view! { <li><b>{when}</b> ": " {hours} {reason}</li> }
}

/// The days of the week that a rule can hold on.
fn weekdays(on: &Condition) -> Weekdays {
    let Condition::Dates(dates) = on else { return Weekdays::ALL };
    let days = dates.from.iter_days().take_while(|date| *date <= dates.to).take(7);
    let days: Vec<u32> = days.map(|date| date.weekday().number_from_monday()).collect();
    Weekdays::try_from(days).unwrap_or_default()
}

/// The same hours on all the days, or day by day: `måndag–fredag 08:00–17:00; lördag–söndag stängt`.
fn days_text(language: Language, hours: &[Hours], days: Weekdays) -> String {
    let mut runs: Vec<(u32, u32, String)> = Vec::new();
    for day in days.iter() {
        let text = day_text(language, hours, day);
        match runs.last_mut() {
            Some((_, last, known)) if *last + 1 == day && *known == text => *last = day,
            _ => runs.push((day, day, text)),
        }
    }
    if let [(_, _, text), rest @ ..] = &runs[..]
        && rest.iter().all(|(_, _, other)| other == text)
    {
        return text.clone();
    }
    let name = |day| when::weekday_name(language, day);
    let run = |(first, last, text): &(u32, u32, String)| match first == last {
        true => format!("{} {text}", name(*first)),
        false => format!("{}–{} {text}", name(*first), name(*last)),
    };
    runs.iter().map(run).collect::<Vec<_>>().join("; ")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
