//! References that a payer writes on a bank transfer, by which the money is known again.
//!
//! Each country's banks have a form of their own. All are made of one base, and each leads back to it.

mod base;
mod creditor;
mod ocr;
mod viitenumero;

pub use base::ReferenceBase;
pub use creditor::CreditorReference;
pub use ocr::{Ocr, OcrLevel, UnknownLevel};
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

/// Groups of so many with a space between; the first is the shorter one where they are counted from
/// the right.
fn grouped(text: &str, size: usize, from_the_right: bool) -> String {
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
