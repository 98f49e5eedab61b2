//! Moves: another time, length or space for a booking. The old time is never lost before the new one is
//! had, and both are the booking's in one transaction or neither is.
//!
//! Every move is a change of the booking from one version to the next. One that costs nothing more is
//! done as it is asked for. For a dearer one the new time is held beside the old while the difference is
//! paid; only the money moves the booking.

mod apply;
mod ask;
mod quote;
mod read;
mod staff;
mod together;

pub use ask::change;
pub use quote::quote_change;
pub use read::latest_change;
pub use staff::{StaffMoveError, move_by_staff, move_by_staff_in};

pub(crate) use apply::{Settled, apply_change_in, expire_changes_in, give_back_change_in, reopen_change_in};
pub(crate) use quote::{Unfit, fits, quoted};
pub(crate) use read::{locked_change_in, next_version_in, open_change_in};
pub(crate) use staff::same_price;
pub(crate) use together::move_untold_in;

use std::{str::FromStr, sync::Arc};

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{
    booking::TooLateToMove,
    grant::GrantPart,
    money::{Beside, Difference, Money, Quote, QuoteLine, RateError},
    space::{Buffer, Refusal},
    time::Span,
};

use super::{Booking, HoldError, QuoteError, fingerprint};
use crate::{catalogue::Space, db::DbError, occupancy::Hit};

/// Where and when a booking is to be moved to.
#[derive(Debug, Clone)]
pub struct Target {
    pub space: Arc<Space>,
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
}

/// What a move would come to.
#[derive(Debug, Clone)]
pub struct ChangeQuote {
    pub space: Arc<Space>,
    pub span: Span,
    /// Of the new time.
    pub price: Quote,
    /// How much more that is than the old time's price, once what a grant pays of it is off.
    pub difference: Difference,
    /// What a grant pays of what is dearer.
    pub granted: Option<GrantPart>,
    /// What goes back where it is less: as it came in, an amount for each currency.
    pub refunds: Vec<Money>,
}

impl ChangeQuote {
    /// Names what was shown: another price, time or space has another name.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.space, &self.price)
    }
}

/// Where a change is in its life. `open → done`, `open → expired`, `open → given_back` (the booker
/// chose another, or the booking is gone), and `expired → done` when money comes late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeState {
    Open,
    Done,
    Expired,
    GivenBack,
}

impl ChangeState {
    const ALL: [Self; 4] = [Self::Open, Self::Done, Self::Expired, Self::GivenBack];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Expired => "expired",
            Self::GivenBack => "given_back",
        }
    }
}

/// The text names no state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown state of a change")]
pub struct UnknownChangeState;

impl FromStr for ChangeState {
    type Err = UnknownChangeState;

    fn from_str(code: &str) -> Result<Self, UnknownChangeState> {
        Self::ALL.into_iter().find(|state| state.code() == code).ok_or(UnknownChangeState)
    }
}

/// A move of a booking, with its price locked.
#[derive(Debug, Clone)]
pub struct Change {
    pub id: Uuid,
    pub booking: Uuid,
    /// The version of the booking that it starts from, and the one that it makes.
    pub from_version: i64,
    pub version: i64,
    pub space: Arc<Space>,
    pub span: Span,
    /// What it occupies besides, as the space's rule was when it was asked for.
    pub buffer: Buffer,
    /// Of the new time, in the facility's currency and in the neighbour's.
    pub total: Money,
    pub other: Option<Beside>,
    /// What is to be paid first, the tax in it, and the same in the neighbour's currency.
    pub pay: Money,
    pub pay_vat: Money,
    pub pay_other: Option<Money>,
    /// As stored; see [`Change::is_open`].
    pub(crate) state: ChangeState,
    /// Until then the new time is held.
    pub expires_at: DateTime<Utc>,
}

impl Change {
    /// Whether its new time is held at the instant: one that has run out isn't, before anyone has swept
    /// it.
    #[must_use]
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.state == ChangeState::Open && now < self.expires_at
    }

    /// Whether its new time was held, and nobody has paid for it.
    #[must_use]
    pub fn has_run_out(&self, now: DateTime<Utc>) -> bool {
        matches!(self.state, ChangeState::Open | ChangeState::Expired) && !self.is_open(now)
    }

    /// All that the new time occupies.
    #[must_use]
    pub fn occupied(&self) -> Span {
        self.buffer.around(self.span)
    }

    /// Whether it is to that place and time.
    #[must_use]
    pub fn leads_to(&self, target: &Target) -> bool {
        self.space.id == target.space.id && Span::between(target.start, target.end) == Some(self.span)
    }

    /// The price of the new time, with its lines; the deposit stays the booking's own.
    #[must_use]
    pub fn price(&self, lines: Vec<QuoteLine>) -> Quote {
        Quote { lines, total: self.total, other: self.other.clone().ok_or(RateError::Unknown), deposit: None }
    }

    /// The difference in the neighbour's currency, and the rate that makes it so, where one does.
    #[must_use]
    pub fn pay_other(&self) -> Option<Beside> {
        let (_, rate) = self.other.as_ref()?;
        Some((self.pay_other?, rate.clone()))
    }
}

/// What has come of asking for a move.
#[derive(Debug, Clone)]
pub enum Changed {
    /// The booking has been moved, and so much goes back, by currency.
    Done { refunds: Vec<Money> },
    /// The new time is held until the difference is paid; the old one is the booker's as before.
    Open(Box<Change>),
    /// The booking was only held: the new time is held instead, as another booking.
    Held(Box<Booking>),
}

#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    #[error(transparent)]
    Db(#[from] DbError),
    /// It isn't a booking any more, or never became one.
    #[error("nothing to move")]
    NotLive,
    #[error(transparent)]
    TooLate(#[from] TooLateToMove),
    #[error("it is there already")]
    Unchanged,
    /// Its money, taxes and books are another town's.
    #[error("the space is in another town")]
    OtherTown,
    #[error("there is room for {capacity}")]
    TooMany { capacity: i64 },
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("the time is taken")]
    Occupied { alternatives: Vec<Hit> },
    #[error("the price has changed")]
    QuoteChanged,
    #[error(transparent)]
    NoPrice(QuoteError),
    /// It is dearer, and the customer who is invoiced for it would owe more than they may.
    #[error("more than may be owed")]
    Credit,
}

impl From<QuoteError> for MoveError {
    fn from(error: QuoteError) -> Self {
        match error {
            QuoteError::Db(error) => Self::Db(error),
            other => Self::NoPrice(other),
        }
    }
}

impl From<HoldError> for MoveError {
    fn from(error: HoldError) -> Self {
        match error {
            HoldError::Db(error) => Self::Db(error),
            HoldError::Refused(refusal) => Self::Refused(refusal),
            HoldError::Occupied { alternatives } => Self::Occupied { alternatives },
            HoldError::QuoteChanged => Self::QuoteChanged,
            HoldError::NoPrice(error) => Self::NoPrice(error),
        }
    }
}
