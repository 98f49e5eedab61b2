//! How much of which payment goes back.

use super::Share;
use crate::{booking::Back, money::Money};

/// A payment, and what has gone back of it so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub whole: Share,
    pub back: Share,
}

impl Standing {
    /// A payment that nothing has gone back of.
    #[must_use]
    pub fn untouched(whole: Share) -> Self {
        let none = |money: Money| Money::new(0, money.currency);
        Self { whole, back: Share { gross: none(whole.gross), vat: none(whole.vat), paid: none(whole.paid) } }
    }

    /// The same once a share more has gone back.
    #[must_use]
    pub fn after(&self, share: &Share) -> Self {
        Self { back: figures(&self.back, share, |back, more| back + more), ..*self }
    }

    /// What hasn't gone back.
    #[must_use]
    pub fn left(&self) -> Share {
        figures(&self.whole, &self.back, |whole, back| whole - back)
    }

    /// `percent` of what is left, each figure half-up.
    #[must_use]
    pub fn percent(&self, percent: i64) -> Share {
        let Share { gross, vat, paid } = self.left();
        Share { gross: gross.percent(percent), vat: vat.percent(percent), paid: paid.percent(percent) }
    }

    /// As much as brings back `gross` of the price, at most what is left, at the rate and with the tax
    /// that it was paid with.
    ///
    /// All that has gone back is reckoned from the whole and rounded once, less what went back before:
    /// however many parts there are, they come to what one would, and the last takes the remainder.
    #[must_use]
    pub fn of_gross(&self, gross: Money) -> Share {
        let left = self.left();
        if gross.minor >= left.gross.minor {
            return left;
        }
        let all_back = self.back.gross.minor + gross.minor;
        let share = |whole: Money, back: Money, left: Money| {
            let due = whole.portion(all_back, self.whole.gross.minor).minor - back.minor;
            Money::new(due.clamp(0, left.minor), whole.currency)
        };
        let vat = share(self.whole.vat, self.back.vat, left.vat);
        Share {
            gross,
            vat: Money::new(vat.minor.min(gross.minor), vat.currency),
            paid: share(self.whole.paid, self.back.paid, left.paid),
        }
    }
}

fn figures(one: &Share, other: &Share, each: impl Fn(i64, i64) -> i64) -> Share {
    let figure = |one: Money, other: Money| Money::new(each(one.minor, other.minor), one.currency);
    Share {
        gross: figure(one.gross, other.gross),
        vat: figure(one.vat, other.vat),
        paid: figure(one.paid, other.paid),
    }
}

/// Brings back `gross` of the price: from the first payment what it has, then from the next. A share
/// of each, which may be nothing.
#[must_use]
pub fn repay(payments: &[Standing], gross: Money) -> Vec<Share> {
    let mut rest = gross;
    let shares = payments.iter().map(|payment| {
        let share = payment.of_gross(rest);
        rest.minor -= share.gross.minor;
        share
    });
    shares.collect()
}

/// What cancelling gives back of payments: the share of what is left of each, less the fee, which is kept once,
/// from the first payment on. Where the fee is fixed in the payer's currency, that much of it stays.
#[must_use]
pub fn give_back(payments: &[Standing], back: &Back) -> Vec<Share> {
    let mut kept = 0;
    let shares = payments.iter().map(|payment| {
        let share = payment.percent(back.percent.into());
        let fee = back.fee_in(share.gross);
        let keep = (fee.minor - kept).clamp(0, share.gross.minor);
        kept += keep;
        if keep == 0 {
            return share;
        }
        let rest = payment.of_gross(Money::new(share.gross.minor - keep, share.gross.currency));
        let fixed = Some(back.fee_in(share.paid)).filter(|fixed| fixed.minor > 0);
        let fixed = fixed.filter(|fixed| fixed.currency != fee.currency);
        let paid = fixed.map(|fixed| share.paid.minor - fixed.portion(keep, fee.minor).minor);
        if rest.gross.minor == 0 || paid.is_some_and(|paid| paid <= 0) {
            return payment.percent(0);
        }
        Share { paid: Money::new(paid.unwrap_or(rest.paid.minor), share.paid.currency), ..rest }
    });
    shares.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::money::{Currency, EURO, VatRate};

    fn share(gross: i64, vat: i64, paid: i64) -> Share {
        let kronor = Currency::from_code(b"SEK");
        Share { gross: Money::new(gross, EURO), vat: Money::new(vat, EURO), paid: Money::new(paid, kronor) }
    }

    fn minor(share: &Share) -> (i64, i64, i64) {
        (share.gross.minor, share.vat.minor, share.paid.minor)
    }

    #[test]
    fn a_part_goes_back_at_the_rate_and_with_the_tax_it_was_paid_with() {
        let paid = Standing::untouched(share(125_00, 14_87, 1372_25));
        let first = paid.of_gross(Money::new(31_25, EURO));
        assert_eq!(minor(&first), (31_25, 3_72, 343_06)); // a fourth: 3.7175 and 343.0625
        let second = paid.after(&first).of_gross(Money::new(31_25, EURO));
        assert_eq!(minor(&second), (31_25, 3_72, 343_07)); // to a half: 7.435 and 686.125
        let rest = paid.after(&first).after(&second);
        assert_eq!(minor(&rest.of_gross(Money::new(999_00, EURO))), (62_50, 7_43, 686_12));
        assert_eq!(minor(&rest.percent(50)), (31_25, 3_72, 343_06));
    }

    #[test]
    fn the_first_payment_goes_back_before_the_next() {
        let payments = [share(30_00, 3_57, 330_00), share(100_00, 11_89, 1000_00)].map(Standing::untouched);
        let back = |gross| repay(&payments, Money::new(gross, EURO)).iter().map(minor).collect::<Vec<_>>();
        assert_eq!(back(10_00), [(10_00, 1_19, 110_00), (0, 0, 0)]);
        assert_eq!(back(80_00), [(30_00, 3_57, 330_00), (50_00, 5_95, 500_00)]);
        assert_eq!(back(999_00), [(30_00, 3_57, 330_00), (100_00, 11_89, 1000_00)]);
        assert_eq!(back(0), [(0, 0, 0), (0, 0, 0)]);
    }

    fn back(text: &str) -> Back {
        serde_json::from_str(text).expect("what comes back")
    }

    #[test]
    fn a_fee_stays_once_at_the_payments_rate_or_as_it_is_fixed() {
        let payments = [share(30_00, 3_57, 330_00), share(100_00, 11_89, 1000_00)].map(Standing::untouched);
        let given = |text| give_back(&payments, &back(text)).iter().map(minor).collect::<Vec<_>>();
        // 45 € of 130 €: all of the first, and 15 € of the next.
        let fee = given(r#"{"percent":100,"fee":{"EUR":"45.00"}}"#);
        assert_eq!(fee, [(0, 0, 0), (85_00, 10_11, 850_00)]); // 11.89 × 0.85 = 10.1065
        // Fixed at 500 kr: a third of it stays of the second payment.
        let fixed = given(r#"{"percent":100,"fee":{"EUR":"45.00","SEK":"500.00"}}"#);
        assert_eq!(fixed, [(0, 0, 0), (85_00, 10_11, 833_33)]);
        let half = given(r#"{"percent":50,"fee":{"EUR":"5.00"}}"#);
        assert_eq!(half, [(10_00, 1_19, 110_00), (50_00, 5_95, 500_00)]);
        assert_eq!(given(r#"{"percent":100,"fee":{"EUR":"130.00"}}"#), [(0, 0, 0), (0, 0, 0)]);
        // More kronor than were paid: nothing comes back.
        assert_eq!(given(r#"{"percent":100,"fee":{"EUR":"1.00","SEK":"330.00"}}"#)[0], (0, 0, 0));
    }

    proptest! {
        #[test]
        fn what_cancelling_gives_back_stays_within_what_was_paid(
            wholes in prop::collection::vec((1i64..2_000_000, 1i64..20_000_000), 1..4),
            taken in 0i64..900_000, percent in 0u32..=100, fee in 1i64..2_000_000, fixed in 0i64..20_000_000,
        ) {
            let payments: Vec<Standing> = wholes.iter().map(|&(gross, paid)| {
                let whole = Standing::untouched(share(gross, gross / 9, paid));
                whole.after(&whole.of_gross(Money::new(taken, EURO)))
            }).collect();
            let kronor = (fixed > 0).then(|| Money::new(fixed, Currency::from_code(b"SEK")));
            let fees = crate::money::Amounts::new(std::iter::once(Money::new(fee, EURO)).chain(kronor).collect());
            let back = Back { percent, fee: fees.ok() };
            let shares = give_back(&payments, &back);
            let due: i64 = payments.iter().map(|payment| payment.percent(percent.into()).gross.minor).sum();
            let given: i64 = shares.iter().map(|share| share.gross.minor).sum();
            prop_assert!(given <= (due - fee).max(0), "the fee stays: {given} of {due}");
            if fixed == 0 {
                prop_assert!(given >= due - fee - 1, "no more than the fee stays: {given} of {due}");
            }
            for (payment, share) in payments.iter().zip(&shares) {
                let left = payment.left();
                prop_assert!(share.vat.minor >= 0 && share.vat.minor <= share.gross.minor);
                prop_assert!((0..=left.gross.minor).contains(&share.gross.minor));
                prop_assert!((0..=left.paid.minor).contains(&share.paid.minor) && share.vat.minor <= left.vat.minor);
            }
        }

        #[test]
        fn parts_never_exceed_the_whole_and_end_at_it(
            wholes in prop::collection::vec((1i64..2_000_000, 1i64..20_000_000), 1..4),
            takes in prop::collection::vec(1i64..900_000, 0..12),
        ) {
            let vat = |gross| VatRate::Percent(rust_decimal::Decimal::new(135, 1)).within(Money::new(gross, EURO));
            let mut payments: Vec<Standing> = wholes
                .iter()
                .map(|&(gross, paid)| Standing::untouched(share(gross, vat(gross).minor, paid)))
                .collect();
            let all: i64 = wholes.iter().map(|(gross, _)| gross).sum();
            for take in takes.into_iter().chain([all]) {
                let left: i64 = payments.iter().map(|payment| payment.left().gross.minor).sum();
                let shares = repay(&payments, Money::new(take, EURO));
                prop_assert_eq!(shares.iter().map(|share| share.gross.minor).sum::<i64>(), take.min(left));
                for (payment, share) in payments.iter_mut().zip(&shares) {
                    prop_assert!(share.paid.minor >= 0 && share.vat.minor >= 0);
                    prop_assert!(share.vat.minor <= share.gross.minor, "tax is within: {:?}", share);
                    *payment = payment.after(share);
                    let left = payment.left();
                    prop_assert!(left.paid.minor >= 0 && left.vat.minor >= 0 && left.vat.minor <= left.gross.minor);
                }
            }
            for payment in payments {
                prop_assert_eq!(payment.back, payment.whole);
            }
        }

        #[test]
        fn a_share_after_a_percentage_stays_within(gross in 1i64..100_000, paid in 1i64..100_000, percent in 0i64..=100, take in 1i64..100_000) {
            let whole = Standing::untouched(share(gross, gross / 9, paid));
            let rest = whole.after(&whole.percent(percent));
            let last = rest.after(&rest.of_gross(Money::new(take, EURO)));
            let left = last.left();
            prop_assert!([left.gross, left.vat, left.paid].iter().all(|money| money.minor >= 0));
        }
    }
}
