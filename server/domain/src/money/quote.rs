//! A price as it is shown, and therefore as it is charged.

use rust_decimal::Decimal;

use super::{Money, ParseMoneyError, Rate, RateError, TariffLine, VatRate, half_up};
use crate::time::Span;

/// One line: a span at one price, with the tax inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteLine {
    pub span: Span,
    pub hour: Money,
    pub net: Money,
    pub vat_rate: VatRate,
    pub vat: Money,
    pub gross: Money,
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
        let hour = Decimal::from(gross.minor) * Decimal::from(4) / Decimal::from(span.quarters());
        Ok(Self {
            span,
            hour: Money::new(half_up(hour), gross.currency),
            net,
            vat_rate: first.vat_rate,
            vat,
            gross,
        })
    }
}

/// The price in the facility's currency, and what it is in the neighbour's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    pub lines: Vec<QuoteLine>,
    pub total: Money,
    /// The total in the other currency and the rate that makes it so; why not, where there is none.
    pub other: Result<(Money, Rate), RateError>,
}

impl Quote {
    /// Puts the tax into each line and the total into the other currency.
    #[must_use]
    pub fn new(
        lines: Vec<TariffLine>,
        total: Money,
        vat_rate: VatRate,
        rate: Result<Rate, RateError>,
    ) -> Self {
        let lines = lines
            .into_iter()
            .map(|TariffLine { span, hour, gross }| {
                let vat = vat_rate.within(gross);
                let net = Money::new(gross.minor - vat.minor, gross.currency);
                QuoteLine { span, hour, net, vat_rate, vat, gross }
            })
            .collect();
        let other = rate.and_then(|rate| Ok((rate.convert(total)?, rate)));
        Self { lines, total, other }
    }

    /// The tax in all lines.
    #[must_use]
    pub fn vat(&self) -> Money {
        Money::new(self.lines.iter().map(|line| line.vat.minor).sum(), self.total.currency)
    }

    /// What is paid in the given currency; `None` where it can't be paid in that one.
    #[must_use]
    pub fn payable_in(&self, currency: super::Currency) -> Option<Money> {
        if self.total.currency == currency {
            return Some(self.total);
        }
        self.other.as_ref().ok().map(|(money, _)| *money).filter(|money| money.currency == currency)
    }

    #[must_use]
    pub const fn is_free(&self) -> bool {
        self.total.minor == 0
    }

    /// How much more it is than an earlier price: less than nothing where it is lower.
    ///
    /// # Errors
    /// When they are of two currencies.
    pub fn difference(&self, earlier: Money) -> Result<Difference, ParseMoneyError> {
        let total =
            Money::sum(self.total.currency, [self.total, Money::new(-earlier.minor, earlier.currency)])?;
        let vat_rate = self.lines.first().map_or(VatRate::Exempt, |line| line.vat_rate);
        let other = self.other.as_ref().ok().and_then(|(_, rate)| rate.convert(total).ok());
        Ok(Difference { total, vat: vat_rate.within(total), other })
    }
}

/// What one price is more than another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// In the facility's currency.
    pub total: Money,
    /// The tax in it, at the rate of the new price.
    pub vat: Money,
    /// Converted once, at the rate of the new price; `None` where there is none.
    pub other: Option<Money>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        money::{Currency, EURO},
        time::Quarter,
    };

    const SEK: Currency = Currency::from_code(b"SEK");

    fn span(quarters: i64) -> Span {
        Span::new(Quarter(0), Quarter(quarters)).expect("a span")
    }

    fn quote(gross: &[i64]) -> Quote {
        let lines = gross.iter().map(|&minor| TariffLine {
            span: span(4),
            hour: Money::new(minor, EURO),
            gross: Money::new(minor, EURO),
        });
        let rate = Rate {
            base: EURO,
            quote: SEK,
            value: Decimal::new(10_978, 3),
            date: "2026-10-30".parse().expect("a date"),
            source: "ECB".to_owned(),
        };
        let total = Money::new(gross.iter().sum(), EURO);
        Quote::new(lines.collect(), total, VatRate::Percent(Decimal::new(135, 1)), Ok(rate))
    }

    #[test]
    fn a_difference_has_its_tax_and_is_converted_once() {
        let check = |earlier, total, vat, other| {
            let difference = quote(&[187_50]).difference(Money::new(earlier, EURO)).expect("one currency");
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
        assert!(quote(&[100]).difference(Money::new(1, SEK)).is_err());
    }

    #[test]
    fn a_time_moved_without_its_price_costs_what_it_cost() {
        let lines = quote(&[95_00, 93_75]).lines;
        let moved = QuoteLine::same_price(span(6), &lines).expect("a line");
        assert_eq!((moved.gross.minor, moved.vat.minor, moved.net.minor), (188_75, 22_45, 166_30));
        assert_eq!(moved.hour.minor, 125_83);
        assert!(QuoteLine::same_price(span(6), &[]).is_err());
    }
}
