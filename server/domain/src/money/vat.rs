//! Value added tax: dated rates by country, class of premises, seller and use.

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
    /// The same before others: asked for only where cancelling one is another thing than a practice.
    Match,
    /// Teaching sold at the general rate on hired premises (KHO 21.2.2019 T 682).
    Teaching,
    /// Anything else: a meeting, a party, a fair.
    Event,
}

impl Use {
    pub const ALL: [Self; 4] = [Self::Sport, Self::Match, Self::Teaching, Self::Event];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sport => "sport",
            Self::Match => "match",
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

/// What kind of premises they are to the tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VatClass {
    /// Fitted for sport.
    Sports,
    Culture,
    Harbour,
    General,
}

/// Who sells: some services are exempt when a municipality does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seller {
    Municipality,
    Other,
}

/// Which day's rate counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxPoint {
    /// Paid in advance: the day on which the money is received.
    Payment,
    /// Invoiced: the day on which the premises are used.
    Use,
}

/// The text is none of the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown word")]
pub struct UnknownVatWord;

/// Codes of a fixed list of words, and back.
macro_rules! words {
    ($name:ident { $($variant:ident = $code:literal),+ }) => {
        impl $name {
            pub const ALL: [Self; [$($code),+].len()] = [$(Self::$variant),+];

            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }

        impl FromStr for $name {
            type Err = UnknownVatWord;

            fn from_str(code: &str) -> Result<Self, UnknownVatWord> {
                Self::ALL.into_iter().find(|word| word.code() == code).ok_or(UnknownVatWord)
            }
        }
    };
}

words!(VatClass { Sports = "sports", Culture = "culture", Harbour = "harbour", General = "general" });
words!(Seller { Municipality = "municipality", Other = "other" });
words!(TaxPoint { Payment = "payment", Use = "use" });

/// What is sold, as the tax sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Supply<'a> {
    /// ISO code of the facility's country: it decides, whoever books and whatever they pay with.
    pub country: &'a str,
    pub class: VatClass,
    pub seller: Seller,
    pub use_of: Use,
}

/// From a date on, a supply carries a rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VatRule {
    pub country: String,
    pub class: VatClass,
    pub seller: Seller,
    pub use_of: Use,
    pub from: NaiveDate,
    pub rate: VatRate,
}

impl VatRule {
    #[must_use]
    pub fn supply(&self) -> Supply<'_> {
        Supply { country: &self.country, class: self.class, seller: self.seller, use_of: self.use_of }
    }
}

/// A rate with why it is that one: kept with each line of a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tax {
    pub rate: VatRate,
    /// Since when the rate has been in force.
    pub since: NaiveDate,
    pub point: TaxPoint,
    /// The day that the tax point was taken to be.
    pub on: NaiveDate,
}

/// All dated rules.
#[derive(Debug, Clone, Default)]
pub struct VatTable(pub Vec<VatRule>);

impl VatTable {
    /// The rule in force on a day; `None` where no rule covers it. A match is sport, where nothing is said of it.
    #[must_use]
    pub fn rule(&self, supply: Supply<'_>, on: NaiveDate) -> Option<&VatRule> {
        let of = |supply| self.0.iter().filter(move |rule| rule.supply() == supply && rule.from <= on);
        let latest = |supply| of(supply).max_by_key(|rule| rule.from);
        let as_sport = || latest(Supply { use_of: Use::Sport, ..supply });
        latest(supply).or_else(|| as_sport().filter(|_| supply.use_of == Use::Match))
    }

    /// The tax in force at a tax point of the given kind on a day.
    #[must_use]
    pub fn tax(&self, supply: Supply<'_>, point: TaxPoint, on: NaiveDate) -> Option<Tax> {
        self.rule(supply, on).map(|rule| Tax { rate: rule.rate, since: rule.from, point, on })
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
        let rule = |class, from: &str, rate: &str| VatRule {
            country: "FI".to_owned(),
            class,
            seller: Seller::Municipality,
            use_of: Use::Sport,
            from: from.parse().expect("a date"),
            rate: rate.parse().expect("a rate"),
        };
        let table = VatTable(vec![
            rule(VatClass::Sports, "2026-01-01", "13.5"),
            rule(VatClass::Sports, "2025-01-01", "14"),
            rule(VatClass::Sports, "2013-01-01", "10"),
            rule(VatClass::General, "2024-09-01", "25.5"),
        ]);
        let check = |class, on: &str, expected: Option<(&str, &str)>| {
            let supply = Supply { country: "FI", class, seller: Seller::Municipality, use_of: Use::Sport };
            let found = table.tax(supply, TaxPoint::Payment, on.parse().expect("a date"));
            let found = found.map(|tax| (tax.rate.to_string(), tax.since.to_string()));
            assert_eq!(found, expected.map(|(rate, since)| (rate.to_owned(), since.to_owned())), "{on}");
        };
        check(VatClass::Sports, "2012-12-31", None);
        check(VatClass::Sports, "2024-12-31", Some(("10", "2013-01-01")));
        check(VatClass::Sports, "2025-12-31", Some(("14", "2025-01-01")));
        check(VatClass::Sports, "2026-01-01", Some(("13.5", "2026-01-01")));
        check(VatClass::General, "2026-01-01", Some(("25.5", "2024-09-01")));
        check(VatClass::Harbour, "2026-01-01", None);
    }

    #[test]
    fn a_match_is_sport_where_nothing_else_is_said() {
        let rule = |use_of, from: &str, rate: &str| VatRule {
            country: "FI".to_owned(),
            class: VatClass::Sports,
            seller: Seller::Municipality,
            use_of,
            from: from.parse().expect("a date"),
            rate: rate.parse().expect("a rate"),
        };
        let table =
            VatTable(vec![rule(Use::Sport, "2013-01-01", "10"), rule(Use::Match, "2026-01-01", "13.5")]);
        let check = |use_of, on: &str, expected: Option<&str>| {
            let supply =
                Supply { country: "FI", class: VatClass::Sports, seller: Seller::Municipality, use_of };
            let found = table.rule(supply, on.parse().expect("a date")).map(|rule| rule.rate.to_string());
            assert_eq!(found.as_deref(), expected, "{use_of:?} {on}");
        };
        check(Use::Match, "2025-12-31", Some("10"));
        check(Use::Match, "2026-01-01", Some("13.5"));
        check(Use::Event, "2026-01-01", None);
    }

    #[test]
    fn words_are_read_back_from_their_codes() {
        assert!(VatClass::ALL.into_iter().all(|word| word.code().parse() == Ok(word)));
        assert!(Seller::ALL.into_iter().all(|word| word.code().parse() == Ok(word)));
        assert!(TaxPoint::ALL.into_iter().all(|word| word.code().parse() == Ok(word)));
        assert_eq!("sport".parse::<VatClass>(), Err(UnknownVatWord));
    }

    proptest! {
        #[test]
        fn reading_a_rate_never_panics(text: String) {
            let _ = text.parse::<VatRate>();
        }
    }
}
