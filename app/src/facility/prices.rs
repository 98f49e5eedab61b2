//! What a place costs: the price lists in force, and those to come.

use std::sync::Arc;

use chrono::NaiveDate;
use leptos::prelude::*;
use vayla_domain::money::{Applied, Band, DatedBy, Home, PriceGroup, TariffDay, Unit, UnitPrice};
use vayla_locales::format;
use vayla_services::{
    catalogue::{Facility, Space},
    charge, deposit, tariff,
};

use crate::ui::{Ctx, group_options};

/// What a space costs from, in a few words.
pub fn from_text(ctx: &Ctx, space: &Space) -> Option<String> {
    let (w, language) = (ctx.words(), ctx.language);
    let (unit, lowest) = space.tariff_now(ctx.now)?.lowest(space.priced_place().currency)?;
    Some(match (lowest.minor, unit) {
        (0, _) => w.price_free_for_some(),
        (_, Unit::Hour) => w.price_from(format::money(language, lowest)),
        _ => unit_text(ctx, unit, lowest),
    })
}

fn unit_text(ctx: &Ctx, unit: Unit, money: vayla_domain::money::Money) -> String {
    let amounts = vayla_domain::money::Amounts::new(vec![money]);
    amounts.map_or_else(
        |_| String::new(),
        |price| tariff::unit_price_text(ctx.language, &UnitPrice { unit, price }),
    )
}

pub fn section(ctx: &Ctx, facility: &Facility, spaces: &[&Arc<Space>]) -> impl IntoView + use<> {
    let (w, language) = (ctx.words(), ctx.language);
    let today = ctx.now.with_timezone(&facility.municipality.zone).date_naive();
    let mut later: Vec<NaiveDate> = spaces.iter().flat_map(|space| space.tariffs.after(today)).collect();
    later.sort_unstable();
    later.dedup();
    let later = later.into_iter().map(|date| {
        let title = w.tariff_from_date(format::date_short(language, date));
        view! {
            <details>
                <summary>{title.clone()}</summary>
                {lists(ctx, spaces, date, title).into_any()}
            </details>
        }
    });
    // Until the town has published a list of its own.
    let seeded = |space: &&Arc<Space>| {
        let own = space.tariffs.own.on(TariffDay::both(today));
        own.is_some_and(|list| list.from == NaiveDate::default())
    };
    let is_assumed = facility.details.placeholder.prices && spaces.iter().any(seeded);
    let source = facility.details.price_source.as_ref();
    let assumed = source
        .map_or_else(|| w.facility_prices_assumed(), |source| w.facility_prices_from(&source.municipality));
    view! {
        <h2>{w.facility_prices()}</h2>
        {is_assumed.then(|| view! { <p class="note">{assumed}</p> })}
        {lists(ctx, spaces, today, w.facility_prices()).into_any()}
        {later.collect_view()}
    }
}

/// The lists for what is booked and used on a day, in a box of that name.
fn lists(ctx: &Ctx, spaces: &[&Arc<Space>], date: NaiveDate, title: String) -> impl IntoView + use<> {
    let w = ctx.words();
    let groups: Vec<String> = group_options(ctx.language).into_iter().map(|(_, name)| name).collect();
    let heads = groups.iter().cloned().map(|name| view! { <th scope="col" class="num">{name}</th> });
    let mut notes: Vec<String> = Vec::new();
    let mut charged: Vec<(Vec<String>, Vec<Charge>)> = Vec::new();
    let bodies = price_lists(ctx, spaces, date).into_iter().map(|list| {
        notes.extend(list.notes);
        match charged.iter_mut().find(|(_, charges)| *charges == list.charges) {
            Some((names, _)) => names.extend(list.names.iter().cloned()),
            None => charged.push((list.names.clone(), list.charges)),
        }
        let rows = list.bands.into_iter().map(|(band, prices)| {
            // On a phone the group stands beside its price.
            let cells = prices.into_iter().zip(groups.iter().cloned());
            let cells = cells.map(|(price, group)| view! { <td class="num" data-group=group>{price}</td> });
            view! { <tr><th scope="row">{band}</th>{cells.collect_view()}</tr> }
        });
        view! {
            <tbody>
                <tr><th scope="rowgroup" colspan="5">{list.names.join(" · ")}</th></tr>
                {rows.collect_view()}
            </tbody>
        }
    });
    let bodies = bodies.collect_view();
    let mut said: Vec<String> = Vec::new();
    notes.retain(|note| {
        !said.contains(note) && {
            said.push(note.clone());
            true
        }
    });
    view! {
        <section class="scroll" tabindex="0" aria-label=title>
            <table class="plain prices">
                <caption>{w.facility_prices_caption()}</caption>
                <thead><tr><th scope="col">{w.facility_price_when()}</th>{heads.collect_view()}</tr></thead>
                {bodies}
            </table>
        </section>
        {notes.into_iter().map(|note| view! { <p class="quiet">{note}</p> }).collect_view()}
        {after_use(ctx, charged)}
    }
}

/// What a use may cost afterwards, and how much.
type Charge = (String, String);

/// What may be charged after use; of which spaces, where it isn't the same everywhere.
fn after_use(ctx: &Ctx, charged: Vec<(Vec<String>, Vec<Charge>)>) -> impl IntoView + use<> {
    let title = ctx.words().tariff_after_use();
    let several = charged.len() > 1;
    let lists = charged.into_iter().filter(|(_, charges)| !charges.is_empty()).map(|(names, charges)| {
        let of = several.then(|| view! { <p class="quiet">{names.join(" · ")}</p> });
        let charges = charges
            .into_iter()
            .map(|(name, amount)| view! { <div><dt>{name}</dt><dd>{amount}</dd></div> })
            .collect_view();
        view! { {of} <dl class="sums">{charges}</dl> }
    });
    let lists: Vec<_> = lists.collect();
    (!lists.is_empty()).then(|| view! { <section class="stack"><h3>{title}</h3> {lists}</section> })
}

/// A price list in words, with the names of the spaces that it holds for.
struct ListText {
    names: Vec<String>,
    /// When and for whom, with what each group pays.
    bands: Vec<(String, Vec<String>)>,
    notes: Vec<String>,
    charges: Vec<Charge>,
}

/// Each once.
fn price_lists(ctx: &Ctx, spaces: &[&Arc<Space>], date: NaiveDate) -> Vec<ListText> {
    let mut lists: Vec<ListText> = Vec::new();
    for space in spaces {
        let Some(applied) = space.tariffs.on(TariffDay::both(date)) else { continue };
        let (name, bands) = (space.name.get(ctx.language).to_owned(), bands(ctx, space, applied));
        let (notes, charges) = (notes(ctx, space, applied), charges(ctx, applied));
        let same =
            |known: &&mut ListText| known.bands == bands && known.notes == notes && known.charges == charges;
        match lists.iter_mut().find(same) {
            Some(known) => known.names.push(name),
            None => lists.push(ListText { names: vec![name], bands, notes, charges }),
        }
    }
    lists
}

fn bands(ctx: &Ctx, space: &Space, applied: Applied<'_>) -> Vec<(String, Vec<String>)> {
    let mut keys: Vec<(&Band, &[Home])> = Vec::new();
    for price in &applied.tariff.prices {
        let key = (&price.when, price.home.as_slice());
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let row = |(when, home): (&Band, &[Home])| {
        let prices = PriceGroup::ALL.map(|group| price_text(ctx, space, applied, group, (when, home)));
        (when_text(ctx, when, home), prices.to_vec())
    };
    keys.into_iter().map(row).collect()
}

fn when_text(ctx: &Ctx, when: &Band, home: &[Home]) -> String {
    let text = tariff::when_text(ctx.language, &ctx.catalogue, home, when);
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(|| ctx.words().days_all(), |first| first.to_uppercase().chain(letters).collect())
}

/// What a group pays in a band: the last written of the list, as it is the one that holds.
fn price_text(
    ctx: &Ctx,
    space: &Space,
    applied: Applied<'_>,
    group: PriceGroup,
    (when, home): (&Band, &[Home]),
) -> String {
    let (tariff, currency) = (applied.tariff, space.priced_place().currency);
    let pays_as = tariff.pays_as(group);
    let found = tariff.prices.iter().rev().find(|price| {
        pays_as.is_some_and(|group| price.groups.contains(&group))
            && (&price.when, price.home.as_slice()) == (when, home)
    });
    let Some(price) = found else { return "–".to_owned() };
    let of_it = |money: vayla_domain::money::Money| money.percent(applied.part_percent.unwrap_or(100).into());
    let own = price.price.of(currency).map(of_it);
    let amounts: Vec<String> = own
        .into_iter()
        .chain(price.price.beside(currency).map(of_it))
        .map(|money| format::money(ctx.language, money))
        .collect();
    match (own.map(|money| money.minor), price.unit) {
        (Some(0), _) => ctx.words().price_free(),
        (_, Unit::Hour) => amounts.join(" / "),
        (_, unit) => tariff::per_unit(ctx.language, unit, amounts.join(" / ")),
    }
}

/// What else the list says.
fn notes(ctx: &Ctx, space: &Space, applied: Applied<'_>) -> Vec<String> {
    let (w, language, tariff) = (ctx.words(), ctx.language, applied.tariff);
    let least = tariff.minimum.as_ref().and_then(|minimum| minimum.of(space.priced_place().currency));
    let least = least.map(|least| w.tariff_least(format::money(language, least)));
    let series = tariff.series.iter().map(|discount| {
        let percent = format::percent(language, discount.percent.into());
        w.tariff_series_offer(discount.dates, percent)
    });
    let dated = match tariff.dated_by {
        DatedBy::Booking => w.tariff_by_booking(),
        DatedBy::Use => w.tariff_by_use(),
    };
    let changes = !space.tariffs.after(ctx.now.with_timezone(&space.zone()).date_naive()).is_empty();
    let deposit = tariff
        .deposit
        .as_ref()
        .map(|asked| w.tariff_deposit(deposit::name(language, asked), deposit::terms_text(language, asked)));
    least.into_iter().chain(series).chain(deposit).chain(changes.then_some(dated)).collect()
}

fn charges(ctx: &Ctx, applied: Applied<'_>) -> Vec<Charge> {
    let entries = applied.tariff.after_use.iter();
    let text = |entry| (charge::name(ctx.language, entry), charge::amount_text(ctx.language, &entry.amount));
    entries.map(text).collect()
}
