//! One local day of spaces: what is open, taken, free.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use uuid::Uuid;
use vayla_domain::{
    money::PriceGroup,
    space::{OpenDay, Opening, SpaceTimes},
    time::{LocalDay, QuarterSet},
};

use super::{Scope, Taken};
use crate::{
    Services,
    catalogue::Space,
    closure::{self, Closure},
    db::DbError,
};

/// A day in one zone with the spaces in it.
#[derive(Debug)]
pub struct DaySheet {
    pub day: Arc<LocalDay>,
    pub spaces: Vec<SpaceDay>,
}

/// A space's day.
#[derive(Debug)]
pub struct SpaceDay {
    pub space: Arc<Space>,
    pub times: SpaceTimes,
    /// Those of the taken quarters in which only some of its parts are taken.
    pub partly: QuarterSet,
    /// The closures that people are told of, the earliest first.
    pub closures: Vec<Arc<Closure>>,
}

impl SpaceDay {
    /// The starts that leave room for `minutes`, on the day itself.
    #[must_use]
    pub fn starts(&self, day: &LocalDay, minutes: i64) -> QuarterSet {
        self.space.rules.starts(day, &self.times, minutes)
    }

    /// Which of the closures closes a quarter of the day, counted from its midnight.
    #[must_use]
    pub fn closure_at(&self, day: &LocalDay, index: i64) -> Option<usize> {
        let quarter = day.span().start() + index;
        let shut = self.times.shut.contains(index);
        shut.then(|| self.closures.iter().position(|closure| closure.time.contains(quarter))).flatten()
    }
}

/// Opening hours, each worked out once a day however many spaces share them: known by their address, and kept, so
/// that no later ones lie at it.
#[derive(Default)]
pub(super) struct OpenDays(HashMap<(NaiveDate, usize), (Arc<Opening>, OpenDay)>);

impl OpenDays {
    pub fn of(&mut self, space: &Space, day: &LocalDay) -> OpenDay {
        let opening = &space.rules.opening;
        let worked_out = || (Arc::clone(opening), opening.on_day(day));
        self.0.entry((day.date(), Arc::as_ptr(opening).addr())).or_insert_with(worked_out).1
    }
}

/// Works out a space's day from what is taken, and what of it is closed for a time.
pub(super) fn times(
    space: &Space,
    day: &LocalDay,
    hours: OpenDay,
    (taken, shut): (&Taken, QuarterSet),
    group: PriceGroup,
    now: DateTime<Utc>,
) -> SpaceTimes {
    let occupied = taken.window(&space.parts, day.span().start());
    space.rules.times(day, hours, (occupied, shut), group, now)
}

/// The same for whichever group may book the day, and may start the latest on it.
fn times_of_any(
    space: &Space,
    day: &LocalDay,
    hours: OpenDay,
    closed: (&Taken, QuarterSet),
    now: DateTime<Utc>,
) -> SpaceTimes {
    let of_group = |group| times(space, day, hours, closed, group, now);
    let groups = PriceGroup::ALL.map(of_group);
    let may_book = groups.into_iter().filter(|times| times.bookable);
    may_book.min_by_key(|times| times.too_late.len()).unwrap_or(groups[0])
}

/// The day of the spaces that lie in one zone, of one facility or of any: by the rules of a price group, or for
/// whoever may book where none is named.
///
/// # Errors
/// When the database can't be read.
pub async fn day_of_spaces(
    services: &Services,
    date: NaiveDate,
    zone: Tz,
    facility: Option<Uuid>,
    spaces: &[Arc<Space>],
    group: Option<PriceGroup>,
) -> Result<DaySheet, DbError> {
    let now = services.clock.now();
    let day = Arc::new(LocalDay::new(date, zone));
    let scope = Scope { facility, ..Scope::everywhere(day.window()) };
    let taken = Taken::read(&services.db, scope, now).await?;
    let closures = told_of(services, &day, facility).await?;
    let mut open = OpenDays::default();
    let of_space = |space: &Arc<Space>| {
        let closures: Vec<Arc<Closure>> =
            closures.iter().filter(|closure| closure.touches(space)).map(Arc::clone).collect();
        let shut = closures.iter().fold(QuarterSet::EMPTY, |shut, closure| shut | closure.time.set_in(&day));
        let (hours, closed) = (open.of(space, &day), (&taken, shut));
        SpaceDay {
            times: match group {
                Some(group) => times(space, &day, hours, closed, group, now),
                None => times_of_any(space, &day, hours, closed, now),
            },
            partly: partly(space, &day, &taken),
            space: Arc::clone(space),
            closures,
        }
    };
    let spaces = spaces.iter().map(of_space).collect();
    Ok(DaySheet { day, spaces })
}

async fn told_of(
    services: &Services,
    day: &LocalDay,
    facility: Option<Uuid>,
) -> Result<Vec<Arc<Closure>>, DbError> {
    let closures = closure::in_span(&services.db, day.window(), facility).await?;
    Ok(closures.into_iter().filter(Closure::is_told).map(Arc::new).collect())
}

/// Where some but not all of a space's parts are taken.
fn partly(space: &Space, day: &LocalDay, taken: &Taken) -> QuarterSet {
    let first = day.span().start();
    let any = taken.window(&space.parts, first);
    let parts = space.parts.iter().map(|part| taken.window(std::slice::from_ref(part), first));
    any & !parts.fold(!QuarterSet::EMPTY, |all, part| all & part)
}
