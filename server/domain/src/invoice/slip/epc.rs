//! The code for transfers of the European Payments Council: "Quick Response Code: Guidelines to enable data capture
//! for the initiation of a SEPA credit transfer", EPC069-12, version 002.

use super::super::{Bic, Iban};
use crate::money::{CreditorReference, EURO, Money};

const NAME_MAX: usize = 70;
const SUM_MAX: i64 = 999_999_999_99;

/// The text inside the code, in UTF-8; `None` where the sum isn't in euros, or not more than nothing.
#[must_use]
pub fn epc_code(
    name: &str,
    iban: &Iban,
    bic: &Bic,
    sum: Money,
    reference: &CreditorReference,
) -> Option<String> {
    if sum.currency != EURO || !(1..=SUM_MAX).contains(&sum.minor) {
        return None;
    }
    let name: String = name.chars().filter(|letter| !letter.is_control()).take(NAME_MAX).collect();
    let sum = format!("EUR{}", sum.wire());
    let lines = ["BCD", "002", "1", "SCT", bic.as_str(), &name, iban.as_str(), &sum, "", reference.as_str()];
    Some(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_has_the_lines_of_the_standard() {
        let iban = Iban::parse("FI2112345600000785").expect("an IBAN");
        let bic = Bic::parse("DEMOFIHH").expect("a BIC");
        let reference = CreditorReference::of(&"2000001".parse().expect("a base"));
        let code = |minor, name| epc_code(name, &iban, &bic, Money::new(minor, EURO), &reference);
        let expected = format!(
            "BCD\n002\n1\nSCT\nDEMOFIHH\nTornion kaupunki\nFI2112345600000785\nEUR1280.05\n\n{}",
            reference.as_str()
        );
        assert_eq!(code(1280_05, "Tornion kaupunki").as_deref(), Some(expected.as_str()));
        assert_eq!(code(0, "Tornion kaupunki"), None);
        let long = code(1_00, &"å\n".repeat(100)).expect("a code");
        assert_eq!(long.lines().nth(5), Some("å".repeat(70).as_str()));
    }
}
