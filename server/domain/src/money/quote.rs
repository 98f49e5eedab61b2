//! A price as it is shown, and therefore as it is charged.

use super::{Money, Rate, RateError, TariffLine, VatRate};
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
}
