//! What is left free of a day, and where a booking can begin in it.

use chrono::{DateTime, Utc};

use super::{Notice, OpenDay, Refusal, SpaceRules};
use crate::{
    money::PriceGroup,
    time::{LocalDay, Quarter, QuarterSet, Span},
};

/// A space's day: all sets count quarters from the day's midnight and reach into the days around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SpaceTimes {
    pub hours: OpenDay,
    /// Occupied by somebody: bookings with their buffers, closures, blocks.
    pub taken: QuarterSet,
    /// Of those, the ones that are closed for a time.
    pub shut: QuarterSet,
    /// Where a booking of this space would lie in another's way, counting its own buffers.
    pub blocked: QuarterSet,
    /// Quarters that have begun.
    pub past: QuarterSet,
    /// Starts that are too soon for the group, or past.
    pub too_late: QuarterSet,
    /// Whether the group can book the day yet.
    pub bookable: bool,
}

impl SpaceRules {
    /// Works out a space's day for a price group: from its hours, and what is taken and shut in its parts.
    #[must_use]
    pub fn times(
        &self,
        day: &LocalDay,
        hours: OpenDay,
        (taken, shut): (QuarterSet, QuarterSet),
        group: PriceGroup,
        now: DateTime<Utc>,
    ) -> SpaceTimes {
        let first = day.span().start();
        // A quarter that begins right now can still be had.
        let begun = Quarter::containing(now) - first + i64::from(Quarter::starting_at(now).is_none());
        SpaceTimes {
            hours,
            taken,
            shut: shut & taken,
            blocked: taken.widened(self.buffer.after, self.buffer.before),
            past: QuarterSet::range(i64::MIN / 2, begun),
            too_late: QuarterSet::range(i64::MIN / 2, self.first_start(day, begun, group, now)),
            bookable: day.date() <= self.last_date(group, now),
        }
    }

    /// The first start of the day that isn't too late to be booked.
    fn first_start(&self, day: &LocalDay, begun: i64, group: PriceGroup, now: DateTime<Utc>) -> i64 {
        if self.windows.lead(group) == Notice::NONE {
            return begun;
        }
        let first = day.span().start();
        let in_time = |index: i64| self.book_until((first + index).start(), group) >= now;
        // Later starts may be booked later: the first that can is found by halving.
        let (mut low, mut high) = (begun.clamp(0, day.quarters()), day.quarters());
        while low < high {
            let middle = (low + high) / 2;
            if in_time(middle) { high = middle } else { low = middle + 1 }
        }
        low
    }

    /// The starts on the day that leave room for `minutes` and keep all rules.
    #[must_use]
    pub fn starts(&self, day: &LocalDay, times: &SpaceTimes, minutes: i64) -> QuarterSet {
        if !self.has_length(minutes) || !times.bookable {
            return QuarterSet::EMPTY;
        }
        let quarters = minutes / Quarter::MINUTES;
        let in_minutes = |minutes: i64| u32::try_from(minutes).unwrap_or(u32::MAX);
        let raster = day.raster(in_minutes(self.step_minutes), in_minutes(self.start_minute));
        let starts = times.room().starts_of_runs(quarters) & raster & !times.too_late & day.own();
        if !self.no_gaps {
            return starts;
        }
        starts.iter().filter(|&start| !self.leaves_gap(times, start, start + quarters)).collect()
    }

    /// The quarters of the day's window, from a first to behind a last, that decide where [`Self::starts`] finds
    /// room for `minutes`: those in which it is open, as far as a booking or a gap beside it reaches, and those
    /// from which a buffer reaches into them. What is taken elsewhere changes nothing. `None` where it is closed.
    #[must_use]
    pub fn decisive(&self, day: &LocalDay, hours: OpenDay, minutes: i64) -> Option<(i64, i64)> {
        let beside = self.shortest_room();
        let reached = QuarterSet::range(-beside, day.quarters() + minutes / Quarter::MINUTES + beside);
        let (first, end) = (hours.open & reached).bounds()?;
        let buffer = self.buffer.before.max(self.buffer.after);
        Some((first - buffer, end + buffer))
    }

    /// The quarters that the shortest booking occupies.
    const fn shortest_room(&self) -> i64 {
        self.minutes_min / Quarter::MINUTES + self.buffer.before + self.buffer.after
    }

    /// Whether what is known of the day lets a booking of the span be: `Ok(false)` where it is taken.
    ///
    /// # Errors
    /// [`Refusal::LeavesGap`].
    pub fn check_room(&self, day: &LocalDay, times: &SpaceTimes, span: Span) -> Result<bool, Refusal> {
        let wanted = day.set_of(span);
        if !(wanted & times.blocked).is_empty() {
            return Ok(false);
        }
        let first = day.span().start();
        if self.no_gaps && self.leaves_gap(times, span.start() - first, span.end() - first) {
            return Err(Refusal::LeavesGap { minutes_min: self.minutes_min });
        }
        Ok(true)
    }

    /// Whether a booking leaves a gap that is too short to be booked and could be avoided: one on a side
    /// while there is room on the other. Flush with one neighbour it may end as it likes. The next booking
    /// keeps its own buffers and this one's apart from it.
    fn leaves_gap(&self, times: &SpaceTimes, start: i64, end: i64) -> bool {
        let shortest = self.shortest_room();
        let room = times.room();
        let before = (1..=shortest).take_while(|back| room.contains(start - back)).count() as i64;
        let after = (0..shortest).take_while(|ahead| room.contains(end + ahead)).count() as i64;
        let too_short = |gap: i64| gap > 0 && gap < shortest;
        (too_short(before) && after > 0) || (too_short(after) && before > 0)
    }
}

impl SpaceTimes {
    /// Where nothing stands in the way any more, or not yet.
    fn room(&self) -> QuarterSet {
        self.hours.open & !self.blocked & !self.past
    }

    /// What can still be booked, as far as hours and other bookings go.
    #[must_use]
    pub fn free(&self) -> QuarterSet {
        if self.bookable { self.room() } else { QuarterSet::EMPTY }
    }
}
