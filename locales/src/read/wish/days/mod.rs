//! On which days.

mod date;
mod month;
mod period;
mod week;
mod weekdays;

pub(super) use date::date;
pub(super) use period::period;
pub(super) use week::is_week;
pub(super) use weekdays::{is_weekday, weekdays};
