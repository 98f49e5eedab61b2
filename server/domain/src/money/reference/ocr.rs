//! The Swedish OCR number, by Bankgirot's rules ("Bankgiro Inbetalningar, Användarmanual", 5.1–5.2).

use std::fmt;

use super::{OcrLevel, ReferenceBase, ReferenceProblem, digits, luhn, ocr_level::LENGTH_MAX};

/// 2 to 25 digits; the last checks the others, and the one before it may tell how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ocr(String);

impl Ocr {
    /// The number of a base that has room.
    #[must_use]
    pub fn of(base: &ReferenceBase, level: OcrLevel) -> Self {
        let length = base.as_str().len() + level.control_digits();
        let counted = match level {
            OcrLevel::Soft | OcrLevel::Check => base.to_string(),
            OcrLevel::LengthAndCheck => format!("{base}{}", length % 10),
            OcrLevel::Fixed(lengths) => {
                let width = lengths.around(length).unwrap_or(length) - 1;
                format!("{:0>width$}", base.as_str())
            }
        };
        Self(format!("{counted}{}", luhn(&counted)))
    }

    /// Reads one of the town's level, with or without spaces; also one of fixed length that has lost zeros before
    /// it on the way.
    ///
    /// # Errors
    /// [`ReferenceProblem`]; a wrong digit of the length is a wrong check digit, too.
    pub fn read(text: &str, level: OcrLevel) -> Result<Self, ReferenceProblem> {
        let mut digits = digits(text)?;
        if !(level.control_digits() + 1..=usize::from(LENGTH_MAX)).contains(&digits.len()) {
            return Err(ReferenceProblem::Length);
        }
        if let OcrLevel::Fixed(lengths) = level {
            let width = lengths.around(digits.len()).ok_or(ReferenceProblem::Length)?;
            digits = format!("{digits:0>width$}");
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
        let own = &self.0[..self.0.len().saturating_sub(level.control_digits())];
        match level {
            OcrLevel::Fixed(_) => own.trim_start_matches('0').parse(),
            OcrLevel::Soft | OcrLevel::Check | OcrLevel::LengthAndCheck => own.parse(),
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
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

    /// Of two lengths, so that any base has room.
    fn fixed() -> OcrLevel {
        "fixed:10,20".parse().expect("a level")
    }

    fn levels() -> [OcrLevel; 4] {
        [OcrLevel::Soft, OcrLevel::Check, OcrLevel::LengthAndCheck, fixed()]
    }

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
        check("1234", OcrLevel::Soft, "12344");
        check("1234", fixed(), "0000012344");
        check("1234567890", fixed(), "00000000012345678903");
    }

    #[test]
    fn what_has_no_room_is_known_before_and_lost_zeros_are_put_back() {
        let fixed: OcrLevel = "fixed:8".parse().expect("a level");
        assert!(fixed.has_room(&"2000001".parse().expect("a base")));
        assert!(!fixed.has_room(&"20000012".parse().expect("a base")));
        let written = Ocr::of(&"1234".parse().expect("a base"), fixed);
        assert_eq!((written.as_str(), Ocr::read("12344", fixed)), ("00012344", Ok(written.clone())));
        assert_eq!(Ocr::read("000012344", fixed), Err(ReferenceProblem::Length));
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
            for level in levels() {
                let ocr = Ocr::of(&base, level);
                prop_assert_eq!(Ocr::read(&ocr.to_string(), level), Ok(ocr.clone()));
                prop_assert_eq!(ocr.base(level), Ok(base.clone()));
            }
        }

        #[test]
        fn one_wrong_digit_is_refused(digits in "[1-9][0-9]{2,18}", place in 0usize..21, by in 1u8..10) {
            for level in levels() {
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
            for level in levels() {
                let _ = Ocr::read(&text, level);
                let _ = Ocr::read(&digits, level).map(|ocr| ocr.base(level));
            }
        }
    }
}
