//! Prices in words, for pages, receipts and staff alike.

use chrono::NaiveDate;
use vayla_domain::{
    Language,
    money::{
        AfterUse, Amounts, Band, Basis, DatedBy, Deposit, Home, PriceGroup, QuoteLine, TariffChange, Tax,
        Unit, UnitPrice,
    },
};
use vayla_locales::{format, words};

use crate::{catalogue::Catalogue, charge, deposit, when};

/// `Vuxna`, `Aikuiset`.
#[must_use]
pub fn group_name(language: Language, group: PriceGroup) -> String {
    let w = words(language);
    match group {
        PriceGroup::Adult => w.group_adult(),
        PriceGroup::Youth => w.group_youth(),
        PriceGroup::Club => w.group_club(),
        PriceGroup::Company => w.group_company(),
    }
}

/// `måndag–fredag 16:00–24:00`; nothing where it is always.
fn band_text(language: Language, band: &Band) -> String {
    let on = when::condition(language, &band.on, NaiveDate::default());
    let days = if band.days.are_all() { String::new() } else { when::weekdays(language, band.days) };
    let (from, to) = (band.from.minute(), band.to.minute());
    let whole_day = Band { on: band.on.clone(), days: band.days, ..Band::default() } == *band;
    let hours = if whole_day { String::new() } else { when::range(language, from, to) };
    let week = [days, hours].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    joined([on, week])
}

fn joined<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// `boende i Haparanda`; nothing where it is whoever.
fn home_text(language: Language, catalogue: &Catalogue, home: &[Home]) -> String {
    let name = |home: &Home| {
        let town = catalogue.municipality(home.code());
        town.map_or_else(|| home.to_string(), |town| town.name.get(language).to_owned())
    };
    let names: Vec<String> = home.iter().map(name).collect();
    if names.is_empty() { String::new() } else { words(language).tariff_home(names.join(", ")) }
}

/// For whom that lives where, and when: `måndag–fredag, boende i Haparanda`; nothing where it is everybody, always.
#[must_use]
pub fn when_text(language: Language, catalogue: &Catalogue, home: &[Home], when: &Band) -> String {
    joined([band_text(language, when), home_text(language, catalogue, home)])
}

/// Whom and when a price is for: `Vuxna, boende i Haparanda, måndag–fredag 16:00–24:00`.
fn buyer_text(
    language: Language,
    catalogue: &Catalogue,
    group: PriceGroup,
    home: &[Home],
    when: &Band,
) -> String {
    joined([group_name(language, group), when_text(language, catalogue, home, when)])
}

/// `125,00 €`, `30,00 € / 300,00 kr`.
pub(crate) fn amounts_text(language: Language, amounts: &Amounts) -> String {
    amounts.iter().map(|money| format::money(language, money)).collect::<Vec<_>>().join(" / ")
}

/// `125,00 € i timmen`, `30,00 € / 300,00 kr per gång`.
#[must_use]
pub fn unit_price_text(language: Language, price: &UnitPrice) -> String {
    if price.price.iter().all(|money| money.minor == 0) {
        return words(language).price_free();
    }
    per_unit(language, price.unit, amounts_text(language, &price.price))
}

/// An amount with what it is for: `125,00 € i timmen`.
#[must_use]
pub fn per_unit(language: Language, unit: Unit, amount: String) -> String {
    let w = words(language);
    match unit {
        Unit::Quarter => w.tariff_per_quarter(amount),
        Unit::Hour => w.price_per_hour(amount),
        Unit::Occasion => w.tariff_per_occasion(amount),
        Unit::Day => w.tariff_per_day(amount),
    }
}

/// Why a line of a price is what it is: `1 tim 30 min, 125,00 € i timmen (måndag–fredag 16:00–24:00)`.
#[must_use]
pub fn line_text(language: Language, catalogue: &Catalogue, line: &QuoteLine) -> String {
    let w = words(language);
    match &line.basis {
        Basis::Price { unit, price, group, home, when, part_percent } => {
            let amount = match price.minor {
                0 => w.price_free(),
                _ => per_unit(language, *unit, format::money(language, *price)),
            };
            let length = format::duration(language, u32::try_from(line.span.minutes()).unwrap_or_default());
            let priced = match unit {
                Unit::Quarter | Unit::Hour => format!("{length}, {amount}"),
                Unit::Occasion | Unit::Day => amount,
            };
            let part = part_percent.map(|percent| w.tariff_part(percent_text(language, percent)));
            let group = group.map(|group| w.tariff_as_group(group_name(language, group)));
            let why = joined([
                band_text(language, when),
                home_text(language, catalogue, home),
                group.unwrap_or_default(),
                part.unwrap_or_default(),
            ]);
            if why.is_empty() { priced } else { format!("{priced} ({why})") }
        }
        Basis::Series { dates, percent } => w.tariff_series(*dates, percent_text(language, *percent)),
        Basis::Minimum { least } => w.tariff_minimum(format::money(language, *least)),
        Basis::Kept => w.tariff_kept(),
    }
}

/// `Moms 13,5 %, skattesatsen gäller sedan 2026-01-01.`; nothing where it isn't known since when.
#[must_use]
pub fn tax_text(language: Language, tax: Option<Tax>) -> String {
    tax.map_or_else(String::new, |tax| {
        words(language).tariff_tax_since(format::date_short(language, tax.since))
    })
}

pub(crate) fn percent_text(language: Language, percent: u32) -> String {
    format::percent(language, percent.into())
}

/// What a list changes: `Vuxna, måndag–fredag: från 95,00 € i timmen till 99,00 € i timmen`.
#[must_use]
pub fn change_text(language: Language, catalogue: &Catalogue, change: &TariffChange) -> String {
    let w = words(language);
    let percent = |percent: &u32| percent_text(language, *percent);
    let group = |group: &PriceGroup| group_name(language, *group);
    let dated_by = |dated_by: &DatedBy| match dated_by {
        DatedBy::Booking => w.tariff_dated_booking(),
        DatedBy::Use => w.tariff_dated_use(),
    };
    let text = |what, before: Option<String>, after: Option<String>| from_to(language, what, before, after);
    match change {
        TariffChange::Price { group, home, when, before, after } => {
            let price = |price: &UnitPrice| unit_price_text(language, price);
            let what = buyer_text(language, catalogue, *group, home, when);
            text(what, before.as_ref().map(price), after.as_ref().map(price))
        }
        TariffChange::Part { before, after } => {
            text(w.tariff_what_part(), before.as_ref().map(percent), after.as_ref().map(percent))
        }
        TariffChange::AsGroup { group: of, before, after } => {
            let what = w.tariff_what_as_group(group(of));
            text(what, before.as_ref().map(group), after.as_ref().map(group))
        }
        TariffChange::Minimum { before, after } => {
            let amounts = |amounts: &Amounts| amounts_text(language, amounts);
            text(w.tariff_what_minimum(), before.as_ref().map(amounts), after.as_ref().map(amounts))
        }
        TariffChange::Series { dates, before, after } => {
            text(w.tariff_what_series(*dates), before.as_ref().map(percent), after.as_ref().map(percent))
        }
        TariffChange::DatedBy { before, after } => {
            text(w.tariff_what_dated(), before.as_ref().map(dated_by), Some(dated_by(after)))
        }
        TariffChange::AfterUse { before, after } => {
            let named = after.as_ref().or(before.as_ref());
            let what = named.map(|entry| charge::name(language, entry)).unwrap_or_default();
            let amount = |entry: &AfterUse| charge::terms_text(language, entry);
            text(what, before.as_ref().map(amount), after.as_ref().map(amount))
        }
        TariffChange::Deposit { before, after } => {
            let named = after.as_ref().or(before.as_ref());
            let what = named.map(|named| deposit::name(language, named)).unwrap_or_default();
            let terms = |asked: &Deposit| deposit::terms_text(language, asked);
            text(what, before.as_ref().map(terms), after.as_ref().map(terms))
        }
    }
}

fn from_to(language: Language, what: String, before: Option<String>, after: Option<String>) -> String {
    let w = words(language);
    match (before, after) {
        (Some(before), Some(after)) => w.tariff_changed(what, before, after),
        (None, Some(after)) => w.tariff_added(what, after),
        (before, None) => w.tariff_gone(what, before.unwrap_or_default()),
    }
}
