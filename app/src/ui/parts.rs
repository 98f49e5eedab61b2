//! Pieces that several pages show: both clocks, both prices, the plan of parts.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate};
use leptos::prelude::*;
use vayla_domain::{
    Language,
    money::{Basis, Beside, Home, Money, PriceGroup, QuoteLine, RateError, Unit, Use, VatRate},
    time::Span,
};
use vayla_locales::{format, words};
use vayla_services::{
    catalogue::{Facility, Part, Space},
    tariff,
    wording::{self, ClockText},
};

use super::{Ctx, Errors, Page, radios};

/// A span on the facility's clock, the other's smaller beside it.
pub fn both_clocks(ctx: &Ctx, space: &Space, span: Span) -> impl IntoView + use<> {
    let language = ctx.language;
    let clocks = wording::clocks(language, &ctx.catalogue, space, span);
    let own_date = clocks[0].date;
    let line = move |clock: &ClockText| {
        let date =
            (clock.date != own_date).then(|| format!("{} ", format::date_weekday(language, clock.date)));
        format!("{}{} {}", date.unwrap_or_default(), clock.range, clock.label)
    };
    let others: Vec<String> = clocks[1..].iter().map(line).collect();
    view! {
        <span class="clocks">
            <b class="clock1">{clocks[0].range.clone()}</b>
            " "
            <span class="clock-label">{clocks[0].label.clone()}</span>
            " "
            <span class="clock2">{others.join(" · ")}</span>
        </span>
    }
}

/// An amount in the facility's currency with the other's beside it; `≈` until a quote fixes it.
pub fn both_prices(
    language: Language,
    total: Money,
    other: Result<&Money, RateError>,
    fixed: bool,
) -> impl IntoView + use<> {
    let about = if fixed { "" } else { "≈\u{a0}" };
    let other = match other {
        _ if total.minor == 0 => String::new(),
        Ok(other) => format!("{about}{}", format::money(language, *other)),
        Err(_) => words(language).price_no_rate(),
    };
    let total = if total.minor == 0 { words(language).price_free() } else { format::money(language, total) };
    view! {
        <span class="price">
            <b>{total}</b>
            " "
            <span class="clock2">{other}</span>
        </span>
    }
}

pub fn group_options(language: Language) -> Vec<(String, String)> {
    PriceGroup::ALL.map(|group| (group.code().to_owned(), tariff::group_name(language, group))).to_vec()
}

/// Where one lives, where that decides what any of the spaces costs; elsewhere where nothing is said.
pub fn home_field(
    ctx: &Ctx,
    spaces: &[&Arc<Space>],
    chosen: &str,
    errors: &Errors,
) -> Option<impl IntoView + use<>> {
    let mut homes: Vec<&Home> = spaces.iter().flat_map(|space| space.tariffs.homes()).collect();
    homes.sort_unstable();
    homes.dedup();
    let option = |home: &Home| {
        let town = ctx.catalogue.municipality(home.code());
        let name = town.map_or_else(|| home.to_string(), |town| town.name.get(ctx.language).to_owned());
        (home.to_string(), name)
    };
    let w = ctx.words();
    let options = homes.iter().map(|home| option(home)).chain([(String::new(), w.home_elsewhere())]);
    let legend = format!("{} {}", w.choose_home(), w.choose_home_hint());
    (!homes.is_empty()).then(|| radios("home", legend, options.collect(), chosen, errors))
}

/// Why a price is what it is, line by line; when, where there are several.
pub fn price_lines(ctx: &Ctx, space: &Space, lines: &[QuoteLine]) -> impl IntoView + use<> {
    let (language, zone, several) = (ctx.language, space.zone(), lines.len() > 1);
    let items = lines.iter().map(|line| {
        let why = tariff::line_text(language, &ctx.catalogue, line);
        let amount = several.then(|| view! { " " <b>{format::money(language, line.gross)}</b> });
        let timed = several && matches!(line.basis, Basis::Price { unit: Unit::Hour | Unit::Quarter, .. });
        let when = timed.then(|| {
            let time = |at: vayla_domain::time::Quarter| wording::time(language, at.start(), zone);
            format!("{}–{} ", time(line.span.start()), time(line.span.end()))
        });
        view! { <li>{when} <span class="clock2">{why}</span> {amount}</li> }
    });
    view! { <ul class="lines">{items.collect_view()}</ul> }
}

/// The tax in a price, at what rate, and since when that has been in force.
pub fn tax_line(language: Language, lines: &[QuoteLine]) -> String {
    let w = words(language);
    let first = lines.first();
    let vat: i64 = lines.iter().map(|line| line.vat.minor).sum();
    match first.map(|line| (line.vat_rate, line.gross.currency)) {
        Some((VatRate::Percent(rate), currency)) => {
            let amount = format::money(language, Money::new(vat, currency));
            let since = tariff::tax_text(language, first.and_then(|line| line.tax));
            format!("{} {since}", w.vat_included(format::percent(language, rate), amount))
        }
        _ => w.vat_exempt(),
    }
}

/// The rate of a price in the other currency, where one is used and something is paid.
pub fn rate_of(language: Language, other: Option<&Beside>) -> Option<String> {
    other.and_then(|(_, rate)| rate.as_ref()).map(|rate| wording::rate(language, rate))
}

/// Sentences, a line for each.
pub fn lines_of(sentences: Vec<String>) -> impl IntoView + use<> {
    let lines = sentences.into_iter().enumerate().map(|(place, sentence)| {
        let next = (place > 0).then(|| view! { <br /> });
        view! { {next} {sentence} }
    });
    lines.collect_view()
}

/// What a space can be used for. A match is only told from a practice where cancelling it is another thing.
pub fn use_options(language: Language, space: Option<&Space>) -> Vec<(String, String)> {
    let apart = space.is_some_and(|space| space.rules.cancelling.names(Use::Match));
    let asked = Use::ALL.into_iter().filter(|use_of| apart || *use_of != Use::Match);
    asked.map(|use_of| (use_of.code().to_owned(), use_name(language, use_of))).collect()
}

pub fn use_name(language: Language, use_of: Use) -> String {
    let w = words(language);
    match use_of {
        Use::Sport => w.use_sport(),
        Use::Match => w.use_match(),
        Use::Teaching => w.use_teaching(),
        Use::Event => w.use_event(),
    }
}

/// The lengths that a space can be booked for, shortest first.
pub fn duration_options(language: Language, shortest: i64, longest: i64, step: i64) -> Vec<(String, String)> {
    let lengths = (shortest..=longest).step_by(usize::try_from(step).unwrap_or(1).max(1));
    lengths
        .map(|minutes| (minutes.to_string(), format::duration(language, u32::try_from(minutes).unwrap_or(0))))
        .collect()
}

/// The plan of a facility's parts; those of the space stand out.
pub fn plan(language: Language, facility: &Facility, space: Option<&Space>) -> Option<AnyView> {
    let label = space.map_or_else(
        || words(language).plan_label(facility.name.get(language)),
        |space| words(language).plan_label(space.name.get(language)),
    );
    let is_mine = |part: &Part| space.is_some_and(|space| space.parts.contains(&part.id));
    plan_of_parts(language, facility, label, |part| if is_mine(part) { "part mine" } else { "part" })
}

/// The plan of a facility's parts, each in a class of its own; `None` where there is one only.
pub fn plan_of_parts(
    language: Language,
    facility: &Facility,
    label: String,
    class: impl Fn(&Part) -> &'static str,
) -> Option<AnyView> {
    const UNIT: i64 = 24;
    let (right, bottom) = facility.parts.iter().fold((0, 0), |(right, bottom), part| {
        (right.max(part.plan.x + part.plan.w), bottom.max(part.plan.y + part.plan.h))
    });
    let parts = facility.parts.iter().map(|part| {
        let (x, y, w, h) = (part.plan.x * UNIT, part.plan.y * UNIT, part.plan.w * UNIT, part.plan.h * UNIT);
        view! {
            <rect x=x + 1 y=y + 1 width=w - 2 height=h - 2 rx="3" class=class(part)>
                <title>{part.name.get(language).to_owned()}</title>
            </rect>
        }
    });
    let parts: Vec<_> = parts.collect();
    (facility.parts.len() > 1).then(|| {
        view! {
            <svg class="plan" viewBox=format!("0 0 {} {}", right * UNIT, bottom * UNIT) role="img" aria-label=label>
                {parts}
            </svg>
        }
        .into_any()
    })
}

/// A date that calendars and time zones know about.
pub fn is_near(date: NaiveDate) -> bool {
    let epoch = DateTime::UNIX_EPOCH.date_naive();
    (0..200 * 366).contains(&(date - epoch).num_days())
}

/// To the first step with a time filled in, and whatever else was chosen: pairs of field and value.
pub fn book_link(language: Language, space: &Space, span: Span, chosen: &[(&str, &str)]) -> String {
    let page = Page::Choose { facility: space.facility.slug.clone(), space: space.slug.clone() };
    let (start, minutes) = (span.start().start().timestamp().to_string(), span.minutes().to_string());
    let fields = [("start", start.as_str()), ("minutes", minutes.as_str())];
    let given = chosen.iter().copied().filter(|(_, value)| !value.is_empty());
    let query = serde_urlencoded::to_string(fields.into_iter().chain(given).collect::<Vec<_>>());
    format!("{}?{}", page.path(language), query.unwrap_or_default())
}
