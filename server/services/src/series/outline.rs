//! What a series would be: every date with its state, before anything is booked.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use vayla_domain::{
    money::{Money, PriceGroup, Quote, Rate, Use},
    series::{Occurrence, Planned, SeriesPlan, SkipReason},
    space::Refusal,
    time::Span,
};

use super::breaks;
use crate::{
    Services,
    booking::{Prices, QuoteError, fingerprint},
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
    pub use_of: Use,
}

/// A series laid out over what is open and taken.
#[derive(Debug, Clone)]
pub struct Outline {
    /// In order, also those that can't be had.
    pub dates: Vec<OutlineDate>,
    /// Of all that is free, in the facility's currency.
    pub total: Money,
    /// The same in the neighbour's: the sum of what each date costs there. `None` where no rate is in force.
    pub other: Option<(Money, Rate)>,
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
        price: Quote,
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
            DateState::Free { span, price, quote } => Some((date.date, *span, price, quote.as_str())),
            _ => None,
        })
    }
}

/// Lays a series out. What is taken is read once for the whole stretch.
///
/// # Errors
/// [`QuoteError`] when nothing of it can be priced.
pub async fn outline(services: &Services, wish: &SeriesWish) -> Result<Outline, QuoteError> {
    let (now, space) = (services.clock.now(), &wish.space);
    let town = &space.facility.municipality;
    let breaks = breaks(&services.db, &town.code).await?;
    let planned = wish.plan.dates(&town.country, town.zone, &breaks);
    // Beyond the rules nothing need be read: the dates may reach over a hundred years.
    let open: Vec<Span> = planned.iter().filter_map(|one| wish.allowed(one, now).ok()).collect();
    let prices = Prices::read(services, space, wish.use_of).await?;
    let stretch = Stretch::read(services, &space.facility, &open, now).await?;
    let mut looking = Looking { wish, now, stretch, prices };
    let dates = planned
        .into_iter()
        .map(|one| Ok(OutlineDate { date: one.date, state: looking.state(one)? }))
        .collect::<Result<Vec<_>, QuoteError>>()?;
    summed(dates, Money::new(0, town.currency)).map_err(QuoteError::Db)
}

impl SeriesWish {
    /// The date's time, where the rules let it be booked.
    fn allowed(&self, one: &Occurrence, now: DateTime<Utc>) -> Result<Span, Option<Refusal>> {
        let Planned::At(span) = one.what else { return Err(None) };
        let rules = &self.space.rules;
        rules.check(span.start().start(), span.end().start(), self.price_group, now).map_err(Some)
    }
}

/// What is looked at for each date.
struct Looking<'a> {
    wish: &'a SeriesWish,
    now: DateTime<Utc>,
    stretch: Stretch,
    prices: Prices<'a>,
}

impl Looking<'_> {
    fn state(&mut self, one: Occurrence) -> Result<DateState, QuoteError> {
        let allowed = self.wish.allowed(&one, self.now);
        Ok(match (one.what, allowed) {
            (Planned::At(_), Ok(span)) => self.open(span)?,
            (Planned::At(span), Err(Some(refusal))) => DateState::Refused { span, refusal },
            (Planned::Twice(first, second), _) => DateState::Twice(first, second),
            (Planned::Skipped(reason), _) => DateState::Skipped(reason),
            (Planned::At(_) | Planned::Missing, _) => DateState::Missing,
        })
    }

    fn open(&mut self, span: Span) -> Result<DateState, QuoteError> {
        let (space, group) = (&self.wish.space, self.wish.price_group);
        match self.stretch.is_free(space, span, group) {
            Ok(true) => self.priced(span),
            Ok(false) => {
                Ok(DateState::Taken { span, alternatives: self.stretch.nearest(space, span, group) })
            }
            Err(refusal) => Ok(DateState::Refused { span, refusal }),
        }
    }

    fn priced(&self, span: Span) -> Result<DateState, QuoteError> {
        match self.prices.quote(span, self.wish.price_group) {
            Ok(price) => {
                let quote = fingerprint(&self.wish.space, &price);
                Ok(DateState::Free { span, price, quote })
            }
            Err(QuoteError::NoPrice(_)) => Ok(DateState::Unpriced { span }),
            Err(error) => Err(error),
        }
    }
}

fn summed(dates: Vec<OutlineDate>, nothing: Money) -> Result<Outline, DbError> {
    let mut outline = Outline { dates, total: nothing, other: None };
    let prices: Vec<&Quote> = outline.free().map(|(_, _, price, _)| price).collect();
    let total =
        Money::sum(nothing.currency, prices.iter().map(|price| price.total)).map_err(DbError::corrupt)?;
    let others: Option<Vec<&(Money, Rate)>> = prices.iter().map(|price| price.other.as_ref().ok()).collect();
    let other = match others.as_deref() {
        Some([(first, rate), rest @ ..]) => {
            let all = [*first].into_iter().chain(rest.iter().map(|(money, _)| *money));
            Some((Money::sum(first.currency, all).map_err(DbError::corrupt)?, rate.clone()))
        }
        _ => None,
    };
    (outline.total, outline.other) = (total, other);
    Ok(outline)
}
