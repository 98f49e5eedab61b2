//! The first page.

use axum::response::Response;
use leptos::prelude::*;
use vayla_domain::Language;
use vayla_locales::format;
use vayla_services::wording;

use super::{
    finder::{FORM, finder},
    form::SearchQuery,
    results::{Choice, Found, Offer},
};
use crate::ui::{Ctx, Page, Sheet, book_link, both_clocks, both_prices, kind_name, rate_line, render};

pub fn page(ctx: &Ctx, found: Found) -> Response {
    render(ctx, || {
        let w = ctx.words();
        let failed = !found.errors.is_empty();
        let main = view! {
            {found.errors.summary(ctx)}
            <h1>{w.search_title()}</h1>
            <p class="lead">{w.search_lead()}</p>
            {finder(ctx, &found).into_any()}
            {results(ctx, &found).map(IntoAny::into_any)}
        };
        let sheet = Sheet::new(Page::Search, w.search_page_title(), main).switched_by(FORM);
        if failed { sheet.failed(ctx) } else { sheet }
    })
}

fn results(ctx: &Ctx, found: &Found) -> Option<impl IntoView + use<>> {
    let w = ctx.words();
    if !found.errors.is_empty() {
        return None;
    }
    let language = ctx.language;
    let from = format::date_weekday(language, found.wish.from);
    let heading = match (found.nearest, found.query.is_best_first()) {
        (true, _) => w.search_nearest(),
        (false, true) => w.search_best_times(),
        (false, false) => w.search_free_times(&from),
    };
    let to = format::date_weekday(language, found.wish.to);
    let empty = found.nearest.then(|| view! { <p class="empty">{w.search_nothing(&from, to)}</p> });
    let gone = found.offers.is_empty().then(|| view! { <p>{w.search_nothing_at_all()}</p> });
    let offers = found.offers.iter().map(|offer| hit(ctx, offer, &found.query.group)).collect_view();
    let rate =
        found.rate.as_ref().ok().map(|rate| view! { <p class="quiet">{rate_line(language, rate)}</p> });
    let more = found.has_more.then(|| {
        view! { <p><a class="btn quiet" href=more_link(language, &found.query)>{w.search_more()}</a></p> }
    });
    let wait = found.nearest.then(|| {
        let href = crate::waiting::link_from(language, &found.query);
        view! { <p><a class="btn quiet" href=href>{w.waiting_join()}</a></p> }
    });
    Some(view! {
        {empty}
        {wait}
        <h2>{heading}</h2>
        {gone}
        <ol class="hits">{offers}</ol>
        {more}
        {rate}
    })
}

fn hit(ctx: &Ctx, offer: &Offer, group: &str) -> Option<impl IntoView + use<>> {
    let language = ctx.language;
    let first = &offer.choices.first()?.space;
    let (facility, town) = (&first.facility, &first.facility.municipality);
    let date = offer.span.start().start().with_timezone(&town.zone).date_naive();
    let kind = kind_name(language, &facility.kind);
    let choices = offer.choices.iter().map(|one| choice(ctx, offer, one, group)).collect_view();
    Some(view! {
        <li class="hit">
            <div class="when">
                <span class="date">{format::date_weekday(language, date)}</span>
                {both_clocks(ctx, first, offer.span)}
            </div>
            <div class="what">
                <a href=Page::Facility(facility.slug.clone()).path(language)>{facility.name.get(language).to_owned()}</a>
                <span class="clock2">{format!("{kind} · {}", town.name.get(language))}</span>
            </div>
            <ul class="choices">{choices}</ul>
        </li>
    })
}

fn choice(ctx: &Ctx, offer: &Offer, choice: &Choice, group: &str) -> impl IntoView + use<> {
    let (w, language, space) = (ctx.words(), ctx.language, &choice.space);
    let start = offer.span.start().start();
    let href = book_link(language, space, offer.span, &[("group", group)]);
    let name = space.name.get(language).to_owned();
    let time =
        format!("{} {}", wording::time(language, start, space.zone()), space.facility.name.get(language));
    view! {
        <li>
            <span class="space">{name.clone()}</span>
            {both_prices(language, choice.total, choice.other.as_ref().map_err(|error| *error), choice.fixed)}
            <a class="btn quiet" href=href>
                {w.search_book()}
                <span class="hidden">{format!(": {name}, {time}")}</span>
            </a>
        </li>
    }
}

fn more_link(language: Language, query: &SearchQuery) -> String {
    let next = SearchQuery { more: query.more + 1, ..query.clone() };
    format!("{}?{}", Page::Search.path(language), serde_urlencoded::to_string(next).unwrap_or_default())
}
