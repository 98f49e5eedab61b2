//! Lines as they are added up, in both currencies.

use super::{Basis, Priced, TariffLine};
use crate::{
    money::{Currency, Money},
    time::Span,
};

/// A price in the making.
pub(super) struct Sum {
    pub currency: Currency,
    lines: Vec<TariffLine>,
    pub total: i64,
    /// `None` once a price isn't fixed in the other currency.
    pub other: Option<Money>,
    /// The other currency is known from the first price on.
    begun: bool,
}

impl Sum {
    pub const fn new(currency: Currency) -> Self {
        Self { currency, lines: Vec::new(), total: 0, other: None, begun: false }
    }

    /// The first price says what the other currency is; what it isn't fixed in it can't be later.
    pub fn meet(&mut self, beside: Option<Money>) {
        if !self.begun {
            self.other = beside.map(|money| Money::new(0, money.currency));
            self.begun = true;
        } else if beside.map(|money| money.currency) != self.other.map(|money| money.currency) {
            self.other = None;
        }
    }

    pub fn add(&mut self, span: Span, basis: Basis, minor: i64, other: Option<i64>) {
        self.total += minor;
        self.other = self.other.zip(other).map(|(sum, more)| Money::new(sum.minor + more, sum.currency));
        self.lines.push(TariffLine { span, basis, gross: Money::new(minor, self.currency) });
    }

    pub fn priced(self) -> Priced {
        Priced { lines: self.lines, total: Money::new(self.total, self.currency), fixed: self.other }
    }
}
