//! A booking as a calendar file (RFC 5545).

use std::sync::Arc;

use vayla_domain::Language;

use super::Booking;
use crate::{
    calendar::{Calendar, Event, Method},
    wording,
};

/// What the file says beside the booking's own facts.
#[derive(Debug, Clone, Copy)]
pub struct CalendarText<'a> {
    pub language: Language,
    pub description: &'a str,
    /// Where the booking is managed.
    pub url: &'a str,
    pub cancelled: bool,
    /// The mail address of whoever writes the file.
    pub organizer: &'a str,
}

/// The calendar file of one booking. Its UID never changes; a cancellation has a higher SEQUENCE.
#[must_use]
pub fn calendar(booking: &Booking, text: CalendarText<'_>) -> String {
    file(text, &[event(booking, text)])
}

/// The calendar file of some bookings of a series, each with its own text. They are in one state.
#[must_use]
pub fn series_calendar(bookings: &[(&Booking, CalendarText<'_>)]) -> Option<String> {
    let (_, text) = bookings.first()?;
    let events: Vec<Event> = bookings.iter().map(|(booking, text)| event(booking, *text)).collect();
    Some(file(*text, &events))
}

fn event(booking: &Booking, text: CalendarText<'_>) -> Event {
    Event {
        uid: booking.id,
        sequence: booking.sequence,
        stamp: booking.changed_at.or(booking.confirmed_at).unwrap_or(booking.created_at),
        cancelled: text.cancelled,
        busy: true,
        facility: Arc::clone(&booking.space.facility),
        span: booking.span,
        summary: wording::place(text.language, &booking.space),
        description: Some(text.description.to_owned()),
        url: Some(text.url.to_owned()),
    }
}

fn file(text: CalendarText<'_>, events: &[Event]) -> String {
    let method = if text.cancelled { Method::Cancel } else { Method::Publish };
    let (language, organizer) = (text.language, text.organizer);
    Calendar { language, method, name: None, organizer, events }.write()
}
