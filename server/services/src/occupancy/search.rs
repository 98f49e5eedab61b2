//! Free times over both towns.

use std::{collections::HashMap, sync::Arc};

use chrono::{Days, NaiveDate, Timelike};
use chrono_tz::Tz;
use uuid::Uuid;
use vayla_domain::time::{LocalDay, QuarterSet, Span};

use super::{SpaceDay, Taken};
use crate::{Services, catalogue::Space, db::DbError};

/// How many days one search may look through.
pub const DAYS_MAX: u64 = 31;

/// What somebody is looking for.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Local dates of the facility, both included; at most [`DAYS_MAX`] are looked through.
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Not before this minute of the facility's local day.
    pub minute_from: u32,
    pub minutes: i64,
    pub municipality: Option<String>,
    pub kind: Option<String>,
    pub people: Option<i64>,
}

/// A free time.
#[derive(Debug, Clone)]
pub struct Hit {
    pub space: Arc<Space>,
    pub span: Span,
}

impl Wish {
    fn admits(&self, space: &Space) -> bool {
        let facility = &space.facility;
        self.municipality.as_ref().is_none_or(|code| *code == facility.municipality.code)
            && self.kind.as_ref().is_none_or(|kind| *kind == facility.kind)
            && self.people.is_none_or(|people| space.capacity.is_none_or(|capacity| people <= capacity))
    }

    fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let last = self.to.min(self.from + Days::new(DAYS_MAX - 1));
        self.from.iter_days().take_while(move |date| *date <= last)
    }
}

/// All free starts that meet the wish, earliest first, then in the catalogue's order.
///
/// # Errors
/// When the database can't be read.
pub async fn search(services: &Services, wish: &Wish) -> Result<Vec<Hit>, DbError> {
    let now = services.clock.now();
    let catalogue = services.catalogue();
    let spaces: Vec<&Arc<Space>> = catalogue.spaces.iter().filter(|space| wish.admits(space)).collect();
    let mut calendars = Calendars::default();
    let Some(span) = calendars.reach(&spaces, wish) else { return Ok(Vec::new()) };
    let taken = Taken::read(&services.db, span, None, now).await?;
    let mut hits = Vec::new();
    for space in spaces {
        for date in wish.days() {
            let (day, open) = calendars.open(space, date);
            let sheet = SpaceDay::new(space, &day, open, &taken, now);
            hits.extend(starts(&sheet, &day, wish));
        }
    }
    hits.sort_by_key(|hit| hit.span.start()); // stable: the catalogue's order within a start
    Ok(hits)
}

fn starts(sheet: &SpaceDay, day: &LocalDay, wish: &Wish) -> Vec<Hit> {
    let quarters = wish.minutes / 15;
    sheet
        .starts(day, wish.minutes)
        .iter()
        .filter(|&start| day.wall(start).hour() * 60 + day.wall(start).minute() >= wish.minute_from)
        .filter_map(|start| {
            let first = day.span().start() + i64::from(start);
            Some(Hit { space: Arc::clone(&sheet.space), span: Span::new(first, first + quarters)? })
        })
        .collect()
}

/// Days and opening hours, each worked out once in a search.
#[derive(Default)]
struct Calendars {
    days: HashMap<(NaiveDate, Tz), Arc<LocalDay>>,
    open: HashMap<(NaiveDate, Uuid), QuarterSet>,
}

impl Calendars {
    fn day(&mut self, date: NaiveDate, zone: Tz) -> Arc<LocalDay> {
        Arc::clone(self.days.entry((date, zone)).or_insert_with(|| Arc::new(LocalDay::new(date, zone))))
    }

    fn open(&mut self, space: &Space, date: NaiveDate) -> (Arc<LocalDay>, QuarterSet) {
        let day = self.day(date, space.zone());
        let hours = || space.rules.hours.on_day(&day);
        let open = *self.open.entry((date, space.facility.id)).or_insert_with(hours);
        (day, open)
    }

    /// From the first midnight to the end of the last window in any of the spaces' zones.
    fn reach(&mut self, spaces: &[&Arc<Space>], wish: &Wish) -> Option<Span> {
        let (first, last) = (wish.days().next()?, wish.days().last()?);
        let mut zones: Vec<Tz> = spaces.iter().map(|space| space.zone()).collect();
        zones.dedup();
        let starts = zones.iter().map(|zone| self.day(first, *zone).window().start()).min()?;
        let ends = zones.iter().map(|zone| self.day(last, *zone).window().end()).max()?;
        Span::new(starts, ends)
    }
}

/// How many alternatives are offered for a taken time.
const ALTERNATIVES: usize = 4;

/// The nearest free times to one that is taken: same length and kind, on the same day, either bank.
///
/// # Errors
/// When the database can't be read.
pub async fn alternatives(services: &Services, space: &Space, span: Span) -> Result<Vec<Hit>, DbError> {
    let date = span.start().start().with_timezone(&space.zone()).date_naive();
    let wish = Wish {
        from: date,
        to: date,
        minute_from: 0,
        minutes: span.minutes(),
        municipality: None,
        kind: Some(space.facility.kind.clone()),
        people: None,
    };
    let mut hits = search(services, &wish).await?;
    // An hour away weighs as much as another facility, and less than half a one of the same hall.
    let distance = |hit: &Hit| {
        let elsewhere = i64::from(hit.space.facility.id != space.facility.id) * 4;
        let smaller = i64::from(hit.space.parts.len() != space.parts.len()) * 6;
        (hit.span.start() - span.start()).abs() + elsewhere + smaller
    };
    hits.sort_by_key(distance);
    hits.truncate(ALTERNATIVES);
    hits.sort_by_key(|hit| hit.span.start());
    Ok(hits)
}
