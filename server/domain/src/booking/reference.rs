//! The name people say on the phone: `HT-4K7M-2QX`.

use std::{fmt, str::FromStr};

/// Letters and digits that nobody takes for another (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const PAYLOAD: usize = 6;

/// Six symbols of payload and one that checks them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BookingReference(String);

/// Not a booking reference, or one with a slip of the pen in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a booking reference")]
pub struct NotAReference;

impl BookingReference {
    /// Spells 30 random bits under the prefix of the two towns.
    #[must_use]
    pub fn from_random(prefix: &str, random: u32) -> Self {
        let digits: [u8; PAYLOAD] = std::array::from_fn(|place| (random >> (5 * place) & 31) as u8);
        let symbol = |digit: u8| char::from(ALPHABET[usize::from(digit)]);
        let payload: String = digits.iter().map(|&digit| symbol(digit)).collect();
        let (head, tail) = payload.split_at(4);
        Self(format!("{prefix}-{head}-{tail}{}", symbol(check_digit(&digits))))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A weighted sum: changing one symbol or swapping two neighbours changes it.
fn check_digit(digits: &[u8]) -> u8 {
    let sum: u32 =
        digits.iter().enumerate().map(|(place, &digit)| u32::from(digit) * (2 * place as u32 + 3)).sum();
    (sum % 32) as u8
}

impl fmt::Display for BookingReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for BookingReference {
    type Err = NotAReference;

    /// Takes what people write: small letters, spaces for dashes, O for 0, I or L for 1.
    fn from_str(text: &str) -> Result<Self, NotAReference> {
        let upper = text.trim().to_uppercase().replace(' ', "-");
        let (prefix, code) = upper.split_once('-').ok_or(NotAReference)?;
        let digit = |symbol: u8| {
            let read = match symbol {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                other => other,
            };
            ALPHABET.iter().position(|&known| known == read).map(|place| place as u8).ok_or(NotAReference)
        };
        let digits: Vec<u8> =
            code.bytes().filter(|&symbol| symbol != b'-').map(digit).collect::<Result<_, _>>()?;
        let (check, payload) = digits.split_last().ok_or(NotAReference)?;
        if payload.len() != PAYLOAD || check_digit(payload) != *check || prefix.is_empty() {
            return Err(NotAReference);
        }
        let random = payload.iter().rev().fold(0, |bits: u32, &digit| bits << 5 | u32::from(digit));
        Ok(Self::from_random(prefix, random))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_back(random in 0u32..1 << 30) {
            let reference = BookingReference::from_random("HT", random);
            prop_assert_eq!(reference.as_str().to_lowercase().replace('-', " ").parse(), Ok(reference));
        }

        #[test]
        fn a_slip_of_the_pen_is_noticed(random in 0u32..1 << 30, place in 3usize..10, symbol in 0usize..32) {
            let written = BookingReference::from_random("HT", random).to_string();
            let mut slip = written.clone().into_bytes();
            prop_assume!(slip[place] != b'-' && slip[place] != ALPHABET[symbol]);
            slip[place] = ALPHABET[symbol];
            let slip = String::from_utf8(slip).expect("ascii");
            prop_assert!(slip.parse::<BookingReference>().is_err(), "{} for {}", slip, written);
        }

        #[test]
        fn reading_never_panics(text: String) {
            let _ = text.parse::<BookingReference>();
        }
    }
}
