//! Values as people read them. Node's `Intl` with full CLDR data is the oracle: `tests/intl.rs`.
//!
//! Nothing here knows a zone or a clock: callers pass what stands on the facility's wall.

mod date;
mod duration;
mod holiday;
mod money;
mod number;
mod time;

pub use date::{date_long, date_short, date_weekday, month_day, weekday_name, weekday_short};
pub use duration::duration;
pub use holiday::holiday;
pub use money::money;
pub use number::{number, percent};
pub use time::{time, time_range};
