//! One space's day, cut into the cells that a person sees.

use vayla_domain::time::{LocalDay, QuarterSet};
use vayla_services::occupancy::SpaceDay;

/// A cell is half an hour where nothing asks for less: a finger finds it.
pub const UNIT: i64 = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Can be booked from here.
    Free,
    /// Free, but not for the shortest time from here.
    Short,
    Taken,
    /// A part of the space is taken, the rest of it may be booked by itself.
    Partly,
    /// Outside the hours.
    Closed,
    /// Closed for a time by staff: by which of the space's closures.
    Shut(usize),
    Past,
    /// So near that it can't be booked any more.
    TooLate,
    /// Further ahead than one may book.
    Later,
}

/// Quarters `start..start + length` of the day, all in one state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub start: i64,
    pub length: i64,
    pub state: State,
}

/// The quarters of the day to show: from the first opening of any space to the last closing, on
/// whole hours.
pub fn visible(day: &LocalDay, spaces: &[SpaceDay]) -> (i64, i64) {
    let open = spaces.iter().fold(QuarterSet::EMPTY, |open, space| open | space.times.hours.open) & day.own();
    match open.bounds() {
        Some((first, end)) => (first / 4 * 4, ((end + 3) / 4 * 4).min(day.quarters())),
        None => (32.min(day.quarters()), 80.min(day.quarters())),
    }
}

/// Cuts a space's day. Taken and closed runs stay whole; free time is cut where a booking may begin,
/// but not finer than a unit.
pub fn cut(day: &LocalDay, space: &SpaceDay, (from, to): (i64, i64)) -> Vec<Cell> {
    let starts = space.starts(day, space.space.rules.minutes_min);
    let rules = &space.space.rules;
    let in_minutes = |minutes: i64| u32::try_from(minutes).unwrap_or_default();
    let cuts = day.raster(in_minutes(rules.step_minutes.max(15 * UNIT)), in_minutes(rules.start_minute));
    let mut cells: Vec<Cell> = Vec::new();
    for quarter in from..to {
        let state = state(day, space, starts, quarter);
        let free = matches!(state, State::Free | State::Short);
        match cells.last_mut() {
            Some(last) if joins(last, state, free, cuts.contains(quarter)) => {
                last.length += 1;
            }
            _ => cells.push(Cell { start: quarter, length: 1, state }),
        }
    }
    cells
}

/// A free cell reaches to the next cut, whatever can begin within it.
fn joins(last: &Cell, state: State, free: bool, at_cut: bool) -> bool {
    if free { matches!(last.state, State::Free | State::Short) && !at_cut } else { last.state == state }
}

/// The state of a quarter by itself.
pub fn state_at(day: &LocalDay, space: &SpaceDay, quarter: i64) -> State {
    state(day, space, space.starts(day, space.space.rules.minutes_min), quarter)
}

fn state(day: &LocalDay, space: &SpaceDay, starts: QuarterSet, quarter: i64) -> State {
    let times = &space.times;
    if let Some(closure) = space.closure_at(day, quarter) {
        State::Shut(closure)
    } else if space.partly.contains(quarter) {
        State::Partly
    } else if times.taken.contains(quarter) {
        State::Taken
    } else if !times.hours.open.contains(quarter) {
        State::Closed
    } else if !times.bookable {
        State::Later
    } else if times.past.contains(quarter / UNIT * UNIT) {
        // The half hour that has begun is over for the eye; a start within it stands in the list.
        State::Past
    } else if times.too_late.contains(quarter) {
        State::TooLate
    } else if starts.contains(quarter) {
        State::Free
    } else {
        State::Short
    }
}
