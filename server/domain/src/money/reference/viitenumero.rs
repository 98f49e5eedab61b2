//! The Finnish reference number (viitenumero), by the standard of Finance Finland.

use std::{fmt, str::FromStr};

use super::{ReferenceBase, ReferenceProblem, digits, grouped};

/// 4 to 20 digits, the last of which checks the others.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Viitenumero(String);

impl Viitenumero {
    #[must_use]
    pub fn of(base: &ReferenceBase) -> Self {
        Self(format!("{base}{}", check_digit(base.as_str())))
    }

    /// # Errors
    /// [`ReferenceProblem::Length`] where it is one of fewer than three digits.
    pub fn base(&self) -> Result<ReferenceBase, ReferenceProblem> {
        self.0[..self.0.len() - 1].parse()
    }

    /// Its digits, without zeros before them.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Weights 7, 3, 1 from the right: none of them has a divisor in common with ten, so that one digit
/// changed changes the sum.
fn check_digit(digits: &str) -> u32 {
    let weighed = digits.bytes().rev().zip([7, 3, 1].into_iter().cycle());
    let sum: u32 = weighed.map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    (10 - sum % 10) % 10
}

impl fmt::Display for Viitenumero {
    /// As it is printed: groups of five from the right.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&grouped(&self.0, 5, true))
    }
}

impl FromStr for Viitenumero {
    type Err = ReferenceProblem;

    /// Takes it with spaces and with zeros before it.
    fn from_str(text: &str) -> Result<Self, ReferenceProblem> {
        let digits = digits(text)?;
        let own = digits.trim_start_matches('0');
        if !(4..=20).contains(&digits.len()) || own.len() < 2 {
            return Err(ReferenceProblem::Length);
        }
        let (base, check) = own.split_at(own.len() - 1);
        if check_digit(base).to_string() == check {
            Ok(Self(own.to_owned()))
        } else {
            Err(ReferenceProblem::Check)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_numbers() {
        for known in
            ["1234561", "1511890656", "559582243294671", "01030100067175800018", "77584747906474893225"]
        {
            let read: Viitenumero = known.parse().expect(known);
            assert_eq!(read.as_str(), known.trim_start_matches('0'));
        }
        let base: ReferenceBase = "123456712345678".parse().expect("a base");
        assert_eq!(Viitenumero::of(&base).to_string(), "1 23456 71234 56784");
        let check = |text: &str, problem| assert_eq!(text.parse::<Viitenumero>(), Err(problem), "{text}");
        check("1234562", ReferenceProblem::Check);
        check("123", ReferenceProblem::Length);
        check("0000", ReferenceProblem::Length);
        check("123456123456123456123", ReferenceProblem::Length);
        check("12345x", ReferenceProblem::Characters);
        check("١٢٣٤", ReferenceProblem::Characters);
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_and_leads_back(digits in "[1-9][0-9]{2,18}", zeros in 0usize..4) {
            let base: ReferenceBase = digits.parse().expect("a base");
            let number = Viitenumero::of(&base);
            prop_assert_eq!(number.to_string().parse(), Ok(number.clone()));
            prop_assert_eq!(number.base(), Ok(base));
            let padded = format!("{}{}", "0".repeat(zeros), number.as_str());
            prop_assume!(padded.len() <= 20);
            prop_assert_eq!(padded.parse(), Ok(number));
        }

        #[test]
        fn one_wrong_digit_is_refused(digits in "[1-9][0-9]{2,18}", place in 0usize..20, by in 1u8..10) {
            let number = Viitenumero::of(&digits.parse().expect("a base"));
            let mut wrong = number.as_str().to_owned().into_bytes();
            let place = place % wrong.len();
            wrong[place] = b'0' + (wrong[place] - b'0' + by) % 10;
            let wrong = String::from_utf8(wrong).expect("digits");
            prop_assert!(wrong.parse::<Viitenumero>().is_err(), "{} for {}", wrong, number);
        }

        #[test]
        fn reading_never_panics(text: String, digits in "[0-9 \u{a0}]{0,30}") {
            let _ = text.parse::<Viitenumero>();
            let _ = digits.parse::<Viitenumero>().map(|number| number.base());
        }
    }
}
