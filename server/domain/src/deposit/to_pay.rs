//! What a payer pays.

use crate::money::{Beside, Currency, Deposit, Money, Rate};

/// What is to be paid: of a price what no grant pays, and the deposit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToPay {
    /// What no grant pays of the price, in the facility's currency.
    pub price: Money,
    /// The same in the neighbour's.
    pub other: Option<Beside>,
    pub deposit: Option<Deposit>,
}

/// The same in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<'a> {
    pub price: Money,
    /// Nothing where none is asked for.
    pub deposit: Money,
    /// The rate that the price is converted at, where one is.
    pub rate: Option<&'a Rate>,
}

impl Asked<'_> {
    /// What the payer is charged.
    #[must_use]
    pub const fn total(&self) -> Money {
        Money::new(self.price.minor + self.deposit.minor, self.price.currency)
    }
}

impl ToPay {
    /// A price without a deposit.
    #[must_use]
    pub const fn price(price: Money, other: Option<Beside>) -> Self {
        Self { price, other, deposit: None }
    }

    /// In a currency; `None` where it can't be paid in that one, or comes to nothing in it.
    #[must_use]
    pub fn asked(&self, currency: Currency) -> Option<Asked<'_>> {
        let (price, rate) = match &self.other {
            _ if currency == self.price.currency => (self.price, None),
            Some((money, rate)) if money.currency == currency => (*money, rate.as_ref()),
            // What is free is free in each currency, whether a rate is in force or not.
            None if self.price.minor == 0 => (Money::new(0, currency), None),
            _ => return None,
        };
        let deposit = match &self.deposit {
            Some(deposit) => deposit.of(currency)?,
            None => Money::new(0, currency),
        };
        let asked = Asked { price, deposit, rate };
        let less_than_a_coin = price.minor == 0 && self.price.minor > 0;
        (asked.total().minor > 0 && !less_than_a_coin).then_some(asked)
    }

    /// All of it in the facility's currency.
    #[must_use]
    pub fn total(&self) -> Money {
        self.asked(self.price.currency).map_or(self.price, |asked| asked.total())
    }

    /// All of it in the neighbour's; `None` where it can't be paid in it.
    #[must_use]
    pub fn total_other(&self) -> Option<Money> {
        let deposit = self.deposit.as_ref().and_then(|deposit| deposit.amount.beside(self.price.currency));
        let currency = self.other.as_ref().map(|(money, _)| money.currency);
        Some(self.asked(currency.or_else(|| deposit.map(|money| money.currency))?)?.total())
    }

    /// Whether nobody pays anything.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.total().minor == 0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::money::EURO;

    const SEK: Currency = Currency::from_code(b"SEK");

    fn deposit(euros: i64, kronor: i64) -> Deposit {
        let amounts = vec![Money::new(euros, EURO), Money::new(kronor, SEK)];
        Deposit { amount: crate::money::Amounts::new(amounts).expect("amounts"), name: None, days: 3 }
    }

    #[test]
    fn what_is_free_with_a_deposit_is_paid_in_either_currency() {
        let free = ToPay { deposit: Some(deposit(50_00, 500_00)), ..ToPay::price(Money::new(0, EURO), None) };
        assert_eq!(
            (free.total(), free.total_other()),
            (Money::new(50_00, EURO), Some(Money::new(500_00, SEK)))
        );
        let nothing = ToPay::price(Money::new(0, EURO), Some((Money::new(0, SEK), None)));
        assert!(nothing.is_nothing() && nothing.asked(EURO).is_none());
    }

    #[test]
    fn without_a_price_in_a_currency_nothing_is_paid_in_it() {
        let no_rate =
            ToPay { deposit: Some(deposit(50_00, 500_00)), ..ToPay::price(Money::new(1, EURO), None) };
        assert_eq!((no_rate.total(), no_rate.total_other()), (Money::new(50_01, EURO), None));
        let less = ToPay { other: Some((Money::new(0, SEK), None)), ..no_rate };
        assert_eq!(less.asked(SEK), None);
    }

    proptest! {
        #[test]
        fn the_deposit_comes_on_top_in_either_currency(
            price in 1i64..1_000_000, other in 1i64..10_000_000, euros in 1i64..1_000_000, kronor in 1i64..1_000_000,
        ) {
            let to_pay = ToPay {
                deposit: Some(deposit(euros, kronor)),
                ..ToPay::price(Money::new(price, EURO), Some((Money::new(other, SEK), None)))
            };
            prop_assert_eq!(to_pay.total().minor, price + euros);
            prop_assert_eq!(to_pay.total_other().map(|money| money.minor), Some(other + kronor));
        }
    }
}
