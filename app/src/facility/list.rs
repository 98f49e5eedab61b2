//! All places, town by town.

use axum::response::Response;
use leptos::prelude::*;
use vayla_services::catalogue::{Facility, Municipality};

use crate::ui::{Ctx, Page, Sheet, kind_name, render};

pub fn page(ctx: &Ctx) -> Response {
    render(ctx, || {
        let w = ctx.words();
        let towns = ctx.catalogue.municipalities.iter().map(|town| section(ctx, town)).collect_view();
        let main = view! {
            <h1>{w.facilities_title()}</h1>
            <p class="lead">{w.facilities_lead()}</p>
            <div class="banks">{towns}</div>
        };
        Sheet::new(Page::Facilities, w.facilities_title(), main)
    })
}

fn section(ctx: &Ctx, town: &Municipality) -> impl IntoView + use<> {
    let w = ctx.words();
    let here: Vec<_> =
        ctx.catalogue.facilities.iter().filter(|facility| facility.municipality.code == town.code).collect();
    let (bookable, others): (Vec<_>, Vec<_>) =
        here.into_iter().partition(|facility| ctx.catalogue.spaces_of(facility).next().is_some());
    let name = town.name.get(ctx.language).to_owned();
    view! {
        <section>
            <h2>{name}</h2>
            <ul class="places">{bookable.iter().map(|facility| place(ctx, facility)).collect_view()}</ul>
            <h3>{w.facilities_not_booked_here()}</h3>
            <ul class="places small">{others.iter().map(|facility| place(ctx, facility)).collect_view()}</ul>
        </section>
    }
}

fn place(ctx: &Ctx, facility: &Facility) -> impl IntoView + use<> {
    let language = ctx.language;
    let kind = facility.lipas_code.and_then(|code| ctx.catalogue.facility_kinds.get(&code));
    let kind = kind.map_or_else(|| kind_name(language, &facility.kind), |kind| kind.get(language).to_owned());
    view! {
        <li>
            <a href=Page::Facility(facility.slug.clone()).path(language)>{facility.name.get(language).to_owned()}</a>
            " "
            <span class="clock2">{kind}</span>
        </li>
    }
}
