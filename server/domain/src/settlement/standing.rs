//! What is open of a settlement's one payment.

use crate::{invoice::trifle, money::Money};

/// What is to be paid, and what has been; nothing of it is less than nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SettlementStanding {
    /// In the treaty's currency.
    pub net: Money,
    /// The same in the payer's books, then in the payee's.
    pub booked: [Money; 2],
    /// Of `net`.
    pub paid: Money,
    /// Of `net`: what nobody asks for any more, as it is too little.
    pub written_off: Money,
}

/// What money on the payee's account pays of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SettlementTaken {
    /// Of what is to be paid.
    pub paid: Money,
    /// So much less is to be paid by the payer's books, and by the payee's.
    pub booked: [Money; 2],
    /// So much of what has come, in the payee's currency; the rest is the payer's.
    pub moved: Money,
}

impl SettlementStanding {
    #[must_use]
    pub const fn open(&self) -> Money {
        Money::new(self.net.minor - self.paid.minor - self.written_off.minor, self.net.currency)
    }

    /// Whether what is open is so little that it may be written off.
    #[must_use]
    pub fn is_trifling(&self) -> bool {
        (1..=trifle(self.net.currency).minor).contains(&self.open().minor)
    }

    /// What of it hasn't been paid, in the payer's books, then in the payee's.
    #[must_use]
    pub fn booked_unpaid(&self) -> [Money; 2] {
        let [payers, payees] = self.booked_paid();
        let less = |whole: Money, paid: Money| Money::new(whole.minor - paid.minor, whole.currency);
        [less(self.booked[0], payers), less(self.booked[1], payees)]
    }

    /// As if nothing of it had been written off.
    #[must_use]
    pub const fn reopened(self) -> Self {
        Self { written_off: Money::new(0, self.net.currency), ..self }
    }

    /// How much of what stands in the payer's books, then in the payee's, has been paid: reckoned from the whole,
    /// so that the parts come to it exactly.
    #[must_use]
    pub fn booked_paid(&self) -> [Money; 2] {
        self.booked.map(|booked| booked.portion(self.paid.minor, self.net.minor))
    }

    /// Whether what the payer is said to have sent can have become what has come: no bank exchanges a tenth beside the
    /// settlement's rate and keeps a hundred of the payee's smallest coins besides, so that something else is a slip of
    /// the pen.
    #[must_use]
    pub fn is_likely(&self, came: Money, instructed: Money) -> bool {
        if came.currency == self.net.currency || instructed.currency != self.net.currency {
            return true; // it isn't reckoned with
        }
        let product = |one: i64, other: i64| i128::from(one) * i128::from(other);
        let (came, sent) =
            (product(came.minor, self.net.minor), product(instructed.minor, self.booked[1].minor));
        (came - sent).abs() * 10 <= sent + 10 * product(100, self.net.minor)
    }

    /// Money has come, `came` on the payee's account. Where the bank has exchanged it, `instructed` is what the payer
    /// sent; where nobody says, it counts at the settlement's own rate.
    #[must_use]
    pub fn take(&self, came: Money, instructed: Option<Money>) -> SettlementTaken {
        let open = self.open();
        let in_payees_books = self.booked_unpaid()[1].minor;
        let sent = [Some(came), instructed].into_iter().flatten();
        let sent = sent.into_iter().find(|sent| sent.currency == self.net.currency);
        let (paid, moved) = match sent {
            Some(sent) => {
                let paid = sent.minor.min(open.minor);
                (paid, came.portion(paid, sent.minor).minor)
            }
            None => {
                let counted = came.minor.min(in_payees_books);
                (open.portion(counted, in_payees_books).minor, counted)
            }
        };
        let after = Self { paid: Money::new(self.paid.minor + paid, self.net.currency), ..*self };
        let (before, after) = (self.booked_paid(), after.booked_paid());
        let part =
            |books: usize| Money::new(after[books].minor - before[books].minor, before[books].currency);
        SettlementTaken {
            paid: Money::new(paid, self.net.currency),
            booked: [part(0), part(1)],
            moved: Money::new(if paid == 0 { 0 } else { moved }, came.currency),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        ledger::{Account, Balances, settlement_paid, settlement_written_off},
        money::{Currency, EURO},
    };

    const SEK: Currency = Currency::from_code(b"SEK");

    fn euros(minor: i64) -> Money {
        Money::new(minor, EURO)
    }

    fn kronor(minor: i64) -> Money {
        Money::new(minor, SEK)
    }

    fn standing(net: Money, booked: [Money; 2]) -> SettlementStanding {
        let nothing = Money::new(0, net.currency);
        SettlementStanding { net, booked, paid: nothing, written_off: nothing }
    }

    /// Haparanda is to pay 20.00 euros.
    fn to_tornio() -> SettlementStanding {
        standing(euros(20_00), [kronor(219_56), euros(20_00)])
    }

    /// Tornio is.
    fn to_haparanda() -> SettlementStanding {
        standing(euros(20_00), [euros(20_00), kronor(219_56)])
    }

    #[test]
    fn what_comes_in_the_treatys_currency_counts_as_it_is() {
        let check = |came, paid, booked, moved| {
            let taken = to_tornio().take(euros(came), None);
            let booked = [kronor(booked), euros(paid)];
            assert_eq!(taken, SettlementTaken { paid: euros(paid), booked, moved: euros(moved) });
        };
        check(20_00, 20_00, 219_56, 20_00);
        check(5_00, 5_00, 54_89, 5_00);
        check(21_00, 20_00, 219_56, 20_00);
    }

    #[test]
    fn what_a_bank_has_exchanged_counts_as_it_was_sent() {
        let check = |came, instructed: Option<Money>, paid, booked, moved| {
            let taken = to_haparanda().take(kronor(came), instructed);
            let booked = [euros(paid), kronor(booked)];
            assert_eq!(taken, SettlementTaken { paid: euros(paid), booked, moved: kronor(moved) });
        };
        check(218_00, Some(euros(20_00)), 20_00, 219_56, 218_00);
        check(109_00, Some(euros(10_00)), 10_00, 109_78, 109_00);
        check(327_00, Some(euros(30_00)), 20_00, 219_56, 218_00);
        // Nobody says what was sent, or in a third currency.
        check(219_56, None, 20_00, 219_56, 219_56);
        check(219_56, Some(Money::new(1, Currency::from_code(b"NOK"))), 20_00, 219_56, 219_56);
        check(109_78, None, 10_00, 109_78, 109_78);
        check(300_00, None, 20_00, 219_56, 219_56);
        check(1, None, 0, 0, 0);
    }

    #[test]
    fn what_was_sent_is_about_what_has_come() {
        let likely = |came, sent| to_haparanda().is_likely(came, sent);
        for sent in [20_00, 18_50, 21_50] {
            assert!(likely(kronor(219_56), euros(sent)), "{sent}");
        }
        for sent in [200_00, 2_00, 18_00, 23_00, 1] {
            assert!(!likely(kronor(219_56), euros(sent)), "{sent}");
        }
        assert!(likely(kronor(12), euros(2)), "of a few coins nobody can tell");
        assert!(likely(kronor(219_56), kronor(1)), "which isn't reckoned with");
        assert!(to_tornio().is_likely(euros(20_00), euros(1)), "no more is this");
        assert!(!likely(kronor(Money::MINOR_MAX), euros(1)));
    }

    #[test]
    fn a_euro_or_ten_kronor_may_be_written_off_and_nothing_once_they_are() {
        let check = |net: Money, paid: i64, expected: bool| {
            let mut standing = standing(net, [net, net]);
            standing.paid.minor = paid;
            assert_eq!(standing.is_trifling(), expected, "{standing:?}");
            standing.written_off = standing.open();
            assert!(!standing.is_trifling());
        };
        check(euros(20_00), 20_00, false);
        check(euros(20_00), 19_99, true);
        check(euros(20_00), 19_00, true);
        check(euros(20_00), 18_99, false);
        check(kronor(220_00), 210_00, true);
        check(kronor(220_00), 209_99, false);
        check(euros(1_00), 0, true);
    }

    proptest! {
        #[test]
        fn whatever_comes_or_is_written_off_the_accounts_end_at_nothing(
            net in 1i64..1_000_000, rate in 1i64..2_000, to_the_east: bool, written_off: bool,
            comes in prop::collection::vec((1i64..2_000_000, prop::option::of(1i64..200_000)), 0..8),
        ) {
            let (in_euros, in_kronor) = (euros(net), kronor((net * rate).max(1)));
            let books = if to_the_east { [in_kronor, in_euros] } else { [in_euros, in_kronor] };
            let mut standing = standing(in_euros, books);
            let payees = books[1].currency;
            let mut postings = Vec::new();
            // The last pays the rest, whatever the rounding has been.
            let last = (in_kronor.minor, Some(net));
            for (came, instructed) in comes.into_iter().chain([last].into_iter().filter(|_| !written_off)) {
                let came = Money::new(came, payees);
                let taken = standing.take(came, instructed.map(euros));
                prop_assert!((0..=standing.open().minor).contains(&taken.paid.minor));
                prop_assert!((0..=came.minor).contains(&taken.moved.minor));
                prop_assert!(taken.paid.minor > 0 || taken.moved.minor == 0);
                let [payers, payees] = taken.booked;
                postings.extend(settlement_paid("payer", "payee", &Account::Bank, (payers, payers), true));
                postings.extend(settlement_paid("payee", "payer", &Account::Bank, (payees, taken.moved), false));
                standing.paid.minor += taken.paid.minor;
            }
            if written_off {
                postings.extend(settlement_written_off(["payer", "payee"], standing.booked_unpaid()));
                standing.written_off = standing.open();
            }
            prop_assert_eq!(standing.open(), euros(0));
            prop_assert!(postings.iter().all(|posting| posting.amount.minor > 0));
            let balances = Balances::of(&postings);
            let left = |town: &str, other: &str, currency| balances.balance(town, &Account::Settlement(other.to_owned()), currency);
            prop_assert_eq!(left("payer", "payee", books[0].currency), books[0].minor);
            prop_assert_eq!(left("payee", "payer", books[1].currency), -books[1].minor);
        }
    }
}
