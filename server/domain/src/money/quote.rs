//! A price as it is shown, and therefore as it is charged.

use super::{
    Basis, Currency, Deposit, Money, ParseMoneyError, Priced, Rate, RateError, TariffLine, Tax, VatRate,
};
use crate::{deposit::ToPay, time::Span};

/// One line: what it is for, with the tax inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteLine {
    pub span: Span,
    pub basis: Basis,
    pub net: Money,
    pub vat_rate: VatRate,
    pub vat: Money,
    pub gross: Money,
    /// Why the rate is that one; `None` on lines older than the table of taxes.
    pub tax: Option<Tax>,
}

impl QuoteLine {
    /// What other lines come to, for another span: a time moved without its price.
    ///
    /// # Errors
    /// When there are no lines, or they are of several currencies.
    pub fn same_price(span: Span, lines: &[Self]) -> Result<Self, ParseMoneyError> {
        let first = lines.first().ok_or(ParseMoneyError)?;
        let sum = |of: fn(&Self) -> Money| Money::sum(first.gross.currency, lines.iter().map(of));
        let (net, vat, gross) = (sum(|line| line.net)?, sum(|line| line.vat)?, sum(|line| line.gross)?);
        let (vat_rate, tax) = (first.vat_rate, first.tax);
        Ok(Self { span, basis: Basis::Kept, net, vat_rate, vat, gross, tax })
    }
}

/// Puts the tax into lines of a price: into what is added half-up, and out of what is off as much as that is of what
/// stands before it, so that what remains never has less than no tax in it, nor more than it is.
#[must_use]
pub fn taxed(lines: Vec<TariffLine>, tax: Tax) -> Vec<QuoteLine> {
    let (mut gross_before, mut vat_before) = (0, 0);
    let line = |TariffLine { span, basis, gross }: TariffLine| {
        let vat = match gross.minor {
            ..0 => Money::new(vat_before, gross.currency).portion(gross.minor, gross_before),
            _ => tax.rate.within(gross),
        };
        (gross_before, vat_before) = (gross_before + gross.minor, vat_before + vat.minor);
        let net = Money::new(gross.minor - vat.minor, gross.currency);
        QuoteLine { span, basis, net, vat_rate: tax.rate, vat, gross, tax: Some(tax) }
    };
    lines.into_iter().map(line).collect()
}

/// An amount in the neighbour's currency, and the rate that makes it so; `None` where the price list fixes both
/// amounts and no rate is used.
pub type Beside = (Money, Option<Rate>);

/// The price in the facility's currency, and what it is in the neighbour's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    pub lines: Vec<QuoteLine>,
    pub total: Money,
    /// The total in the other currency; why not, where there is none.
    pub other: Result<Beside, RateError>,
    /// What is paid besides and comes back: no part of the total, and without tax.
    pub deposit: Option<Deposit>,
}

impl Quote {
    /// Puts the tax into each line. The total in the other currency is the list's own where it fixes one, else
    /// made by the rate.
    #[must_use]
    pub fn new(priced: Priced, tax: Tax, rate: Result<Rate, RateError>) -> Self {
        let Priced { lines, total, fixed } = priced;
        let lines = taxed(lines, tax);
        let other = match fixed {
            Some(money) => Ok((money, None)),
            None => rate.and_then(|rate| Ok((rate.convert(total)?, Some(rate)))),
        };
        let other = other.map(|(money, rate)| (money.at_least_a_coin(total), rate));
        Self { lines, total, other, deposit: None }
    }

    /// What is paid for it, as long as nobody else pays a part.
    #[must_use]
    pub fn to_pay(&self) -> ToPay {
        ToPay { price: self.total, other: self.other.clone().ok(), deposit: self.deposit.clone() }
    }

    /// The rate that the total in the other currency is made by, where one is.
    #[must_use]
    pub fn rate(&self) -> Option<&Rate> {
        self.other.as_ref().ok().and_then(|(_, rate)| rate.as_ref())
    }

    /// The tax in all lines.
    #[must_use]
    pub fn vat(&self) -> Money {
        Money::new(self.lines.iter().map(|line| line.vat.minor).sum(), self.total.currency)
    }

    /// What is paid in the given currency; `None` where it can't be paid in that one.
    #[must_use]
    pub fn payable_in(&self, currency: Currency) -> Option<Money> {
        if self.total.currency == currency {
            return Some(self.total);
        }
        self.other.as_ref().ok().map(|(money, _)| *money).filter(|money| money.currency == currency)
    }

    #[must_use]
    pub const fn is_free(&self) -> bool {
        self.total.minor == 0
    }

    /// How much more it is than an earlier price, as that was in both currencies: less than nothing where it is
    /// lower.
    ///
    /// # Errors
    /// When they are of two currencies.
    pub fn difference(&self, earlier: Money, beside: Option<&Beside>) -> Result<Difference, ParseMoneyError> {
        let total =
            Money::sum(self.total.currency, [self.total, Money::new(-earlier.minor, earlier.currency)])?;
        let vat_rate = self.lines.first().map_or(VatRate::Exempt, |line| line.vat_rate);
        Ok(Difference { total, vat: vat_rate.within(total), other: self.beside(total, beside) })
    }

    /// A difference to an earlier price in the other currency. Between two prices that are fixed in it, it is
    /// what lies between them; else it is converted once, or is as much of the fixed price as of the total.
    fn beside(&self, total: Money, earlier: Option<&Beside>) -> Option<Money> {
        let (other, rate) = self.other.as_ref().ok()?;
        match (rate, earlier) {
            (Some(rate), _) => Some(rate.convert(total).ok()?.at_least_a_coin(total)),
            (None, Some((before, None))) if before.currency == other.currency => {
                Some(Money::new(other.minor - before.minor, other.currency))
            }
            (None, _) if self.total.minor > 0 => Some(other.portion(total.minor, self.total.minor)),
            (None, _) => None,
        }
    }
}

/// What one price is more than another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// In the facility's currency.
    pub total: Money,
    /// The tax in it, at the rate of the new price.
    pub vat: Money,
    /// In the other currency; `None` where there is no price in it.
    pub other: Option<Money>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::*;
    use crate::{
        money::{EURO, TaxPoint, Unit},
        time::Quarter,
    };

    const SEK: Currency = Currency::from_code(b"SEK");

    fn span(quarters: i64) -> Span {
        Span::new(Quarter(0), Quarter(quarters)).expect("a span")
    }

    fn quote(gross: &[i64], fixed: Option<i64>) -> Quote {
        let lines = gross.iter().map(|&minor| TariffLine {
            span: span(4),
            basis: Basis::Price {
                unit: Unit::Hour,
                price: Money::new(minor, EURO),
                group: None,
                home: vec![],
                when: crate::money::Band::default(),
                part_percent: None,
            },
            gross: Money::new(minor, EURO),
        });
        let rate = Rate {
            base: EURO,
            quote: SEK,
            value: Decimal::new(10_978, 3),
            date: "2026-10-30".parse().expect("a date"),
            source: "ECB".to_owned(),
        };
        let tax = tax(VatRate::Percent(Decimal::new(135, 1)));
        let priced = Priced {
            lines: lines.collect(),
            total: Money::new(gross.iter().sum(), EURO),
            fixed: fixed.map(|minor| Money::new(minor, SEK)),
        };
        Quote::new(priced, tax, Ok(rate))
    }

    fn tax(rate: VatRate) -> Tax {
        let date = |text: &str| text.parse().expect("a date");
        Tax { rate, since: date("2026-01-01"), point: TaxPoint::Payment, on: date("2026-10-30") }
    }

    proptest! {
        #[test]
        fn what_is_off_leaves_a_tax_within_what_remains(
            gross in prop::collection::vec(0i64..3_000, 1..6),
            percent in 0i64..=100,
            rate in 0i64..=1_000,
        ) {
            let rate = VatRate::Percent(Decimal::new(rate, 1));
            let line = |minor| TariffLine { span: span(4), basis: Basis::Kept, gross: Money::new(minor, EURO) };
            let whole: i64 = gross.iter().sum();
            let off = -Money::new(whole, EURO).percent(percent).minor;
            let lines = taxed(gross.iter().copied().chain([off]).map(line).collect(), tax(rate));
            for line in &lines {
                prop_assert_eq!(line.net.minor + line.vat.minor, line.gross.minor);
                let (low, high) = (line.gross.minor.min(0), line.gross.minor.max(0));
                prop_assert!((low..=high).contains(&line.vat.minor), "{:?}", line);
                prop_assert!((low..=high).contains(&line.net.minor), "{:?}", line);
            }
            let sum = |of: fn(&QuoteLine) -> Money| lines.iter().map(|line| of(line).minor).sum::<i64>();
            let (charged, vat) = (sum(|line| line.gross), sum(|line| line.vat));
            prop_assert_eq!(charged, whole + off);
            prop_assert!((0..=charged).contains(&vat), "{} of {}", vat, charged);
            // Never further from what the law says than the lines before it are rounded.
            let lawful = rate.within(Money::new(charged, EURO)).minor;
            prop_assert!((vat - lawful).abs() <= 1 + gross.len() as i64 / 2, "{} for {}", vat, lawful);
        }
    }

    #[test]
    fn a_difference_has_its_tax_and_is_converted_once() {
        let check = |earlier, total, vat, other| {
            let difference =
                quote(&[187_50], None).difference(Money::new(earlier, EURO), None).expect("one currency");
            let expected = Difference {
                total: Money::new(total, EURO),
                vat: Money::new(vat, EURO),
                other: Some(Money::new(other, SEK)),
            };
            assert_eq!(difference, expected);
        };
        check(125_00, 62_50, 7_43, 686_13); // and not 2058.38 less 1372.25
        check(187_50, 0, 0, 0);
        check(250_00, -62_50, -7_43, -686_13);
        assert!(quote(&[100], None).difference(Money::new(1, SEK), None).is_err());
    }

    #[test]
    fn what_is_not_free_costs_at_least_the_smallest_coin() {
        let rate = |value| {
            Ok(Rate {
                base: SEK,
                quote: EURO,
                value,
                date: "2026-10-30".parse().expect("a date"),
                source: "a story".to_owned(),
            })
        };
        let beside = |minor, fixed: Option<i64>| {
            let line = TariffLine { span: span(4), basis: Basis::Kept, gross: Money::new(minor, SEK) };
            let (total, fixed) = (line.gross, fixed.map(|minor| Money::new(minor, EURO)));
            let priced = Priced { lines: vec![line], total, fixed };
            let quote = Quote::new(priced, tax(VatRate::Exempt), rate(Decimal::new(9, 2)));
            quote.other.expect("a price").0.minor
        };
        assert_eq!([beside(4, None), beside(0, None), beside(4, Some(0)), beside(100, None)], [1, 0, 1, 9]);
    }

    #[test]
    fn a_difference_between_fixed_prices_is_what_lies_between_them() {
        let check = |fixed, before: Option<Beside>, expected| {
            let difference = quote(&[30_00], fixed).difference(Money::new(20_00, EURO), before.as_ref());
            let other = difference.expect("one currency").other;
            assert_eq!(other.map(|money| money.minor), Some(expected));
        };
        let kronor = |minor| Money::new(minor, SEK);
        check(Some(300_00), Some((kronor(210_00), None)), 90_00);
        let rate = quote(&[1], None).rate().cloned();
        check(Some(300_00), Some((kronor(219_56), rate)), 100_00); // a third of it, as of the euros
        check(None, Some((kronor(210_00), None)), 109_78);
    }

    #[test]
    fn a_time_moved_without_its_price_costs_what_it_cost() {
        let lines = quote(&[95_00, 93_75], None).lines;
        let moved = QuoteLine::same_price(span(6), &lines).expect("a line");
        assert_eq!((moved.gross.minor, moved.vat.minor, moved.net.minor), (188_75, 22_45, 166_30));
        assert_eq!(moved.basis, Basis::Kept);
        assert!(QuoteLine::same_price(span(6), &[]).is_err());
    }
}
