//! What is to be paid later: invoices, and what a use has cost afterwards. They are the owner's, in its currency.

use super::super::{Account, Posting};
use super::sale::{PaymentFacts, Share, income, sold};
use crate::money::Money;

/// An invoice has been sent, or a charge made after the use.
#[must_use]
pub fn claim(owner: &str, gross: Money, vat: Money) -> Vec<Posting> {
    income(owner, &Account::Receivable, gross, vat, None)
}

/// A claim has been paid into `taken` (the clearing account or the bank), on either bank of the river.
#[must_use]
pub fn claim_paid(facts: &PaymentFacts, taken: &Account) -> Vec<Posting> {
    sold(facts, taken, |due, contract| {
        let paid = Posting::new(&facts.owner, due.clone(), Account::Receivable, facts.gross);
        vec![paid.of_contract(contract)]
    })
}

/// What was paid of a claim goes back, in the currency and at the rate it came: the claim is open again by so much.
#[must_use]
pub fn claim_repaid(facts: &PaymentFacts, back: &Share) -> Vec<Posting> {
    let Share { gross, vat, paid } = *back;
    super::super::correction(claim_paid(
        &PaymentFacts { gross, vat, paid, ..facts.clone() },
        &Account::Clearing,
    ))
}

/// A credit note: a claim is taken back, or a part of it, with the tax that it had.
#[must_use]
pub fn claim_returned(owner: &str, gross: Money, vat: Money) -> Vec<Posting> {
    super::super::correction(claim(owner, gross, vat))
}

/// More has been paid of a claim than it is worth since it was taken back: the rest is owed to the payer.
#[must_use]
pub fn claim_overpaid(owner: &str, paid: Money) -> Vec<Posting> {
    let owed = Posting::new(owner, Account::Receivable, Account::OwedToPayers, paid);
    [owed].into_iter().filter(Posting::says_something).collect()
}

/// Money has come to the bank that pays for no claim, or for more than is open.
#[must_use]
pub fn unclaimed(owner: &str, paid: Money) -> Vec<Posting> {
    vec![Posting::new(owner, Account::Bank, Account::OwedToPayers, paid)]
}

/// Money that was owed to the payer pays a claim after all.
#[must_use]
pub fn claim_matched(owner: &str, paid: Money) -> Vec<Posting> {
    super::super::correction(claim_overpaid(owner, paid))
}

/// Money that was owed to the payer has gone back by the bank.
#[must_use]
pub fn unclaimed_returned(owner: &str, paid: Money) -> Vec<Posting> {
    super::super::correction(unclaimed(owner, paid))
}

/// Nobody expects a claim to be paid any more: the tax on it isn't owed, the rest is a loss.
#[must_use]
pub fn written_off(owner: &str, gross: Money, vat: Money) -> Vec<Posting> {
    let net = Money::new(gross.minor - vat.minor, gross.currency);
    let lines = [(Account::BadDebts, net), (Account::Vat, vat)];
    lines
        .into_iter()
        .map(|(debit, amount)| Posting::new(owner, debit, Account::Receivable, amount))
        .filter(Posting::says_something)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::super::Balances, *};
    use crate::money::{Currency, EURO};

    const SEK: Currency = Currency::from_code(b"SEK");

    fn euros(minor: i64) -> Money {
        Money::new(minor, EURO)
    }

    fn facts(collector: &str, paid: Money, gross: i64) -> PaymentFacts {
        PaymentFacts {
            owner: "tornio".to_owned(),
            collector: collector.to_owned(),
            gross: euros(gross),
            vat: euros(0),
            paid,
        }
    }

    fn balance(postings: &[Posting], account: &Account) -> i64 {
        Balances::of(postings).balance("tornio", account, EURO)
    }

    #[test]
    fn an_invoice_is_income_at_once_and_money_later() {
        let mut postings = claim("tornio", euros(113_50), euros(13_50));
        assert_eq!(balance(&postings, &Account::Receivable), 113_50);
        assert_eq!(
            (balance(&postings, &Account::Vat), balance(&postings, &Account::Income)),
            (-13_50, -100_00)
        );
        postings.extend(claim_paid(&facts("tornio", euros(113_50), 113_50), &Account::Bank));
        assert_eq!(
            (balance(&postings, &Account::Receivable), balance(&postings, &Account::Bank)),
            (0, 113_50)
        );
    }

    #[test]
    fn what_came_without_a_name_pays_a_claim_or_goes_back() {
        let mut postings = claim("tornio", euros(40_00), euros(4_76));
        postings.extend(unclaimed("tornio", euros(50_00)));
        assert_eq!(balance(&postings, &Account::OwedToPayers), -50_00);
        postings.extend(claim_matched("tornio", euros(40_00)));
        postings.extend(unclaimed_returned("tornio", euros(10_00)));
        assert_eq!(
            (balance(&postings, &Account::Receivable), balance(&postings, &Account::OwedToPayers)),
            (0, 0)
        );
        assert_eq!(balance(&postings, &Account::Bank), 40_00);
    }

    #[test]
    fn a_charge_that_is_paid_across_the_border_becomes_a_due() {
        let mut postings = claim("tornio", euros(20_00), euros(2_38));
        postings.extend(claim_paid(&facts("haparanda", Money::new(219_56, SEK), 20_00), &Account::Clearing));
        let due = Account::DueFrom("haparanda".to_owned());
        assert_eq!((balance(&postings, &Account::Receivable), balance(&postings, &due)), (0, 20_00));
        let taken = Balances::of(&postings).balance("haparanda", &Account::Clearing, SEK);
        assert_eq!(taken, 219_56);
        assert_eq!(postings.last().and_then(|posting| posting.contract), Some(euros(20_00)));
    }

    #[test]
    fn a_charge_that_is_taken_back_after_it_was_paid_leaves_nothing() {
        let facts = facts("haparanda", Money::new(219_56, SEK), 20_00);
        let mut postings = claim("tornio", euros(20_00), euros(2_38));
        postings.extend(claim_paid(&facts, &Account::Clearing));
        postings.extend(claim_returned("tornio", euros(20_00), euros(2_38)));
        let back = Share { gross: euros(20_00), vat: euros(0), paid: Money::new(219_56, SEK) };
        postings.extend(claim_repaid(&facts, &back));
        assert!(Balances::of(&postings).lines().all(|(.., turnover)| turnover.balance() == 0));
    }

    proptest! {
        #[test]
        fn a_claim_ends_at_nothing_whatever_becomes_of_it(
            gross in 1i64..1_000_000, percent in 0i64..=25, credited in 0i64..=100, paid in 0i64..=100,
        ) {
            let (whole, tax) = (euros(gross), euros(gross).percent(percent));
            let part = |part: i64| (whole.percent(part), tax.percent(part));
            let rest = |whole: Money, parts: &[Money]| euros(whole.minor - parts.iter().map(|part| part.minor).sum::<i64>());
            let (back, back_tax) = part(credited);
            let paid = rest(whole, &[back]).percent(paid);
            let lost = rest(whole, &[back, paid]);
            let lost_tax = rest(tax, &[back_tax]).portion(lost.minor, rest(whole, &[back]).minor.max(1));
            let mut postings = claim("tornio", whole, tax);
            postings.extend(claim_returned("tornio", back, back_tax));
            if paid.minor > 0 {
                postings.extend(claim_paid(&facts("tornio", paid, paid.minor), &Account::Bank));
            }
            postings.extend(written_off("tornio", lost, lost_tax));
            prop_assert_eq!(balance(&postings, &Account::Receivable), 0);
            prop_assert!(balance(&postings, &Account::Vat) <= 0 && balance(&postings, &Account::BadDebts) >= 0);
            prop_assert!(postings.iter().all(|posting| posting.amount.minor > 0));
        }
    }
}
