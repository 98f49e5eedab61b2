//! The Finnish bank barcode (pankkiviivakoodi), version 4: "Pankkiviivakoodi-opas" 5.3 of Finance Finland.

use chrono::NaiveDate;

use super::super::Iban;
use crate::money::{EURO, Money, Viitenumero};

/// 54 digits: version, account without the country, euros, cents, three zeros, reference, due date. `None` where
/// the account isn't a Finnish one or the sum not in euros. A sum that has no room is left to the payer, as zeros.
#[must_use]
pub fn virtual_barcode(iban: &Iban, sum: Money, reference: &Viitenumero, due: NaiveDate) -> Option<String> {
    let account = iban.as_str().strip_prefix("FI")?;
    if sum.currency != EURO {
        return None;
    }
    let sum = if (0..=999_999_99).contains(&sum.minor) { sum.minor } else { 0 };
    Some(format!("4{account}{sum:08}000{:0>20}{}", reference.as_str(), due.format("%y%m%d")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    fn code(iban: &str, minor: i64, reference: &str, due: &str) -> Option<String> {
        let iban = Iban::parse(iban).expect("an IBAN");
        let reference = reference.parse().expect("a viitenumero");
        virtual_barcode(&iban, Money::new(minor, EURO), &reference, due.parse().expect("a date"))
    }

    #[test]
    fn the_examples_of_the_guide() {
        let check = |iban, minor, reference, due, expected: &str| {
            assert_eq!(code(iban, minor, reference, due).as_deref(), Some(expected));
        };
        check(
            "FI79 4405 2020 0360 82",
            4883_15,
            "86851 62596 19897",
            "2010-06-12",
            "479440520200360820048831500000000868516259619897100612",
        );
        check(
            "FI58 1017 1000 0001 22",
            482_99,
            "55958 22432 94671",
            "2012-01-31",
            "458101710000001220004829900000000559582243294671120131",
        );
        check(
            "FI02 5000 4640 0013 02",
            693_80,
            "69 87567 20834 35364",
            "2011-07-24",
            "402500046400013020006938000000069875672083435364110724",
        );
    }

    #[test]
    fn what_has_no_room_is_left_to_the_payer_and_other_accounts_have_none() {
        let large = code("FI7944052020036082", 1_000_000_00, "1234561", "2026-12-22").expect("a code");
        assert_eq!((large.len(), &large[17..25]), (54, "00000000"));
        assert_eq!(code("SE4550000000058398257466", 1_00, "1234561", "2026-12-22"), None);
        let iban = Iban::parse("FI7944052020036082").expect("an IBAN");
        let kronor = Money::new(1_00, "SEK".parse::<Currency>().expect("kronor"));
        let reference = "1234561".parse().expect("a viitenumero");
        assert_eq!(virtual_barcode(&iban, kronor, &reference, "2026-12-22".parse().expect("a date")), None);
    }
}
