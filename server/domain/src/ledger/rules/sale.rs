//! Money for bookings: paid, given back, taken on by others.

use super::super::{Account, Posting, correction};
use crate::money::Money;

/// A payment of a price, or of a part of it, as agreed when it was quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentFacts {
    /// The municipality whose facility it is: its income, its tax.
    pub owner: String,
    /// The municipality whose provider takes the money in.
    pub collector: String,
    /// What it pays in the owner's currency, tax included.
    pub gross: Money,
    /// The tax inside `gross`.
    pub vat: Money,
    /// What was paid, in the collector's currency.
    pub paid: Money,
}

/// So much of a payment, in its three figures: the whole of it, or what goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// In the owner's currency, tax included.
    pub gross: Money,
    /// The tax inside `gross`.
    pub vat: Money,
    /// In the collector's currency.
    pub paid: Money,
}

/// Money for a booking has arrived.
///
/// Across the border the collector owes the owner, and the owner has the income: the two dues
/// mirror each other through the contract amount. A due that is less than the smallest coin of the
/// collector's is still a due.
#[must_use]
pub fn payment(facts: &PaymentFacts) -> Vec<Posting> {
    earned(facts, &Account::Clearing)
}

/// Money for a booking goes back, in the currency and at the rate it came.
#[must_use]
pub fn refund(facts: &PaymentFacts, back: &Share) -> Vec<Posting> {
    let Share { gross, vat, paid } = *back;
    correction(payment(&PaymentFacts { gross, vat, paid, ..facts.clone() }))
}

/// The collector pays a part of a price for the payer: a subsidy, a voucher of its own.
#[must_use]
pub fn subsidy(facts: &PaymentFacts) -> Vec<Posting> {
    earned(facts, &Account::Subsidies)
}

/// A part of a price that was taken on goes back to whoever took it on, at the rate and with the tax that it had.
#[must_use]
pub fn subsidy_returned(facts: &PaymentFacts, back: &Share) -> Vec<Posting> {
    let Share { gross, vat, paid } = *back;
    correction(subsidy(&PaymentFacts { gross, vat, paid, ..facts.clone() }))
}

/// The tax in what has been earned turns out to be another: what differs is between tax and income.
#[must_use]
pub fn taxed_anew(owner: &str, was: Money, is: Money) -> Vec<Posting> {
    let differs = Money::new((is.minor - was.minor).abs(), is.currency);
    let more = Posting::new(owner, Account::Income, Account::Vat, differs);
    let line = if is.minor < was.minor { more.reversed() } else { more };
    [line].into_iter().filter(Posting::says_something).collect()
}

/// Money has arrived that pays for nothing: a second time, or for a time that is gone.
#[must_use]
pub fn surplus_taken(collector: &str, paid: Money) -> Vec<Posting> {
    vec![Posting::new(collector, Account::Clearing, Account::OwedToPayers, paid)]
}

/// Such money goes back.
#[must_use]
pub fn surplus_refunded(collector: &str, paid: Money) -> Vec<Posting> {
    correction(surplus_taken(collector, paid))
}

fn earned(facts: &PaymentFacts, taken: &Account) -> Vec<Posting> {
    sold(facts, taken, |debit, contract| income(&facts.owner, debit, facts.gross, facts.vat, contract))
}

/// What the collector has on `taken` is the owner's: the owner's lines are against that account, or across
/// the border against the due.
pub(super) fn sold(
    facts: &PaymentFacts,
    taken: &Account,
    owners: impl FnOnce(&Account, Option<Money>) -> Vec<Posting>,
) -> Vec<Posting> {
    if facts.owner == facts.collector {
        return owners(taken, None);
    }
    let contract = Some(facts.gross);
    let due_to = Account::DueTo(facts.owner.clone());
    let collected = Posting::new(&facts.collector, taken.clone(), due_to, facts.paid).of_contract(contract);
    let due_from = Account::DueFrom(facts.collector.clone());
    let lines = std::iter::once(collected).chain(owners(&due_from, contract));
    lines.filter(Posting::says_something).collect()
}

/// Tax and net income of the owner against `debit`; a line of nothing is not written.
pub(super) fn income(
    owner: &str,
    debit: &Account,
    gross: Money,
    vat: Money,
    contract: Option<Money>,
) -> Vec<Posting> {
    let net = Money::new(gross.minor - vat.minor, gross.currency);
    [(Account::Vat, vat), (Account::Income, net)]
        .into_iter()
        .map(|(credit, amount)| {
            Posting::new(owner, debit.clone(), credit, amount).of_contract(contract.map(|_| amount))
        })
        .filter(Posting::says_something)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::{
        super::super::{Standing, repay},
        *,
    };
    use crate::money::{Currency, EURO, VatRate};

    const SEK: Currency = Currency::from_code(b"SEK");

    fn cross_border() -> PaymentFacts {
        PaymentFacts {
            owner: "tornio".to_owned(),
            collector: "haparanda".to_owned(),
            gross: Money::new(20_00, EURO),
            vat: Money::new(2_38, EURO),
            paid: Money::new(219_56, SEK),
        }
    }

    fn balances(postings: &[Posting]) -> BTreeMap<(String, String), i64> {
        let mut balances = BTreeMap::new();
        for posting in postings {
            for (account, sign) in [(&posting.debit, 1), (&posting.credit, -1)] {
                let key = (posting.entity.clone(), account.to_string());
                *balances.entry(key).or_insert(0) += sign * posting.amount.minor;
            }
        }
        balances
    }

    fn key(entity: &str, account: &str) -> (String, String) {
        (entity.to_owned(), account.to_owned())
    }

    #[test]
    fn the_worked_example_across_the_border() {
        let expected = BTreeMap::from([
            (key("haparanda", "clearing"), 219_56),
            (key("haparanda", "due_to:tornio"), -219_56),
            (key("tornio", "due_from:haparanda"), 20_00),
            (key("tornio", "vat"), -2_38),
            (key("tornio", "income"), -17_62),
        ]);
        assert_eq!(balances(&payment(&cross_border())), expected);
    }

    #[test]
    fn at_home_no_one_owes_anyone() {
        let facts =
            PaymentFacts { collector: "tornio".to_owned(), paid: Money::new(20_00, EURO), ..cross_border() };
        let expected = BTreeMap::from([
            (key("tornio", "clearing"), 20_00),
            (key("tornio", "vat"), -2_38),
            (key("tornio", "income"), -17_62),
        ]);
        assert_eq!(balances(&payment(&facts)), expected);
    }

    #[test]
    fn a_town_takes_on_a_part_of_a_price_on_the_other_bank() {
        let mut postings = payment(&PaymentFacts {
            gross: Money::new(15_00, EURO),
            vat: Money::new(1_78, EURO),
            collector: "tornio".to_owned(),
            paid: Money::new(15_00, EURO),
            ..cross_border()
        });
        postings.extend(subsidy(&PaymentFacts {
            gross: Money::new(5_00, EURO),
            vat: Money::new(60, EURO),
            paid: Money::new(54_89, SEK),
            ..cross_border()
        }));
        let expected = BTreeMap::from([
            (key("haparanda", "subsidies"), 54_89),
            (key("haparanda", "due_to:tornio"), -54_89),
            (key("tornio", "clearing"), 15_00),
            (key("tornio", "due_from:haparanda"), 5_00),
            (key("tornio", "vat"), -2_38),
            (key("tornio", "income"), -17_62),
        ]);
        assert_eq!(balances(&postings), expected);
        let back =
            Share { gross: Money::new(5_00, EURO), vat: Money::new(60, EURO), paid: Money::new(54_89, SEK) };
        postings.extend(subsidy_returned(&cross_border(), &back));
        let left = balances(&postings);
        assert_eq!(
            (left[&key("haparanda", "subsidies")], left[&key("tornio", "due_from:haparanda")]),
            (0, 0)
        );
        assert_eq!(left[&key("tornio", "vat")], -1_78);
    }

    #[test]
    fn a_town_pays_a_part_of_its_own_price() {
        let facts =
            PaymentFacts { collector: "tornio".to_owned(), paid: Money::new(20_00, EURO), ..cross_border() };
        let expected = BTreeMap::from([
            (key("tornio", "subsidies"), 20_00),
            (key("tornio", "vat"), -2_38),
            (key("tornio", "income"), -17_62),
        ]);
        assert_eq!(balances(&subsidy(&facts)), expected);
    }

    #[test]
    fn another_tax_is_another_income() {
        let check = |was, is, expected: (i64, i64)| {
            let facts = PaymentFacts { vat: Money::new(was, EURO), ..cross_border() };
            let mut postings = subsidy(&facts);
            postings.extend(taxed_anew("tornio", facts.vat, Money::new(is, EURO)));
            let balances = balances(&postings);
            assert_eq!((balances[&key("tornio", "vat")], balances[&key("tornio", "income")]), expected);
            assert_eq!(balances[&key("tornio", "due_from:haparanda")], 20_00);
        };
        check(2_46, 2_38, (-2_38, -17_62));
        check(2_38, 2_46, (-2_46, -17_54));
        check(2_38, 2_38, (-2_38, -17_62));
        check(2_38, 0, (0, -20_00));
    }

    fn whole(facts: &PaymentFacts) -> Standing {
        let PaymentFacts { gross, vat, paid, .. } = *facts;
        Standing::untouched(Share { gross, vat, paid })
    }

    proptest! {
        #[test]
        fn a_full_refund_leaves_nothing(gross in 1i64..10_000_000, paid in 1i64..100_000_000, at_home: bool) {
            let gross = Money::new(gross, EURO);
            let vat = VatRate::Percent(rust_decimal::Decimal::new(135, 1)).within(gross);
            let mut facts = PaymentFacts { gross, vat, paid: Money::new(paid, SEK), ..cross_border() };
            if at_home {
                facts.collector.clone_from(&facts.owner);
                facts.paid = gross;
            }
            let mut postings = payment(&facts);
            postings.extend(refund(&facts, &whole(&facts).percent(100)));
            prop_assert!(balances(&postings).values().all(|&balance| balance == 0));
            prop_assert!(postings.iter().all(|posting| posting.amount.minor > 0));
        }

        #[test]
        fn part_refunds_leave_nothing_in_the_end(
            gross in 1i64..1_000_000, paid in 1i64..1_000_000, takes in prop::collection::vec(1i64..400_000, 0..8),
        ) {
            let gross = Money::new(gross, EURO);
            let vat = VatRate::Percent(rust_decimal::Decimal::new(255, 1)).within(gross);
            let facts = PaymentFacts { gross, vat, paid: Money::new(paid, SEK), ..cross_border() };
            let (mut postings, mut standing) = (payment(&facts), whole(&facts));
            for take in takes.into_iter().chain([gross.minor]) {
                let share = repay(&[standing], Money::new(take, EURO))[0];
                postings.extend(refund(&facts, &share));
                standing = standing.after(&share);
                let balance = |account: &str| balances(&postings).get(&key("tornio", account)).copied().unwrap_or(0);
                prop_assert!(balance("vat") <= 0 && balance("income") <= 0, "never more than came");
                prop_assert_eq!(balance("vat") + balance("income"), -standing.left().gross.minor);
            }
            prop_assert!(balances(&postings).values().all(|&balance| balance == 0));
        }

        #[test]
        fn dues_mirror_through_the_contract(gross in 1i64..10_000_000, paid in 1i64..1000, percent in 1i64..=100) {
            let gross = Money::new(gross, EURO);
            let vat = VatRate::Percent(rust_decimal::Decimal::new(255, 1)).within(gross);
            let facts = PaymentFacts { gross, vat, paid: Money::new(paid, SEK), ..cross_border() };
            let mut postings = payment(&facts);
            postings.extend(refund(&facts, &whole(&facts).percent(percent)));
            let contract = |wanted: &Account| -> i64 {
                postings.iter().map(|posting| {
                    let amount = posting.contract.map_or(0, |money| money.minor);
                    i64::from(posting.debit == *wanted) * amount - i64::from(posting.credit == *wanted) * amount
                }).sum()
            };
            let owed = contract(&Account::DueTo("tornio".to_owned()));
            prop_assert_eq!(owed, -contract(&Account::DueFrom("haparanda".to_owned())));
        }
    }
}
