//! Balances: postings folded.

use std::collections::BTreeMap;

use super::{Account, Posting};
use crate::money::Currency;

/// What has been debited and credited to each account of each entity, by currency.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Balances(BTreeMap<(String, Account, Currency), Turnover>);

/// The sums of an account's two sides, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Turnover {
    pub debit: i64,
    pub credit: i64,
}

impl Turnover {
    /// What remains; fewer than 0 where more was credited.
    #[must_use]
    pub const fn balance(self) -> i64 {
        self.debit - self.credit
    }
}

impl Balances {
    /// The balances of all postings.
    #[must_use]
    pub fn of<'a>(postings: impl IntoIterator<Item = &'a Posting>) -> Self {
        postings.into_iter().fold(Self::default(), |mut balances, posting| {
            balances.add(posting);
            balances
        })
    }

    /// Takes in one posting more.
    pub fn add(&mut self, posting: &Posting) {
        self.turnover(posting, &posting.debit).debit += posting.amount.minor;
        self.turnover(posting, &posting.credit).credit += posting.amount.minor;
    }

    fn turnover(&mut self, posting: &Posting, account: &Account) -> &mut Turnover {
        let key = (posting.entity.clone(), account.clone(), posting.amount.currency);
        self.0.entry(key).or_default()
    }

    /// By entity, then account.
    pub fn lines(&self) -> impl Iterator<Item = (&str, &Account, Currency, Turnover)> {
        self.0
            .iter()
            .map(|((entity, account, currency), turnover)| (entity.as_str(), account, *currency, *turnover))
    }

    /// What remains on an account; nothing where nothing was ever posted.
    #[must_use]
    pub fn balance(&self, entity: &str, account: &Account, currency: Currency) -> i64 {
        let key = (entity.to_owned(), account.clone(), currency);
        self.0.get(&key).map_or(0, |turnover| turnover.balance())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::account, *};
    use crate::money::{EURO, Money};

    fn postings() -> impl Strategy<Value = Vec<Posting>> {
        let accounts = account::tests::all();
        let one = (0..accounts.len(), 0..accounts.len(), prop::bool::ANY, 1i64..1_000_000);
        prop::collection::vec(one, 0..200).prop_map(move |drawn| {
            let entity = |first| if first { "haparanda" } else { "tornio" };
            let posting = |(debit, credit, first, minor): (usize, usize, bool, i64)| {
                let (debit, credit) = (accounts[debit].clone(), accounts[credit].clone());
                Posting::new(entity(first), debit, credit, Money::new(minor, EURO))
            };
            drawn.into_iter().filter(|drawn| drawn.0 != drawn.1).map(posting).collect()
        })
    }

    proptest! {
        #[test]
        fn each_entitys_balances_are_nothing_in_all(postings in postings()) {
            let balances = Balances::of(&postings);
            for entity in ["haparanda", "tornio"] {
                let own = balances.lines().filter(|(whose, ..)| *whose == entity);
                prop_assert_eq!(own.map(|(.., turnover)| turnover.balance()).sum::<i64>(), 0);
            }
        }

        #[test]
        fn the_order_and_the_grouping_do_not_matter(postings in postings(), cut in 0usize..200) {
            let (early, late) = postings.split_at(cut.min(postings.len()));
            let mut balances = Balances::of(late);
            early.iter().rev().for_each(|posting| balances.add(posting));
            prop_assert_eq!(balances, Balances::of(&postings));
        }

        #[test]
        fn what_is_reversed_leaves_no_balance(postings in postings()) {
            let undone = super::super::correction(postings.clone());
            let balances = Balances::of(postings.iter().chain(&undone));
            prop_assert!(balances.lines().all(|(.., turnover)| turnover.balance() == 0));
        }
    }
}
