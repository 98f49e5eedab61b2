//! Phrases that pages, mails and files share: whose clock, which place, what price.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use vayla_domain::{
    Language,
    closure::ClosureTime,
    money::{Money, Rate, VatRate},
    space::{Closed, Refusal},
    time::{Quarter, Resolved, Span, resolve},
};
use vayla_locales::{format, words};

use crate::{
    catalogue::{Catalogue, Facility, Municipality, Space},
    closure::Closure,
    waiting::WantedProblem,
};

/// A span as one town's clocks show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockText {
    /// ISO code of the country whose clock it is.
    pub country: String,
    /// `svensk tid`, `Suomen aikaa`.
    pub label: String,
    pub date: NaiveDate,
    /// `17:00–18:00`, `18.00–19.00`.
    pub range: String,
}

/// A span on the clocks of both banks: the facility's first, then those that differ from it.
#[must_use]
pub fn clocks(language: Language, catalogue: &Catalogue, space: &Space, span: Span) -> Vec<ClockText> {
    let own = &space.facility.municipality;
    let others = catalogue.municipalities.iter().filter(|town| town.zone != own.zone);
    std::iter::once(own).chain(others).map(|town| clock(language, town, span)).collect()
}

fn clock(language: Language, town: &Municipality, span: Span) -> ClockText {
    let (from, to) = (span.start().start(), span.end().start());
    ClockText {
        country: town.country.clone(),
        label: words(language).clock_label(&town.country),
        date: from.with_timezone(&town.zone).date_naive(),
        range: format!("{}–{}", time(language, from, town.zone), time(language, to, town.zone)),
    }
}

/// The time on the wall. One that happens twice says which: `02:30a`, `02:30b`.
#[must_use]
pub fn time(language: Language, at: DateTime<Utc>, zone: Tz) -> String {
    let wall = at.with_timezone(&zone).naive_local();
    let mark = match resolve(wall, zone) {
        Resolved::Twice(first, _) if first == at => "a",
        Resolved::Twice(..) => "b",
        Resolved::Once(_) | Resolved::Missing => "",
    };
    format!("{}{mark}", format::time(language, wall.time()))
}

/// An exact moment, by the clock of a town: `ons 25 nov. kl. 20:15 finsk tid`.
#[must_use]
pub fn moment(language: Language, at: DateTime<Utc>, town: &Municipality) -> String {
    let date = at.with_timezone(&town.zone).date_naive();
    let (w, date) = (words(language), format::date_weekday(language, date));
    w.moment(date, time(language, at, town.zone), w.clock_label(&town.country))
}

/// An exact moment on the clocks of both banks, the town's own first: `ons 25 nov. kl. 20:15 finsk tid (19:15
/// svensk tid)`.
#[must_use]
pub fn moments(language: Language, catalogue: &Catalogue, own: &Municipality, at: DateTime<Utc>) -> String {
    let date = |town: &Municipality| at.with_timezone(&town.zone).date_naive();
    let others = catalogue.municipalities.iter().filter(|town| town.zone != own.zone);
    let others: Vec<String> = others
        .map(|town| match date(town) == date(own) {
            true => {
                format!("{} {}", time(language, at, town.zone), words(language).clock_label(&town.country))
            }
            false => moment(language, at, town),
        })
        .collect();
    let own = moment(language, at, own);
    if others.is_empty() { own } else { format!("{own} ({})", others.join(", ")) }
}

/// Amounts in several currencies as one phrase: `343,06 kr och 12,00 €`.
#[must_use]
pub fn amounts(language: Language, amounts: &[Money]) -> String {
    let all = amounts.iter().map(|amount| format::money(language, *amount));
    all.reduce(|first, next| words(language).price_and(first, next)).unwrap_or_default()
}

/// `Tornion jäähalli – Koko jää`.
#[must_use]
pub fn place(language: Language, space: &Space) -> String {
    format!("{} – {}", space.facility.name.get(language), space.name.get(language))
}

/// A span on the facility's wall: `2026-11-04 18:00–19:00 finsk tid`.
#[must_use]
pub fn span(language: Language, space: &Space, span: Span) -> String {
    let clock = clock(language, &space.facility.municipality, span);
    format!("{} {} {}", format::date_short(language, clock.date), clock.range, clock.label)
}

/// Who issues a receipt or an invoice: their name, then their number, where they are and how to reach them.
#[must_use]
pub fn issuer(language: Language, town: &Municipality) -> Vec<String> {
    let (w, details) = (words(language), &town.details);
    let id = details.business_id.as_ref().map(|id| match town.country.as_str() {
        "FI" => w.receipt_business_id_fi(id),
        _ => w.receipt_business_id_se(id),
    });
    let address = details.address.as_ref().map(|address| {
        let postcode = address.postcode.clone().map(|code| format!("{code} ")).unwrap_or_default();
        format!("{}, {postcode}{}", address.street, address.city)
    });
    let phone = details.phone.as_deref().map(unbroken);
    let lines =
        [Some(details.legal_name.clone()), id, address, details.email.clone(), phone, details.url.clone()];
    lines.into_iter().flatten().filter(|line| !line.is_empty()).collect()
}

/// A rate with its day and its source: `1 € = 10,978 kr den 2026-10-30 (ECB)`.
#[must_use]
pub fn rate(language: Language, rate: &Rate) -> String {
    let value = format::number(language, rate.value);
    let date = format::date_short(language, rate.date);
    words(language).price_rate(sign(rate.base.code()), value, sign(rate.quote.code()), date, &rate.source)
}

fn sign(code: &str) -> &str {
    match code {
        "EUR" => "€",
        "SEK" => "kr",
        other => other,
    }
}

/// A tax and what it is on: `Moms 13,5 %: 14,87 € på 110,13 €.`
#[must_use]
pub fn vat(language: Language, rate: VatRate, net: Money, vat: Money) -> String {
    match rate {
        VatRate::Exempt => words(language).vat_exempt(),
        VatRate::Percent(rate) => words(language).receipt_vat_line(
            format::percent(language, rate),
            format::money(language, vat),
            format::money(language, net),
        ),
    }
}

/// The same of lines with their net and their tax, summed by rate in the order the rates come in.
#[must_use]
pub fn vat_by_rate(
    language: Language,
    lines: impl IntoIterator<Item = (VatRate, Money, Money)>,
) -> Vec<String> {
    let mut sums: Vec<(VatRate, Money, Money)> = Vec::new();
    for (rate, net, vat) in lines {
        match sums.iter_mut().find(|(known, ..)| *known == rate) {
            Some((_, net_sum, vat_sum)) => {
                net_sum.minor += net.minor;
                vat_sum.minor += vat.minor;
            }
            None => sums.push((rate, net, vat)),
        }
    }
    sums.into_iter().map(|(rate, net, vat)| self::vat(language, rate, net, vat)).collect()
}

/// What people call a kind of facility.
#[must_use]
pub fn kind(language: Language, kind: &str) -> String {
    let w = words(language);
    match kind {
        "ice" => w.kind_ice(),
        "hall" => w.kind_hall(),
        "pool" => w.kind_pool(),
        "field" => w.kind_field(),
        "court" => w.kind_court(),
        "indoor" => w.kind_indoor(),
        "culture" => w.kind_culture(),
        "outdoor" => w.kind_outdoor(),
        "harbour" => w.kind_harbour(),
        other => other.to_owned(),
    }
}

/// The street, as one line; `None` where it isn't known.
#[must_use]
pub fn address(facility: &Facility) -> Option<String> {
    let address = facility.details.address.as_ref()?;
    let town = [address.postcode.as_deref(), Some(address.city.as_str())].into_iter().flatten();
    Some(format!("{}, {}", address.street, town.collect::<Vec<_>>().join(" ")))
}

/// Whom to ask: the facility, else its town; `None` where neither is known.
#[must_use]
pub fn contact(language: Language, facility: &Facility) -> Option<String> {
    let own = facility.details.contact.as_ref();
    let town = &facility.municipality.details;
    let email = own.and_then(|own| own.email.clone()).or_else(|| town.email.clone());
    let phone = own.and_then(|own| own.phone.clone()).or_else(|| town.phone.clone());
    let known: Vec<String> = [email, phone.as_deref().map(unbroken)].into_iter().flatten().collect();
    let name = facility.municipality.name.get(language);
    (!known.is_empty()).then(|| format!("{name}, {}", known.join(", ")))
}

/// A number that stays on one line.
#[must_use]
pub fn unbroken(number: &str) -> String {
    number.replace(' ', "\u{a0}")
}

/// The towns' names, west to east.
#[must_use]
pub fn towns(language: Language, catalogue: &Catalogue) -> String {
    let names: Vec<&str> = catalogue.municipalities.iter().map(|town| town.name.get(language)).collect();
    names.join(" · ")
}

/// Why a time can't be booked, and what to do about it.
#[must_use]
pub fn refusal(language: Language, refusal: &Refusal, town: &Municipality) -> String {
    let w = words(language);
    let length = |minutes: i64| format::duration(language, u32::try_from(minutes).unwrap_or_default());
    match refusal {
        Refusal::InThePast => w.problem_in_the_past(),
        Refusal::OffRaster { step_minutes } => w.problem_off_raster(length(*step_minutes)),
        Refusal::TooShort { minutes_min } => w.problem_too_short(length(*minutes_min)),
        Refusal::TooLong { minutes_max } => w.problem_too_long(length(*minutes_max)),
        Refusal::TooLate { until } => w.problem_too_late(moment(language, *until, town)),
        Refusal::TooEarly { last } => w.problem_too_early(format::date_long(language, *last)),
        Refusal::Closed(closed) => w.problem_closed(why_closed(language, closed)),
        Refusal::LeavesGap { minutes_min } => w.problem_leaves_gap(length(*minutes_min)),
    }
}

/// Why nobody can wait for a time, and what to do about it.
#[must_use]
pub fn never_had(language: Language, problem: WantedProblem) -> String {
    let w = words(language);
    match problem {
        WantedProblem::InThePast => w.problem_in_the_past(),
        WantedProblem::NoDay => w.problem_wait_no_day(),
        WantedProblem::TooManyDays { days_max } => w.problem_search_too_long(days_max),
        WantedProblem::TooEarly { last } => w.problem_too_early(format::date_long(language, last)),
        WantedProblem::NoRoom => w.problem_wait_no_room(),
        WantedProblem::NoSuchLength => w.problem_wait_no_such_length(),
    }
}

/// Why it is closed, as a sentence.
#[must_use]
pub fn why_closed(language: Language, closed: &Closed) -> String {
    let w = words(language);
    match closed {
        Closed::Hours => w.closed_hours(),
        Closed::Season(None) => w.closed_season(),
        Closed::Season(Some(opens)) => w.closed_season_until(format::date_long(language, *opens)),
        Closed::Holiday(holiday) => w.closed_holiday(format::holiday(language, *holiday)),
        // One that is a sentence brings its own full stop.
        Closed::Reason(reason) => w.closed_reason(reason.get(language).trim_end_matches('.')),
    }
}

/// When it is closed: `tors 3 dec.–lör 5 dec.`, `to 3.12. 8.00–12.00`, `från tors 3 dec. tills vidare`.
#[must_use]
pub fn closed_when(language: Language, closed: ClosureTime, zone: Tz) -> String {
    let date = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    let day = |at: DateTime<Utc>| format::date_weekday(language, date(at));
    let midnight = |at: DateTime<Utc>| at.with_timezone(&zone).time() == NaiveTime::MIN;
    let start = closed.start().start();
    let from =
        if midnight(start) { day(start) } else { format!("{} {}", day(start), time(language, start, zone)) };
    let Some(end) = closed.end().map(Quarter::start) else { return words(language).closed_from(from) };
    if midnight(start) && midnight(end) {
        let last = day(end - TimeDelta::hours(1));
        return if last == from { from } else { format!("{from}–{last}") };
    }
    let until = time(language, end, zone);
    if date(start) == date(end) {
        return format!("{} {}–{until}", day(start), time(language, start, zone));
    }
    format!("{} {}–{} {until}", day(start), time(language, start, zone), day(end))
}

/// What is closed when and why, as a note for those who might come.
#[must_use]
pub fn closure(language: Language, facility: &Facility, closure: &Closure) -> String {
    let w = words(language);
    let when = closed_when(language, closure.time, facility.municipality.zone);
    let reason = closure.reason.get(language);
    if closure.parts.len() == facility.parts.len() {
        return w.closed_note(when, reason);
    }
    w.closed_note_parts(when, parts(language, facility, &closure.parts), reason)
}

/// The names of some of a facility's parts.
#[must_use]
pub fn parts(language: Language, facility: &Facility, parts: &[i64]) -> String {
    let named = facility.parts.iter().filter(|part| parts.contains(&part.id));
    named.map(|part| part.name.get(language)).collect::<Vec<_>>().join(", ")
}
