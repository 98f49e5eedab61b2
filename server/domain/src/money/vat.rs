//! Value added tax: dated rates by country and use.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Money, half_up};

/// What the premises are used for: it can decide the VAT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// Sport and exercise.
    Sport,
    /// Teaching sold at the general rate on hired premises (KHO 21.2.2019 T 682).
    Teaching,
    /// Anything else: a meeting, a party, a fair.
    Event,
}

impl Use {
    pub const ALL: [Self; 3] = [Self::Sport, Self::Teaching, Self::Event];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sport => "sport",
            Self::Teaching => "teaching",
            Self::Event => "event",
        }
    }
}

/// The text names no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown use")]
pub struct UnknownUse;

impl FromStr for Use {
    type Err = UnknownUse;

    fn from_str(code: &str) -> Result<Self, UnknownUse> {
        Self::ALL.into_iter().find(|use_of| use_of.code() == code).ok_or(UnknownUse)
    }
}

/// A VAT treatment: a percentage, or none because the supply is exempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VatRate {
    Exempt,
    Percent(Decimal),
}

impl VatRate {
    /// The tax inside a gross amount: gross·r/(100+r), half-up.
    #[must_use]
    pub fn within(self, gross: Money) -> Money {
        match self {
            Self::Exempt => Money::new(0, gross.currency),
            Self::Percent(rate) => {
                let tax = Decimal::from(gross.minor) * rate / (Decimal::ONE_HUNDRED + rate);
                Money::new(half_up(tax), gross.currency)
            }
        }
    }
}

/// `exempt`, or the percentage: `13.5`. The form that is stored and sent.
impl fmt::Display for VatRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exempt => f.write_str("exempt"),
            Self::Percent(rate) => write!(f, "{}", rate.normalize()),
        }
    }
}

/// The text is neither `exempt` nor a percentage from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a VAT rate")]
pub struct NotAVatRate;

impl FromStr for VatRate {
    type Err = NotAVatRate;

    fn from_str(text: &str) -> Result<Self, NotAVatRate> {
        if text == "exempt" {
            return Ok(Self::Exempt);
        }
        match text.parse::<Decimal>() {
            Ok(rate) if (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&rate) => Ok(Self::Percent(rate)),
            _ => Err(NotAVatRate),
        }
    }
}

/// From a date on, a use of premises in a country carries a rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VatRule {
    pub country: String,
    pub use_of: Use,
    pub from: NaiveDate,
    pub rate: VatRate,
}

/// All dated rules.
#[derive(Debug, Clone, Default)]
pub struct VatTable(pub Vec<VatRule>);

impl VatTable {
    /// The rate in force at the tax point; `None` where no rule covers it.
    #[must_use]
    pub fn rate(&self, country: &str, use_of: Use, tax_point: NaiveDate) -> Option<VatRate> {
        self.0
            .iter()
            .filter(|rule| rule.country == country && rule.use_of == use_of && rule.from <= tax_point)
            .max_by_key(|rule| rule.from)
            .map(|rule| rule.rate)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::money::EURO;

    #[test]
    fn the_tax_inside_a_gross_amount_is_as_computed_independently() {
        let check = |gross, rate: &str, tax| {
            let rate: VatRate = rate.parse().expect("a rate");
            assert_eq!(rate.within(Money::new(gross, EURO)).minor, tax);
        };
        check(20_00, "13.5", 2_38);
        check(20_00, "25.5", 4_06);
        check(100_00, "6", 5_66);
        check(125_00, "13.5", 14_87);
        check(100_00, "exempt", 0);
    }

    #[test]
    fn the_latest_rule_on_or_before_the_tax_point_holds() {
        let rule = |from: &str, rate: &str| VatRule {
            country: "FI".to_owned(),
            use_of: Use::Sport,
            from: from.parse().expect("a date"),
            rate: rate.parse().expect("a rate"),
        };
        let table =
            VatTable(vec![rule("2026-01-01", "13.5"), rule("2025-01-01", "14"), rule("2013-01-01", "10")]);
        let check = |on: &str, rate: Option<&str>| {
            let found = table.rate("FI", Use::Sport, on.parse().expect("a date"));
            assert_eq!(found.map(|rate| rate.to_string()).as_deref(), rate, "{on}");
        };
        check("2012-12-31", None);
        check("2024-12-31", Some("10"));
        check("2025-12-31", Some("14"));
        check("2026-01-01", Some("13.5"));
    }

    proptest! {
        #[test]
        fn reading_a_rate_never_panics(text: String) {
            let _ = text.parse::<VatRate>();
        }
    }
}
