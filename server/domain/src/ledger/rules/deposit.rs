//! Deposits: held by whoever took them in, whoever's facility it is, until they go back or pay a claim.

use super::super::{Account, Posting, correction};
use super::{claim::claim_paid, sale::PaymentFacts};
use crate::money::Money;

/// A deposit has arrived: nobody's income as long as nothing is broken.
#[must_use]
pub fn deposit_taken(collector: &str, paid: Money) -> Vec<Posting> {
    vec![Posting::new(collector, Account::Clearing, Account::Deposits, paid)]
}

/// It goes back, or a part of it.
#[must_use]
pub fn deposit_returned(collector: &str, paid: Money) -> Vec<Posting> {
    correction(deposit_taken(collector, paid))
}

/// It pays what the use has cost, or a part of it does: a claim, which was income with its tax when it was made.
#[must_use]
pub fn deposit_kept(facts: &PaymentFacts) -> Vec<Posting> {
    claim_paid(facts, &Account::Deposits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        super::super::{Balances, claim, claim_returned},
        *,
    };
    use crate::money::{Currency, EURO};

    const SEK: Currency = Currency::from_code(b"SEK");

    fn facts(collector: &str, gross: i64, vat: i64, paid: Money) -> PaymentFacts {
        PaymentFacts {
            owner: "tornio".to_owned(),
            collector: collector.to_owned(),
            gross: Money::new(gross, EURO),
            vat: Money::new(vat, EURO),
            paid,
        }
    }

    #[test]
    fn a_deposit_is_held_goes_back_or_pays_for_what_was_broken() {
        let euros = |minor| Money::new(minor, EURO);
        let mut postings = deposit_taken("tornio", euros(50_00));
        assert_eq!(Balances::of(&postings).balance("tornio", &Account::Deposits, EURO), -50_00);
        postings.extend(deposit_returned("tornio", euros(30_00)));
        postings.extend(claim("tornio", euros(20_00), euros(4_06)));
        postings.extend(deposit_kept(&facts("tornio", 20_00, 4_06, euros(20_00))));
        let balances = Balances::of(&postings);
        let of = |account| balances.balance("tornio", &account, EURO);
        assert_eq!([of(Account::Clearing), of(Account::Deposits), of(Account::Receivable)], [20_00, 0, 0]);
        assert_eq!([of(Account::Vat), of(Account::Income)], [-4_06, -15_94]);
    }

    proptest! {
        #[test]
        fn across_the_border_what_is_kept_is_a_due_until_it_is_taken_back(
            gross in 1i64..1_000_000, kept in 1i64..10_000_000, more in 0i64..10_000_000,
        ) {
            let (kept, taken) = (Money::new(kept, SEK), Money::new(kept + more, SEK));
            let facts = facts("haparanda", gross, 0, kept);
            let mut postings = deposit_taken("haparanda", taken);
            postings.extend(claim("tornio", facts.gross, facts.vat));
            postings.extend(deposit_kept(&facts));
            let balances = Balances::of(&postings);
            let due = Account::DueTo("tornio".to_owned());
            prop_assert_eq!(balances.balance("haparanda", &due, SEK), -kept.minor);
            prop_assert_eq!(balances.balance("haparanda", &Account::Deposits, SEK), -more);
            prop_assert_eq!(balances.balance("tornio", &Account::Income, EURO), -gross);
            prop_assert_eq!(balances.balance("tornio", &Account::Receivable, EURO), 0);
            postings.extend(claim_returned("tornio", facts.gross, facts.vat));
            postings.extend(correction(deposit_kept(&facts)));
            postings.extend(deposit_returned("haparanda", taken));
            let left = Balances::of(&postings);
            prop_assert!(left.lines().all(|(.., turnover)| turnover.balance() == 0));
        }
    }
}
