//! The page of step 1.

use axum::response::Response;
use leptos::prelude::*;
use vayla_domain::{money::Quote, time::Span};
use vayla_locales::format;
use vayla_services::booking::{CancelOffer, cancel_offer};

use super::{Choosing, form::ChooseFields};
use crate::{
    booking::{
        alternatives::alternatives,
        held::{Step, steps},
    },
    ui::{
        Ctx, Page, Sheet, book_link, both_clocks, both_prices, group_options, home_field, lines_of, plan,
        price_lines, radios, rate_of, render, tax_line, to_pay_sums, use_options,
    },
    waiting::link_for,
};

const FORM: &str = "choose";

pub(super) fn page(ctx: &Ctx, choosing: Choosing) -> Response {
    render(ctx, || {
        let (w, language) = (ctx.words(), ctx.language);
        let space = &choosing.space;
        let facility = &space.facility;
        let this = Page::Choose { facility: facility.slug.clone(), space: space.slug.clone() };
        let title = w.choose_title(space.name.get(language), facility.name.get(language));
        let failed = !choosing.errors.is_empty() && choosing.fields.switch.is_empty();
        let main = view! {
            {choosing.errors.summary(ctx)}
            {steps(ctx, Step::Choose, None)}
            <h1>{space.name.get(language).to_owned()}</h1>
            <p class="lead">
                <a href=Page::Facility(facility.slug.clone()).path(language)>{facility.name.get(language).to_owned()}</a>
                " · "
                {facility.municipality.name.get(language).to_owned()}
            </p>
            {others(ctx, &choosing)}
            {choosing.repriced.then(|| view! { <p class="note" role="status">{w.choose_repriced()}</p> })}
            <form id=FORM class="columns" method="post" action=this.path(language)>
                <div>{fields(ctx, &choosing).into_any()}</div>
                <div class="side">
                    {plan(language, facility, Some(space))}
                    {choosing.offer.as_ref().map(|(span, price)| offer(ctx, &choosing, *span, price))}
                    <p class="acts">
                        <button class="btn" type="submit">{w.choose_submit()}</button>
                        <button class="btn quiet" type="submit" formmethod="get" formnovalidate>{w.choose_recount()}</button>
                    </p>
                    <p class="quiet">{w.choose_hold_note(vayla_services::booking::HOLD_MINUTES)}</p>
                    <p><a href=series_link(ctx, &choosing)>{w.series_link()}</a></p>
                </div>
            </form>
        };
        let sheet = Sheet::new(this, title, main).switched_by(FORM);
        if failed { sheet.failed(ctx) } else { sheet }
    })
}

fn fields(ctx: &Ctx, choosing: &Choosing) -> impl IntoView + use<> {
    let (w, language, errors) = (ctx.words(), ctx.language, &choosing.errors);
    let ChooseFields { when, group, home, use_of, .. } = &choosing.fields;
    let earlier = choosing.fields.earlier.clone();
    let attempt = match choosing.fields.attempt.as_str() {
        "" => ctx.services.new_id().to_string(),
        known => known.to_owned(),
    };
    let shown = choosing.shown().map(|(total, other)| format!("{total} {other}")).unwrap_or_default();
    view! {
        <input type="hidden" name="earlier" value=earlier />
        <input type="hidden" name="attempt" value=attempt />
        <input type="hidden" name="shown" value=shown />
        {when.view(ctx, &choosing.space, errors)}
        {radios("group", w.choose_group(), group_options(language), group, errors)}
        {home_field(ctx, &[&choosing.space], home, errors)}
        {radios("use", w.choose_use(), use_options(language, Some(&choosing.space)), use_of, errors)}
    }
}

fn offer(ctx: &Ctx, choosing: &Choosing, span: Span, price: &Quote) -> impl IntoView + use<> {
    let (w, language, space) = (ctx.words(), ctx.language, &choosing.space);
    let date = span.start().start().with_timezone(&space.zone()).date_naive();
    let rate = rate_of(language, price.other.as_ref().ok().filter(|_| !price.is_free()));
    let cancel = (!price.is_free()).then(|| {
        let use_of = choosing.fields.use_of();
        let offer = CancelOffer { space, span, use_of, in_series: false, price: price.total };
        let said = cancel_offer(language, &ctx.catalogue, offer, ctx.now);
        view! { <p class="quiet">{lines_of(said)}</p> }
    });
    view! {
        <section class="offer" aria-label=w.choose_offer()>
            <p class="date">{format::date_long(language, date)}</p>
            {both_clocks(ctx, space, span)}
            {price_lines(ctx, space, &price.lines)}
            {both_prices(language, price.total, price.other.as_ref().map(|(money, _)| money).map_err(|error| *error), price.rate().is_none())}
            <p class="quiet">{tax_line(language, &price.lines)}</p>
            <p class="quiet">{rate}</p>
            {to_pay_sums(ctx, &[price.to_pay()], &[])}
            {cancel}
        </section>
    }
}

/// To the same time every week, with what is chosen.
fn series_link(ctx: &Ctx, choosing: &Choosing) -> String {
    let (space, fields) = (&choosing.space, &choosing.fields);
    let page = Page::LaySeries { facility: space.facility.slug.clone(), space: space.slug.clone() };
    let chosen = [
        ("date", &fields.when.date),
        ("time", &fields.when.time),
        ("minutes", &fields.when.minutes),
        ("group", &fields.group),
        ("home", &fields.home),
        ("use", &fields.use_of),
    ];
    let query = serde_urlencoded::to_string(chosen).unwrap_or_default();
    format!("{}?{query}", page.path(ctx.language))
}

fn others(ctx: &Ctx, choosing: &Choosing) -> impl IntoView + use<> {
    let ChooseFields { group, home, use_of, earlier, .. } = &choosing.fields;
    let chosen = [
        ("group", group.as_str()),
        ("home", home.as_str()),
        ("use", use_of.as_str()),
        ("earlier", earlier.as_str()),
    ];
    let near = alternatives(ctx, &choosing.alternatives, |hit| {
        book_link(ctx.language, &hit.space, hit.span, &chosen)
    });
    let wait = choosing.taken.map(|span| {
        let href = link_for(ctx.language, &choosing.space, span, [group, home, use_of]);
        view! { <p><a class="btn quiet" href=href>{ctx.words().waiting_join()}</a></p> }
    });
    view! { {near} {wait} }
}
