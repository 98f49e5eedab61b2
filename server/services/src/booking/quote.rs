//! What a time costs, in both currencies.

use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use vayla_domain::{
    money::{Buyer, NoPrice, Quote, Rate, RateError, SpaceTariffs, TariffDay, Tax, TaxPoint, Use},
    time::Span,
};

use crate::{Services, catalogue::Space, db::DbError, rate};

#[derive(Debug, thiserror::Error)]
pub enum QuoteError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    NoPrice(#[from] NoPrice),
    #[error("no VAT rule covers this use here")]
    NoVat,
}

/// For whom and for what a time is priced, and on what terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceFor {
    pub buyer: Buyer,
    pub use_of: Use,
    /// As one of how many dates it is booked; 1 where it is by itself.
    pub dates: u32,
    /// The day of booking, by the facility's calendar; `None`: today.
    pub booked: Option<NaiveDate>,
}

impl PriceFor {
    /// For a single time that is booked now.
    #[must_use]
    pub fn new(buyer: impl Into<Buyer>, use_of: Use) -> Self {
        Self { buyer: buyer.into(), use_of, dates: 1, booked: None }
    }
}

/// Prices a span, at the tax and the rate in force now.
///
/// # Errors
/// [`QuoteError`] when the price list or the VAT table has a gap. A missing rate is no error: then
/// the quote has no amount in the other currency, and says why.
pub async fn quote(
    services: &Services,
    space: &Space,
    span: Span,
    asked: &PriceFor,
) -> Result<Quote, QuoteError> {
    Prices::read(services, space, asked).await?.quote(span)
}

/// What decides a space's prices: read once, for as many times as there are.
pub(crate) struct Prices<'a> {
    space: &'a Space,
    tariffs: &'a SpaceTariffs,
    asked: PriceFor,
    booked: NaiveDate,
    tax: Tax,
    rate: Result<Rate, RateError>,
}

impl<'a> Prices<'a> {
    /// VAT is that of the facility's country today: an advance payment takes the rate in force when
    /// the money comes, and that is at once.
    ///
    /// # Errors
    /// [`QuoteError`], but never `NoPrice`.
    pub async fn read(services: &Services, space: &'a Space, asked: &PriceFor) -> Result<Self, QuoteError> {
        Self::by(services, space, &space.tariffs, asked).await
    }

    /// By other price lists than those that are published.
    ///
    /// # Errors
    /// [`QuoteError`], but never `NoPrice`.
    pub async fn by(
        services: &Services,
        space: &'a Space,
        tariffs: &'a SpaceTariffs,
        asked: &PriceFor,
    ) -> Result<Self, QuoteError> {
        let currency = space.facility.municipality.currency;
        let rate = match services.catalogue().other_currency(currency) {
            Some(other) => rate::in_force(services, currency, other, services.clock.now()).await?,
            None => Err(RateError::Unknown),
        };
        Self::at(services, space, tariffs, asked, rate)
    }

    /// At a rate that has been locked before.
    ///
    /// # Errors
    /// [`QuoteError::NoVat`].
    pub fn at(
        services: &Services,
        space: &'a Space,
        tariffs: &'a SpaceTariffs,
        asked: &PriceFor,
        rate: Result<Rate, RateError>,
    ) -> Result<Self, QuoteError> {
        let today = services.clock.now().with_timezone(&space.zone()).date_naive();
        let booked = asked.booked.unwrap_or(today);
        // A day of booking that is still to come is tried: then nothing is paid before it.
        let supply = space.supply(asked.use_of);
        let tax = services.catalogue().vat.tax(supply, TaxPoint::Payment, today.max(booked));
        let tax = tax.ok_or(QuoteError::NoVat)?;
        Ok(Self { space, tariffs, asked: asked.clone(), booked, tax, rate })
    }

    /// The same as one of another number of dates.
    pub fn as_one_of(&mut self, dates: u32) {
        self.asked.dates = dates;
    }

    /// # Errors
    /// [`QuoteError::NoPrice`] when the price list has a gap, or there is none.
    pub fn quote(&self, span: Span) -> Result<Quote, QuoteError> {
        let (place, start) = (self.space.priced_place(), span.start().start());
        let used = start.with_timezone(&place.zone).date_naive();
        let applied = self.tariffs.on(TariffDay { booked: self.booked, used }).ok_or(NoPrice(start))?;
        let priced = applied.price(place, span, &self.asked.buyer, self.asked.dates)?;
        let deposit = applied.tariff.deposit.clone();
        Ok(Quote { deposit, ..Quote::new(priced, self.tax, self.rate.clone()) })
    }
}

/// A name of the quote's content: two with the same name cost the same for the same.
#[must_use]
pub fn fingerprint(space: &Space, quote: &Quote) -> String {
    let mut hash = Sha256::new();
    hash.update(space.id);
    for line in &quote.lines {
        hash.update(format!(
            "{}-{}:{}:{};",
            line.span.start().0,
            line.span.end().0,
            line.gross.minor,
            line.vat_rate
        ));
    }
    if let Ok((other, rate)) = &quote.other {
        let rate = rate.as_ref().map(|rate| rate.value.to_string()).unwrap_or_default();
        hash.update(format!("{}{}@{rate}", other.minor, other.currency));
    }
    for money in quote.deposit.iter().flat_map(|deposit| deposit.amount.iter()) {
        hash.update(format!("+{}{}", money.minor, money.currency));
    }
    if let Some(deposit) = &quote.deposit {
        hash.update(format!("+{}d", deposit.days));
    }
    hash.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}
