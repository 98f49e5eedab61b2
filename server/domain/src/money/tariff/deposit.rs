//! What is held for the case that a key is lost or something is broken, as staff write it into a price list.

use serde::{Deserialize, Serialize};

use super::Amounts;
use crate::{
    Bilingual,
    money::{Currency, Money},
};

/// Comes on top of a price and back after the use: `{"amount": {"EUR": "50.00", "SEK": "500.00"}, "days": 3}`.
///
/// It is nobody's income and carries no tax as long as nothing is broken. It is the same for the whole facility and for
/// each part of it: of a space whose list is a part of its facility's, no part is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deposit {
    /// In each currency that is paid in: it goes back as it came, and no rate has anything to do with it.
    pub amount: Amounts,
    /// What people read; a word of ours where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Bilingual>,
    /// How long after the use, in days of 24 hours, what is left of it goes back by itself.
    #[serde(default = "usual_days")]
    pub days: u32,
}

impl Deposit {
    pub const MINOR_MAX: i64 = 1_000_000;
    pub const DAYS_MAX: u32 = 60;

    /// What is held of a payer who pays in a currency; `None` where it can't be held in that one.
    #[must_use]
    pub fn of(&self, currency: Currency) -> Option<Money> {
        self.amount.of(currency)
    }
}

const fn usual_days() -> u32 {
    3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deposit_is_read_strictly() {
        let read = |text: &str| serde_json::from_str::<Deposit>(text).ok();
        let key = read(r#"{"amount":{"EUR":"50","SEK":"500"}}"#).expect("a deposit");
        assert_eq!((key.days, key.of(crate::money::EURO).map(|money| money.minor)), (3, Some(50_00)));
        for text in [
            "{}",
            r#"{"amount":{"EUR":"-50"}}"#,
            r#"{"amount":{"EUR":"50"},"days":-1}"#,
            r#"{"amount":{"EUR":"50"},"colour":"red"}"#,
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
