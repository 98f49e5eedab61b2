//! Double entry: what happened, as postings that cannot be out of balance.
//!
//! A posting moves one amount from a credited account to a debited one within one entity, in one
//! currency. An unbalanced transaction can't be written down in this form at all, so the sum per
//! (transaction, entity, currency) is zero by shape and not by a check.

mod event;
mod posting;
mod repay;
mod rules;

pub use event::{Event, UnknownEvent};
pub use posting::{Account, Posting, UnknownAccount};
pub use repay::{Standing, repay};
pub use rules::{PaymentFacts, Share, payment, refund, surplus_refunded, surplus_taken};
