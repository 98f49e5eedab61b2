//! Bank accounts as banks in Europe write them: ISO 13616 (IBAN) and ISO 9362 (BIC).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::money::{grouped, remainder_97};

const IBAN_LENGTH: std::ops::RangeInclusive<usize> = 15..=34;
/// How long the IBAN of each country that the towns lie in is.
const OF_COUNTRY: [(&str, usize); 2] = [("FI", 18), ("SE", 24)];

/// An account number whose check digits fit, without spaces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Iban(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an IBAN: some letter or digit is wrong or missing")]
pub struct NotAnIban;

impl Iban {
    /// Reads it with or without spaces.
    ///
    /// # Errors
    /// [`NotAnIban`].
    pub fn parse(text: &str) -> Result<Self, NotAnIban> {
        let symbols: String = text.chars().filter(|symbol| !symbol.is_whitespace()).collect();
        let symbols = symbols.to_ascii_uppercase();
        let right_symbols = symbols.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !right_symbols || !IBAN_LENGTH.contains(&symbols.len()) {
            return Err(NotAnIban);
        }
        let (head, account) = symbols.split_at(4);
        let (country, check) = head.split_at(2);
        let named = country.bytes().all(|byte| byte.is_ascii_alphabetic())
            && check.bytes().all(|byte| byte.is_ascii_digit());
        let long_enough =
            OF_COUNTRY.iter().all(|(code, length)| *code != country || *length == symbols.len());
        if named && long_enough && remainder_97(&format!("{account}{head}")) == 1 {
            Ok(Self(symbols))
        } else {
            Err(NotAnIban)
        }
    }

    /// Without spaces.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Iban {
    /// As it is printed: groups of four.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&grouped(&self.0, 4, false))
    }
}

impl TryFrom<String> for Iban {
    type Error = NotAnIban;

    fn try_from(text: String) -> Result<Self, NotAnIban> {
        Self::parse(&text)
    }
}

impl From<Iban> for String {
    fn from(iban: Iban) -> Self {
        iban.0
    }
}

/// Which bank: four letters, the country's two, two letters or digits, and three more for a branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Bic(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a BIC: 8 or 11 letters and digits")]
pub struct NotABic;

impl Bic {
    /// # Errors
    /// [`NotABic`].
    pub fn parse(text: &str) -> Result<Self, NotABic> {
        let symbols = text.trim().to_ascii_uppercase();
        let right_length = matches!(symbols.len(), 8 | 11);
        let right = right_length
            && symbols
                .bytes()
                .enumerate()
                .all(|(place, byte)| byte.is_ascii_uppercase() || (place >= 6 && byte.is_ascii_digit()));
        if right { Ok(Self(symbols)) } else { Err(NotABic) }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Bic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Bic {
    type Error = NotABic;

    fn try_from(text: String) -> Result<Self, NotABic> {
        Self::parse(&text)
    }
}

impl From<Bic> for String {
    fn from(bic: Bic) -> Self {
        bic.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn account_numbers_are_checked() {
        // The examples of ISO's registry, and one of Pankkiviivakoodi-opas.
        for known in
            ["FI2112345600000785", "SE4550000000058398257466", "FI7944052020036082", "GB29NWBK60161331926819"]
        {
            assert_eq!(Iban::parse(known).expect(known).as_str(), known);
        }
        assert_eq!(
            Iban::parse(" fi21 1234 5600 0007 85").expect("an IBAN").to_string(),
            "FI21 1234 5600 0007 85"
        );
        for wrong in [
            "",
            "FI21",
            "FI2212345600000785",
            "FI211234560000078",
            "2112345600000785FI",
            "FI21-1234-5600-0007-85",
        ] {
            assert_eq!(Iban::parse(wrong), Err(NotAnIban), "{wrong}");
        }
    }

    #[test]
    fn banks_are_checked() {
        for known in ["DEMOFIHH", "NDEASESSXXX", "OKOYFIHH"] {
            assert_eq!(Bic::parse(&known.to_lowercase()).expect(known).as_str(), known);
        }
        for wrong in ["", "DEMOFIH", "DEMOFIHHX", "DEM0FIHH", "DEMO FIHH", "DEMOFIHÅ"] {
            assert_eq!(Bic::parse(wrong), Err(NotABic), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_refused(place in 2usize..18, by in 1u8..10) {
            let mut wrong = b"FI2112345600000785".to_vec();
            wrong[place] = b'0' + (wrong[place] - b'0' + by) % 10;
            prop_assert!(Iban::parse(&String::from_utf8(wrong).expect("digits")).is_err());
        }

        #[test]
        fn reading_never_panics(text: String, symbols in "FI[0-9A-Za-z \u{a0}]{0,34}") {
            let _ = (Iban::parse(&text), Iban::parse(&symbols), Bic::parse(&text), Bic::parse(&symbols));
        }
    }
}
