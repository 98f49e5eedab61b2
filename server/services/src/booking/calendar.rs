//! A booking as a calendar file (RFC 5545), with the zone's own rules in it.

use chrono::{DateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use vayla_domain::{
    Language,
    time::{Resolved, resolve},
};

use super::Booking;
use crate::wording;

/// What the file says beside the booking's own facts.
#[derive(Debug, Clone, Copy)]
pub struct CalendarText<'a> {
    pub language: Language,
    pub description: &'a str,
    /// Where the booking is managed.
    pub url: &'a str,
    pub cancelled: bool,
    /// The mail address of whoever writes the file: required of what is published (RFC 5546, 3.2).
    pub organizer: &'a str,
}

/// The calendar file of one booking. Its UID never changes; a cancellation has a higher SEQUENCE.
#[must_use]
pub fn calendar(booking: &Booking, text: CalendarText<'_>, now: DateTime<Utc>) -> String {
    let zone = booking.space.zone();
    let (method, status) = if text.cancelled { ("CANCEL", "CANCELLED") } else { ("PUBLISH", "CONFIRMED") };
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        format!("PRODID:-//Vayla//Vayla//{}", text.language.code().to_uppercase()),
        format!("METHOD:{method}"),
    ];
    lines.extend(zone_lines(zone, booking.starts_at(), booking.ends_at()));
    lines.extend([
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@vayla", booking.id),
        format!("SEQUENCE:{}", booking.sequence),
        format!("STATUS:{status}"),
        format!("DTSTAMP:{}", now.format("%Y%m%dT%H%M%SZ")),
        format!("DTSTART{}", moment(booking.starts_at(), zone)),
        format!("DTEND{}", moment(booking.ends_at(), zone)),
        format!("SUMMARY:{}", escape(&wording::place(text.language, &booking.space))),
        format!("DESCRIPTION:{}", escape(text.description)),
        format!("URL:{}", text.url),
        format!("ORGANIZER:mailto:{}", text.organizer),
        format!("LOCATION:{}", escape(&location(booking, text.language))),
    ]);
    lines.extend(["END:VEVENT".to_owned(), "END:VCALENDAR".to_owned()]);
    lines.iter().map(|line| fold(line)).collect()
}

/// The street where it is known, else the place's name and its town.
fn location(booking: &Booking, language: Language) -> String {
    let facility = &booking.space.facility;
    let town = facility.municipality.name.get(language);
    wording::address(&booking.space).unwrap_or_else(|| format!("{}, {town}", facility.name.get(language)))
}

/// By the clock on the wall; one that happens twice in UTC, since the wall's means the first there
/// (RFC 5545, 3.3.5).
fn moment(at: DateTime<Utc>, zone: Tz) -> String {
    let wall = at.with_timezone(&zone).naive_local();
    match resolve(wall, zone) {
        Resolved::Twice(..) => format!(":{}", at.format("%Y%m%dT%H%M%SZ")),
        Resolved::Once(_) | Resolved::Missing => format!(";TZID={zone}:{}", wall.format("%Y%m%dT%H%M%S")),
    }
}

/// The zone's observance at the event and each change of the clock within a year around it.
fn zone_lines(zone: Tz, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<String> {
    let year = TimeDelta::days(366);
    let mut onsets = vec![from - year];
    onsets.extend(changes(zone, from - year, to + year));
    let mut lines = vec!["BEGIN:VTIMEZONE".to_owned(), format!("TZID:{zone}")];
    for onset in onsets {
        let (before, after) = (seconds(zone, onset - TimeDelta::seconds(1)), seconds(zone, onset));
        let name = if after > winter(zone, onset) { "DAYLIGHT" } else { "STANDARD" };
        let wall = onset.naive_utc() + TimeDelta::seconds(before);
        lines.extend([
            format!("BEGIN:{name}"),
            format!("DTSTART:{}", wall.format("%Y%m%dT%H%M%S")),
            format!("TZOFFSETFROM:{}", offset_text(before)),
            format!("TZOFFSETTO:{}", offset_text(after)),
            format!("END:{name}"),
        ]);
    }
    lines.push("END:VTIMEZONE".to_owned());
    lines
}

/// The instants in the stretch at which the zone's offset changes: clocks change on the hour.
fn changes(zone: Tz, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let first = from.timestamp().div_euclid(3600);
    let hours = (first..=to.timestamp() / 3600).filter_map(|hour| DateTime::from_timestamp(hour * 3600, 0));
    hours
        .filter(|hour| *hour > from && seconds(zone, *hour) != seconds(zone, *hour - TimeDelta::hours(1)))
        .collect()
}

/// Seconds east of UTC.
fn seconds(zone: Tz, at: DateTime<Utc>) -> i64 {
    i64::from(zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc())
}

/// The smallest offset within a year: summer time is longer than half of one.
fn winter(zone: Tz, at: DateTime<Utc>) -> i64 {
    (0..12).map(|month| seconds(zone, at + TimeDelta::days(30 * month))).min().unwrap_or_default()
}

fn offset_text(seconds: i64) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    format!("{sign}{:02}{:02}", seconds.abs() / 3600, seconds.abs() / 60 % 60)
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace("\r\n", "\\n")
        .replace('\n', "\\n")
}

/// Ends a line, cut where it grows past 75 bytes, never inside a letter.
fn fold(line: &str) -> String {
    let (mut folded, mut length) = (String::with_capacity(line.len() + 8), 0);
    for letter in line.chars() {
        if length + letter.len_utf8() > 75 {
            folded.push_str("\r\n ");
            length = 1;
        }
        folded.push(letter);
        length += letter.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Helsinki;

    use super::*;

    #[test]
    fn the_zone_has_its_changes_around_the_event() {
        let at: DateTime<Utc> = "2027-03-28T05:00:00Z".parse().expect("an instant");
        let lines = zone_lines(Helsinki, at, at).join("\n");
        assert!(
            lines.contains("BEGIN:DAYLIGHT\nDTSTART:20270328T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0300")
        );
        assert!(
            lines.contains("BEGIN:STANDARD\nDTSTART:20261025T040000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0200")
        );
    }

    #[test]
    fn long_lines_are_cut_between_letters() {
        let folded = fold(&"ä".repeat(80));
        assert!(folded.split("\r\n").all(|line| line.len() <= 75));
        assert_eq!(folded.replace("\r\n ", "").trim_end(), "ä".repeat(80));
    }
}
