//! Between the town and its payment provider.

use super::super::{Account, Posting};
use crate::money::Money;

/// The provider keeps something for its work. The tax in it is in the amount: what of that a town gets back
/// is between it and its tax office.
#[must_use]
pub fn provider_fee(collector: &str, fee: Money) -> Vec<Posting> {
    vec![Posting::new(collector, Account::ProviderFees, Account::Clearing, fee)]
}

/// The provider pays out: what the bank's statement shows.
#[must_use]
pub fn payout(collector: &str, amount: Money) -> Vec<Posting> {
    vec![Posting::new(collector, Account::Bank, Account::Clearing, amount)]
}

#[cfg(test)]
mod tests {
    use super::{
        super::super::{Balances, surplus_taken},
        *,
    };
    use crate::money::EURO;

    #[test]
    fn what_was_taken_in_is_paid_out_less_the_fee() {
        let euros = |minor| Money::new(minor, EURO);
        let mut postings = surplus_taken("tornio", euros(100_00));
        postings.extend(provider_fee("tornio", euros(35)));
        postings.extend(payout("tornio", euros(99_65)));
        let balances = Balances::of(&postings);
        let balance = |account| balances.balance("tornio", &account, EURO);
        assert_eq!((balance(Account::Clearing), balance(Account::Bank)), (0, 99_65));
        assert_eq!(balance(Account::ProviderFees), 35);
    }
}
