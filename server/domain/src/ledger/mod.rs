//! Double entry: what happened, as postings that cannot be out of balance.
//!
//! A posting moves one amount from a credited account to a debited one within one entity, in one
//! currency. An unbalanced transaction can't be written down in this form at all, so the sum per
//! (transaction, entity, currency) is zero by shape and not by a check.

mod account;
mod balance;
mod chart;
mod event;
mod posting;
mod repay;
mod rules;

pub use account::{Account, AccountKind, UnknownAccount};
pub use balance::{Balances, Turnover};
pub use chart::{
    CHART_MAX, CHART_NAME_MAX, CHART_NUMBER_MAX, ChartAccount, ChartProblem, chart_in_order, in_chart,
};
pub use event::{Event, UnknownEvent};
pub use posting::{Posting, correction};
pub use repay::{Standing, give_back, repay};
pub use rules::{
    Bearer, Dues, PaymentFacts, Settled, SettlementFacts, Share, UnknownBearer, Worth, claim, claim_matched,
    claim_overpaid, claim_paid, claim_repaid, claim_returned, deposit_kept, deposit_returned, deposit_taken,
    payment, payout, provider_fee, refund, settled, settlement, settlement_paid, settlement_written_off,
    subsidy, subsidy_returned, surplus_refunded, surplus_taken, taxed_anew, unclaimed, unclaimed_returned,
    written_off,
};
