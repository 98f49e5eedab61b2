//! The waiting list: who wants a time when one becomes free, and who is asked when.
//!
//! What is freed is never free for a passer-by before those in line: the claim that occupied it keeps its
//! cells a little longer, without what occupied it ([`keep_in`]), and a message in the outbox has them offered
//! ([`Freed`]), each time to the first in line as a hold of their own.

mod end;
mod entry;
mod freed;
mod join;
mod leave;
mod line;
mod offer;
mod text;
mod wanted;

pub use end::forget_ended;
pub use entry::{Entry, find, offered_to};
pub use join::{JoinError, JoinRequest, LIVE_MAX, join};
pub use leave::leave;
pub use line::place;
pub use text::{WantedText, describe};
pub use vayla_domain::waiting::WaitingState;
pub use wanted::{Wanted, WantedProblem};

/// Whoever joins has it alone; whoever frees a time, or lets go of what is kept, shares it with the others who
/// do: so each of them sees all those who wait, and whoever joins all that is free.
const LOCK: i64 = 0x11e;

pub(crate) use end::{follow_in, reopen_in, stay_in, still_waiting_in, taken_in};
pub(crate) use freed::{Freed, keep_in};
