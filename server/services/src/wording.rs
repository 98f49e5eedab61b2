//! Phrases that pages, mails and files share: whose clock, which place, what price.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use vayla_domain::{
    Language,
    space::{Closed, Refusal},
    time::{Resolved, Span, resolve},
};
use vayla_locales::{format, words};

use crate::{
    booking::Booking,
    catalogue::{Catalogue, Facility, Municipality, Space},
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

/// An exact moment, by the clock of a town: `ons 25 nov. 20:15 finsk tid`.
#[must_use]
pub fn moment(language: Language, at: DateTime<Utc>, town: &Municipality) -> String {
    let date = at.with_timezone(&town.zone).date_naive();
    let label = words(language).clock_label(&town.country);
    format!("{} {} {label}", format::date_weekday(language, date), time(language, at, town.zone))
}

/// `Tornion jäähalli – Koko jää`.
#[must_use]
pub fn place(language: Language, space: &Space) -> String {
    format!("{} – {}", space.facility.name.get(language), space.name.get(language))
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
pub fn address(space: &Space) -> Option<String> {
    let address = space.facility.details.address.as_ref()?;
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
    let known: Vec<String> = [email, phone].into_iter().flatten().collect();
    let name = facility.municipality.name.get(language);
    (!known.is_empty()).then(|| format!("{name}, {}", known.join(", ")))
}

/// The towns' names, west to east.
#[must_use]
pub fn towns(language: Language, catalogue: &Catalogue) -> String {
    let names: Vec<&str> = catalogue.municipalities.iter().map(|town| town.name.get(language)).collect();
    names.join(" · ")
}

/// Until when cancelling is free, to the minute, and what comes back after that.
#[must_use]
pub fn cancel_rule(language: Language, booking: &Booking, now: DateTime<Utc>) -> String {
    let (w, rule) = (words(language), booking.cancel_rule);
    let until = rule.free_until(booking.starts_at());
    if until <= now {
        return format!("{} {}", w.cancel_free_is_over(), w.cancel_late_now(rule.late_refund_percent));
    }
    let until = moment(language, until, &booking.space.facility.municipality);
    format!("{} {}", w.cancel_until(until), w.cancel_late(rule.late_refund_percent))
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
        Closed::Reason(reason) => w.closed_reason(reason.get(language)),
    }
}
