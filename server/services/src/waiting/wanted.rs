//! What somebody waits for.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use vayla_domain::{
    money::{Home, Use},
    time::{LocalDay, Span},
};

use crate::{
    catalogue::{Catalogue, Space},
    occupancy::{DAYS_MAX, Wish},
};

/// A wish that can wait: for times of one space, or of whatever meets it.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub space: Option<Arc<Space>>,
    pub wish: Wish,
    pub use_of: Use,
    /// Where whoever waits lives, as they say.
    pub home: Option<Home>,
}

/// Why nobody can wait for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WantedProblem {
    #[error("its last day is over")]
    InThePast,
    #[error("it ends before it begins")]
    NoDay,
    #[error("at most {days_max} days")]
    TooManyDays { days_max: u64 },
    #[error("can be booked until {last}")]
    TooEarly { last: NaiveDate },
    #[error("it doesn't fit between the hours")]
    NoRoom,
    #[error("nothing can be booked for so long")]
    NoSuchLength,
}

impl Wanted {
    fn admits(&self, space: &Space) -> bool {
        self.space.as_ref().is_none_or(|own| own.id == space.id) && self.wish.admits(space)
    }

    /// The spaces that could meet it.
    pub(crate) fn spaces<'a>(&self, catalogue: &'a Catalogue) -> Vec<&'a Arc<Space>> {
        catalogue.spaces.iter().filter(|space| self.admits(space)).collect()
    }

    /// From the midnight before its first start to the one after its last, on whichever clock comes first and
    /// last.
    ///
    /// # Errors
    /// [`WantedProblem`] where no time could ever meet it.
    pub(crate) fn check(&self, catalogue: &Catalogue, now: DateTime<Utc>) -> Result<Span, WantedProblem> {
        let wish = &self.wish;
        if (wish.to - wish.from).num_days() >= i64::try_from(DAYS_MAX).unwrap_or(i64::MAX) {
            return Err(WantedProblem::TooManyDays { days_max: DAYS_MAX });
        }
        if wish.dates().next().is_none() {
            return Err(WantedProblem::NoDay);
        }
        if wish.minute_to.is_some_and(|to| i64::from(to) < i64::from(wish.minute_from) + wish.minutes) {
            return Err(WantedProblem::NoRoom);
        }
        let spaces = self.spaces(catalogue);
        if !spaces.iter().any(|space| space.rules.has_length(wish.minutes)) {
            return Err(WantedProblem::NoSuchLength);
        }
        let last = spaces.iter().map(|space| space.rules.last_date(wish.group, now)).max();
        if let Some(last) = last.filter(|last| wish.from > *last) {
            return Err(WantedProblem::TooEarly { last });
        }
        let day = |date: NaiveDate, space: &Space| LocalDay::new(date, space.zone()).span();
        let start = spaces.iter().map(|space| day(wish.from, space).start()).min();
        let end = spaces.iter().map(|space| day(wish.to, space).end()).max();
        let reach = start.zip(end).and_then(|(start, end)| Span::new(start, end));
        reach.filter(|reach| reach.end().start() > now).ok_or(WantedProblem::InThePast)
    }
}
