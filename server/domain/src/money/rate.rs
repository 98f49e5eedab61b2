//! Exchange rates: central bank fixings per euro, and the rate between two currencies.

use chrono::{Days, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};

use super::{Currency, Money, half_up};

pub const EURO: Currency = Currency::from_code(b"EUR");

/// One published figure: `per_euro` units of `currency` for one euro.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixing {
    pub currency: Currency,
    pub date: NaiveDate,
    pub per_euro: Decimal,
    pub source: String,
}

/// What one unit of `base` costs in `quote`, with where that comes from.
///
/// Where the euro is one of the two, it is the base, as the central bank writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    pub base: Currency,
    pub quote: Currency,
    pub value: Decimal,
    /// The day of the fixing; the older of the two where it is made of two fixings.
    pub date: NaiveDate,
    pub source: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RateError {
    #[error("no rate is known between the two currencies")]
    Unknown,
    #[error("the latest fixing is of {0}, which is too old")]
    TooOld(NaiveDate),
    #[error("the amount is too large to convert")]
    TooLarge,
}

impl Rate {
    /// The rate between two currencies from their fixings. The euro needs none.
    ///
    /// # Errors
    /// [`RateError::Unknown`] where a fixing is missing.
    pub fn between(one: Currency, other: Currency, fixings: &[Fixing]) -> Result<Self, RateError> {
        let (base, quote) = if other == EURO { (other, one) } else { (one, other) };
        let find = |currency| fixings.iter().find(|fixing| fixing.currency == currency);
        let quoted = find(quote).ok_or(RateError::Unknown)?;
        if base == EURO {
            let Fixing { date, per_euro, source, .. } = quoted.clone();
            return Ok(Self { base, quote, value: per_euro, date, source });
        }
        let based = find(base).ok_or(RateError::Unknown)?;
        let cross = quoted.per_euro.checked_div(based.per_euro).ok_or(RateError::Unknown)?;
        Ok(Self {
            base,
            quote,
            value: cross.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero),
            date: quoted.date.min(based.date),
            source: quoted.source.clone(),
        })
    }

    /// The amount in the other of the rate's two currencies, half-up.
    ///
    /// Only for a price that somebody will see and pay: an amount once converted is stored, and
    /// never converted back (100 SEK → EUR → SEK = 100.01 at 10.978).
    ///
    /// # Errors
    /// [`RateError::Unknown`] where the amount is in neither, [`RateError::TooLarge`] out of range.
    pub fn convert(&self, money: Money) -> Result<Money, RateError> {
        let minor = Decimal::from(money.minor);
        let (converted, currency) = match money.currency {
            from if from == self.base => (minor.checked_mul(self.value), self.quote),
            from if from == self.quote => (minor.checked_div(self.value), self.base),
            _ => return Err(RateError::Unknown),
        };
        Ok(Money::new(half_up(converted.ok_or(RateError::TooLarge)?), currency))
    }

    /// # Errors
    /// [`RateError::TooOld`] when the fixing is more than `days_max` days before `today`.
    pub fn not_older_than(self, days_max: u64, today: NaiveDate) -> Result<Self, RateError> {
        if self.date + Days::new(days_max) < today { Err(RateError::TooOld(self.date)) } else { Ok(self) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEK: Currency = Currency::from_code(b"SEK");
    const NOK: Currency = Currency::from_code(b"NOK");

    fn fixing(currency: Currency, per_euro: &str) -> Fixing {
        Fixing {
            currency,
            date: "2026-10-30".parse().expect("a date"),
            per_euro: per_euro.parse().expect("a rate"),
            source: "ECB".to_owned(),
        }
    }

    fn ecb() -> Rate {
        Rate::between(EURO, SEK, &[fixing(SEK, "10.978")]).expect("both are known")
    }

    #[test]
    fn amounts_convert_half_up_as_computed_independently() {
        let check = |minor, from, expected, to| {
            assert_eq!(ecb().convert(Money::new(minor, from)), Ok(Money::new(expected, to)));
        };
        check(120_00, SEK, 10_93, EURO);
        check(15_00, EURO, 164_67, SEK);
        check(20_00, EURO, 219_56, SEK);
        check(100_00, SEK, 9_11, EURO);
        check(9_11, EURO, 100_01, SEK); // why nothing is converted back
    }

    #[test]
    fn the_euro_is_the_base_whichever_way_one_asks() {
        let asked_back = Rate::between(SEK, EURO, &[fixing(SEK, "10.978")]);
        assert_eq!(asked_back, Ok(ecb()));
        let nordic = Rate::between(SEK, NOK, &[fixing(SEK, "10.978"), fixing(NOK, "10.312")]);
        assert_eq!(nordic.map(|rate| rate.value.to_string()), Ok("0.939333".to_owned()));
        assert_eq!(Rate::between(SEK, NOK, &[fixing(SEK, "10.978")]), Err(RateError::Unknown));
    }

    #[test]
    fn an_old_rate_stops_and_a_fresh_one_does_not() {
        let check = |today: &str| ecb().not_older_than(6, today.parse().expect("a date")).is_ok();
        assert!(check("2026-10-30"));
        assert!(check("2026-11-05"));
        assert!(!check("2026-11-06"));
    }
}
