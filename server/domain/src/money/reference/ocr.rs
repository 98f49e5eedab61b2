//! The Swedish OCR number, by Bankgirot's rules.

use std::{fmt, str::FromStr};

use super::{ReferenceBase, ReferenceProblem, digits};

/// 2 to 25 digits; the last checks the others, and the one before it may tell how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ocr(String);

/// What the town has agreed on with its bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OcrLevel {
    /// A check digit behind the base.
    Check,
    /// A digit of the length, then the check digit.
    LengthAndCheck,
}

/// The text names no level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not one of check, length_and_check")]
pub struct UnknownLevel;

impl FromStr for OcrLevel {
    type Err = UnknownLevel;

    fn from_str(code: &str) -> Result<Self, UnknownLevel> {
        match code {
            "check" => Ok(Self::Check),
            "length_and_check" => Ok(Self::LengthAndCheck),
            _ => Err(UnknownLevel),
        }
    }
}

impl OcrLevel {
    const fn control_digits(self) -> usize {
        match self {
            Self::Check => 1,
            Self::LengthAndCheck => 2,
        }
    }
}

impl Ocr {
    #[must_use]
    pub fn of(base: &ReferenceBase, level: OcrLevel) -> Self {
        let length = base.as_str().len() + level.control_digits();
        let counted = match level {
            OcrLevel::Check => base.to_string(),
            OcrLevel::LengthAndCheck => format!("{base}{}", length % 10),
        };
        Self(format!("{counted}{}", luhn(&counted)))
    }

    /// Reads one of the town's level, with or without spaces.
    ///
    /// # Errors
    /// [`ReferenceProblem`]; a wrong digit of the length is a wrong check digit, too.
    pub fn read(text: &str, level: OcrLevel) -> Result<Self, ReferenceProblem> {
        let digits = digits(text)?;
        if !(level.control_digits() + 1..=25).contains(&digits.len()) {
            return Err(ReferenceProblem::Length);
        }
        let (counted, check) = digits.split_at(digits.len() - 1);
        let length = (digits.len() % 10).to_string();
        if luhn(counted).to_string() != check
            || (level == OcrLevel::LengthAndCheck && !counted.ends_with(&length))
        {
            return Err(ReferenceProblem::Check);
        }
        Ok(Self(digits))
    }

    /// # Errors
    /// [`ReferenceProblem::Length`] where it is none of ours: too short, or with a zero before it.
    pub fn base(&self, level: OcrLevel) -> Result<ReferenceBase, ReferenceProblem> {
        self.0[..self.0.len().saturating_sub(level.control_digits())].parse()
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The digit that makes the sum divisible by ten, where each second digit from the right is doubled.
fn luhn(digits: &str) -> u32 {
    let weighed = digits.bytes().rev().zip([2, 1].into_iter().cycle());
    let products = weighed.map(|(digit, weight)| u32::from(digit - b'0') * weight);
    let sum: u32 = products.map(|product| product / 10 + product % 10).sum();
    (10 - sum % 10) % 10
}

impl fmt::Display for Ocr {
    /// As it is printed: in one piece.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LEVELS: [OcrLevel; 2] = [OcrLevel::Check, OcrLevel::LengthAndCheck];

    #[test]
    fn known_numbers() {
        let check = |base: &str, level, ocr: &str| {
            let made = Ocr::of(&base.parse().expect("a base"), level);
            assert_eq!(made.as_str(), ocr);
            assert_eq!(Ocr::read(ocr, level), Ok(made));
        };
        check("1234", OcrLevel::Check, "12344");
        check("1234", OcrLevel::LengthAndCheck, "123463");
        check("12345", OcrLevel::LengthAndCheck, "1234574");
        check("123456789", OcrLevel::LengthAndCheck, "12345678911");
        check("20260042", OcrLevel::LengthAndCheck, "2026004206");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        let check = |text: &str, level, problem| assert_eq!(Ocr::read(text, level), Err(problem), "{text}");
        check("12345", OcrLevel::Check, ReferenceProblem::Check);
        check("12344", OcrLevel::LengthAndCheck, ReferenceProblem::Check);
        check("4", OcrLevel::Check, ReferenceProblem::Length);
        check("", OcrLevel::Check, ReferenceProblem::Length);
        check("12344 ".repeat(6).trim(), OcrLevel::Check, ReferenceProblem::Length);
        check("1234-4", OcrLevel::Check, ReferenceProblem::Characters);
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_and_leads_back(digits in "[1-9][0-9]{2,18}") {
            let base: ReferenceBase = digits.parse().expect("a base");
            for level in LEVELS {
                let ocr = Ocr::of(&base, level);
                prop_assert_eq!(Ocr::read(&ocr.to_string(), level), Ok(ocr.clone()));
                prop_assert_eq!(ocr.base(level), Ok(base.clone()));
            }
        }

        #[test]
        fn one_wrong_digit_is_refused(digits in "[1-9][0-9]{2,18}", place in 0usize..21, by in 1u8..10) {
            for level in LEVELS {
                let ocr = Ocr::of(&digits.parse().expect("a base"), level);
                let mut wrong = ocr.as_str().to_owned().into_bytes();
                let place = place % wrong.len();
                wrong[place] = b'0' + (wrong[place] - b'0' + by) % 10;
                let wrong = String::from_utf8(wrong).expect("digits");
                prop_assert!(Ocr::read(&wrong, level).is_err(), "{} for {}", wrong, ocr);
            }
        }

        #[test]
        fn a_lost_or_doubled_digit_is_seen_by_the_length(digits in "[1-9][0-9]{2,18}", place in 0usize..21) {
            let ocr = Ocr::of(&digits.parse().expect("a base"), OcrLevel::LengthAndCheck);
            let place = place % ocr.as_str().len();
            let mut lost = ocr.as_str().to_owned();
            lost.remove(place);
            let length_stands = place < ocr.as_str().len() - 2;
            prop_assert!(!length_stands || Ocr::read(&lost, OcrLevel::LengthAndCheck).is_err(), "{}", lost);
        }

        #[test]
        fn reading_never_panics(text: String, digits in "[0-9 \u{a0}]{0,40}") {
            for level in LEVELS {
                let _ = Ocr::read(&text, level);
                let _ = Ocr::read(&digits, level).map(|ocr| ocr.base(level));
            }
        }
    }
}
