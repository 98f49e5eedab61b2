//! Rules of opening and booking, as staff write them.

mod outside;
mod read;
mod write;

pub use read::{Written, of_facility, of_space};
pub use write::{Changed, RulesError, set_facility, set_space};
