//! Series: a time that comes back every n weeks, read on the wall of the facility.

mod breaks;
mod occurrence;
mod plan;
#[cfg(test)]
mod properties;
mod shift;
mod skip;

pub use breaks::{BREAK_NAME_MAX, BREAKS_MAX, BreakProblem, breaks_in_order};
pub use occurrence::{Occurrence, Planned};
pub use plan::{OCCURRENCES_MAX, SeriesFields, SeriesPlan, SeriesProblem, Until, Which};
pub use shift::{Shift, ShiftFields};
pub use skip::{Break, Skip, SkipReason};
