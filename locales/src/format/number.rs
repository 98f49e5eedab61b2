//! Numbers: a no-break space between thousands, a comma, and a real minus.
//!
//! The two languages write them alike, so the language of a call changes nothing today.

use rust_decimal::Decimal;
use vayla_domain::language::Language;

pub(super) const NO_BREAK_SPACE: char = '\u{a0}';
pub(super) const MINUS: char = '\u{2212}';

/// All digits of a number, without closing zeros: `1 234,5`.
#[must_use]
pub fn number(_language: Language, value: Decimal) -> String {
    let digits = value.abs().normalize().to_string();
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut text = String::with_capacity(digits.len() * 2);
    if value.is_sign_negative() && !value.is_zero() {
        text.push(MINUS);
    }
    push_grouped(&mut text, whole);
    if !fraction.is_empty() {
        text.push(',');
        text.push_str(fraction);
    }
    text
}

/// A number of hundredths: 13.5 becomes `13,5 %`.
#[must_use]
pub fn percent(language: Language, value: Decimal) -> String {
    let mut text = number(language, value);
    text.extend([NO_BREAK_SPACE, '%']);
    text
}

/// Appends ASCII digits in groups of three.
pub(super) fn push_grouped(text: &mut String, digits: &str) {
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(NO_BREAK_SPACE);
        }
        text.push(digit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_digits_are_shown_and_no_closing_zeros() {
        let check = |value: &str, expected: &str| {
            let value: Decimal = value.parse().expect("a number");
            assert_eq!(number(Language::Fi, value), expected);
        };
        check("10.9780", "10,978");
        check("100", "100");
        check("-0.00", "0");
        check("0.000001", "0,000001");
        check(
            "-79228162514264337593543950335",
            "−79\u{a0}228\u{a0}162\u{a0}514\u{a0}264\u{a0}337\u{a0}593\u{a0}543\u{a0}950\u{a0}335",
        );
    }
}
