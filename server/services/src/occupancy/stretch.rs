//! What is free of a facility over many days, and what of it is closed, read at once.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use vayla_domain::{
    money::PriceGroup,
    space::{Refusal, SpaceTimes},
    time::{LocalDay, Quarter, QuarterSet, Span},
};

use super::{
    Hit, Scope, Taken,
    day::{OpenDays, times},
};
use crate::{
    Services,
    catalogue::{Catalogue, Facility, Space},
    closure::{self, Closure},
    db::DbError,
};

/// How many times are offered instead of one that is taken.
const NEAREST: usize = 3;

/// Stands still at the instant at which it was read.
pub(crate) struct Stretch {
    catalogue: Arc<Catalogue>,
    taken: Taken,
    /// Those that people are told of, the earliest first.
    closures: Vec<Closure>,
    open: OpenDays,
    now: DateTime<Utc>,
}

impl Stretch {
    /// Reads what is taken of a facility on the days of the spans.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn read(
        services: &Services,
        facility: &Facility,
        spans: &[Span],
        now: DateTime<Utc>,
    ) -> Result<Self, DbError> {
        let (catalogue, zone) = (services.catalogue(), facility.municipality.zone);
        let window = |span: &Span| LocalDay::of(span.start().start(), zone).window();
        let first = spans.iter().min_by_key(|span| span.start()).map(window);
        let last = spans.iter().max_by_key(|span| span.start()).map(window);
        let span = first.zip(last).and_then(|(first, last)| Span::new(first.start(), last.end()));
        let (mut taken, mut closures) = (Taken::default(), Vec::new());
        if let Some(span) = span {
            let scope = Scope { facility: Some(facility.id), ..Scope::everywhere(span) };
            taken = Taken::read(&services.db, scope, now).await?;
            closures = closure::in_span(&services.db, span, Some(facility.id)).await?;
            closures.retain(Closure::is_told);
        }
        Ok(Self { catalogue, taken, closures, open: OpenDays::default(), now })
    }

    /// Whether the space is free for a span that its rules let be booked.
    ///
    /// # Errors
    /// [`Refusal::LeavesGap`].
    pub fn is_free(&mut self, space: &Space, span: Span, group: PriceGroup) -> Result<bool, Refusal> {
        let day = LocalDay::of(span.start().start(), space.zone());
        let times = self.times(space, &day, group);
        space.rules.check_room(&day, &times, span)
    }

    /// Shows a span of a space as taken or free: where it is after something has been moved.
    pub fn mark(&mut self, space: &Space, span: Span, taken: bool) {
        self.taken.mark(&space.parts, span.start().0..span.end().0, taken);
    }

    /// The closure that keeps a span of the space from being booked, where people are told of it.
    pub fn closure(&self, space: &Space, span: Span) -> Option<&Closure> {
        let occupied = space.rules.buffer.around(span);
        self.closures.iter().find(|closure| closure.time.meets(occupied) && closure.touches(space))
    }

    /// The nearest free times to one that is taken, in order: as long, on the same day, of the same
    /// space or another of its facility.
    pub fn nearest(&mut self, space: &Space, span: Span, group: PriceGroup) -> Vec<Hit> {
        let day = LocalDay::of(span.start().start(), space.zone());
        let catalogue = Arc::clone(&self.catalogue);
        let mut hits = Vec::new();
        for other in catalogue.spaces_of(&space.facility) {
            let times = self.times(other, &day, group);
            let starts = other.rules.starts(&day, &times, span.minutes());
            hits.extend(starts.iter().filter_map(|start| {
                let first = day.span().start() + start;
                let span = Span::new(first, first + span.minutes() / Quarter::MINUTES)?;
                Some(Hit { space: Arc::clone(other), span })
            }));
        }
        // Two hours away weigh as much as another space, and one of another size more than that.
        let distance = |hit: &Hit| {
            let other = i64::from(hit.space.id != space.id) * 8;
            let size = i64::from(hit.space.parts.len() != space.parts.len()) * 16;
            (hit.span.start() - span.start()).abs() + other + size
        };
        hits.sort_by_key(distance);
        hits.truncate(NEAREST);
        hits.sort_by_key(|hit| hit.span.start());
        hits
    }

    fn times(&mut self, space: &Space, day: &LocalDay, group: PriceGroup) -> SpaceTimes {
        times(space, day, self.open.of(space, day), (&self.taken, QuarterSet::EMPTY), group, self.now)
    }
}
