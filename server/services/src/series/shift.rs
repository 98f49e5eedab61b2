//! Where dates of a series would come to lie: each with its state, before anything is moved.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest, Sha256};
use vayla_domain::{
    booking::{BookingState, TooLateToMove},
    money::{Money, Quote},
    series::{Occurrence, Planned, Shift},
    time::Span,
};

use super::{
    DateState, Series, ShiftError, Which,
    outline::{Looking, allowed},
};
use crate::{
    Services,
    booking::{self, Booking, ChangeQuote, QuoteError, fits},
    catalogue::Space,
    db::DbError,
};

/// Another time of the week for dates of a series.
#[derive(Debug, Clone)]
pub struct ShiftWish {
    pub which: Which,
    /// Of the same town.
    pub space: Arc<Space>,
    pub shift: Shift,
}

/// The chosen dates that are booked and haven't begun, with what their new time is.
#[derive(Debug, Clone)]
pub struct ShiftOutline {
    /// In order.
    pub dates: Vec<ShiftDate>,
    /// What goes back in all, an amount for each currency it came in.
    pub refunds: Vec<Money>,
}

/// One of the dates.
#[derive(Debug, Clone)]
pub struct ShiftDate {
    pub booking: Booking,
    /// Where it comes to lie.
    pub date: NaiveDate,
    pub state: ShiftState,
}

/// Whether a date can be moved, and why not.
#[derive(Debug, Clone)]
pub enum ShiftState {
    /// At the same price or a lower one.
    Free(Box<ChangeQuote>),
    /// It is free, but costs more: such a date is moved by itself, and the difference paid.
    Dearer(Box<ChangeQuote>),
    /// It is there already, and stays.
    There,
    /// It stays where it is.
    TooLate(TooLateToMove),
    /// The new time can't be had.
    Barred(DateState),
}

impl ShiftState {
    /// The new time as of a series that is laid out; `None` where the date stays.
    #[must_use]
    pub fn new_time(&self) -> Option<DateState> {
        match self {
            Self::Free(quote) | Self::Dearer(quote) => {
                let (span, price) = (quote.span, Box::new(quote.price.clone()));
                Some(DateState::Free { span, price, quote: quote.fingerprint() })
            }
            Self::Barred(state) => Some(state.clone()),
            Self::There | Self::TooLate(_) => None,
        }
    }
}

impl ShiftOutline {
    /// The dates that can be moved.
    pub fn moves(&self) -> impl Iterator<Item = (&Booking, &ChangeQuote)> {
        self.dates.iter().filter_map(|date| match &date.state {
            ShiftState::Free(quote) => Some((&date.booking, &**quote)),
            _ => None,
        })
    }

    /// Whether one of them can't be had, or costs more: then none is moved.
    #[must_use]
    pub fn is_barred(&self) -> bool {
        self.dates.iter().any(|date| matches!(date.state, ShiftState::Barred(_) | ShiftState::Dearer(_)))
    }

    /// Names what is shown, where it can be done: other dates, times or prices have another name.
    #[must_use]
    pub fn quote(&self) -> Option<String> {
        if self.is_barred() || self.moves().next().is_none() {
            return None;
        }
        let mut hash = Sha256::new();
        for (booking, quote) in self.moves() {
            hash.update(booking.id);
            hash.update(format!("{}:{};", booking.version, quote.fingerprint()));
        }
        Some(hash.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect())
    }
}

/// Whose wish a move is. Rules, prices and how late it may be bind the booker alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Booker,
    Town,
}

/// Lays the chosen dates of a series out at another time of their weeks. Nothing is taken.
///
/// # Errors
/// [`ShiftError`], but none that only the act has.
pub async fn outline_shift(
    services: &Services,
    series: &Series,
    wish: &ShiftWish,
) -> Result<ShiftOutline, ShiftError> {
    shifted(services, series, wish, By::Booker).await
}

pub(super) async fn shifted(
    services: &Services,
    series: &Series,
    wish: &ShiftWish,
    by: By,
) -> Result<ShiftOutline, ShiftError> {
    let (now, space, zone) = (services.clock.now(), &wish.space, wish.space.zone());
    let chosen = movable(series, &wish.which, now);
    let first = *chosen.first().ok_or(ShiftError::NotLive)?;
    fits(first, space)?;
    let planned: Vec<Occurrence> = chosen.iter().map(|booking| wish.shift.of(booking.date(), zone)).collect();
    let spans: Vec<Span> = planned.iter().filter_map(|one| by.reads(series, space, one, now)).collect();
    let looking = Looking::read(services, space, first.price_for(), &spans).await?;
    let found = Shifting { space, by, now, looking }.look(&chosen, &planned)?;
    let (mut dates, mut refunds) = (Vec::new(), Vec::new());
    for ((booking, one), found) in chosen.into_iter().zip(planned).zip(found) {
        let state = found.quoted(services, booking, space).await?;
        if let ShiftState::Free(quote) = &state {
            refunds.extend(quote.refunds.iter().copied());
        }
        dates.push(ShiftDate { booking: booking.clone(), date: one.date, state });
    }
    Ok(ShiftOutline { dates, refunds: Money::by_currency(refunds) })
}

/// The chosen ones that are booked and haven't begun, the earliest first.
fn movable<'a>(series: &'a Series, which: &Which, now: DateTime<Utc>) -> Vec<&'a Booking> {
    let booked = series.in_state(BookingState::Confirmed, now);
    booked.filter(|booking| which.includes(booking) && booking.starts_at() > now).collect()
}

impl By {
    /// The span of a date, where it need be looked at.
    fn reads(self, series: &Series, space: &Space, one: &Occurrence, now: DateTime<Utc>) -> Option<Span> {
        match (self, &one.what) {
            (Self::Booker, _) => allowed(space, series.price_group, one, now).ok(),
            (Self::Town, Planned::At(span)) => Some(*span),
            (Self::Town, _) => None,
        }
    }
}

/// What is looked at for each date.
struct Shifting<'a> {
    space: &'a Arc<Space>,
    by: By,
    now: DateTime<Utc>,
    looking: Looking<'a>,
}

/// What is found for a date, before it is said what becomes of its money.
enum Found {
    Priced(Span, Quote),
    SamePrice(Span),
    Known(ShiftState),
}

impl Shifting<'_> {
    /// Each date after those before it have been moved: each makes room for the next.
    fn look(mut self, chosen: &[&Booking], planned: &[Occurrence]) -> Result<Vec<Found>, QuoteError> {
        chosen.iter().zip(planned).map(|(booking, one)| self.date(booking, one)).collect()
    }

    fn date(&mut self, booking: &Booking, one: &Occurrence) -> Result<Found, QuoteError> {
        if booking.space.id == self.space.id && one.what == Planned::At(booking.span) {
            return Ok(Found::Known(ShiftState::There));
        }
        let in_time = booking.check_move(self.now);
        if let (By::Booker, Err(late)) = (self.by, in_time) {
            return Ok(Found::Known(ShiftState::TooLate(late)));
        }
        self.looking.stretch.mark(&booking.space, booking.occupied(), false);
        let found = match self.by {
            By::Booker => match self.looking.state(one)? {
                DateState::Free { span, price, .. } => Found::Priced(span, *price),
                barred => Found::Known(ShiftState::Barred(barred)),
            },
            By::Town => match self.looking.room(one) {
                Ok(span) => Found::SamePrice(span),
                Err(barred) => Found::Known(ShiftState::Barred(*barred)),
            },
        };
        match found.moves(booking) {
            Some(span) => self.looking.stretch.mark(self.space, self.space.rules.buffer.around(span), true),
            None => self.looking.stretch.mark(&booking.space, booking.occupied(), true),
        }
        Ok(found)
    }
}

impl Found {
    /// Where the booking goes, if it can and costs no more there.
    fn moves(&self, booking: &Booking) -> Option<Span> {
        match self {
            Self::Priced(span, price) => (price.total.minor <= booking.total.minor).then_some(*span),
            Self::SamePrice(span) => Some(*span),
            Self::Known(_) => None,
        }
    }

    async fn quoted(
        self,
        services: &Services,
        booking: &Booking,
        space: &Arc<Space>,
    ) -> Result<ShiftState, DbError> {
        let moves = self.moves(booking).is_some();
        let quote = match self {
            Self::Priced(span, price) => booking::quoted(services, booking, space, span, price).await?,
            Self::SamePrice(span) => {
                let lines = booking::lines(&services.db, booking).await?;
                booking::same_price(booking, space, span, &lines)?
            }
            Self::Known(state) => return Ok(state),
        };
        Ok(if moves { ShiftState::Free(Box::new(quote)) } else { ShiftState::Dearer(Box::new(quote)) })
    }
}
