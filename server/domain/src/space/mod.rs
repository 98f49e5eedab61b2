//! Spaces: when they are open and what times they can be booked for.

mod opening;
mod rules;

pub use opening::{OpeningHours, WeeklyHours};
pub use rules::{Refusal, SpaceRules};
