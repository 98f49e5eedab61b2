//! Amounts: always two decimals, then the currency's sign.

use vayla_domain::{
    language::Language,
    money::{Currency, Money},
};

use super::number::{MINUS, NO_BREAK_SPACE, push_grouped};

/// `1 234,50 kr`, `−5,00 €`; currencies other than the two towns' show their code: `10,00 NOK`.
///
/// Finnish has `kr` too, where CLDR has `SEK`: in Tornio everyone writes `kr`.
#[must_use]
pub fn money(_language: Language, amount: Money) -> String {
    let minor = amount.minor.unsigned_abs();
    let mut text = String::with_capacity(32);
    if amount.minor < 0 {
        text.push(MINUS);
    }
    push_grouped(&mut text, &(minor / 100).to_string());
    text + &format!(",{:02}{NO_BREAK_SPACE}{}", minor % 100, sign(&amount.currency))
}

fn sign(currency: &Currency) -> &str {
    match currency.code() {
        "SEK" => "kr",
        "EUR" => "€",
        code => code,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use vayla_domain::money::EURO;

    use super::*;

    #[test]
    fn the_extremes_fit() {
        let check = |minor, expected: &str| {
            let plain = money(Language::Sv, Money::new(minor, EURO)).replace(NO_BREAK_SPACE, " ");
            assert_eq!(plain, expected);
        };
        check(i64::MIN, "−92 233 720 368 547 758,08 €");
        check(i64::MAX, "92 233 720 368 547 758,07 €");
        check(-1, "−0,01 €");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(minor in -Money::MINOR_MAX..=Money::MINOR_MAX) {
            let money = Money::new(minor, EURO);
            let text = super::money(Language::Fi, money);
            let amount = text.trim_end_matches("\u{a0}€").replace(NO_BREAK_SPACE, "");
            prop_assert_eq!(Money::parse(&amount.replace(MINUS, "-").replace(',', "."), EURO), Ok(money));
        }
    }
}
