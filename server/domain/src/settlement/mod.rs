//! The towns' settlement: up to when it goes, and what money that comes pays of it. What it posts stands in
//! [`crate::ledger`].

mod month;
#[cfg(test)]
mod properties;
mod standing;

pub use month::{Month, NotAMonth};
pub use standing::{SettlementStanding, SettlementTaken};
