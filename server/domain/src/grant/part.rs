//! How much of a price a grant pays.

use crate::{
    ledger::Share,
    money::{Currency, Difference, Money},
};

/// What part of a price it pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantPays {
    /// 1 to 100, of the price in the facility's currency.
    Percent(i64),
    /// So much a booking, in the currency of whoever grants it.
    Amount(Money),
}

/// A grant's rule, as it is for one booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrantRule {
    pub pays: GrantPays,
    /// The most that it pays of a booking, in the currency of whoever grants it.
    pub limit: Option<Money>,
    /// Of whoever grants it.
    pub currency: Currency,
}

/// A price, or what a dearer one is more, in both currencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrantPrice {
    /// In the facility's currency, tax included.
    pub total: Money,
    /// The tax inside `total`.
    pub vat: Money,
    /// The total in the neighbour's currency, as it was quoted.
    pub other: Option<Money>,
}

/// What a grant pays of a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrantPart {
    /// In the facility's currency, and the tax inside it.
    pub gross: Money,
    pub vat: Money,
    /// The same in the neighbour's currency.
    pub other: Option<Money>,
    /// What it costs whoever grants it, in their own currency: one of those two.
    pub paid: Money,
}

impl GrantPart {
    /// As the books name it.
    #[must_use]
    pub const fn share(&self) -> Share {
        Share { gross: self.gross, vat: self.vat, paid: self.paid }
    }
}

impl From<Difference> for GrantPrice {
    fn from(Difference { total, vat, other }: Difference) -> Self {
        Self { total, vat, other }
    }
}

impl GrantPrice {
    /// What is left of it for the payer: in each currency exactly the rest.
    #[must_use]
    pub fn less(&self, part: &GrantPart) -> Self {
        let rest = |whole: Money, part: Money| Money::new(whole.minor - part.minor, whole.currency);
        Self {
            total: rest(self.total, part.gross),
            vat: rest(self.vat, part.vat),
            other: self.other.zip(part.other).map(|(whole, part)| rest(whole, part)),
        }
    }

    fn in_currency(&self, currency: Currency) -> Option<Money> {
        [Some(self.total), self.other].into_iter().flatten().find(|money| money.currency == currency)
    }
}

impl GrantRule {
    /// What it pays of a price, where `left` is still to be had of its budget and of the voucher. `None` where that is
    /// nothing, or the price isn't known in its currency.
    ///
    /// A percentage is rounded once, half-up, in the facility's currency; the other figures are as much of their wholes,
    /// which were converted when the price was quoted, so that nothing is converted twice.
    #[must_use]
    pub fn part(&self, price: &GrantPrice, left: Money) -> Option<GrantPart> {
        let whole = price.in_currency(self.currency)?;
        let most = self.limit.map_or(left.minor, |limit| limit.minor.min(left.minor));
        let part = match self.pays {
            GrantPays::Percent(percent) => self.of_gross(price, whole, price.total.percent(percent)),
            GrantPays::Amount(amount) => self.of_paid(price, whole, amount.minor),
        };
        let part = if part.paid.minor > most { self.of_paid(price, whole, most) } else { part };
        (part.gross.minor > 0 && part.paid.minor > 0).then_some(part)
    }

    /// The same of what a price has become dearer by, once `given` has been paid of it.
    #[must_use]
    pub fn after(&self, given: Money) -> Self {
        let less = |money: Money| Money::new((money.minor - given.minor).max(0), money.currency);
        let pays = match self.pays {
            GrantPays::Amount(amount) => GrantPays::Amount(less(amount)),
            percent @ GrantPays::Percent(_) => percent,
        };
        Self { pays, limit: self.limit.map(less), ..*self }
    }

    fn of_gross(&self, price: &GrantPrice, whole: Money, gross: Money) -> GrantPart {
        self.figures(price, gross, whole.portion(gross.minor, price.total.minor))
    }

    /// Less than the whole in its own currency is less than the whole in the facility's, too.
    fn of_paid(&self, price: &GrantPrice, whole: Money, paid: i64) -> GrantPart {
        if paid >= whole.minor {
            return self.figures(price, price.total, whole);
        }
        let gross = price.total.portion(paid, whole.minor).minor.min(price.total.minor - 1);
        self.figures(price, Money::new(gross, price.total.currency), Money::new(paid, whole.currency))
    }

    fn figures(&self, price: &GrantPrice, gross: Money, paid: Money) -> GrantPart {
        let same = |money: Money| money.portion(gross.minor, price.total.minor);
        let other = price.other.map(|other| if other.currency == self.currency { paid } else { same(other) });
        GrantPart { gross, vat: same(price.vat), other, paid }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::money::EURO;

    const SEK: Currency = Currency::from_code(b"SEK");

    fn euros(minor: i64) -> Money {
        Money::new(minor, EURO)
    }

    fn kronor(minor: i64) -> Money {
        Money::new(minor, SEK)
    }

    /// Of Tornio's ice: 125 euros, 1372.25 kronor.
    fn ice() -> GrantPrice {
        GrantPrice { total: euros(125_00), vat: euros(14_87), other: Some(kronor(1372_25)) }
    }

    fn rule(pays: GrantPays, currency: Currency) -> GrantRule {
        GrantRule { pays, limit: None, currency }
    }

    fn minor(part: Option<GrantPart>) -> Option<(i64, i64, Option<i64>, i64)> {
        part.map(|part| {
            (part.gross.minor, part.vat.minor, part.other.map(|other| other.minor), part.paid.minor)
        })
    }

    #[test]
    fn a_percentage_is_rounded_once_and_the_rest_is_the_payers() {
        let check = |percent, currency, left, expected| {
            let part = rule(GrantPays::Percent(percent), currency).part(&ice(), left);
            assert_eq!(minor(part), expected, "{percent} %");
        };
        check(50, EURO, euros(1000_00), Some((62_50, 7_44, Some(686_13), 62_50)));
        check(50, SEK, kronor(9000_00), Some((62_50, 7_44, Some(686_13), 686_13)));
        check(33, EURO, euros(1000_00), Some((41_25, 4_91, Some(452_84), 41_25)));
        check(100, SEK, kronor(9000_00), Some((125_00, 14_87, Some(1372_25), 1372_25)));
        let half = rule(GrantPays::Percent(50), SEK).part(&ice(), kronor(9000_00)).expect("a part");
        let rest = ice().less(&half);
        assert_eq!((rest.total, rest.vat, rest.other), (euros(62_50), euros(7_43), Some(kronor(686_12))));
    }

    #[test]
    fn an_amount_is_in_the_granters_own_money() {
        let amount = rule(GrantPays::Amount(kronor(400_00)), SEK);
        let part = amount.part(&ice(), kronor(9000_00));
        assert_eq!(minor(part), Some((36_44, 4_33, Some(400_00), 400_00)));
        let more_than_it_costs = rule(GrantPays::Amount(kronor(5000_00)), SEK).part(&ice(), kronor(9000_00));
        assert_eq!(minor(more_than_it_costs), Some((125_00, 14_87, Some(1372_25), 1372_25)));
    }

    #[test]
    fn what_is_left_and_the_limit_of_a_booking_are_never_exceeded() {
        let whole = rule(GrantPays::Percent(100), EURO);
        assert_eq!(minor(whole.part(&ice(), euros(30_00))), Some((30_00, 3_57, Some(329_34), 30_00)));
        let limited = GrantRule { limit: Some(euros(20_00)), ..whole };
        assert_eq!(minor(limited.part(&ice(), euros(30_00))), Some((20_00, 2_38, Some(219_56), 20_00)));
        assert_eq!(whole.part(&ice(), euros(0)), None);
        let unknown = GrantPrice { other: None, ..ice() };
        assert_eq!(rule(GrantPays::Percent(50), SEK).part(&unknown, kronor(100_00)), None);
    }

    #[test]
    fn a_dearer_time_has_what_its_rule_still_gives() {
        let more = GrantPrice { total: euros(30_00), vat: euros(3_57), other: Some(kronor(329_34)) };
        let check = |rule: GrantRule, expected| {
            let part = rule.after(euros(62_50)).part(&more, euros(1000_00));
            assert_eq!(part.map(|part| part.gross.minor), expected);
        };
        check(rule(GrantPays::Percent(50), EURO), Some(15_00));
        check(GrantRule { limit: Some(euros(70_00)), ..rule(GrantPays::Percent(50), EURO) }, Some(7_50));
        check(rule(GrantPays::Amount(euros(62_50)), EURO), None);
        check(rule(GrantPays::Amount(euros(80_00)), EURO), Some(17_50));
    }

    proptest! {
        #[test]
        fn parts_and_rests_are_the_price_exactly(
            total in 1i64..2_000_000, tax in 0i64..=25, other in 1i64..20_000_000, percent in 1i64..=100,
            amount in 1i64..3_000_000, by_percent: bool, in_euros: bool, left in 0i64..30_000_000, limit in 0i64..1_000_000,
        ) {
            let price = GrantPrice { total: euros(total), vat: euros(total).percent(tax), other: Some(kronor(other)) };
            let currency = if in_euros { EURO } else { SEK };
            let own = |minor| Money::new(minor, currency);
            let pays = if by_percent { GrantPays::Percent(percent) } else { GrantPays::Amount(own(amount)) };
            let limit = (limit > 0).then(|| own(limit));
            let rule = GrantRule { pays, limit, currency };
            if let Some(part) = rule.part(&price, own(left)) {
                let rest = price.less(&part);
                prop_assert_eq!(part.gross.minor + rest.total.minor, total);
                prop_assert_eq!(part.vat.minor + rest.vat.minor, price.vat.minor);
                prop_assert_eq!(part.other.map(|money| money.minor).zip(rest.other.map(|money| money.minor))
                    .map(|(part, rest)| part + rest), Some(other));
                prop_assert!(rest.total.minor >= 0 && rest.vat.minor >= 0 && rest.other.is_some_and(|rest| rest.minor >= 0));
                prop_assert!(rest.vat.minor <= rest.total.minor && part.vat.minor <= part.gross.minor);
                prop_assert!(part.paid.minor <= left && limit.is_none_or(|limit| part.paid.minor <= limit.minor));
                prop_assert_eq!(part.paid.currency, currency);
            }
        }
    }
}
