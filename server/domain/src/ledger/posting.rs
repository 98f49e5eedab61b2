//! A debit and a credit of one amount.

use super::Account;
use crate::money::Money;

/// One amount, debited to one account and credited to another, in one municipality's books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// The municipality whose books these are.
    pub entity: String,
    pub debit: Account,
    pub credit: Account,
    /// In the currency of the books; nothing only for a due that is less than its smallest coin.
    pub amount: Money,
    /// For a due: what it is in the currency it will be settled in, the facility's.
    pub contract: Option<Money>,
}

impl Posting {
    pub(super) fn new(entity: &str, debit: Account, credit: Account, amount: Money) -> Self {
        Self { entity: entity.to_owned(), debit, credit, amount, contract: None }
    }

    pub(super) fn of_contract(self, contract: Option<Money>) -> Self {
        Self { contract, ..self }
    }

    /// What is less than nothing moves the other way. A due may have grown in one currency and shrunk in the other:
    /// then the amount of the books says which way it goes.
    pub(super) fn forwards(self) -> Self {
        let contract = self.contract.map_or(0, |contract| contract.minor);
        if (self.amount.minor, contract) >= (0, 0) {
            return self;
        }
        let back = |money: Money| Money::new(-money.minor, money.currency);
        Self { amount: back(self.amount), contract: self.contract.map(back), ..self.reversed() }
    }

    /// Whether it says anything: a line of nothing is not written.
    pub(super) fn says_something(&self) -> bool {
        self.amount.minor > 0 || self.contract.is_some_and(|contract| contract.minor > 0)
    }

    /// The same amount the other way: how a posting is undone.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self { debit: self.credit, credit: self.debit, ..self }
    }
}

/// What a correction posts: an earlier transaction the other way. The right one is then posted anew.
#[must_use]
pub fn correction(wrong: Vec<Posting>) -> Vec<Posting> {
    wrong.into_iter().map(Posting::reversed).collect()
}
