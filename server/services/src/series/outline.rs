//! What a series would be: every date with its state, before anything is booked.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use vayla_domain::{
    money::{Beside, Buyer, Home, Money, PriceGroup, Quote, Use},
    series::{Occurrence, Planned, SeriesPlan, SkipReason},
    space::{Closed, Refusal},
    time::Span,
};

use super::breaks;
use crate::{
    Services,
    booking::{PriceFor, Prices, QuoteError, fingerprint},
    catalogue::Space,
    db::DbError,
    occupancy::{Hit, Stretch},
};

/// A series as somebody wishes for it.
#[derive(Debug, Clone)]
pub struct SeriesWish {
    pub space: Arc<Space>,
    pub plan: SeriesPlan,
    pub price_group: PriceGroup,
    /// Where the booker lives, as they say.
    pub home: Option<Home>,
    pub use_of: Use,
}

impl SeriesWish {
    fn price_for(&self) -> PriceFor {
        PriceFor::new(Buyer { group: self.price_group, home: self.home.clone() }, self.use_of)
    }
}

/// A series laid out over what is open and taken.
#[derive(Debug, Clone)]
pub struct Outline {
    /// In order, also those that can't be had.
    pub dates: Vec<OutlineDate>,
    /// Of all that is free, in the facility's currency.
    pub total: Money,
    /// The same in the neighbour's: the sum of what each date costs there. `None` where one has no price there.
    pub other: Option<Beside>,
}

/// One date of it.
#[derive(Debug, Clone)]
pub struct OutlineDate {
    pub date: NaiveDate,
    pub state: DateState,
}

/// Whether the time can be had on a date, and why not.
#[derive(Debug, Clone)]
pub enum DateState {
    Free {
        span: Span,
        price: Box<Quote>,
        /// Names the price, as quotes do.
        quote: String,
    },
    /// By somebody else; the nearest free times of the day.
    Taken { span: Span, alternatives: Vec<Hit> },
    /// Closed, too far ahead, past, or whatever else the rules say.
    Refused { span: Span, refusal: Refusal },
    /// The price list says nothing about it.
    Unpriced { span: Span },
    /// The clock is set forward over it.
    Missing,
    /// The clock is set back over it: which of the two hasn't been said.
    Twice(Span, Span),
    /// The series leaves it out.
    Skipped(SkipReason),
}

impl Outline {
    /// The dates that can be booked.
    pub fn free(&self) -> impl Iterator<Item = (NaiveDate, Span, &Quote, &str)> {
        self.dates.iter().filter_map(|date| match &date.state {
            DateState::Free { span, price, quote } => Some((date.date, *span, &**price, quote.as_str())),
            _ => None,
        })
    }
}

/// Lays a series out, priced as so many dates as are free. What is taken is read once for the whole stretch.
///
/// # Errors
/// [`QuoteError`] when nothing of it can be priced.
pub async fn outline(services: &Services, wish: &SeriesWish) -> Result<Outline, QuoteError> {
    outline_as(services, wish, None).await
}

/// The same, priced as another number of dates: as many as are asked for.
pub(super) async fn outline_as(
    services: &Services,
    wish: &SeriesWish,
    together: Option<u32>,
) -> Result<Outline, QuoteError> {
    let (now, space) = (services.clock.now(), &wish.space);
    let town = &space.facility.municipality;
    let breaks = breaks(&services.db, &town.code).await?;
    let planned = wish.plan.dates(&town.country, town.zone, &breaks);
    let group = wish.price_group;
    let open: Vec<Span> = planned.iter().filter_map(|one| allowed(space, group, one, now).ok()).collect();
    let mut looking = Looking::read(services, space, wish.price_for(), &open).await?;
    let mut dates = planned
        .into_iter()
        .map(|one| Ok(OutlineDate { date: one.date, state: looking.state(&one)? }))
        .collect::<Result<Vec<_>, QuoteError>>()?;
    looking.price_together(&mut dates, together)?;
    summed(dates, Money::new(0, town.currency)).map_err(QuoteError::Db)
}

/// The date's time, where the rules of the space let it be booked. Beyond them nothing need be read: the
/// dates may reach over a hundred years.
pub(super) fn allowed(
    space: &Space,
    group: PriceGroup,
    one: &Occurrence,
    now: DateTime<Utc>,
) -> Result<Span, Option<Refusal>> {
    let Planned::At(span) = one.what else { return Err(None) };
    space.rules.check(span.start().start(), span.end().start(), group, now).map_err(Some)
}

/// What is looked at for each date.
pub(super) struct Looking<'a> {
    space: &'a Arc<Space>,
    group: PriceGroup,
    now: DateTime<Utc>,
    pub stretch: Stretch,
    prices: Prices<'a>,
}

impl<'a> Looking<'a> {
    /// Reads what is taken and closed on the days of the spans, and what times cost.
    pub async fn read(
        services: &Services,
        space: &'a Arc<Space>,
        asked: PriceFor,
        spans: &[Span],
    ) -> Result<Self, QuoteError> {
        let now = services.clock.now();
        let (group, prices) = (asked.buyer.group, Prices::read(services, space, &asked).await?);
        let stretch = Stretch::read(services, &space.facility, spans, now).await?;
        Ok(Self { space, group, now, stretch, prices })
    }

    pub fn state(&mut self, one: &Occurrence) -> Result<DateState, QuoteError> {
        let allowed = allowed(self.space, self.group, one, self.now);
        Ok(match (&one.what, allowed) {
            (Planned::At(_), Ok(span)) => self.open(span)?,
            (Planned::At(span), Err(Some(refusal))) => DateState::Refused { span: *span, refusal },
            (what, _) => unseen(what),
        })
    }

    fn open(&mut self, span: Span) -> Result<DateState, QuoteError> {
        match self.stretch.is_free(self.space, span, self.group) {
            Ok(true) => self.priced(span),
            Ok(false) => Ok(self.taken(span)),
            Err(refusal) => Ok(DateState::Refused { span, refusal }),
        }
    }

    /// Closed, and why, or taken, and what else is free.
    fn taken(&mut self, span: Span) -> DateState {
        if let Some(closure) = self.stretch.closure(self.space, span) {
            let refusal = Refusal::Closed(Closed::Reason(closure.reason.clone()));
            return DateState::Refused { span, refusal };
        }
        DateState::Taken { span, alternatives: self.stretch.nearest(self.space, span, self.group) }
    }

    /// What is free costs what it does as one of so many dates; of all that are free, where nothing is said.
    fn price_together(&mut self, dates: &mut [OutlineDate], together: Option<u32>) -> Result<(), QuoteError> {
        let is_free = |date: &&mut OutlineDate| matches!(date.state, DateState::Free { .. });
        let free = dates.iter_mut().filter(is_free).count();
        self.prices.as_one_of(together.unwrap_or(u32::try_from(free).unwrap_or(u32::MAX)));
        for date in dates.iter_mut().filter(is_free) {
            if let DateState::Free { span, .. } = date.state {
                date.state = self.priced(span)?;
            }
        }
        Ok(())
    }

    fn priced(&self, span: Span) -> Result<DateState, QuoteError> {
        match self.prices.quote(span) {
            Ok(price) => {
                let quote = fingerprint(self.space, &price);
                Ok(DateState::Free { span, price: Box::new(price), quote })
            }
            Err(QuoteError::NoPrice(_)) => Ok(DateState::Unpriced { span }),
            Err(error) => Err(error),
        }
    }

    /// Whether the town, whom rules and prices don't bind, can put a booking there; why not, otherwise.
    pub fn room(&mut self, one: &Occurrence) -> Result<Span, Box<DateState>> {
        match &one.what {
            Planned::At(span) if span.start().start() < self.now => {
                Err(Box::new(DateState::Refused { span: *span, refusal: Refusal::InThePast }))
            }
            Planned::At(span) => match self.stretch.is_free(self.space, *span, self.group) {
                Ok(false) => Err(Box::new(self.taken(*span))),
                Ok(true) | Err(_) => Ok(*span), // a gap beside it is the town's own
            },
            what => Err(Box::new(unseen(what))),
        }
    }
}

/// Of a date whose wall doesn't show the time once.
fn unseen(what: &Planned) -> DateState {
    match what {
        Planned::Twice(first, second) => DateState::Twice(*first, *second),
        Planned::Skipped(reason) => DateState::Skipped(reason.clone()),
        Planned::At(_) | Planned::Missing => DateState::Missing,
    }
}

fn summed(dates: Vec<OutlineDate>, nothing: Money) -> Result<Outline, DbError> {
    let mut outline = Outline { dates, total: nothing, other: None };
    let prices: Vec<&Quote> = outline.free().map(|(_, _, price, _)| price).collect();
    let total =
        Money::sum(nothing.currency, prices.iter().map(|price| price.total)).map_err(DbError::corrupt)?;
    let others: Option<Vec<&Beside>> = prices.iter().map(|price| price.other.as_ref().ok()).collect();
    let other = match others.as_deref() {
        Some([(first, _), rest @ ..]) => {
            let all = [*first].into_iter().chain(rest.iter().map(|(money, _)| *money));
            // Some dates may be fixed in both, and others made by the rate.
            let rate = prices.iter().find_map(|price| price.rate()).cloned();
            Some((Money::sum(first.currency, all).map_err(DbError::corrupt)?, rate))
        }
        _ => None,
    };
    (outline.total, outline.other) = (total, other);
    Ok(outline)
}
