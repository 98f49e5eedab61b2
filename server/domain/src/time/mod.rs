//! Time is a row of quarters; people read it on the wall of the facility.

mod day;
mod quarter;
mod set;
mod wall;

pub use day::{LocalDay, WINDOW_QUARTERS};
pub use quarter::{Quarter, Span};
pub use set::QuarterSet;
pub use wall::{Resolved, instant_after, resolve};
