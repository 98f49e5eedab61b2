//! The form: a row for most wishes, and more for who wants to say more.

use leptos::prelude::*;
use vayla_locales::format;
use vayla_services::catalogue::Municipality;

use super::{
    form::{LENGTHS, SHARES, SearchQuery},
    results::Found,
    text::{Reading, share_name},
};
use crate::ui::{Ctx, Errors, Field, Page, group_options, kind_name, select};

pub const FORM: &str = "finder";

pub fn finder(ctx: &Ctx, found: &Found) -> impl IntoView + use<> {
    let (w, language, query, errors) = (ctx.words(), ctx.language, &found.query, &found.errors);
    let date = if errors.of("date").is_some() {
        query.date.clone()
    } else {
        format::date_short(language, found.wish.from)
    };
    let text =
        Field { hint: Some(w.search_text_hint()), ..Field::text("text", w.search_text(), &query.text) };
    view! {
        <form id=FORM class="finder" action=Page::Search.path(language) method="get">
            <div class="whole">{text.view(errors)}</div>
            {found.reading.as_ref().map(|reading| reading_note(ctx, reading))}
            {select("kind", w.search_what(), kinds(ctx), &query.kind, errors)}
            {select("town", w.search_where(), towns(ctx), &query.town, errors)}
            {typed("date", w.search_date(), &date).view(errors)}
            {typed("from", w.search_from(), &query.from).view(errors)}
            {select("minutes", w.search_length(), lengths(ctx, query), &query.minutes().to_string(), errors)}
            {Field { inputmode: Some("numeric"), ..Field::text("people", w.search_people(), &query.people) }.view(errors)}
            {more(ctx, query, errors).into_any()}
            <button class="btn" type="submit">{w.search_submit()}</button>
        </form>
    }
}

fn typed(id: &'static str, label: String, value: &str) -> Field {
    Field { autocomplete: Some("off"), ..Field::text(id, label, value) }
}

/// Said back, so that nobody wonders what was made of their words.
fn reading_note(ctx: &Ctx, reading: &Reading) -> impl IntoView + use<> {
    let w = ctx.words();
    let understood = (!reading.understood.is_empty()).then(|| {
        view! { <p>{w.search_read()} " " <b>{reading.understood.join(" · ")}</b></p> }
    });
    let rest = (!reading.not_understood.is_empty()).then(|| {
        let words: Vec<String> = reading.not_understood.iter().map(|word| format!("”{word}”")).collect();
        view! { <p>{w.search_not_read(words.join(", "))}</p> }
    });
    view! { <div class="note whole" role="status">{understood} {rest}</div> }
}

fn more(ctx: &Ctx, query: &SearchQuery, errors: &Errors) -> impl IntoView + use<> {
    let w = ctx.words();
    let orders = vec![(String::new(), w.search_order_earliest()), ("best".to_owned(), w.search_order_best())];
    let open = query.asks_more() || errors.of("until").is_some() || errors.of("to").is_some();
    view! {
        <details class="whole more" open=open>
            <summary>{w.search_more_choices()}</summary>
            <div class="finder-more">
                {typed("until", w.search_until(), &query.until).view(errors)}
                {typed("to", w.search_to(), &query.to).view(errors)}
                {select("share", w.search_share(), shares(ctx, query), &query.share_percent().to_string(), errors)}
                {select("group", w.choose_group(), group_options(ctx.language), query.group().code(), errors)}
                {select("order", w.search_order(), orders, &query.order, errors)}
                {days(ctx, query).into_any()}
            </div>
        </details>
    }
}

pub fn days(ctx: &Ctx, query: &SearchQuery) -> impl IntoView + use<> {
    let boxes = (0u8..7).zip(query.days()).filter_map(|(place, ticked)| {
        let name = format!("d{}", place + 1);
        let weekday = chrono::Weekday::try_from(place).ok()?;
        let label = format::weekday_name(ctx.language, weekday);
        let checked = !ticked.is_empty();
        Some(view! {
            <div class="choice">
                <input type="checkbox" id=name.clone() name=name.clone() value="1" checked=checked />
                <label for=name>{label}</label>
            </div>
        })
    });
    view! {
        <fieldset class="field days">
            <legend>{ctx.words().search_weekdays()}</legend>
            {boxes.collect_view()}
        </fieldset>
    }
}

/// The usual shares of a hall, and the one that was asked for.
pub fn shares(ctx: &Ctx, query: &SearchQuery) -> Vec<(String, String)> {
    let mut shares = SHARES.to_vec();
    if !shares.contains(&query.share_percent()) {
        shares.push(query.share_percent());
    }
    shares.into_iter().map(|share| (share.to_string(), share_name(ctx, share))).collect()
}

/// The towns, after both of them.
pub fn towns(ctx: &Ctx) -> Vec<(String, String)> {
    let name = |town: &Municipality| (town.code.clone(), town.name.get(ctx.language).to_owned());
    let towns = ctx.catalogue.municipalities.iter().map(|town| name(town));
    std::iter::once((String::new(), ctx.words().search_both_towns())).chain(towns).collect()
}

/// The usual lengths, and the one that was asked for.
pub fn lengths(ctx: &Ctx, query: &SearchQuery) -> Vec<(String, String)> {
    let mut lengths = LENGTHS.to_vec();
    if !lengths.contains(&query.minutes()) {
        lengths.push(query.minutes());
        lengths.sort_unstable();
    }
    let name = |minutes: i64| format::duration(ctx.language, u32::try_from(minutes).unwrap_or(0));
    lengths.into_iter().map(|minutes| (minutes.to_string(), name(minutes))).collect()
}

/// The kinds that something can be booked of.
pub fn kinds(ctx: &Ctx) -> Vec<(String, String)> {
    let mut kinds: Vec<&str> = Vec::new();
    for space in &ctx.catalogue.spaces {
        if !kinds.contains(&space.facility.kind.as_str()) {
            kinds.push(&space.facility.kind);
        }
    }
    // Ice first: it is what the two towns are known for.
    kinds.sort_by_key(|kind| *kind != "ice");
    let named = kinds.into_iter().map(|kind| (kind.to_owned(), kind_name(ctx.language, kind)));
    std::iter::once((String::new(), ctx.words().search_any_kind())).chain(named).collect()
}
