//! Who has what when: cells, free times, search.

pub(crate) mod cells;
mod day;
mod free_times;
mod rank;
mod room;
mod search;
mod stretch;
mod taken;
mod wish;

pub use cells::sweep;
pub use day::{DaySheet, SpaceDay, day_of_spaces};
pub use rank::{points, rank};
pub use search::{Hit, Party, alternatives, alternatives_at, search};
pub use taken::{Scope, Taken};
pub use wish::{DAYS_MAX, Wish};

pub(crate) use free_times::FreeTimes;
pub(crate) use room::check_gaps;
pub(crate) use search::{search_among, search_among_in};
pub(crate) use stretch::Stretch;
