//! How a bank checks a town's OCR numbers where they are paid.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::ReferenceBase;

/// No OCR number is longer.
pub const LENGTH_MAX: u8 = 25;
/// Nor shorter.
const LENGTH_MIN: u8 = 2;

/// What the town has agreed on with its bank: how an OCR number is checked where it is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum OcrLevel {
    /// A check digit behind the base; whoever writes something else is warned, and can pay all the same.
    Soft,
    /// A check digit behind the base, without which nothing can be paid.
    Check,
    /// A digit of the length, then the check digit; the same.
    LengthAndCheck,
    /// A check digit behind the base, and as many digits as agreed, with zeros before them; the same.
    Fixed(OcrLengths),
}

/// One length, or two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OcrLengths {
    shorter: u8,
    longer: u8,
}

/// The text names no level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not one of soft, check, length_and_check, fixed:10, fixed:10,12 (of 2 to 25 digits)")]
pub struct UnknownLevel;

impl OcrLengths {
    /// # Errors
    /// [`UnknownLevel`] where they aren't one or two, or not lengths of OCR numbers.
    pub fn new(lengths: &[u8]) -> Result<Self, UnknownLevel> {
        let (one, other) = match *lengths {
            [one] => (one, one),
            [one, other] => (one, other),
            _ => return Err(UnknownLevel),
        };
        let known = LENGTH_MIN..=LENGTH_MAX;
        if !known.contains(&one) || !known.contains(&other) {
            return Err(UnknownLevel);
        }
        Ok(Self { shorter: one.min(other), longer: one.max(other) })
    }

    /// The length that so many digits are brought to; `None` where they are too many.
    pub(super) fn around(self, digits: usize) -> Option<usize> {
        [self.shorter, self.longer].into_iter().map(usize::from).find(|length| *length >= digits)
    }
}

impl FromStr for OcrLevel {
    type Err = UnknownLevel;

    fn from_str(code: &str) -> Result<Self, UnknownLevel> {
        match (code, code.strip_prefix("fixed:")) {
            ("soft", _) => Ok(Self::Soft),
            ("check", _) => Ok(Self::Check),
            ("length_and_check", _) => Ok(Self::LengthAndCheck),
            (_, Some(lengths)) => {
                let lengths = lengths.split(',').map(str::parse).collect::<Result<Vec<u8>, _>>();
                OcrLengths::new(&lengths.map_err(|_| UnknownLevel)?).map(Self::Fixed)
            }
            _ => Err(UnknownLevel),
        }
    }
}

impl fmt::Display for OcrLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Soft => f.write_str("soft"),
            Self::Check => f.write_str("check"),
            Self::LengthAndCheck => f.write_str("length_and_check"),
            Self::Fixed(OcrLengths { shorter, longer }) if shorter == longer => write!(f, "fixed:{shorter}"),
            Self::Fixed(OcrLengths { shorter, longer }) => write!(f, "fixed:{shorter},{longer}"),
        }
    }
}

impl TryFrom<String> for OcrLevel {
    type Error = UnknownLevel;

    fn try_from(code: String) -> Result<Self, UnknownLevel> {
        code.parse()
    }
}

impl From<OcrLevel> for String {
    fn from(level: OcrLevel) -> Self {
        level.to_string()
    }
}

impl OcrLevel {
    pub(super) const fn control_digits(self) -> usize {
        match self {
            Self::Soft | Self::Check | Self::Fixed(_) => 1,
            Self::LengthAndCheck => 2,
        }
    }

    /// Whether the base has room in what was agreed on.
    #[must_use]
    pub fn has_room(self, base: &ReferenceBase) -> bool {
        let digits = base.as_str().len() + self.control_digits();
        match self {
            Self::Fixed(lengths) => lengths.around(digits).is_some(),
            Self::Soft | Self::Check | Self::LengthAndCheck => digits <= usize::from(LENGTH_MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_read_as_it_is_written() {
        for code in ["soft", "check", "length_and_check", "fixed:10", "fixed:10,12"] {
            assert_eq!(code.parse::<OcrLevel>().expect(code).to_string(), code);
        }
        assert_eq!("fixed:12,10".parse::<OcrLevel>().expect("a level").to_string(), "fixed:10,12");
        for wrong in ["", "hard", "fixed", "fixed:", "fixed:1", "fixed:26", "fixed:8,9,10", "fixed:-8"] {
            assert_eq!(wrong.parse::<OcrLevel>(), Err(UnknownLevel), "{wrong}");
        }
    }
}
