//! A price in one currency, or fixed in two.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::money::{Currency, Money};

/// What something costs, written `{"EUR": "30.00"}`; where it is fixed in both currencies, without any rate,
/// `{"EUR": "30.00", "SEK": "300.00"}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<Currency, String>", into = "BTreeMap<Currency, String>")]
pub struct Amounts(Vec<Money>);

/// Not one or two amounts from nothing to a million, with at most two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not amounts of money like {{\"EUR\": \"30.00\"}}, from 0 to 1000000")]
pub struct NotAmounts;

impl Amounts {
    const MINOR_MAX: i64 = 100_000_000;

    /// # Errors
    /// [`NotAmounts`] unless there are one or two, of different currencies.
    pub fn new(amounts: Vec<Money>) -> Result<Self, NotAmounts> {
        let fits = |money: &Money| (0..=Self::MINOR_MAX).contains(&money.minor);
        let currencies = match &amounts[..] {
            [_] => true,
            [one, other] => one.currency != other.currency,
            _ => false,
        };
        if currencies && amounts.iter().all(fits) { Ok(Self(amounts)) } else { Err(NotAmounts) }
    }

    #[must_use]
    pub fn of(&self, currency: Currency) -> Option<Money> {
        self.0.iter().find(|money| money.currency == currency).copied()
    }

    /// What it is in the other currency, where it is fixed in one.
    #[must_use]
    pub fn beside(&self, currency: Currency) -> Option<Money> {
        self.0.iter().find(|money| money.currency != currency).copied()
    }

    pub fn iter(&self) -> impl Iterator<Item = Money> {
        self.0.iter().copied()
    }
}

impl TryFrom<BTreeMap<Currency, String>> for Amounts {
    type Error = NotAmounts;

    fn try_from(written: BTreeMap<Currency, String>) -> Result<Self, NotAmounts> {
        let amounts = written.into_iter().map(|(currency, amount)| Money::parse(&amount, currency));
        Self::new(amounts.collect::<Result<_, _>>().map_err(|_| NotAmounts)?)
    }
}

impl From<Amounts> for BTreeMap<Currency, String> {
    fn from(amounts: Amounts) -> Self {
        amounts.0.into_iter().map(|money| (money.currency, money.wire())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_strictly_and_written_back() {
        let read = |text: &str| serde_json::from_str::<Amounts>(text).ok();
        let pair = read(r#"{"SEK":"300","EUR":"30.00"}"#).expect("a pair");
        assert_eq!(serde_json::to_string(&pair).ok().as_deref(), Some(r#"{"EUR":"30.00","SEK":"300.00"}"#));
        for text in [
            "{}",
            r#"{"EUR":"-1.00"}"#,
            r#"{"EUR":"1.001"}"#,
            r#"{"EUR":1}"#,
            r#"{"eur":"1"}"#,
            r#"{"EUR":"1","SEK":"1","NOK":"1"}"#,
            r#"{"EUR":"1000000.01"}"#,
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
