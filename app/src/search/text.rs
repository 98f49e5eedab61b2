//! A wish in one's own words: read into the fields, and said back.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use vayla_domain::Language;
use vayla_locales::{
    format,
    read::{self, NamedPlace, WishText},
};
use vayla_services::occupancy::DAYS_MAX;

use super::form::{SearchQuery, today};
use crate::ui::{Ctx, kind_name};

/// How a text was read.
pub struct Reading {
    /// What was understood, a phrase each.
    pub understood: Vec<String>,
    /// The words that led to nothing.
    pub not_understood: Vec<String>,
}

/// Moves what the text says into the fields; `None` where there is no text.
pub fn read_into(ctx: &Ctx, query: &mut SearchQuery) -> Option<Reading> {
    let text = std::mem::take(&mut query.text);
    if text.trim().is_empty() {
        return None;
    }
    let places: Vec<NamedPlace<'_>> = ctx
        .catalogue
        .municipalities
        .iter()
        .map(|town| NamedPlace {
            code: &town.code,
            country: &town.country,
            names: vec![&town.name.sv, &town.name.fi],
        })
        .collect();
    let mut wish = read::wish(&text, ctx.language, today(ctx), &places);
    bound(ctx, &mut wish);
    fill(ctx, query, &wish);
    Some(Reading { understood: said_back(ctx, &wish), not_understood: wish.not_understood })
}

/// A search looks through so many days: the rest of a longer stretch is left for another.
fn bound(ctx: &Ctx, wish: &mut WishText) {
    let last = wish.from.unwrap_or_else(|| today(ctx)) + Days::new(DAYS_MAX - 1);
    wish.to = wish.to.map(|to| to.min(last));
}

fn fill(ctx: &Ctx, query: &mut SearchQuery, wish: &WishText) {
    let language = ctx.language;
    let set = |field: &mut String, value: Option<String>| {
        if let Some(value) = value {
            *field = value;
        }
    };
    set(&mut query.minutes, wish.minutes.map(|minutes| minutes.to_string()));
    set(&mut query.share, wish.share_percent.map(|share| share.to_string()));
    set(&mut query.kind, wish.kind.map(str::to_owned));
    set(&mut query.town, wish.municipality.clone());
    set(&mut query.people, wish.people.map(|people| people.to_string()));
    fill_days(language, query, wish);
    fill_times(ctx, query, wish);
    if wish.share_percent.is_some() || !wish.weekdays.is_empty() {
        "best".clone_into(&mut query.order);
    }
}

/// The days of the text instead of those before: its dates, and its days of the week.
fn fill_days(language: Language, query: &mut SearchQuery, wish: &WishText) {
    let typed =
        |date: Option<NaiveDate>| date.map_or_else(String::new, |date| format::date_short(language, date));
    if wish.from.is_some() || wish.to.is_some() {
        (query.date, query.until) = (typed(wish.from), typed(wish.to));
    }
    if wish.weekdays.is_empty() {
        return;
    }
    let mut boxes = query.days_mut();
    boxes.iter_mut().for_each(|ticked| ticked.clear());
    for weekday in &wish.weekdays {
        "1".clone_into(boxes[weekday.num_days_from_monday() as usize]);
    }
}

/// The hours of the text instead of those before.
fn fill_times(ctx: &Ctx, query: &mut SearchQuery, wish: &WishText) {
    let typed = |minute: Option<u32>| minute.map_or_else(String::new, |minute| clock(ctx, minute));
    if wish.minute_from.is_some() || wish.minute_to.is_some() {
        // Until midnight is no bound: a time ends by then or goes on.
        let to = wish.minute_to.filter(|minute| *minute < 24 * 60);
        (query.from, query.to) = (typed(wish.minute_from), typed(to));
    }
}

fn clock(ctx: &Ctx, minute: u32) -> String {
    format::time(ctx.language, NaiveTime::MIN + TimeDelta::minutes(minute.into()))
}

fn said_back(ctx: &Ctx, wish: &WishText) -> Vec<String> {
    let (w, language) = (ctx.words(), ctx.language);
    let mut said = Vec::new();
    said.extend(wish.kind.map(|kind| kind_name(language, kind)));
    said.extend(wish.share_percent.map(|share| share_name(ctx, share)));
    said.extend(wish.minutes.map(|minutes| format::duration(language, u32::try_from(minutes).unwrap_or(0))));
    let town = wish.municipality.as_ref().and_then(|code| ctx.catalogue.municipality(code));
    said.extend(town.map(|town| town.name.get(language).to_owned()));
    let days: Vec<String> = wish.weekdays.iter().map(|day| format::weekday_name(language, *day)).collect();
    said.extend((!days.is_empty()).then(|| days.join(", ")));
    said.extend(wish.minute_from.map(|minute| w.search_read_from(clock(ctx, minute))));
    let to = wish.minute_to.filter(|minute| *minute < 24 * 60);
    said.extend(to.map(|minute| w.search_read_to(clock(ctx, minute))));
    said.extend(wish.from.map(|date| w.search_read_since(format::date_weekday(language, date))));
    said.extend(wish.to.map(|date| w.search_read_until(format::date_weekday(language, date))));
    said.extend(wish.people.map(|people| w.search_read_people(people)));
    said
}

/// `minst halva`, `minst 33 procent`.
pub fn share_name(ctx: &Ctx, percent: i64) -> String {
    let w = ctx.words();
    match percent {
        0 => w.search_share_any(),
        25 => w.search_share_quarter(),
        50 => w.search_share_half(),
        100 => w.search_share_whole(),
        other => w.search_share_percent(other),
    }
}
