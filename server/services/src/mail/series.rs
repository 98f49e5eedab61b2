//! One letter for a whole series, with all its dates and one calendar file.

use uuid::Uuid;
use vayla_domain::{Language, Reason, money::Money};
use vayla_locales::format;

use super::letters::{Draft, manage_url};
use crate::{
    Services,
    booking::{Booking, CalendarText, series_calendar},
    db::{DbError, Tx},
    wording,
};

/// The times are the booker's: all dates, what was paid, how to cancel, and a calendar file.
pub(crate) async fn series_confirmed_in(
    tx: &mut Tx,
    services: &Services,
    bookings: &[Booking],
    paid: Option<Money>,
) -> Result<(), DbError> {
    let Some((series, draft)) = draft(services, bookings) else { return Ok(()) };
    let (w, language) = (draft.words, draft.who.language);
    let mut lines = vec![w.mail_series_confirmed_intro(), String::new(), w.mail_place(draft.place())];
    lines.extend(wording::address(&draft.booking.space).map(|address| w.mail_address(address)));
    lines.extend(dates(services, bookings, language));
    lines.push(paid.map_or_else(|| w.mail_free(), |paid| w.mail_paid(format::money(language, paid))));
    lines.push(String::new());
    lines.extend(paid.map(|_| w.mail_series_cancel_rule()));
    lines.extend([w.mail_series_manage(), series_url(services, series, language)]);
    let subject = w.mail_series_confirmed_subject(draft.place(), count(bookings), draft.short_time());
    draft.post_in(tx, subject, lines, calendar(services, bookings, language, false)).await
}

/// These times are cancelled, by the booker or by the town, which says why; so much goes back.
pub(crate) async fn series_cancelled_in(
    tx: &mut Tx,
    services: &Services,
    bookings: &[Booking],
    refund: Option<Money>,
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
    match refund {
        Some(refund) => lines.push(w.mail_cancelled_refund(format::money(language, refund))),
        None if bookings.iter().any(|booking| booking.total.minor > 0) => {
            lines.push(w.mail_cancelled_no_refund())
        }
        None => {}
    }
    lines.extend([String::new(), w.mail_series_manage(), series_url(services, series, language)]);
    let subject = match reason {
        Some(_) => w.mail_series_withdrawn_subject(draft.place(), count(bookings)),
        None => w.mail_series_cancelled_subject(draft.place(), count(bookings)),
    };
    draft.post_in(tx, subject, lines, calendar(services, bookings, language, true)).await
}

/// `None` where there is nothing to tell, or nobody has said whom to write to.
fn draft<'a>(services: &'a Services, bookings: &'a [Booking]) -> Option<(Uuid, Draft<'a>)> {
    let first = bookings.first()?;
    Some((first.series?, Draft::new(services, first)?))
}

fn count(bookings: &[Booking]) -> i64 {
    i64::try_from(bookings.len()).unwrap_or(i64::MAX)
}

/// A line each, by the clocks of both banks.
fn dates(services: &Services, bookings: &[Booking], language: Language) -> Vec<String> {
    let catalogue = services.catalogue();
    let line = |booking: &Booking| {
        let clocks = wording::clocks(language, &catalogue, &booking.space, booking.span);
        let times = clocks.iter().map(|clock| format!("{} {}", clock.range, clock.label));
        let date = format::date_weekday(language, clocks[0].date);
        format!("- {date} {} · {}", times.collect::<Vec<_>>().join(" · "), booking.reference)
    };
    let lines = bookings.iter().map(line);
    [String::new()].into_iter().chain(lines).chain([String::new()]).collect()
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
