//! Deposits: what comes with a payment, pays for what a use has cost, and goes back.

mod keep;
mod to_pay;

pub use keep::{Claim, keep};
pub use to_pay::{Asked, ToPay};
