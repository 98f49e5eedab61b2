//! Calendar files (RFC 5545): the one way to write them, whatever they tell of.

mod event;
mod text;
mod zone;

pub(crate) use event::Event;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use vayla_domain::Language;

/// A calendar, ready to be written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calendar<'a> {
    pub language: Language,
    pub method: Method,
    /// What reading programs call a calendar that they follow; `None` for a file that is read once.
    pub name: Option<&'a str>,
    /// The mail address of whoever writes it: required of what is published (RFC 5546, 3.2).
    pub organizer: &'a str,
    pub events: &'a [Event],
}

/// What the reading program is to do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Publish,
    Cancel,
}

/// A zone, and the stretch of time from which events stand in it.
type Stretch = (Tz, DateTime<Utc>, DateTime<Utc>);

impl Calendar<'_> {
    /// The file. The same calendar is the same bytes, whenever it is written.
    pub fn write(&self) -> String {
        let method = match self.method {
            Method::Publish => "PUBLISH",
            Method::Cancel => "CANCEL",
        };
        let mut lines = vec![
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            format!("PRODID:-//Vayla//Vayla//{}", self.language.code().to_uppercase()),
            format!("METHOD:{method}"),
        ];
        lines.extend(self.name.into_iter().flat_map(followed));
        lines.extend(self.stretches().flat_map(|(zone, from, to)| zone::lines(zone, from, to)));
        lines.extend(self.events.iter().flat_map(|event| event.lines(self.language, self.organizer)));
        lines.push("END:VCALENDAR".to_owned());
        lines.iter().map(|line| text::fold(line)).collect()
    }

    /// Each zone once. A calendar without events has one, too: it mustn't be empty (RFC 5545, 3.6).
    fn stretches(&self) -> impl Iterator<Item = Stretch> {
        let mut stretches: BTreeMap<&str, Stretch> = BTreeMap::new();
        for event in self.events {
            let (zone, from, to) = (event.zone(), event.starts_at(), event.ends_at());
            let known = stretches.entry(zone.name()).or_insert((zone, from, to));
            *known = (zone, known.1.min(from), known.2.max(to));
        }
        let (zone, epoch) = (Tz::UTC, DateTime::UNIX_EPOCH);
        let none = stretches.is_empty().then_some((zone, epoch, epoch));
        stretches.into_values().chain(none)
    }
}

/// What a calendar that is followed is called, and how often it is worth asking for. Twice: as RFC
/// 7986 has it, and as programs had it before.
fn followed(name: &str) -> [String; 4] {
    let name = text::escape(name);
    [
        format!("NAME:{name}"),
        format!("X-WR-CALNAME:{name}"),
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H".to_owned(),
        "X-PUBLISHED-TTL:PT1H".to_owned(),
    ]
}
