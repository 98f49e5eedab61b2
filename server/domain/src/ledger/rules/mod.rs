//! What each event posts.

mod claim;
mod deposit;
mod provider;
mod sale;
mod settlement;

pub use claim::{
    claim, claim_matched, claim_overpaid, claim_paid, claim_repaid, claim_returned, unclaimed,
    unclaimed_returned, written_off,
};
pub use deposit::{deposit_kept, deposit_returned, deposit_taken};
pub use provider::{payout, provider_fee};
pub use sale::{
    PaymentFacts, Share, payment, refund, subsidy, subsidy_returned, surplus_refunded, surplus_taken,
    taxed_anew,
};
pub use settlement::{
    Bearer, Dues, Settled, SettlementFacts, UnknownBearer, Worth, settled, settlement, settlement_paid,
    settlement_written_off,
};
