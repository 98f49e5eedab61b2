//! References that a payer writes on a bank transfer, by which the money is known again.
//!
//! Each country's banks have a form of their own. All are made of one base, and each leads back to it.

mod base;
mod creditor;
mod form;
mod ocr;
mod ocr_level;
mod viitenumero;

pub use base::ReferenceBase;
pub use creditor::CreditorReference;
pub use form::ReferenceForm;
pub use ocr::Ocr;
pub use ocr_level::{OcrLengths, OcrLevel, UnknownLevel};
pub use viitenumero::Viitenumero;

/// Why a text is no reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceProblem {
    #[error("a reference has no such characters")]
    Characters,
    #[error("too short or too long for a reference")]
    Length,
    /// Some digit is wrong.
    #[error("the check digit doesn't fit")]
    Check,
}

/// The longest of the forms, as written with a space behind each character.
const WRITTEN_MAX: usize = 60;

/// The text without the spaces that it is printed with.
fn close_up(text: &str) -> Result<String, ReferenceProblem> {
    if text.len() > WRITTEN_MAX {
        return Err(ReferenceProblem::Length);
    }
    Ok(text.chars().filter(|c| !c.is_whitespace()).collect())
}

/// The same, of digits only.
fn digits(text: &str) -> Result<String, ReferenceProblem> {
    let digits = close_up(text)?;
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(digits)
    } else {
        Err(ReferenceProblem::Characters)
    }
}

/// The digit that makes the sum divisible by ten, where each second digit from the right is doubled.
pub(crate) fn luhn(digits: &str) -> u32 {
    let weighed = digits.bytes().rev().zip([2, 1].into_iter().cycle());
    let products = weighed.map(|(digit, weight)| u32::from(digit - b'0') * weight);
    let sum: u32 = products.map(|product| product / 10 + product % 10).sum();
    (10 - sum % 10) % 10
}

/// The remainder by 97 of the digits, where A stands for 10 and Z for 35.
pub(crate) fn remainder_97(symbols: &str) -> u32 {
    symbols.chars().filter_map(|symbol| symbol.to_digit(36)).fold(0, |rest, value| {
        let shift = if value < 10 { 10 } else { 100 };
        (rest * shift + value) % 97
    })
}

/// Groups of so many with a space between; the first is the shorter one where they are counted from
/// the right.
pub(crate) fn grouped(text: &str, size: usize, from_the_right: bool) -> String {
    let first = if from_the_right { text.len() % size } else { 0 };
    let mut printed = String::with_capacity(text.len() + text.len() / size);
    for (place, symbol) in text.chars().enumerate() {
        if place > 0 && place % size == first % size {
            printed.push(' ');
        }
        printed.push(symbol);
    }
    printed
}
