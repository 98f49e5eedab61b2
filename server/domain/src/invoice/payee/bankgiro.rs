//! Bankgiro numbers: by which a payee in Sweden is paid.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::money::luhn;

/// Seven or eight digits, the last of which checks the others; written as on an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Bankgiro(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a bankgiro number: 7 or 8 digits, the last of which checks the others")]
pub struct NotABankgiro;

impl Bankgiro {
    /// Reads it with or without its hyphen.
    ///
    /// # Errors
    /// [`NotABankgiro`].
    pub fn parse(text: &str) -> Result<Self, NotABankgiro> {
        let digits: String =
            text.chars().filter(|symbol| !symbol.is_whitespace() && *symbol != '-').collect();
        let right = matches!(digits.len(), 7 | 8)
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !digits.starts_with('0');
        let (counted, check) = digits.split_at_checked(digits.len().saturating_sub(1)).ok_or(NotABankgiro)?;
        if !right || luhn(counted).to_string() != check {
            return Err(NotABankgiro);
        }
        let (head, tail) = digits.split_at(digits.len() - 4);
        Ok(Self(format!("{head}-{tail}")))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its digits alone.
    #[must_use]
    pub fn digits(&self) -> String {
        self.0.replace('-', "")
    }
}

impl fmt::Display for Bankgiro {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Bankgiro {
    type Error = NotABankgiro;

    fn try_from(text: String) -> Result<Self, NotABankgiro> {
        Self::parse(&text)
    }
}

impl From<Bankgiro> for String {
    fn from(bankgiro: Bankgiro) -> Self {
        bankgiro.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_checked_and_written_with_their_hyphen() {
        let check = |text: &str, written: Option<&str>| {
            let read = Bankgiro::parse(text).ok();
            assert_eq!(read.as_ref().map(Bankgiro::as_str), written, "{text}");
        };
        // That of the examples in Bankgirot's manuals, and the Swedish tax agency's.
        check("9912346", Some("991-2346"));
        check(" 5050-1055 ", Some("5050-1055"));
        check("991-2347", None);
        check("991-234", None);
        check("0000000", None);
        check("", None);
        check("ååååååå", None);
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_refused(place in 0usize..8, by in 1u8..10) {
            let mut wrong = b"50501055".to_vec();
            wrong[place] = b'0' + (wrong[place] - b'0' + by) % 10;
            prop_assert!(Bankgiro::parse(&String::from_utf8(wrong).expect("digits")).is_err());
        }

        #[test]
        fn reading_never_panics(text: String, digits in "[0-9 -]{0,12}") {
            let _ = (Bankgiro::parse(&text), Bankgiro::parse(&digits));
        }
    }
}
