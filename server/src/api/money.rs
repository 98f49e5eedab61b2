//! Money, rates and prices on the wire.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vayla_domain::money;
use vayla_locales::words;

use super::{instant::Instant, problem::Problem};

/// ISO 4217.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, pattern = "^[A-Z]{3}$", example = "EUR")]
pub struct Currency(pub money::Currency);

/// An amount with exactly two decimals, as text: no reader rounds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Money {
    #[schema(pattern = "^-?[0-9]+\\.[0-9]{2}$", example = "20.00")]
    pub amount: String,
    pub currency: Currency,
}

/// An amount that a caller names.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoneyAsked {
    #[schema(pattern = "^[0-9]{1,12}(\\.[0-9]{1,2})?$", example = "20.00")]
    amount: String,
    #[schema(value_type = Currency)]
    currency: String,
}

impl MoneyAsked {
    /// The amount in the body's field of that name.
    pub fn read(&self, field: &'static str) -> Result<money::Money, Problem> {
        let currency = self.currency.parse();
        let read = currency.and_then(|currency| money::Money::parse(&self.amount, currency));
        read.map_err(|_| {
            Problem::refused("invalid", field, move |language| words(language).problem_money(field))
        })
    }
}

impl From<money::Money> for Money {
    fn from(money: money::Money) -> Self {
        Self { amount: money.wire(), currency: Currency(money.currency) }
    }
}

/// What one unit of `base` costs in `quote`.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Rate {
    pub base: Currency,
    pub quote: Currency,
    #[schema(pattern = "^[0-9]+(\\.[0-9]+)?$", example = "10.978")]
    pub value: String,
    /// The day of the fixing.
    pub date: NaiveDate,
    #[schema(example = "ECB")]
    pub source: String,
}

impl From<&money::Rate> for Rate {
    fn from(rate: &money::Rate) -> Self {
        Self {
            base: Currency(rate.base),
            quote: Currency(rate.quote),
            value: rate.value.to_string(),
            date: rate.date,
            source: rate.source.clone(),
        }
    }
}

/// Consecutive quarters at one price, with the tax inside it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Line {
    pub start: Instant,
    pub end: Instant,
    /// The price of an hour.
    pub hour: Money,
    pub net: Money,
    /// A percentage, or `exempt`.
    #[schema(pattern = "^(exempt|[0-9]+(\\.[0-9]+)?)$", example = "13.5")]
    pub vat_rate: String,
    pub vat: Money,
    pub gross: Money,
}

impl Line {
    pub fn new(line: &money::QuoteLine, zone: Tz) -> Self {
        Self {
            start: Instant::new(line.span.start().start(), zone),
            end: Instant::new(line.span.end().start(), zone),
            hour: line.hour.into(),
            net: line.net.into(),
            vat_rate: line.vat_rate.to_string(),
            vat: line.vat.into(),
            gross: line.gross.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_two_decimals() {
        let check = |minor, expected: &str| {
            assert_eq!(Money::from(money::Money::new(minor, money::EURO)).amount, expected);
        };
        check(2000, "20.00");
        check(5, "0.05");
        check(-150, "-1.50");
        check(0, "0.00");
    }

    #[test]
    fn a_currency_is_three_capitals() {
        let read = |text: &str| serde_json::from_str::<Currency>(text).is_ok();
        assert!(read("\"SEK\""));
        assert!(!read("\"sek\""));
        assert!(!read("\"SEKK\""));
    }
}
