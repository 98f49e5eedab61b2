//! A move on the wire.

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vayla_domain::{
    money::{self, Money as Amount},
    time::Span,
};
use vayla_services::{
    DbError, Services,
    booking::{self, ChangeQuote, fingerprint},
    catalogue::Space,
};

use super::super::{
    instant::Instant,
    money::{Money, Rate},
    names::Names,
};

/// A move of a booking: what it comes to, and how far it has come.
#[derive(Debug, Serialize, ToSchema)]
pub struct Move {
    pub state: MoveState,
    pub from: Place,
    pub to: Place,
    pub old_total: Money,
    pub new_total: Money,
    /// The new total less the old one: less than zero where the new time is cheaper.
    pub difference: Money,
    /// In the neighbour's currency, converted once at `rate`; null where no rate is in force. What goes
    /// back comes at the rates that it was paid at: `refunds`.
    pub difference_other: Option<Money>,
    pub rate: Option<Rate>,
    /// What goes back, an amount for each currency it came in; empty where nothing does.
    pub refunds: Vec<Money>,
    /// What is to be paid first, in one currency or the other; empty where nothing is.
    pub pay: Vec<Money>,
    /// Until then the new time is held, beside the old one; null unless the move is open.
    pub expires_at: Option<Instant>,
    /// Names the new price: confirmed with it, another price is refused.
    #[schema(pattern = "^[0-9a-f]{24}$", example = "6f1c0a9d2be34755a1c0ffee")]
    pub quote: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MoveState {
    /// Nothing has been done: confirm it.
    Quoted,
    /// The new time is held until the difference is paid.
    Open,
    Done,
}

/// Where and when.
#[derive(Debug, Serialize, ToSchema)]
pub struct Place {
    pub space: Uuid,
    pub space_name: Names,
    pub start: Instant,
    pub end: Instant,
}

impl Place {
    fn new(space: &Space, span: Span) -> Self {
        let at = |quarter: vayla_domain::time::Quarter| Instant::new(quarter.start(), space.zone());
        Self {
            space: space.id,
            space_name: (&space.name).into(),
            start: at(span.start()),
            end: at(span.end()),
        }
    }
}

/// The new time with its price.
pub struct To<'a> {
    pub space: &'a Arc<Space>,
    pub span: Span,
    pub price: &'a money::Quote,
}

impl Move {
    /// What it would come to.
    pub fn quoted(before: &booking::Booking, quote: &ChangeQuote) -> Result<Self, DbError> {
        let to = To { space: &quote.space, span: quote.span, price: &quote.price };
        Self::new(MoveState::Quoted, before, &to, &quote.refunds)
    }

    /// The booking's move that waits for its payment.
    pub async fn open(services: &Services, booking: &booking::Booking) -> Result<Option<Self>, DbError> {
        let latest = booking::latest_change(services, booking).await?;
        let Some(change) = latest.filter(|change| change.is_open(services.clock.now())) else {
            return Ok(None);
        };
        let (space, lines) = booking::lines_of(services, booking, change.version).await?;
        let to = To { space: &space, span: change.span, price: &change.price(lines) };
        let expires_at = Some(Instant::new(change.expires_at, booking.space.zone()));
        Ok(Some(Self { expires_at, ..Self::new(MoveState::Open, booking, &to, &[])? }))
    }

    /// A move that has been made.
    pub async fn done(
        services: &Services,
        before: &booking::Booking,
        after: &booking::Booking,
        refunds: &[Amount],
    ) -> Result<Self, DbError> {
        let price = after.price(booking::lines(&services.db, after).await?);
        let to = To { space: &after.space, span: after.span, price: &price };
        Self::new(MoveState::Done, before, &to, refunds)
    }

    fn new(
        state: MoveState,
        before: &booking::Booking,
        to: &To<'_>,
        refunds: &[Amount],
    ) -> Result<Self, DbError> {
        let difference =
            to.price.difference(before.total, before.other.as_ref()).map_err(DbError::corrupt)?;
        let pay = [Some(difference.total), difference.other];
        let unpaid = state != MoveState::Done && difference.total.minor > 0;
        Ok(Self {
            state,
            from: Place::new(&before.space, before.span),
            to: Place::new(to.space, to.span),
            old_total: before.total.into(),
            new_total: to.price.total.into(),
            difference: difference.total.into(),
            difference_other: difference.other.map(Into::into),
            rate: to.price.rate().map(Into::into),
            refunds: refunds.iter().map(|refund| (*refund).into()).collect(),
            pay: pay.into_iter().flatten().filter(|_| unpaid).map(Into::into).collect(),
            expires_at: None,
            quote: fingerprint(to.space, to.price),
        })
    }
}
