//! The line at the foot of a Swedish invoice that scanners read: "Bankgiro Inbetalningar, Användarmanual", 5.3.

use super::super::Bankgiro;
use crate::money::{Money, Ocr, luhn};

/// Reference, sum with its check digit, and payee; 41 is the kind of slip: paid to a bankgiro number by reference.
#[must_use]
pub fn ocr_line(reference: &Ocr, sum: Money, bankgiro: &Bankgiro) -> String {
    let (kronor, ore) = (sum.minor / 100, sum.minor % 100);
    let check = luhn(&format!("{kronor}{ore:02}"));
    format!("# {} # {kronor} {ore:02} {check} > {}#41#", reference.as_str(), bankgiro.digits())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::{Currency, OcrLevel};

    #[test]
    fn it_has_the_reference_the_sum_and_the_payee() {
        let kronor: Currency = "SEK".parse().expect("kronor");
        let reference = Ocr::of(&"1234".parse().expect("a base"), OcrLevel::LengthAndCheck);
        let bankgiro = Bankgiro::parse("991-2346").expect("a bankgiro number");
        let line = ocr_line(&reference, Money::new(1200_00, kronor), &bankgiro);
        assert_eq!(line, "# 123463 # 1200 00 5 > 9912346#41#");
    }
}
