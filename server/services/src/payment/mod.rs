//! Payments: asked for, made, given back.

mod apply;
mod ask;
mod asked;
mod batch;
mod by_staff;
mod callback;
mod charge;
mod due;
mod for_staff;
mod free;
mod learn;
mod left;
mod order;
mod poll;
pub mod provider;
mod read;
mod refund;
mod repay;
mod sandbox;
pub mod settlement;
mod start;
mod tax;
mod use_charge;

pub use ask::{AskError, Next, ask, leads_to, provider_of};
pub use asked::amount_asked;
pub use batch::{confirm_free_series, start_series};
pub use by_staff::{GivenBack, StaffRefundError, refund_by_staff};
pub use callback::{HearError, hear, returned};
pub use charge::{Charge, ChargeError, charge, fail};
pub use due::Due;
pub use for_staff::{RefundFound, RepayError, refunds_for_staff, repaid, repay_again};
pub use free::{FreeError, confirm_free};
pub use learn::{LookError, give_up, look};
pub use order::{Order, order};
pub use read::{find, of_booking, of_use_charge, paying};
pub use sandbox::{LATE_SECONDS, Outcome, UnknownOutcome, is_played, play};
pub use start::{StartError, start};
pub use use_charge::start_use_charge;

pub(crate) use apply::{keep_in, number_in, take_in};
pub(crate) use left::{left, left_in};
pub(crate) use poll::Poll;
pub(crate) use refund::{
    RefundWhy, refund_all_in, refund_cancelled_in, refund_deposit_in, refund_moved_in, refunds_of_cancelling,
    refunds_of_move,
};
pub(crate) use repay::Repay;
pub(crate) use sandbox::LateCharge;
pub(crate) use use_charge::{paying_use_charge_in, refund_use_charge_in};

use std::str::FromStr;

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{
    Bilingual,
    ledger::{self, Event, PaymentFacts, Posting, Share, Standing},
    money::{Money, Rate},
};

use crate::ledger::Entry;

/// The built-in terminal.
pub const SANDBOX: &str = "sandbox";

/// Where a payment is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentState {
    Pending,
    Paid,
    Failed,
    /// The payer's time to pay is over, and no money has come.
    Expired,
    /// One of a batch whose time had gone before the rest was paid: it isn't asked for any more.
    Dropped,
}

impl PaymentState {
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Paid => "paid",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Dropped => "dropped",
        }
    }
}

/// Where money is that goes back. The books have it from the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundState {
    /// The provider is to give it back, or is about to.
    Asked,
    Done,
    /// The provider hasn't, and says so. It is tried again some times, and then staff see to it.
    Failed,
    /// The provider may have it, and nobody says so: asked for again it could go back twice. Staff look there.
    Unknown,
}

/// The text names no state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not one of asked, done, failed, unknown")]
pub struct UnknownState;

impl RefundState {
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }
}

impl FromStr for RefundState {
    type Err = UnknownState;

    fn from_str(code: &str) -> Result<Self, UnknownState> {
        [Self::Asked, Self::Done, Self::Failed, Self::Unknown]
            .into_iter()
            .find(|state| state.code() == code)
            .ok_or(UnknownState)
    }
}

/// A payment and what has come of it.
#[derive(Debug, Clone)]
pub struct Payment {
    pub id: Uuid,
    pub booking: Uuid,
    /// Asked for together with others, which are made with it: those of a series.
    pub batch: Option<Uuid>,
    /// What its provider is asked for; `None` for one from before there were orders.
    pub order: Option<Uuid>,
    /// The move that it pays for; `None` where it pays for the booking as it was made.
    pub change: Option<Uuid>,
    /// What its use has cost afterwards, where it pays for that.
    pub use_charge: Option<Uuid>,
    /// The version of the booking's price that it pays for.
    pub version: i64,
    pub provider: String,
    pub state: PaymentState,
    /// Paid, but for nothing: it goes back.
    pub surplus: bool,
    /// All that is asked for: a price and a deposit.
    pub amount: Money,
    /// How much of it is the deposit.
    pub deposit: Money,
    /// What it pays of the price, in the facility's currency, and the tax in that.
    pub gross: Money,
    pub vat: Money,
    /// Between the two currencies, where there are two.
    pub rate: Option<Rate>,
    pub collector: String,
    pub return_url: String,
    /// Given when it pays for something.
    pub receipt_number: Option<i64>,
    /// When the payer paid, or since when no money will come.
    pub settled_at: Option<DateTime<Utc>>,
    /// Oldest first.
    pub refunds: Vec<Refund>,
}

/// Money given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// In the currency it came in.
    pub amount: Money,
    /// What that is of the price, and the tax in it.
    pub gross: Money,
    pub vat: Money,
    /// `cancelled`, `moved` (to a cheaper time), `too_late`, `paid_twice`, `unwanted` (paid after it
    /// was cancelled or taken back), `on_account` (paid after it was put on a customer's account), `wrong_amount`,
    /// `charge_taken_back`, `deposit` (some days after the use) or `staff`.
    pub reason: String,
    /// It is the deposit, or some of it, and nothing of the price.
    pub of_deposit: bool,
    /// Why staff gave it back.
    pub told: Option<Bilingual>,
    pub at: DateTime<Utc>,
    pub state: RefundState,
}

impl Payment {
    /// Whether it is what its booking is paid with.
    #[must_use]
    pub fn pays(&self) -> bool {
        self.state == PaymentState::Paid && !self.surplus
    }

    /// What it brings of the price, in the currency that it is paid in.
    #[must_use]
    pub const fn of_price(&self) -> Money {
        Money::new(self.amount.minor - self.deposit.minor, self.amount.currency)
    }

    /// What it pays of the price, the whole of it, and what has gone back.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let whole = Share { gross: self.gross, vat: self.vat, paid: self.of_price() };
        let refunds = self.refunds.iter().filter(|refund| !refund.of_deposit);
        refunds.fold(Standing::untouched(whole), |standing, refund| {
            standing.after(&Share { gross: refund.gross, vat: refund.vat, paid: refund.amount })
        })
    }

    /// What the books say that it is about, without a rate: the payment itself, or one of its refunds.
    pub(crate) fn entry(&self, event: Event, refund: Option<Uuid>, at: DateTime<Utc>) -> Entry<'static> {
        let source =
            refund.map_or_else(|| format!("payment:{}", self.id), |refund| format!("refund:{refund}"));
        let (booking, payment) = (Some(self.booking), Some(self.id));
        Entry { booking, payment, refund, ..Entry::new(at, event, source) }
    }

    /// What the books need to know: whose income, who took it in, how much of it is tax.
    pub(crate) fn facts(&self, owner: &str) -> PaymentFacts {
        PaymentFacts {
            owner: owner.to_owned(),
            collector: self.collector.clone(),
            gross: self.gross,
            vat: self.vat,
            paid: self.of_price(),
        }
    }

    /// What the books say when some of it goes back: a price was income, a charge was owed.
    fn returned(&self, owner: &str, back: &Share) -> Vec<Posting> {
        match self.use_charge {
            None => ledger::refund(&self.facts(owner), back),
            Some(_) => ledger::claim_repaid(&self.facts(owner), back),
        }
    }
}
