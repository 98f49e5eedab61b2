//! Numbers of associations and companies: organisationsnummer, Y-tunnus.

use std::fmt;

/// A number whose check digit fits, written as its country writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BusinessId(String);

/// No number of that country, or one with a slip of the pen in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an organisation number or Y-tunnus")]
pub struct NotABusinessId;

impl BusinessId {
    /// Reads a number of either country: ten digits are Sweden's, eight Finland's.
    ///
    /// # Errors
    /// [`NotABusinessId`].
    pub fn parse(text: &str) -> Result<Self, NotABusinessId> {
        let digits: Vec<u32> = text
            .trim()
            .chars()
            .filter(|c| !matches!(c, '-' | ' '))
            .map(|c| c.to_digit(10).ok_or(NotABusinessId))
            .collect::<Result<_, _>>()?;
        let written = |split: usize| {
            let text: String = digits.iter().filter_map(|digit| char::from_digit(*digit, 10)).collect();
            let (head, tail) = text.split_at(split);
            Self(format!("{head}-{tail}"))
        };
        match digits.len() {
            10 if luhn(&digits) => Ok(written(6)),
            8 if finnish(&digits) => Ok(written(7)),
            _ => Err(NotABusinessId),
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn luhn(digits: &[u32]) -> bool {
    let weighed = digits.iter().zip([2, 1].into_iter().cycle()).map(|(digit, weight)| digit * weight);
    weighed.map(|product| product / 10 + product % 10).sum::<u32>() % 10 == 0
}

/// Weights 7, 9, 10, 5, 8, 4, 2, and the remainder by eleven; a remainder of one is never given.
fn finnish(digits: &[u32]) -> bool {
    let sum: u32 = digits.iter().zip([7, 9, 10, 5, 8, 4, 2]).map(|(digit, weight)| digit * weight).sum();
    match sum % 11 {
        0 => digits[7] == 0,
        1 => false,
        rest => digits[7] == 11 - rest,
    }
}

impl fmt::Display for BusinessId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_of_both_countries_are_checked() {
        let check = |text: &str, written: Option<&str>| {
            let read = BusinessId::parse(text).ok();
            assert_eq!(read.as_ref().map(BusinessId::as_str), written, "{text}");
        };
        // The two towns' own.
        check("212000-2775", Some("212000-2775"));
        check("0193524-6", Some("0193524-6"));
        check("2120002775", Some("212000-2775"));
        check("01935246", Some("0193524-6"));
        check("212000-2776", None);
        check("0193524-7", None);
        check("", None);
        check("FI01935246", None);
    }

    proptest! {
        #[test]
        fn reading_never_panics(text: String, digits in "[0-9 -]{0,14}") {
            let _ = (BusinessId::parse(&text), BusinessId::parse(&digits));
        }
    }
}
