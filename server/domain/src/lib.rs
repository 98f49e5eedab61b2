//! The rules of Väylä: occupancy, time across the border, money across the border.
//!
//! Architecture invariant: nothing here does I/O, reads a clock or draws a random number.
//! Whatever depends on them takes them as arguments, so each rule can be tested alone.

pub mod booking;
pub mod closure;
pub mod deposit;
pub mod grant;
pub mod holiday;
pub mod invoice;
pub mod language;
pub mod ledger;
pub mod money;
mod reason;
pub mod series;
pub mod settlement;
pub mod space;
pub mod time;
pub mod waiting;

pub use language::{Bilingual, Language};
pub use reason::{REASON_MAX, Reason, ReasonProblem};
