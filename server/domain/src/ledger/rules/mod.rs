//! What each event posts.

mod claim;
mod provider;
mod sale;
mod settlement;

pub use claim::{
    claim, claim_matched, claim_overpaid, claim_paid, claim_repaid, claim_returned, unclaimed,
    unclaimed_returned, written_off,
};
pub use provider::{payout, provider_fee};
pub use sale::{
    PaymentFacts, Share, deposit_kept, deposit_returned, deposit_taken, payment, refund, subsidy,
    subsidy_returned, surplus_refunded, surplus_taken, taxed_anew,
};
pub use settlement::{Bearer, Dues, Settled, SettlementFacts, settled, settlement, settlement_paid};
