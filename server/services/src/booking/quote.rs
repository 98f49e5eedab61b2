//! What a time costs, in both currencies.

use sha2::{Digest, Sha256};
use vayla_domain::{
    money::{Money, NoPrice, PriceGroup, Quote, Rate, RateError, Use, VatRate},
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

/// Prices a span for a group and a use, at the rate in force now.
///
/// # Errors
/// [`QuoteError`] when the price list or the VAT table has a gap. A missing rate is no error: then
/// the quote has no amount in the other currency, and says why.
pub async fn quote(
    services: &Services,
    space: &Space,
    span: Span,
    group: PriceGroup,
    use_of: Use,
) -> Result<Quote, QuoteError> {
    Prices::read(services, space, use_of).await?.quote(span, group)
}

/// What decides a space's prices besides its price list: read once, for as many times as there are.
pub(crate) struct Prices<'a> {
    space: &'a Space,
    vat_rate: VatRate,
    rate: Result<Rate, RateError>,
}

impl<'a> Prices<'a> {
    /// VAT is that of the facility's country today: an advance payment takes the rate in force when
    /// the money comes, and that is at once.
    ///
    /// # Errors
    /// [`QuoteError`], but never `NoPrice`.
    pub async fn read(services: &Services, space: &'a Space, use_of: Use) -> Result<Self, QuoteError> {
        let (now, catalogue, town) =
            (services.clock.now(), services.catalogue(), &space.facility.municipality);
        let tax_point = now.with_timezone(&town.zone).date_naive();
        let vat_rate = catalogue.vat.rate(&town.country, use_of, tax_point).ok_or(QuoteError::NoVat)?;
        let rate = match catalogue.other_currency(town.currency) {
            Some(other) => rate::in_force(services, town.currency, other, now).await?,
            None => Err(RateError::Unknown),
        };
        Ok(Self { space, vat_rate, rate })
    }

    /// # Errors
    /// [`QuoteError::NoPrice`] when the price list has a gap.
    pub fn quote(&self, span: Span, group: PriceGroup) -> Result<Quote, QuoteError> {
        let town = &self.space.facility.municipality;
        let lines = self.space.tariff.lines(span, town.zone, group)?;
        let total =
            Money::sum(town.currency, lines.iter().map(|line| line.gross)).map_err(DbError::corrupt)?;
        Ok(Quote::new(lines, total, self.vat_rate, self.rate.clone()))
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
        hash.update(format!("{}{}@{}", other.minor, other.currency, rate.value));
    }
    hash.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}
