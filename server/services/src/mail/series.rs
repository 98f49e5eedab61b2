//! One letter for a whole series, with all its dates and one calendar file.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{Language, Reason, money::Money};
use vayla_locales::format;

use super::draft::{Draft, manage_url};
use crate::{
    Services,
    booking::{Booking, CalendarText, series_calendar},
    db::{DbError, Tx},
    deposit,
    grant::{self, Granted},
    payment::Charge,
    series::SeriesMoved,
    wording,
};

/// How dates of a series are paid.
#[derive(Debug, Clone, Copy)]
pub(crate) enum SeriesPaid<'a> {
    /// Nothing is to be paid, or grants pay it.
    Free,
    /// So much has been, and so much of that is deposits.
    Now { paid: Money, deposits: Money },
    /// The customer of this name is to.
    Later(&'a str),
}

/// The times are the booker's: all dates, how they are paid, how to cancel, and a calendar file.
pub(crate) async fn series_confirmed_in(
    tx: &mut Tx,
    services: &Services,
    bookings: &[Booking],
    paid: SeriesPaid<'_>,
) -> Result<(), DbError> {
    let Some((series, draft)) = draft(services, bookings) else { return Ok(()) };
    let (w, language) = (draft.words, draft.who.language);
    let mut lines = vec![w.mail_series_confirmed_intro(), String::new(), w.mail_place(draft.place())];
    lines.extend(wording::address(&draft.booking.space.facility).map(|address| w.mail_address(address)));
    lines.extend(dates(services, bookings, language));
    let granted = granted_in(tx, bookings).await?;
    match paid {
        SeriesPaid::Now { paid, deposits } => {
            lines.push(w.mail_paid(format::money(language, paid)));
            let asked = bookings.iter().find_map(|booking| booking.deposit.as_ref());
            lines.extend(draft.deposit(asked, deposits));
        }
        SeriesPaid::Later(customer) => lines.extend(invoiced(&draft, bookings, &granted, customer)),
        SeriesPaid::Free if granted.is_empty() => lines.push(w.mail_free()),
        SeriesPaid::Free => {}
    }
    let catalogue = services.catalogue();
    lines.extend(grant::summed(granted).iter().map(|granted| grant::told(language, &catalogue, granted)));
    lines.push(String::new());
    if !matches!(paid, SeriesPaid::Free) {
        lines.push(w.mail_series_cancel_rule());
    }
    lines.extend([w.mail_series_manage(), series_url(services, series, language)]);
    let subject = w.mail_series_confirmed_subject(draft.place(), count(bookings), draft.short_time());
    draft.post_in(tx, subject, lines, calendar(services, bookings, language, false)).await
}

/// What grants pay of them.
async fn granted_in(tx: &mut Tx, bookings: &[Booking]) -> Result<Vec<Granted>, DbError> {
    let mut granted = Vec::new();
    for booking in bookings {
        granted.extend(grant::of_booking_in(tx, booking.id).await?);
    }
    Ok(granted)
}

/// What the customer is to pay of them; nothing where grants pay it all.
fn invoiced(draft: &Draft<'_>, bookings: &[Booking], granted: &[Granted], customer: &str) -> Option<String> {
    let price: i64 = bookings.iter().map(|booking| booking.total.minor).sum();
    let granted: i64 = granted.iter().map(|granted| granted.gross.minor).sum();
    let owed = Money::new(price - granted, draft.booking.total.currency);
    let text = || draft.words.mail_invoiced(format::money(draft.who.language, owed), customer);
    (owed.minor > 0).then(text)
}

/// These times are cancelled, by the booker or by the town, which says why; so much goes back.
pub(crate) async fn series_cancelled_in(
    tx: &mut Tx,
    services: &Services,
    bookings: &[Booking],
    refunds: &[Money],
    reason: Option<&Reason>,
) -> Result<(), DbError> {
    let Some((series, draft)) = draft(services, bookings) else { return Ok(()) };
    let (w, language) = (draft.words, draft.who.language);
    let mut lines = match reason {
        Some(reason) => {
            vec![
                w.mail_series_withdrawn_intro(),
                String::new(),
                w.mail_withdrawn_reason(reason.get(language)),
            ]
        }
        None => vec![w.mail_series_cancelled_intro()],
    };
    lines.extend([String::new(), w.mail_place(draft.place())]);
    lines.extend(dates(services, bookings, language));
    match refunds {
        [] if bookings.iter().any(|booking| booking.customer.is_some()) => {
            let charged = if reason.is_some() { 0 } else { charged_minor(bookings, services.clock.now()) };
            lines.push(draft.still_invoiced(Money::new(charged, bookings[0].total.currency)));
        }
        [] if bookings.iter().any(|booking| booking.total.minor > 0) => {
            lines.push(w.mail_cancelled_no_refund());
        }
        [] => {}
        refunds => lines.push(w.mail_back(wording::amounts(language, refunds))),
    }
    let mut deposits = Vec::new();
    for booking in bookings {
        deposits.extend(deposit::returned_with_in(tx, booking.id).await?);
    }
    let deposits = Money::by_currency(deposits);
    let included = (!deposits.is_empty()).then(|| wording::amounts(language, &deposits));
    lines.extend(included.map(|included| w.deposit_included(included)));
    lines.extend([String::new(), w.mail_series_manage(), series_url(services, series, language)]);
    let subject = match reason {
        Some(_) => w.mail_series_withdrawn_subject(draft.place(), count(bookings)),
        None => w.mail_series_cancelled_subject(draft.place(), count(bookings)),
    };
    draft.post_in(tx, subject, lines, calendar(services, bookings, language, true)).await
}

/// What is invoiced of the bookings on a customer's account when they are cancelled now.
fn charged_minor(bookings: &[Booking], now: DateTime<Utc>) -> i64 {
    let invoiced = bookings.iter().filter(|booking| booking.customer.is_some());
    invoiced.map(|booking| booking.charged(now).minor).sum()
}

/// The times are moved, by the booker or by the town, which says why; so much goes back.
pub(crate) async fn series_moved_in(
    tx: &mut Tx,
    services: &Services,
    moved: &SeriesMoved,
    reason: Option<&Reason>,
) -> Result<(), DbError> {
    let after: Vec<Booking> = moved.moves.iter().map(|(_, after)| after.clone()).collect();
    let Some((series, draft)) = draft(services, &after) else { return Ok(()) };
    let (w, language) = (draft.words, draft.who.language);
    let mut lines = match reason {
        Some(reason) => {
            let why = w.mail_withdrawn_reason(reason.get(language));
            vec![w.mail_series_moved_by_town_intro(), String::new(), why]
        }
        None => vec![w.mail_series_moved_intro()],
    };
    lines.extend([String::new(), w.mail_place(draft.place()), String::new()]);
    for (before, after) in &moved.moves {
        let clock = &wording::clocks(language, &services.catalogue(), &before.space, before.span)[0];
        let when = format!("{} {}", format::date_weekday(language, clock.date), clock.range);
        let old = w.mail_moved_from(wording::place(language, &before.space), when);
        lines.extend([date(services, after, language), format!("  {old}")]);
    }
    lines.push(String::new());
    match &moved.refunds[..] {
        [] if after.iter().any(|booking| booking.total.minor > 0) => lines.push(w.mail_moved_even()),
        [] => {}
        refunds => lines.push(w.mail_back(wording::amounts(language, refunds))),
    }
    lines.extend([String::new(), w.mail_series_manage(), series_url(services, series, language)]);
    let subject = w.mail_series_moved_subject(draft.place(), count(&after));
    draft.post_in(tx, subject, lines, calendar(services, &after, language, false)).await
}

/// Money that pays for nothing goes back, in one sum, and why. `booking` is one of those that it was for.
pub(crate) async fn series_given_back_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    amount: Money,
    why: Charge,
) -> Result<(), DbError> {
    let Some((series, draft)) = draft(services, std::slice::from_ref(booking)) else { return Ok(()) };
    let (w, language) = (draft.words, draft.who.language);
    let amount = format::money(language, amount);
    let lines = match why {
        Charge::PaidTwice => {
            let manage = series_url(services, series, language);
            vec![w.mail_paid_twice(amount), String::new(), w.mail_series_manage(), manage]
        }
        Charge::OnAccount => {
            let manage = series_url(services, series, language);
            vec![w.mail_paid_on_account(amount), String::new(), w.mail_series_manage(), manage]
        }
        Charge::Unwanted => vec![w.mail_unwanted(amount)],
        Charge::WrongAmount => {
            let manage = series_url(services, series, language);
            vec![w.mail_wrong_amount(amount), String::new(), w.mail_series_manage(), manage]
        }
        _ => vec![w.mail_too_late(amount), String::new(), w.mail_search(), draft.search_url()],
    };
    let subject = w.mail_back_subject(&booking.reference);
    draft.post_in(tx, subject, lines, None).await
}

/// `None` where there is nothing to tell, or nobody has said whom to write to.
fn draft<'a>(services: &'a Services, bookings: &'a [Booking]) -> Option<(Uuid, Draft<'a>)> {
    let first = bookings.first()?;
    Some((first.series?, Draft::new(services, first)?))
}

fn count(bookings: &[Booking]) -> i64 {
    i64::try_from(bookings.len()).unwrap_or(i64::MAX)
}

/// A line each, with an empty one around them; where a date has been moved elsewhere, where that is.
fn dates(services: &Services, bookings: &[Booking], language: Language) -> Vec<String> {
    let elsewhere = |booking: &Booking| {
        let moved = bookings[0].space.id != booking.space.id;
        if moved { format!(" · {}", wording::place(language, &booking.space)) } else { String::new() }
    };
    let line = |booking| format!("{}{}", date(services, booking, language), elsewhere(booking));
    [String::new()].into_iter().chain(bookings.iter().map(line)).chain([String::new()]).collect()
}

/// By the clocks of both banks.
fn date(services: &Services, booking: &Booking, language: Language) -> String {
    let clocks = wording::clocks(language, &services.catalogue(), &booking.space, booking.span);
    let times = clocks.iter().map(|clock| format!("{} {}", clock.range, clock.label));
    let date = format::date_weekday(language, clocks[0].date);
    format!("- {date} {} · {}", times.collect::<Vec<_>>().join(" · "), booking.reference)
}

fn calendar(
    services: &Services,
    bookings: &[Booking],
    language: Language,
    cancelled: bool,
) -> Option<String> {
    let urls: Vec<String> =
        bookings.iter().map(|booking| manage_url(services, booking.id, language)).collect();
    let events: Vec<(&Booking, CalendarText<'_>)> = bookings
        .iter()
        .zip(&urls)
        .map(|(booking, url)| {
            let (description, organizer) = (booking.reference.as_str(), services.post.address());
            (booking, CalendarText { language, description, url, cancelled, organizer })
        })
        .collect();
    series_calendar(&events)
}

/// Where the series is managed by whoever holds the link.
#[must_use]
pub fn series_url(services: &Services, series: Uuid, language: Language) -> String {
    let path = match language {
        Language::Sv => "serie",
        Language::Fi => "vakiovuoro",
    };
    format!("{}/{}/{path}/{}", services.base_url, language.code(), services.secret.series_token(series))
}
