//! Amounts of one currency.

use std::{fmt, str::FromStr};

use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use serde::{Deserialize, Serialize};

/// An ISO 4217 code of a currency with two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// The currency of a literal code.
    ///
    /// # Panics
    /// When it isn't three capital letters: as a constant, when it is compiled.
    #[must_use]
    pub const fn from_code(code: &[u8; 3]) -> Self {
        let [one, two, three] = code;
        assert!(one.is_ascii_uppercase() && two.is_ascii_uppercase() && three.is_ascii_uppercase());
        Self(*code)
    }

    /// # Panics
    /// Never: a currency is made of ASCII letters only.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("made of ASCII letters only")
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl TryFrom<String> for Currency {
    type Error = ParseMoneyError;

    fn try_from(code: String) -> Result<Self, ParseMoneyError> {
        code.parse()
    }
}

impl FromStr for Currency {
    type Err = ParseMoneyError;

    fn from_str(code: &str) -> Result<Self, ParseMoneyError> {
        match <[u8; 3]>::try_from(code.as_bytes()) {
            Ok(letters) if letters.iter().all(u8::is_ascii_uppercase) => Ok(Self(letters)),
            _ => Err(ParseMoneyError),
        }
    }
}

/// An amount in minor units (öre, cents) of one currency.
///
/// There is no `+` between two of these: adding is only done where both are known to be of one
/// currency, through [`Money::sum`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

/// Not a currency code, or not an amount with at most two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an amount of money")]
pub struct ParseMoneyError;

impl Money {
    /// Twelve digits before the point: whatever is read stays far within what sums of it can hold.
    pub const MINOR_MAX: i64 = 99_999_999_999_999;

    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// The amount as a decimal number of whole units.
    #[must_use]
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.minor, 2)
    }

    /// Exactly two decimals and a point, as on the wire: `20.00`.
    #[must_use]
    pub fn wire(self) -> String {
        self.decimal().to_string()
    }

    /// Reads `20`, `20.5` or `20.00`.
    ///
    /// # Errors
    /// On anything else, also on more decimals than the currency has, and beyond [`Self::MINOR_MAX`].
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, ParseMoneyError> {
        let plain = amount.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
        let decimal: Decimal = amount.parse().ok().filter(|_| plain).ok_or(ParseMoneyError)?;
        let minor = decimal.checked_mul(Decimal::ONE_HUNDRED).ok_or(ParseMoneyError)?;
        if minor.fract() != Decimal::ZERO {
            return Err(ParseMoneyError);
        }
        let minor = minor.to_i64().filter(|minor| minor.unsigned_abs() <= Self::MINOR_MAX.unsigned_abs());
        Ok(Self { minor: minor.ok_or(ParseMoneyError)?, currency })
    }

    /// The sum of amounts of one currency.
    ///
    /// # Errors
    /// When one is of another currency, or the sum is out of range.
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Self>) -> Result<Self, ParseMoneyError> {
        amounts.into_iter().try_fold(Self::new(0, currency), |sum, amount| {
            if amount.currency != currency {
                return Err(ParseMoneyError);
            }
            let minor = sum.minor.checked_add(amount.minor).ok_or(ParseMoneyError)?;
            Ok(Self { minor, currency })
        })
    }

    /// `percent` of the amount, half-up.
    #[must_use]
    pub fn percent(self, percent: i64) -> Self {
        self.portion(percent, 100)
    }

    /// As much of the amount as `part` is of `whole`, half-up; all of it where the whole is nothing.
    #[must_use]
    pub fn portion(self, part: i64, whole: i64) -> Self {
        let of_it = Decimal::from(self.minor) * Decimal::from(part);
        Self { minor: of_it.checked_div(Decimal::from(whole)).map_or(self.minor, half_up), ..self }
    }

    /// What isn't free costs at least the smallest coin, in whichever currency it is paid.
    #[must_use]
    pub const fn at_least_a_coin(self, price: Self) -> Self {
        if price.minor > 0 && self.minor == 0 { Self { minor: 1, ..self } } else { self }
    }

    /// The sums of the amounts, one for each currency in the order they come in; none of nothing.
    #[must_use]
    pub fn by_currency(amounts: impl IntoIterator<Item = Self>) -> Vec<Self> {
        let mut sums: Vec<Self> = Vec::new();
        for amount in amounts.into_iter().filter(|amount| amount.minor != 0) {
            match sums.iter_mut().find(|sum| sum.currency == amount.currency) {
                Some(sum) => sum.minor += amount.minor,
                None => sums.push(amount),
            }
        }
        sums
    }
}

/// The one place where a fraction of a minor unit is rounded: half goes away from zero.
#[must_use]
pub fn half_up(minor: Decimal) -> i64 {
    minor.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64().unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EUR: Currency = Currency::from_code(b"EUR");

    #[test]
    fn amounts_are_read_strictly() {
        let check = |text: &str, minor: Option<i64>| {
            assert_eq!(Money::parse(text, EUR).ok().map(|money| money.minor), minor, "{text:?}");
        };
        check("20.00", Some(2000));
        check("20", Some(2000));
        check("0.5", Some(50));
        check("20.001", None);
        check("", None);
        check("1e3", None);
        check("999999999999.99", Some(Money::MINOR_MAX));
        check("1000000000000.00", None);
        check("-1000000000000.00", None);
        check("99999999999999999999", None);
        assert!("eur".parse::<Currency>().is_err());
        assert!("EURO".parse::<Currency>().is_err());
    }

    #[test]
    fn a_sum_of_two_currencies_is_refused() {
        let kronor = Money::new(1, Currency::from_code(b"SEK"));
        assert_eq!(Money::sum(EUR, [Money::new(1, EUR), kronor]), Err(ParseMoneyError));
    }

    #[test]
    fn amounts_are_summed_by_their_currency() {
        let (kronor, euros) =
            (|minor| Money::new(minor, Currency::from_code(b"SEK")), |minor| Money::new(minor, EUR));
        let sums = Money::by_currency([kronor(5), euros(0), euros(1), kronor(7)]);
        assert_eq!(sums, [kronor(12), euros(1)]);
        assert_eq!(Money::by_currency([euros(0)]), []);
    }

    proptest! {
        #[test]
        fn the_wire_form_reads_back(minor in -1_000_000_000_000i64..1_000_000_000_000) {
            let money = Money::new(minor, EUR);
            prop_assert_eq!(Money::parse(&money.wire(), EUR), Ok(money));
        }

        #[test]
        fn reading_never_panics(text: String) {
            let _ = Money::parse(&text, EUR);
        }
    }
}
