//! A booking as it stands, and what follows from that.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;
use vayla_domain::{
    booking::{Back, BookingState, CancelRule, Start, TooLateToMove, Who},
    money::{Beside, Buyer, Deposit, Home, Money, PriceGroup, Quote, QuoteLine, RateError, Use},
    space::Buffer,
    time::Span,
};

use super::PriceFor;
use crate::{catalogue::Space, occupancy::Party};

/// What is held or booked: which time, for whom, at what price.
#[derive(Debug, Clone)]
pub struct Booking {
    pub id: Uuid,
    pub reference: String,
    pub space: Arc<Space>,
    pub span: Span,
    /// What it occupies besides, as the space's rule was when it was made.
    pub buffer: Buffer,
    /// As stored; see [`Booking::state_at`].
    pub(super) state: BookingState,
    pub created_at: DateTime<Utc>,
    pub hold_expires_at: DateTime<Utc>,
    pub hold_extended: bool,
    pub demo: bool,
    pub price_group: PriceGroup,
    /// Where the booker lives, as they say.
    pub home: Option<Home>,
    pub use_of: Use,
    /// As one of how many dates it was booked: it decides what a series has off.
    pub dates: u32,
    /// In the facility's currency.
    pub total: Money,
    /// In the neighbour's, as it was shown.
    pub other: Option<Beside>,
    /// As it was when it was booked.
    pub cancel_rule: CancelRule,
    /// What is paid besides the price and comes back, as it was when the time was held; `None` where nothing is, or
    /// somebody pays later.
    pub deposit: Option<Deposit>,
    /// The series that it is one of the dates of.
    pub series: Option<Uuid>,
    /// The customer who is invoiced for it; `None` where it is paid when it is booked.
    pub customer: Option<Uuid>,
    /// `None` until the booker has said.
    pub who: Option<Who>,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Which of its prices and times is in force: a move brings the next.
    pub version: i64,
    /// How often what a calendar shows of it has changed, and when last.
    pub sequence: i64,
    pub changed_at: Option<DateTime<Utc>>,
}

impl Booking {
    /// The state at an instant: a hold that has run out is expired before anyone has swept it.
    #[must_use]
    pub fn state_at(&self, now: DateTime<Utc>) -> BookingState {
        match self.state {
            BookingState::Held if self.hold_expires_at <= now => BookingState::Expired,
            state => state,
        }
    }

    /// Whether nothing is ever paid for it: it has no price and no deposit.
    #[must_use]
    pub const fn is_free(&self) -> bool {
        self.total.minor == 0 && self.deposit.is_none()
    }

    /// Who wants it.
    #[must_use]
    pub(crate) fn party(&self) -> Party {
        Party { group: self.price_group, people: self.who.as_ref().and_then(|who| who.people) }
    }

    /// All that it occupies.
    #[must_use]
    pub fn occupied(&self) -> Span {
        self.buffer.around(self.span)
    }

    #[must_use]
    pub fn starts_at(&self) -> DateTime<Utc> {
        self.span.start().start()
    }

    /// The day on which it begins, by the facility's calendar.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        self.starts_at().with_timezone(&self.space.zone()).date_naive()
    }

    #[must_use]
    pub fn ends_at(&self) -> DateTime<Utc> {
        self.span.end().start()
    }

    /// For whom and on what terms it was priced; so is whatever time it moves to.
    #[must_use]
    pub fn price_for(&self) -> PriceFor {
        let booked = self.created_at.with_timezone(&self.space.zone()).date_naive();
        let buyer = Buyer { group: self.price_group, home: self.home.clone() };
        PriceFor { buyer, use_of: self.use_of, dates: self.dates, booked: Some(booked) }
    }

    /// From when its rule counts back.
    #[must_use]
    pub fn start(&self) -> Start<'_> {
        self.space.start(self.starts_at())
    }

    /// What comes back of it when it is cancelled at `now`; nothing once it has begun.
    #[must_use]
    pub fn back(&self, now: DateTime<Utc>) -> Back {
        self.cancel_rule.back(self.start(), now).cloned().unwrap_or(Back::NOTHING)
    }

    /// How much of its price is charged all the same when it is cancelled at `now`.
    #[must_use]
    pub fn charged(&self, now: DateTime<Utc>) -> Money {
        self.back(now).keeps(self.total)
    }

    /// Whether its booker may still move it.
    ///
    /// # Errors
    /// [`TooLateToMove`].
    pub fn check_move(&self, now: DateTime<Utc>) -> Result<(), TooLateToMove> {
        self.cancel_rule.check_move(self.start(), now)
    }

    /// The price in force, with its lines.
    #[must_use]
    pub fn price(&self, lines: Vec<QuoteLine>) -> Quote {
        let (other, deposit) = (self.other.clone().ok_or(RateError::Unknown), self.deposit.clone());
        Quote { lines, total: self.total, other, deposit }
    }
}
