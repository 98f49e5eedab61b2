//! One local day of spaces: what is open, taken, free.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use uuid::Uuid;
use vayla_domain::time::{LocalDay, Quarter, QuarterSet};

use super::Taken;
use crate::{Services, catalogue::Space, db::DbError};

/// A day in one zone with the spaces in it.
#[derive(Debug)]
pub struct DaySheet {
    pub day: Arc<LocalDay>,
    pub spaces: Vec<SpaceDay>,
}

/// A space's day; all sets count quarters from the day's midnight and reach into the next day.
#[derive(Debug)]
pub struct SpaceDay {
    pub space: Arc<Space>,
    pub open: QuarterSet,
    pub taken: QuarterSet,
    /// Quarters that have begun.
    pub past: QuarterSet,
    /// Whether the day can be booked at all yet.
    pub bookable: bool,
}

impl SpaceDay {
    /// What can still be booked, as far as hours and other bookings go.
    #[must_use]
    pub fn free(&self) -> QuarterSet {
        if self.bookable { self.open & !self.taken & !self.past } else { QuarterSet::EMPTY }
    }

    /// Works out a space's day.
    #[must_use]
    pub fn new(
        space: &Arc<Space>,
        day: &LocalDay,
        open: QuarterSet,
        taken: &Taken,
        now: DateTime<Utc>,
    ) -> Self {
        let first = day.span().start();
        // A quarter that begins right now can still be had.
        let begun = Quarter::containing(now) - first + i64::from(Quarter::starting_at(now).is_none());
        Self {
            open,
            taken: taken.window(&space.parts, first),
            past: QuarterSet::range(0, begun),
            bookable: day.date() <= space.rules.last_date(now, day.zone()),
            space: Arc::clone(space),
        }
    }

    /// The starts that leave room for `minutes`, on the space's raster, on the day itself.
    #[must_use]
    pub fn starts(&self, day: &LocalDay, minutes: i64) -> QuarterSet {
        let rules = &self.space.rules;
        let fits =
            (rules.minutes_min..=rules.minutes_max).contains(&minutes) && minutes % rules.step_minutes == 0;
        if !fits {
            return QuarterSet::EMPTY;
        }
        let quarters = u32::try_from(minutes / Quarter::MINUTES).unwrap_or(u32::MAX);
        let step = u32::try_from(rules.step_minutes).unwrap_or(u32::MAX);
        self.free().starts_of_runs(quarters) & day.raster(step) & day.own()
    }
}

/// The day of the spaces that lie in one zone: of one facility, or of any.
///
/// # Errors
/// When the database can't be read.
pub async fn day_of_spaces(
    services: &Services,
    date: NaiveDate,
    zone: Tz,
    facility: Option<Uuid>,
    spaces: &[Arc<Space>],
) -> Result<DaySheet, DbError> {
    let now = services.clock.now();
    let day = Arc::new(LocalDay::new(date, zone));
    let taken = Taken::read(&services.db, day.window(), facility, now).await?;
    let mut hours: HashMap<Uuid, QuarterSet> = HashMap::new();
    let spaces = spaces
        .iter()
        .map(|space| {
            let open = *hours.entry(space.facility.id).or_insert_with(|| space.rules.hours.on_day(&day));
            SpaceDay::new(space, &day, open, &taken, now)
        })
        .collect();
    Ok(DaySheet { day, spaces })
}
