//! At what time of day.

mod clock;
mod hours;
mod part;

pub(super) use hours::{Hours, time};
pub(super) use part::{PartOfDay, is_part, part};
