//! What a booking would cost under a list, beside what it costs now.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{
    money::{AfterUse, Dated, Quote, SpaceTariffs, TariffDay},
    space::SpaceRules,
    time::Span,
};

use super::{List, Place, find};
use crate::{
    Services,
    booking::{PriceFor, Prices, QuoteError},
    catalogue::Space,
    db::DbError,
    staff::{LookError, Staff},
};

/// A booking as it might be; rules of opening and length don't bind it.
#[derive(Debug, Clone)]
pub struct PreviewAsked {
    space: Arc<Space>,
    span: Span,
    /// Booked, where nothing is said, on the list's first day, or today if that has been.
    price: PriceFor,
}

impl PreviewAsked {
    /// `None` where it isn't as long as a booking may be.
    #[must_use]
    pub fn new(space: Arc<Space>, start: DateTime<Utc>, end: DateTime<Utc>, price: PriceFor) -> Option<Self> {
        let span = Span::between(start, end).filter(|span| span.minutes() <= SpaceRules::MINUTES_MAX)?;
        Some(Self { space, span, price })
    }
}

/// The price by the lists that are published, and with this one. `None`: it has none, and can't be booked.
#[derive(Debug, Clone)]
pub struct Preview {
    pub now: Option<Previewed>,
    pub then: Option<Previewed>,
    /// Of the list that it was tried with.
    pub version: String,
}

/// A price, and what may be charged after the use.
#[derive(Debug, Clone)]
pub struct Previewed {
    pub quote: Quote,
    pub after_use: Vec<AfterUse>,
}

/// Prices a booking under a list, published or not.
///
/// # Errors
/// [`LookError`]; [`LookError::Unknown`] also where the list isn't for the space.
pub async fn preview(
    services: &Services,
    staff: &Staff,
    id: Uuid,
    asked: &PreviewAsked,
) -> Result<Preview, LookError> {
    let list = find(services, staff, id).await?;
    let tariffs = with(&list, &asked.space).ok_or(LookError::Unknown)?;
    let today = services.clock.now().with_timezone(&asked.space.zone()).date_naive();
    let booked = asked.price.booked.unwrap_or_else(|| today.max(list.from));
    let price = PriceFor { booked: Some(booked), ..asked.price.clone() };
    Ok(Preview {
        now: quoted(services, asked, &asked.space.tariffs, &price).await?,
        then: quoted(services, asked, &tariffs, &price).await?,
        version: list.version,
    })
}

/// The space's lists with this one among them; `None` where it is another's.
fn with(list: &List, space: &Space) -> Option<SpaceTariffs> {
    let SpaceTariffs { own, facility } = &space.tariffs;
    let more = Dated { from: list.from, tariff: list.tariff.clone() };
    match &list.place {
        Place::Facility(of) if of.id == space.facility.id => {
            Some(SpaceTariffs { own: Arc::clone(own), facility: Arc::new(facility.with(more)) })
        }
        Place::Space(of) if of.id == space.id => {
            Some(SpaceTariffs { own: Arc::new(own.with(more)), facility: Arc::clone(facility) })
        }
        Place::Facility(_) | Place::Space(_) => None,
    }
}

async fn quoted(
    services: &Services,
    asked: &PreviewAsked,
    tariffs: &SpaceTariffs,
    price: &PriceFor,
) -> Result<Option<Previewed>, DbError> {
    let prices = match Prices::by(services, &asked.space, tariffs, price).await {
        Ok(prices) => prices,
        Err(QuoteError::Db(error)) => return Err(error),
        Err(QuoteError::NoVat | QuoteError::NoPrice(_)) => return Ok(None),
    };
    let Ok(quote) = prices.quote(asked.span) else { return Ok(None) };
    let used = asked.span.start().start().with_timezone(&asked.space.zone()).date_naive();
    let listed = tariffs.on(TariffDay { booked: price.booked.unwrap_or(used), used });
    let after_use = listed.map(|list| list.tariff.after_use.clone()).unwrap_or_default();
    Ok(Some(Previewed { quote, after_use }))
}
