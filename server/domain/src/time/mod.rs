//! Time is a row of quarters; people read it on the wall of the facility.

mod day;
mod quarter;
mod set;
mod wall;

pub use day::LocalDay;
pub use quarter::{Quarter, Span};
pub use set::{QuarterSet, WINDOW_FROM, WINDOW_TO};
pub use wall::{Resolved, instant_after, resolve};
