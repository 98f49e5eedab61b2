//! The creditor reference of ISO 11649, which banks in all of Europe carry.

use std::{fmt, str::FromStr};

use super::{ReferenceBase, ReferenceProblem, Viitenumero, close_up, grouped, remainder_97};

/// `RF`, two check digits, and at most 21 letters and digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CreditorReference(String);

const OWN_MAX: usize = 21;

impl CreditorReference {
    /// Around the Finnish number of the same base, as banks in Finland make it.
    #[must_use]
    pub fn of(base: &ReferenceBase) -> Self {
        Self::around(&Viitenumero::of(base))
    }

    #[must_use]
    pub fn around(number: &Viitenumero) -> Self {
        Self::with_check(number.as_str())
    }

    fn with_check(own: &str) -> Self {
        Self(format!("RF{:02}{own}", 98 - remainder_97(&format!("{own}RF00"))))
    }

    /// The Finnish number inside it; `None` where it holds something else.
    #[must_use]
    pub fn finnish(&self) -> Option<Viitenumero> {
        self.0[4..].parse().ok()
    }

    /// The base that it was made of; `None` where it is none of ours.
    #[must_use]
    pub fn base(&self) -> Option<ReferenceBase> {
        self.finnish()?.base().ok()
    }

    /// Without spaces.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CreditorReference {
    /// As it is printed: groups of four.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&grouped(&self.0, 4, false))
    }
}

impl FromStr for CreditorReference {
    type Err = ReferenceProblem;

    /// Takes it with spaces, in small letters, and with zeros before what it holds.
    fn from_str(text: &str) -> Result<Self, ReferenceProblem> {
        let symbols = close_up(text)?.to_ascii_uppercase();
        if !symbols.bytes().all(|byte| byte.is_ascii_alphanumeric()) || !symbols.starts_with("RF") {
            return Err(ReferenceProblem::Characters);
        }
        let own = symbols.get(4..).ok_or(ReferenceProblem::Length)?.trim_start_matches('0');
        if own.is_empty() || symbols.len() > 4 + OWN_MAX {
            return Err(ReferenceProblem::Length);
        }
        let right = Self::with_check(own);
        if right.0[..4] == symbols[..4] { Ok(right) } else { Err(ReferenceProblem::Check) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_references() {
        for known in ["RF341234561", "RF601511890656", "RF18539007547034", "RF97C2H5OH"] {
            assert_eq!(known.parse::<CreditorReference>().expect(known).as_str(), known);
        }
        let around = |number: &str| CreditorReference::around(&number.parse().expect("a viitenumero"));
        assert_eq!(around("1234561").to_string(), "RF34 1234 561");
        assert_eq!(around("01030100067175800018").as_str(), "RF031030100067175800018");
        let ethanol: CreditorReference = "rf97 c2h5 oh".parse().expect("a reference");
        assert_eq!(ethanol.finnish(), None);
        assert_eq!("RF60 0151 1890 656".parse(), Ok(around("1511890656")));
        let check =
            |text: &str, problem| assert_eq!(text.parse::<CreditorReference>(), Err(problem), "{text}");
        check("RF351234561", ReferenceProblem::Check);
        check("RF9", ReferenceProblem::Length);
        check("RF9700", ReferenceProblem::Length);
        check("RF341234561000000000000000", ReferenceProblem::Length);
        check("1234561", ReferenceProblem::Characters);
        check("RFÅ0123", ReferenceProblem::Characters);
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_and_leads_back(digits in "[1-9][0-9]{2,18}") {
            let base: ReferenceBase = digits.parse().expect("a base");
            let reference = CreditorReference::of(&base);
            prop_assert_eq!(reference.to_string().parse(), Ok(reference.clone()));
            prop_assert_eq!(reference.finnish(), Some(Viitenumero::of(&base)));
            prop_assert_eq!(reference.base(), Some(base));
        }

        #[test]
        fn one_wrong_digit_is_refused(digits in "[1-9][0-9]{2,18}", place in 2usize..24, by in 1u8..10) {
            let reference = CreditorReference::of(&digits.parse().expect("a base"));
            let mut wrong = reference.as_str().to_owned().into_bytes();
            let place = 2 + place % (wrong.len() - 2);
            wrong[place] = b'0' + (wrong[place] - b'0' + by) % 10;
            let wrong = String::from_utf8(wrong).expect("digits");
            prop_assert!(wrong.parse::<CreditorReference>().is_err(), "{} for {}", wrong, reference);
        }

        #[test]
        fn reading_never_panics(text: String, symbols in "RF[0-9A-Za-z \u{a0}]{0,30}") {
            let _ = text.parse::<CreditorReference>();
            let _ = symbols.parse::<CreditorReference>().map(|reference| reference.base());
        }
    }
}
