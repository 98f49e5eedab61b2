//! Free times over both towns.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use uuid::Uuid;
use vayla_domain::{
    money::PriceGroup,
    space::{OpenDay, SpaceTimes},
    time::{LocalDay, Quarter, QuarterSet, Span},
};

use super::{
    Scope, Taken, Wish,
    day::{OpenDays, times},
};
use crate::{
    Services,
    catalogue::Space,
    db::{DbError, Tx},
};

/// A free time.
#[derive(Debug, Clone)]
pub struct Hit {
    pub space: Arc<Space>,
    pub span: Span,
}

/// All free starts that meet the wish, earliest first, then in the catalogue's order.
///
/// # Errors
/// When the database can't be read.
pub async fn search(services: &Services, wish: &Wish) -> Result<Vec<Hit>, DbError> {
    let catalogue = services.catalogue();
    let spaces: Vec<&Arc<Space>> = catalogue.spaces.iter().filter(|space| wish.admits(space)).collect();
    search_among(services, wish, &spaces, None).await
}

/// The same among some spaces, looking past a booking's or a claim's own cells.
///
/// # Errors
/// When the database can't be read.
pub(crate) async fn search_among(
    services: &Services,
    wish: &Wish,
    spaces: &[&Arc<Space>],
    without: Option<Uuid>,
) -> Result<Vec<Hit>, DbError> {
    let now = services.clock.now();
    let mut days = Days::default();
    let Some(span) = days.reach(spaces, wish) else { return Ok(Vec::new()) };
    let taken = Taken::read(&services.db, Scope { without, ..Scope::everywhere(span) }, now).await?;
    Ok(hits(&taken, &mut days, wish, spaces, now))
}

/// The same within a transaction, past nobody's cells.
pub(crate) async fn search_among_in(
    tx: &mut Tx,
    wish: &Wish,
    spaces: &[&Arc<Space>],
    now: DateTime<Utc>,
) -> Result<Vec<Hit>, DbError> {
    let mut days = Days::default();
    let Some(span) = days.reach(spaces, wish) else { return Ok(Vec::new()) };
    let taken = Taken::read_in(tx, Scope::everywhere(span), now).await?;
    Ok(hits(&taken, &mut days, wish, spaces, now))
}

pub(super) fn hits(
    taken: &Taken,
    days: &mut Days,
    wish: &Wish,
    spaces: &[&Arc<Space>],
    now: DateTime<Utc>,
) -> Vec<Hit> {
    let mut hits = Vec::new();
    for space in spaces {
        for date in wish.dates() {
            let (day, hours) = days.of(date, space);
            let times = times(space, &day, hours, (taken, QuarterSet::EMPTY), wish.group, now);
            hits.extend(starts(space, &times, &day, wish));
        }
    }
    hits.sort_by_key(|hit| hit.span.start()); // stable: the catalogue's order within a start
    hits
}

fn starts<'a>(
    space: &'a Arc<Space>,
    times: &SpaceTimes,
    day: &'a LocalDay,
    wish: &'a Wish,
) -> impl Iterator<Item = Hit> + use<'a> {
    let quarters = wish.minutes / Quarter::MINUTES;
    let starts = space.rules.starts(day, times, wish.minutes);
    starts.iter().filter(move |&start| is_within(day, start, start + quarters, wish)).filter_map(
        move |start| {
            let first = day.span().start() + start;
            Some(Hit { space: Arc::clone(space), span: Span::new(first, first + quarters)? })
        },
    )
}

/// Whether the wall's times suit the wish.
fn is_within(day: &LocalDay, start: i64, end: i64, wish: &Wish) -> bool {
    let begins = day.wall(start).time();
    let in_time = begins.hour() * 60 + begins.minute() >= wish.minute_from;
    let ends_by = |minute: u32| {
        let latest = day.date().and_time(NaiveTime::MIN) + TimeDelta::minutes(minute.into());
        day.wall(end) <= latest
    };
    in_time && wish.minute_to.is_none_or(ends_by)
}

/// Local days and the hours on them, each worked out once in a search.
#[derive(Default)]
pub(super) struct Days {
    days: HashMap<(NaiveDate, Tz), Arc<LocalDay>>,
    open: OpenDays,
}

impl Days {
    fn of(&mut self, date: NaiveDate, space: &Space) -> (Arc<LocalDay>, OpenDay) {
        let zone = space.zone();
        let day = self.days.entry((date, zone)).or_insert_with(|| Arc::new(LocalDay::new(date, zone)));
        (Arc::clone(day), self.open.of(space, day))
    }

    /// From the first to the last quarter that decides what the wish finds in any of the spaces; `None` where
    /// all of them are closed.
    pub fn reach(&mut self, spaces: &[&Arc<Space>], wish: &Wish) -> Option<Span> {
        let mut reach: Option<Span> = None;
        for space in spaces {
            for date in wish.dates() {
                let (day, hours) = self.of(date, space);
                let Some((first, end)) = space.rules.decisive(&day, hours, wish.minutes) else { continue };
                let midnight = day.span().start();
                let (first, end) = (midnight + first, midnight + end);
                reach = match reach {
                    Some(reach) => Span::new(reach.start().min(first), reach.end().max(end)),
                    None => Span::new(first, end),
                };
            }
        }
        reach
    }
}

/// How many alternatives are offered for a taken time.
const ALTERNATIVES: usize = 4;

/// Who wants a time: what they may book, and how much room they need.
#[derive(Debug, Clone, Copy)]
pub struct Party {
    pub group: PriceGroup,
    pub people: Option<i64>,
}

/// The nearest free times to one that is taken, which the party may have: same length and kind, on the same day,
/// either bank.
///
/// # Errors
/// When the database can't be read.
pub async fn alternatives(
    services: &Services,
    space: &Space,
    span: Span,
    party: Party,
) -> Result<Vec<Hit>, DbError> {
    nearest(services, space, span, party, |_| true).await
}

/// The same in the space's own facility: where a booking can be moved.
///
/// # Errors
/// When the database can't be read.
pub async fn alternatives_at(
    services: &Services,
    space: &Space,
    span: Span,
    party: Party,
) -> Result<Vec<Hit>, DbError> {
    nearest(services, space, span, party, |hit| hit.space.facility.id == space.facility.id).await
}

async fn nearest(
    services: &Services,
    space: &Space,
    span: Span,
    Party { group, people }: Party,
    admits: impl Fn(&Hit) -> bool,
) -> Result<Vec<Hit>, DbError> {
    let date = span.start().start().with_timezone(&space.zone()).date_naive();
    let kind = Some(space.facility.kind.clone());
    let wish = Wish { kind, group, people, ..Wish::any_time(date, date, span.minutes()) };
    let mut hits = search(services, &wish).await?;
    hits.retain(admits);
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
