//! How far a deposit goes.

use crate::{ledger::Share, money::Money};

/// What is to be paid of a charge after the use: all of it, what a deposit pays of it, or the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// In the facility's currency, and the tax in it.
    pub gross: Money,
    pub vat: Money,
    /// In the neighbour's; `None` where no rate was in force.
    pub other: Option<Money>,
}

impl Claim {
    /// What another leaves of it.
    #[must_use]
    pub fn less(&self, paid: &Self) -> Self {
        let less = |whole: Money, part: Money| Money::new(whole.minor - part.minor, whole.currency);
        Self {
            gross: less(self.gross, paid.gross),
            vat: less(self.vat, paid.vat),
            other: self.other.zip(paid.other).map(|(whole, part)| less(whole, part)),
        }
    }
}

/// What a deposit of which so much is left pays of a charge: all of it where it can, else as much as it is, with as much
/// of the tax. The share says what that is in the currency that the deposit came in.
///
/// The rest, where there is one, costs at least the smallest coin in either currency, so that it can be paid. `None`: it
/// pays nothing, as the charge has no amount in its currency, or what it pays would be less than the smallest coin.
#[must_use]
pub fn keep(charge: &Claim, left: Money) -> Option<(Claim, Share)> {
    let whole = match charge.other {
        _ if charge.gross.currency == left.currency => charge.gross,
        Some(other) if other.currency == left.currency => other,
        _ => return None,
    };
    if left.minor <= 0 {
        return None;
    }
    if whole.minor <= left.minor {
        let share = Share { gross: charge.gross, vat: charge.vat, paid: whole };
        return Some((*charge, share));
    }
    let part = |of: Money| {
        let part = if of.currency == left.currency { left } else { of.portion(left.minor, whole.minor) };
        Money::new(part.minor.min(of.minor - 1), of.currency)
    };
    let gross = part(charge.gross);
    if gross.minor <= 0 {
        return None;
    }
    let vat = charge.vat.portion(gross.minor, charge.gross.minor);
    let pays = Claim { gross, vat, other: charge.other.map(part) };
    Some((pays, Share { gross, vat, paid: left }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::money::{Currency, EURO};

    const SEK: Currency = Currency::from_code(b"SEK");

    fn claim(gross: i64, vat: i64, other: Option<i64>) -> Claim {
        let other = other.map(|minor| Money::new(minor, SEK));
        Claim { gross: Money::new(gross, EURO), vat: Money::new(vat, EURO), other }
    }

    #[test]
    fn a_deposit_pays_as_far_as_it_goes() {
        let check = |charge: Claim, left: Money, expected: Option<(Claim, i64)>| {
            let kept = keep(&charge, left).map(|(pays, share)| (pays, share.paid.minor));
            assert_eq!(kept, expected, "{charge:?} of {left:?}");
        };
        let (euros, kronor) = (|minor| Money::new(minor, EURO), |minor| Money::new(minor, SEK));
        let key = claim(50_00, 0, Some(500_00));
        check(key, euros(80_00), Some((key, 50_00)));
        check(key, kronor(500_00), Some((key, 500_00)));
        check(key, euros(20_00), Some((claim(20_00, 0, Some(200_00)), 20_00)));
        check(key, kronor(125_00), Some((claim(12_50, 0, Some(125_00)), 125_00)));
        let over = claim(95_00, 11_30, Some(1042_91));
        check(over, euros(50_00), Some((claim(50_00, 5_95, Some(548_90)), 50_00)));
        check(claim(95_00, 11_30, None), kronor(500_00), None);
        check(claim(95_00, 11_30, None), euros(50_00), Some((claim(50_00, 5_95, None), 50_00)));
        // What is left of it is less than a cent, or all but a cent.
        check(key, kronor(4), None);
        check(key, kronor(499_99), Some((claim(49_99, 0, Some(499_99)), 499_99)));
        check(key, euros(0), None);
    }

    proptest! {
        #[test]
        fn what_is_kept_and_the_rest_are_the_charge(
            gross in 1i64..1_000_000, percent in 0i64..=25, other in prop::option::of(1i64..10_000_000),
            left in 0i64..1_000_000, in_kronor: bool,
        ) {
            let charge = claim(gross, Money::new(gross, EURO).portion(percent, 100 + percent).minor, other);
            let left = Money::new(left, if in_kronor { SEK } else { EURO });
            if let Some((pays, share)) = keep(&charge, left) {
                prop_assert_eq!((pays.gross, pays.vat), (share.gross, share.vat));
                prop_assert!(share.paid.currency == left.currency && (1..=left.minor).contains(&share.paid.minor));
                let rest = charge.less(&pays);
                prop_assert!(pays.gross.minor > 0 && rest.gross.minor >= 0);
                prop_assert!((0..=pays.gross.minor).contains(&pays.vat.minor));
                prop_assert!((0..=rest.gross.minor).contains(&rest.vat.minor), "{rest:?}");
                let is_paid = rest.gross.minor == 0;
                prop_assert!(is_paid || share.paid == left, "what is left goes first");
                // Either nothing is left in both currencies, or something that can be paid in each.
                let fits = |other: Money| if is_paid { other.minor == 0 } else { other.minor > 0 };
                prop_assert!(rest.other.is_none_or(fits), "{rest:?}");
            }
        }
    }
}
