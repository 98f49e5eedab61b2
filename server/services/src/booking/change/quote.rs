//! What a move would come to.

use std::sync::Arc;

use vayla_domain::{
    booking::BookingState,
    grant::GrantPrice,
    money::{Difference, Money, Quote},
    time::Span,
};

use super::{Booking, ChangeQuote, MoveError, Target};
use crate::{Services, booking::quote, catalogue::Space, db::DbError, grant, occupancy::check_gaps, payment};

/// Prices another time for a booking, and says what becomes of the difference. Nothing is taken.
///
/// # Errors
/// [`MoveError`], except `Occupied`: whether the time is taken is seen when it is asked for.
pub async fn quote_change(
    services: &Services,
    booking: &Booking,
    target: &Target,
) -> Result<ChangeQuote, MoveError> {
    let (now, space) = (services.clock.now(), &target.space);
    match booking.state_at(now) {
        BookingState::Held => {} // nothing has been paid, so there is nothing to get around
        BookingState::Confirmed => booking.check_move(now)?,
        BookingState::Expired | BookingState::Cancelled | BookingState::NoShow => {
            return Err(MoveError::NotLive);
        }
    }
    if is_at(booking, target) {
        return Err(MoveError::Unchanged);
    }
    fits(booking, space)?;
    let span = space.rules.check(target.start, target.end, booking.price_group, now)?;
    check_gaps(services, space, span, Some(booking.id), now).await??;
    let price = quote(services, space, span, &booking.price_for()).await?;
    Ok(quoted(services, booking, space, span, price).await?)
}

/// What becomes of the difference to a price.
pub(crate) async fn quoted(
    services: &Services,
    booking: &Booking,
    space: &Arc<Space>,
    span: Span,
    price: Quote,
) -> Result<ChangeQuote, DbError> {
    let difference = price.difference(booking.total, booking.other.as_ref()).map_err(DbError::corrupt)?;
    // The booking keeps the deposit that it has.
    let (space, price) = (Arc::clone(space), Quote { deposit: None, ..price });
    let mut quote = ChangeQuote { space, span, price, difference, refunds: Vec::new(), granted: None };
    let paying = payment::paying(&services.db, booking.id).await?;
    let grant::Moved { more, back } =
        grant::quote_move(services, booking, &quote, payment::left(services, booking, &paying).await?)
            .await?;
    if let Some(part) = more {
        let GrantPrice { total, vat, other } = GrantPrice::from(quote.difference).less(&part);
        quote.difference = Difference { total, vat, other };
        quote.granted = Some(part);
    }
    let cheaper_by = Money::new(-difference.total.minor - back, difference.total.currency);
    if cheaper_by.minor > 0 {
        quote.refunds = payment::refunds_of_move(paying, cheaper_by);
    }
    Ok(quote)
}

/// Whether the booking is there already.
pub(super) fn is_at(booking: &Booking, target: &Target) -> bool {
    booking.space.id == target.space.id && Span::between(target.start, target.end) == Some(booking.span)
}

/// Why a space can't be a booking's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unfit {
    /// Its money, taxes and books are another town's.
    #[error("the space is in another town")]
    OtherTown,
    #[error("there is room for {capacity}")]
    TooMany { capacity: i64 },
}

impl From<Unfit> for MoveError {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::OtherTown => Self::OtherTown,
            Unfit::TooMany { capacity } => Self::TooMany { capacity },
        }
    }
}

/// Whether the space can be the booking's: in the same town, whose income it stays, and large enough.
pub(crate) fn fits(booking: &Booking, space: &Space) -> Result<(), Unfit> {
    if space.facility.municipality.code != booking.space.facility.municipality.code {
        return Err(Unfit::OtherTown);
    }
    let people = booking.who.as_ref().and_then(|who| who.people);
    match (people, space.capacity) {
        (Some(people), Some(capacity)) if people > capacity => Err(Unfit::TooMany { capacity }),
        _ => Ok(()),
    }
}
