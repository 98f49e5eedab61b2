//! One place: its spaces, plan, hours, prices and the way there.

use axum::response::Response;
use leptos::prelude::*;
use vayla_locales::format;
use vayla_services::{
    catalogue::{Facility, Space},
    closure::Closure,
    wording,
};

use super::{feeds, hours, prices, together};
use crate::ui::{Ctx, Page, Sheet, plan, render};

pub fn page(ctx: &Ctx, facility: &Facility, closures: &[Closure]) -> Response {
    render(ctx, || {
        let language = ctx.language;
        let name = facility.name.get(language).to_owned();
        let spaces: Vec<_> = ctx.catalogue.spaces_of(facility).collect();
        let bookable = !spaces.is_empty();
        let main = view! {
            <h1>{name.clone()}</h1>
            <p class="lead">{facility.text.get(language).to_owned()}</p>
            {notes(ctx, facility, closures)}
            {bookable.then(|| book(ctx, facility).into_any())}
            {(!bookable).then(|| view! { <p class="note">{ctx.words().facility_not_bookable()}</p> })}
            <div class="columns">
                <div>
                    {bookable.then(|| spaces_section(ctx, facility, &spaces).into_any())}
                    {together::section(ctx, facility, &spaces).map(IntoAny::into_any)}
                    {bookable.then(|| prices::section(ctx, facility, &spaces).into_any())}
                </div>
                <div>
                    {bookable.then(|| hours::section(ctx, facility, &spaces).into_any())}
                    {about_section(ctx, facility).into_any()}
                    {bookable.then(|| feeds::section(ctx, facility, &spaces).into_any())}
                </div>
            </div>
        };
        Sheet::new(Page::Facility(facility.slug.clone()), name, main)
    })
}

/// What is closed, when and why.
fn notes(ctx: &Ctx, facility: &Facility, closures: &[Closure]) -> Vec<AnyView> {
    let texts = closures.iter().map(|closure| wording::closure(ctx.language, facility, closure));
    texts.map(|text| view! { <p class="note">{text}</p> }.into_any()).collect()
}

fn book(ctx: &Ctx, facility: &Facility) -> impl IntoView + use<> {
    view! {
        <p>
            <a class="btn" href=Page::Today(facility.slug.clone()).path(ctx.language)>{ctx.words().facility_see_times()}</a>
        </p>
    }
}

fn spaces_section(
    ctx: &Ctx,
    facility: &Facility,
    spaces: &[&std::sync::Arc<Space>],
) -> impl IntoView + use<> {
    let (w, language) = (ctx.words(), ctx.language);
    let rows = spaces.iter().map(|space| {
        let length = |minutes: i64| format::duration(language, u32::try_from(minutes).unwrap_or(0));
        let lengths = format!("{}–{}", length(space.rules.minutes_min), length(space.rules.minutes_max));
        let capacity = space.capacity.map(|people| w.facility_capacity(people)).unwrap_or_default();
        let from = prices::from_text(ctx, space);
        view! {
            <li>
                {plan(language, facility, Some(space))}
                <div>
                    <b>{space.name.get(language).to_owned()}</b>
                    <span class="clock2">{lengths} " " {capacity}</span>
                    <span class="clock2">{from}</span>
                </div>
            </li>
        }
    });
    view! {
        <h2>{w.facility_spaces()}</h2>
        <ul class="spaces">{rows.collect_view()}</ul>
    }
}

fn about_section(ctx: &Ctx, facility: &Facility) -> impl IntoView + use<> {
    let (w, language, details) = (ctx.words(), ctx.language, &facility.details);
    let address = details.address.as_ref().map(|address| {
        let postcode = address.postcode.clone().map(|code| format!("{code} ")).unwrap_or_default();
        view! { <p>{address.street.clone()} <br /> {postcode} {address.city.clone()}</p> }
    });
    let map = map_link(facility).map(|href| view! { <p><a href=href>{w.facility_map()}</a></p> });
    let list = |texts: &[vayla_domain::Bilingual]| {
        texts.iter().map(|text| view! { <li>{text.get(language).to_owned()}</li> }).collect_view()
    };
    let rules = (!details.rules.is_empty())
        .then(|| view! { <h2>{w.facility_rules()}</h2> <ul>{list(&details.rules)}</ul> });
    let equipment = (!details.equipment.is_empty())
        .then(|| view! { <h2>{w.facility_equipment()}</h2> <ul>{list(&details.equipment)}</ul> });
    let owners: Vec<&str> = details
        .owners
        .iter()
        .filter_map(|code| ctx.catalogue.municipality(code))
        .map(|town| town.name.get(language))
        .collect();
    let owned = (owners.len() > 1).then(|| view! { <p>{w.facility_owned_by(owners.join(", "))}</p> });
    let ours = details.name_ours.iter().any(|code| code == language.code());
    let sources = details.sources.iter().map(|url| {
        let host = url.split('/').nth(2).unwrap_or(url).to_owned();
        view! { <li><a href=url.clone()>{host}</a></li> }
    });
    view! {
        <h2>{w.facility_way()}</h2>
        <p>{facility.municipality.name.get(language).to_owned()}</p>
        {address}
        {map}
        {owned}
        {rules}
        {equipment}
        {details.placeholder.entry.then(|| view! { <p class="note">{w.facility_entry_assumed()}</p> })}
        {ours.then(|| view! { <p class="note">{w.facility_name_ours()}</p> })}
        <details>
            <summary>{w.facility_sources()}</summary>
            <ul>{sources.collect_view()}</ul>
        </details>
    }
}

/// To a map that needs no account: by position where it is known, else by address.
pub(crate) fn map_link(facility: &Facility) -> Option<String> {
    let (position, address) = (&facility.details.position, &facility.details.address);
    if let Some(at) = position {
        return Some(format!(
            "https://www.openstreetmap.org/?mlat={}&mlon={}#map=16/{}/{}",
            at.lat, at.lon, at.lat, at.lon
        ));
    }
    let address = address.as_ref()?;
    let query =
        serde_urlencoded::to_string([("query", format!("{}, {}", address.street, address.city))]).ok()?;
    Some(format!("https://www.openstreetmap.org/search?{query}"))
}
