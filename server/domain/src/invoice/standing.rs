//! What is open of an invoice.

use crate::money::{Currency, EURO, Money};

/// Its figures, all in its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvoiceStanding {
    pub gross: Money,
    /// Of its reminders.
    pub fees: Money,
    /// Taken back by credit notes.
    pub credited: Money,
    pub paid: Money,
    /// Of what was paid, what is owed to the payer since it was credited.
    pub returned: Money,
    /// What nobody asks for any more, as it is too little.
    pub written_off: Money,
}

/// What a payment pays of an invoice, and what is more than that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    pub applied: Money,
    pub surplus: Money,
}

/// The most of an invoice, or of a settlement between towns, that is written off: one euro, or ten of another currency.
#[must_use]
pub fn trifle(currency: Currency) -> Money {
    Money::new(if currency == EURO { 1_00 } else { 10_00 }, currency)
}

impl InvoiceStanding {
    /// What is still to be paid; never less than nothing.
    #[must_use]
    pub const fn open(&self) -> Money {
        let claimed = self.gross.minor + self.fees.minor - self.credited.minor;
        let closed = self.paid.minor - self.returned.minor + self.written_off.minor;
        Money::new(claimed - closed, self.gross.currency)
    }

    /// The tax in what is open, where `vat` is the tax in what hasn't been credited. Fees, which carry none, count as
    /// what is paid last.
    #[must_use]
    pub fn open_vat(&self, vat: Money) -> Money {
        let claim = self.gross.minor - self.credited.minor;
        let of_claim = (self.open().minor - self.fees.minor).clamp(0, claim);
        if claim == 0 { Money::new(0, vat.currency) } else { vat.portion(of_claim, claim) }
    }

    /// Whether what is open is so little that asking for it costs more than it is.
    #[must_use]
    pub fn is_trifling(&self) -> bool {
        (1..=trifle(self.gross.currency).minor).contains(&self.open().minor)
    }

    /// A payment pays what is open at most.
    #[must_use]
    pub fn take(&self, paid: Money) -> Taken {
        let applied = paid.minor.min(self.open().minor);
        let money = |minor| Money::new(minor, paid.currency);
        Taken { applied: money(applied), surplus: money(paid.minor - applied) }
    }

    /// Credited by so much more: how much of that has been paid, and is owed to the payer.
    #[must_use]
    pub fn credit(&self, more: Money) -> Money {
        Money::new((more.minor - self.open().minor).max(0), more.currency)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn euros(minor: i64) -> Money {
        Money::new(minor, EURO)
    }

    /// 100 euros with 12 of tax, and a fee of 5, of which so much has been paid.
    fn paid(minor: i64) -> InvoiceStanding {
        let nothing = euros(0);
        InvoiceStanding {
            gross: euros(100_00),
            fees: euros(5_00),
            credited: nothing,
            paid: euros(minor),
            returned: nothing,
            written_off: nothing,
        }
    }

    #[test]
    fn a_trifle_is_a_euro_or_ten_kronor() {
        let kronor = Currency::from_code(b"SEK");
        assert_eq!((trifle(EURO), trifle(kronor)), (euros(1_00), Money::new(10_00, kronor)));
        let check = |minor, expected| assert_eq!(paid(minor).is_trifling(), expected, "{minor}");
        check(103_99, false);
        check(104_00, true);
        check(104_99, true);
        check(105_00, false); // nothing is open
    }

    #[test]
    fn a_fee_is_paid_last_and_has_no_tax() {
        let check = |minor, vat| assert_eq!(paid(minor).open_vat(euros(12_00)), euros(vat), "{minor}");
        check(0, 12_00);
        check(50_00, 6_00);
        check(99_50, 6);
        check(100_00, 0);
        check(104_50, 0);
    }

    proptest! {
        #[test]
        fn whatever_comes_and_is_taken_back_all_is_accounted_for(
            gross in 1i64..1_000_000,
            acts in prop::collection::vec((0u8..4, 1i64..600_000), 0..12),
        ) {
            let nothing = euros(0);
            let mut standing = InvoiceStanding {
                gross: euros(gross), fees: nothing, credited: nothing, paid: nothing, returned: nothing,
                written_off: nothing,
            };
            let (mut received, mut surplus) = (0, 0);
            for (act, amount) in acts {
                match act {
                    0 => {
                        let Taken { applied, surplus: more } = standing.take(euros(amount));
                        received += amount;
                        surplus += more.minor;
                        standing.paid.minor += applied.minor;
                    }
                    1 => {
                        // What was written off is asked for again before it is taken back.
                        standing.written_off = nothing;
                        let amount = euros(amount.min(gross - standing.credited.minor));
                        standing.returned.minor += standing.credit(amount).minor;
                        standing.credited.minor += amount.minor;
                    }
                    2 => standing.written_off.minor += standing.open().minor,
                    _ => standing.fees.minor += amount % 1000,
                }
                prop_assert!(standing.open().minor >= 0, "{:?}", standing);
                prop_assert!(standing.returned.minor <= standing.paid.minor);
                prop_assert_eq!(standing.paid.minor + surplus, received, "no money is lost");
            }
        }
    }
}
