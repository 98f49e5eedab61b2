//! What is open of an invoice.

use crate::money::Money;

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
}

/// What a payment pays of an invoice, and what is more than that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    pub applied: Money,
    pub surplus: Money,
}

impl InvoiceStanding {
    /// What is still to be paid; never less than nothing.
    #[must_use]
    pub const fn open(&self) -> Money {
        let open =
            self.gross.minor + self.fees.minor - self.credited.minor - self.paid.minor + self.returned.minor;
        Money::new(open, self.gross.currency)
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
    use crate::money::EURO;

    fn euros(minor: i64) -> Money {
        Money::new(minor, EURO)
    }

    proptest! {
        #[test]
        fn whatever_comes_and_is_taken_back_all_is_accounted_for(
            gross in 1i64..1_000_000,
            acts in prop::collection::vec((0u8..3, 1i64..600_000), 0..12),
        ) {
            let nothing = euros(0);
            let mut standing = InvoiceStanding {
                gross: euros(gross), fees: nothing, credited: nothing, paid: nothing, returned: nothing,
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
                        let amount = euros(amount.min(gross - standing.credited.minor));
                        standing.returned.minor += standing.credit(amount).minor;
                        standing.credited.minor += amount.minor;
                    }
                    _ => standing.fees.minor += amount % 1000,
                }
                prop_assert!(standing.open().minor >= 0, "{:?}", standing);
                prop_assert!(standing.returned.minor <= standing.paid.minor);
                prop_assert_eq!(standing.paid.minor + surplus, received, "no money is lost");
            }
        }
    }
}
