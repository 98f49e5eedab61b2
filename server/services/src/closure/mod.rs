//! Closures and blocks: staff keep parts for a time or until further notice.
//!
//! A closure occupies cells as a booking does: whoever asks for one of them meets it. What had been
//! booked before is moved, cancelled or kept; a booking that is kept hands its cells over when it goes.

mod affected;
mod area;
mod end;
mod fate;
mod fill;
mod make;
mod read;

pub use affected::{Affected, affected};
pub use area::{Area, ClosureError, ClosurePlace};
pub use end::{EndError, end};
pub use fate::{Fate, MoveProblem};
pub use fill::extend;
pub use make::{Made, NewClosure, Settled, make};
pub use read::{Closure, in_span, list};
pub use vayla_domain::closure::{ClosureKind, ClosureTime, ClosureTimeProblem};

pub(crate) use fate::tell_kept_in;
pub(crate) use fill::extend_in;
pub(crate) use read::{in_the_way, over_in};

/// Closures are made, filled and ended one at a time: each sees the others whole.
const LOCK: i64 = 0xc105;
