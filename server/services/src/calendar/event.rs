//! One time in a calendar.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use uuid::Uuid;
use vayla_domain::{
    Language,
    time::{Resolved, Span, resolve},
};

use super::text::escape;
use crate::{catalogue::Facility, wording};

/// A time that is taken at a facility.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    /// Its name for ever, whatever else changes.
    pub uid: Uuid,
    /// How often it has changed.
    pub sequence: i64,
    /// When it became what it is: never the moment of writing, which would make each file another.
    pub stamp: DateTime<Utc>,
    pub cancelled: bool,
    /// Whether the reader is busy meanwhile.
    pub busy: bool,
    pub facility: Arc<Facility>,
    pub span: Span,
    pub summary: String,
    pub description: Option<String>,
    pub url: Option<String>,
}

impl Event {
    pub fn zone(&self) -> Tz {
        self.facility.municipality.zone
    }

    pub fn starts_at(&self) -> DateTime<Utc> {
        self.span.start().start()
    }

    pub fn ends_at(&self) -> DateTime<Utc> {
        self.span.end().start()
    }

    /// Its lines, not folded yet.
    pub fn lines(&self, language: Language, organizer: &str) -> Vec<String> {
        let zone = self.zone();
        let mut lines = vec![
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}@vayla", self.uid),
            format!("SEQUENCE:{}", self.sequence),
            format!("STATUS:{}", if self.cancelled { "CANCELLED" } else { "CONFIRMED" }),
            format!("DTSTAMP:{}", self.stamp.format("%Y%m%dT%H%M%SZ")),
            format!("DTSTART{}", moment(self.starts_at(), zone)),
            format!("DTEND{}", moment(self.ends_at(), zone)),
            format!("SUMMARY:{}", escape(&self.summary)),
        ];
        lines.extend(self.description.as_ref().map(|text| format!("DESCRIPTION:{}", escape(text))));
        lines.extend(self.url.as_ref().map(|url| format!("URL:{url}")));
        let idle = self.cancelled || !self.busy;
        lines.extend(idle.then(|| "TRANSP:TRANSPARENT".to_owned()));
        lines.extend([
            format!("ORGANIZER:mailto:{organizer}"),
            format!("LOCATION:{}", escape(&location(&self.facility, language))),
            "END:VEVENT".to_owned(),
        ]);
        lines
    }
}

/// The street where it is known, else the place's name and its town.
fn location(facility: &Facility, language: Language) -> String {
    let town = facility.municipality.name.get(language);
    wording::address(facility).unwrap_or_else(|| format!("{}, {town}", facility.name.get(language)))
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

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Helsinki;

    use super::*;

    #[test]
    fn a_wall_time_that_happens_twice_stands_in_utc() {
        let check = |at: &str, expected| {
            assert_eq!(moment(at.parse().expect("an instant"), Helsinki), expected);
        };
        check("2027-03-28T00:45:00Z", ";TZID=Europe/Helsinki:20270328T024500");
        check("2027-03-28T01:00:00Z", ";TZID=Europe/Helsinki:20270328T040000");
        check("2027-10-30T23:45:00Z", ";TZID=Europe/Helsinki:20271031T024500");
        check("2027-10-31T00:00:00Z", ":20271031T000000Z");
        check("2027-10-31T01:45:00Z", ":20271031T014500Z");
        check("2027-10-31T02:00:00Z", ";TZID=Europe/Helsinki:20271031T040000");
    }
}
