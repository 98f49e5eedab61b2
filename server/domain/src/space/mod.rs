//! Spaces: when they are open and what times they can be booked for.

mod condition;
mod free;
mod hours;
mod notice;
mod opening;
mod rules;
mod window;
mod written;

pub use condition::{Condition, Dates, Holidays, YearDay, Yearly};
pub use free::SpaceTimes;
pub use hours::{Access, Hours, NotWeekdays, WallMinute, Weekdays};
pub use notice::Notice;
pub use opening::{Closed, OpenDay, Opening, OpeningRule};
pub use rules::{Buffer, Refusal, SpaceRules};
pub use window::{BookingWindow, BookingWindows, HORIZON_DAYS_MAX};
pub use written::{
    FacilityRules, HOURS_MAX, NO_GAPS_MINUTES_MAX, OwnRules, REASON_MAX, RULES_MAX, RulesMoney, RulesProblem,
    SpaceBounds,
};
