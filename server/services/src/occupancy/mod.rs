//! Who has what when: cells, free times, search.

pub(crate) mod cells;
mod day;
mod search;
mod taken;

pub use cells::sweep;
pub use day::{DaySheet, SpaceDay, day_of_spaces};
pub use search::{DAYS_MAX, Hit, Wish, alternatives, search};
pub use taken::Taken;
