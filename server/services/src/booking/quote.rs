//! What a time costs, in both currencies.

use sha2::{Digest, Sha256};
use vayla_domain::{
    money::{Money, NoPrice, PriceGroup, Quote, RateError, Use},
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
/// VAT is that of the facility's country today: an advance payment takes the rate in force when
/// the money comes, and that is at once.
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
    let (now, catalogue, town) = (services.clock.now(), services.catalogue(), &space.facility.municipality);
    let lines = space.tariff.lines(span, town.zone, group)?;
    let tax_point = now.with_timezone(&town.zone).date_naive();
    let vat_rate = catalogue.vat.rate(&town.country, use_of, tax_point).ok_or(QuoteError::NoVat)?;
    let total = Money::sum(town.currency, lines.iter().map(|line| line.gross)).map_err(DbError::corrupt)?;
    let rate = match catalogue.other_currency(town.currency) {
        Some(other) => rate::in_force(services, town.currency, other, now).await?,
        None => Err(RateError::Unknown),
    };
    Ok(Quote::new(lines, total, vat_rate, rate))
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
