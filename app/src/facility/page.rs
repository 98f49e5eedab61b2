//! One place: its spaces, plan, hours, prices and the way there.

use axum::response::Response;
use leptos::prelude::*;
use vayla_domain::money::{Days, PriceGroup};
use vayla_locales::format;
use vayla_services::{
    catalogue::{Facility, Space},
    closure::Closure,
    wording,
};

use super::{feeds, hours, together};
use crate::ui::{Ctx, Page, Sheet, group_options, plan, render};

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
                    {bookable.then(|| prices_section(ctx, facility, &spaces).into_any())}
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
        let from = space.tariff.hour_from().map(|hour| match hour.minor {
            0 => w.price_free_for_some(),
            _ => w.price_from(format::money(language, hour)),
        });
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

fn prices_section(
    ctx: &Ctx,
    facility: &Facility,
    spaces: &[&std::sync::Arc<Space>],
) -> impl IntoView + use<> {
    let (w, language) = (ctx.words(), ctx.language);
    let heads = group_options(language)
        .into_iter()
        .map(|(_, name)| view! { <th scope="col" class="num">{name}</th> });
    let bodies = price_lists(ctx, spaces).into_iter().map(|(names, bands)| {
        let rows = bands.into_iter().map(|(band, prices)| {
            let cells = prices.into_iter().map(|price| view! { <td class="num">{price}</td> });
            view! { <tr><th scope="row">{band}</th>{cells.collect_view()}</tr> }
        });
        view! {
            <tbody>
                <tr><th scope="rowgroup" colspan="5">{names.join(" · ")}</th></tr>
                {rows.collect_view()}
            </tbody>
        }
    });
    let from = facility
        .details
        .price_source
        .as_ref()
        .map_or_else(|| w.facility_prices_assumed(), |source| w.facility_prices_from(&source.municipality));
    view! {
        <h2>{w.facility_prices()}</h2>
        {facility.details.placeholder.prices.then(|| view! { <p class="note">{from}</p> })}
        <section class="scroll" tabindex="0" aria-label=w.facility_prices()>
            <table class="plain prices">
                <caption>{w.facility_prices_caption()}</caption>
                <thead><tr><th scope="col">{w.facility_price_when()}</th>{heads.collect_view()}</tr></thead>
                {bodies.collect_view()}
            </table>
        </section>
    }
}

/// A band of the price list in words, with what each group pays an hour.
type Band = (String, Vec<String>);

/// The price lists, each once, with the names of the spaces that it holds for.
fn price_lists(ctx: &Ctx, spaces: &[&std::sync::Arc<Space>]) -> Vec<(Vec<String>, Vec<Band>)> {
    let mut lists: Vec<(Vec<String>, Vec<Band>)> = Vec::new();
    for space in spaces {
        let (name, bands) = (space.name.get(ctx.language).to_owned(), bands(ctx, space));
        match lists.iter_mut().find(|(_, known)| *known == bands) {
            Some((names, _)) => names.push(name),
            None => lists.push((vec![name], bands)),
        }
    }
    lists
}

fn bands(ctx: &Ctx, space: &Space) -> Vec<Band> {
    let (w, language) = (ctx.words(), ctx.language);
    let mut bands: Vec<(Days, u32, u32)> = Vec::new();
    for price in &space.tariff.prices {
        let band = (price.days, price.from_minute, price.to_minute);
        if !bands.contains(&band) {
            bands.push(band);
        }
    }
    bands.sort_by_key(|(days, from, _)| (*days != Days::Weekday, *from));
    bands
        .into_iter()
        .map(|(days, from, to)| {
            let day = match days {
                Days::All => w.days_all(),
                Days::Weekday => w.days_weekday(),
                Days::Weekend => w.days_weekend(),
            };
            let hours = hours::range(language, from.into(), to.into());
            let text = if (from, to) == (0, 1440) { day } else { format!("{day} {hours}") };
            let price = |group| {
                let found = space.tariff.prices.iter().find(|price| {
                    price.group == group
                        && (price.days, price.from_minute, price.to_minute) == (days, from, to)
                });
                found.map_or_else(String::new, |price| match price.hour_minor {
                    0 => w.price_free(),
                    minor => {
                        format::money(language, vayla_domain::money::Money::new(minor, space.tariff.currency))
                    }
                })
            };
            (text, PriceGroup::ALL.map(price).to_vec())
        })
        .collect()
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
