//! Money, rates and prices on the wire.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vayla_domain::{Language, money};
use vayla_locales::words;
use vayla_services::{catalogue::Catalogue, tariff::line_text};

use super::{instant::Instant, names::Names, problem::Problem};

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
        let currency = self.currency.parse().ok().filter(|_| is_plain(&self.amount));
        let read = currency.and_then(|currency| money::Money::parse(&self.amount, currency).ok());
        read.ok_or_else(|| {
            Problem::refused("invalid", field, move |language| words(language).problem_money(field))
        })
    }
}

/// As the description says: 1 to 12 digits, and one or two decimals where there are any.
fn is_plain(amount: &str) -> bool {
    let digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let (whole, decimals) = amount.split_once('.').unwrap_or((amount, "0"));
    digits(whole, 12) && digits(decimals, 2)
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

/// One line of a price, with the tax inside it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Line {
    pub start: Instant,
    pub end: Instant,
    /// What it is for: `price` of the list, off because of a `series`, up to the `minimum`, or `kept` from the
    /// time before a move.
    #[schema(pattern = "^(price|series|minimum|kept)$", example = "price")]
    pub code: &'static str,
    /// The same in words, with all that made it so.
    pub text: Names,
    /// What the price is for: `quarter`, `hour`, `occasion` or `day`; null where it is no price of the list.
    #[schema(pattern = "^(quarter|hour|occasion|day)$", example = "hour")]
    pub unit: Option<&'static str>,
    /// Of one unit, before `part_percent`.
    pub price: Option<Money>,
    /// Of what the list says, as the space is a part of what it is for; null where it is all.
    #[schema(example = 55)]
    pub part_percent: Option<u32>,
    pub net: Money,
    /// A percentage, or `exempt`.
    #[schema(pattern = "^(exempt|[0-9]+(\\.[0-9]+)?)$", example = "13.5")]
    pub vat_rate: String,
    /// Since when that rate has been in force; null on older lines, as the two after it.
    pub vat_since: Option<NaiveDate>,
    /// Whose day decides the rate: that of the `payment` in advance, or that of the `use`.
    #[schema(pattern = "^(payment|use)$", example = "payment")]
    pub vat_point: Option<&'static str>,
    /// That day.
    pub vat_date: Option<NaiveDate>,
    pub vat: Money,
    pub gross: Money,
}

impl Line {
    pub fn new(catalogue: &Catalogue, line: &money::QuoteLine, zone: Tz) -> Self {
        let text = |language| line_text(language, catalogue, line);
        let (unit, price, part_percent) = match &line.basis {
            money::Basis::Price { unit, price, part_percent, .. } => {
                (Some(unit.code()), Some((*price).into()), *part_percent)
            }
            money::Basis::Series { .. } | money::Basis::Minimum { .. } | money::Basis::Kept => {
                (None, None, None)
            }
        };
        Self {
            start: Instant::new(line.span.start().start(), zone),
            end: Instant::new(line.span.end().start(), zone),
            code: line.basis.code(),
            text: Names { sv: text(Language::Sv), fi: text(Language::Fi) },
            unit,
            price,
            part_percent,
            net: line.net.into(),
            vat_rate: line.vat_rate.to_string(),
            vat_since: line.tax.map(|tax| tax.since),
            vat_point: line.tax.map(|tax| tax.point.code()),
            vat_date: line.tax.map(|tax| tax.on),
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
    fn what_is_asked_for_is_plain() {
        let read = |amount: &str| {
            let asked = MoneyAsked { amount: amount.to_owned(), currency: "EUR".to_owned() };
            asked.read("amount").ok().map(|money| money.minor)
        };
        assert_eq!(read("20"), Some(20_00));
        assert_eq!(read("0.5"), Some(50));
        assert_eq!(read("999999999999.99"), Some(money::Money::MINOR_MAX));
        for wrong in
            ["", "-5.00", "20.", ".5", "20.005", "1000000000000", "0000000000001", "92233720368547758.07"]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_currency_is_three_capitals() {
        let read = |text: &str| serde_json::from_str::<Currency>(text).is_ok();
        assert!(read("\"SEK\""));
        assert!(!read("\"sek\""));
        assert!(!read("\"SEKK\""));
    }
}
