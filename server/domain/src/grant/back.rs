//! What goes back of a price that two have paid: the payer's part is rounded, and the rest of the whole is the grant's.

use crate::{booking::Back, money::Money};

/// What of all that a rule of cancelling gives back goes to the grant, once `payer_back` of what the payer has left goes
/// back to them: a fee is the payer's first.
#[must_use]
pub fn back_of_cancelling(payer_left: Money, payer_back: Money, grant_left: Money, back: &Back) -> Money {
    let all = back.of(Money::new(payer_left.minor + grant_left.minor, grant_left.currency));
    within(all.minor - payer_back.minor, grant_left)
}

/// What goes back to the grant of a price of which so much is charged later, so that it and what the payer, who owes as
/// great a part of their own, owes come to that.
#[must_use]
pub fn back_of_charged(total: Money, grant_left: Money, charged: Money) -> Money {
    let payer = charged.portion(total.minor - grant_left.minor, total.minor);
    within(grant_left.minor + payer.minor - charged.minor, grant_left)
}

/// Splits what goes back of a price in proportion of what each has paid: to the payer, and to the grant.
#[must_use]
pub fn split_back(gross: Money, payer_left: Money, grant_left: Money) -> (Money, Money) {
    let all = payer_left.minor + grant_left.minor;
    if gross.minor >= all {
        return (payer_left, grant_left);
    }
    // What is more than the grant has left is the payer's.
    let payer = gross.portion(payer_left.minor, all).minor.max(gross.minor - grant_left.minor);
    let payer = within(payer, payer_left);
    (payer, Money::new(gross.minor - payer.minor, gross.currency))
}

/// What a price that has become `cheaper_by` so much brings back to the grant, which has `grant_left` and, by its rule,
/// pays `pays_now` of the new price. The payer, who has `payer_left`, gets the rest.
#[must_use]
pub fn back_of_move(cheaper_by: Money, payer_left: Money, grant_left: Money, pays_now: Money) -> Money {
    let back = (grant_left.minor - pays_now.minor).max(cheaper_by.minor - payer_left.minor);
    within(back.min(cheaper_by.minor), grant_left)
}

fn within(minor: i64, most: Money) -> Money {
    Money::new(minor.clamp(0, most.minor), most.currency)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::money::EURO;

    fn euros(minor: i64) -> Money {
        Money::new(minor, EURO)
    }

    #[test]
    fn each_gets_back_what_it_has_paid_of_it() {
        let check = |payer, grant, percent, expected| {
            let back = Back { percent, fee: None };
            let payer_back = back.of(euros(payer));
            assert_eq!(back_of_cancelling(euros(payer), payer_back, euros(grant), &back), euros(expected));
        };
        check(62_50, 62_50, 50, 31_25);
        check(0, 125_00, 50, 62_50);
        check(1, 1, 50, 0); // one cent of two: the payer's
        check(3, 3, 50, 1);
        check(62_50, 62_50, 100, 62_50);
        assert_eq!(split_back(euros(10_01), euros(50_00), euros(50_00)), (euros(5_01), euros(5_00)));
        assert_eq!(split_back(euros(500_00), euros(50_00), euros(50_00)), (euros(50_00), euros(50_00)));
    }

    #[test]
    fn a_fee_is_the_payers_first() {
        let check = |payer: i64, grant: i64, fee: &str, expected: (i64, i64)| {
            let fee = format!(r#"{{"percent":100,"fee":{{"EUR":"{fee}"}}}}"#);
            let back: Back = serde_json::from_str(&fee).expect("a rule");
            let payer_back = back.of(euros(payer));
            let grant_back = back_of_cancelling(euros(payer), payer_back, euros(grant), &back);
            assert_eq!((payer_back.minor, grant_back.minor), expected);
        };
        check(62_50, 62_50, "20.00", (42_50, 62_50));
        check(12_50, 112_50, "20.00", (0, 105_00));
    }

    #[test]
    fn a_cheaper_time_brings_back_what_the_rule_doesnt_pay_of_it() {
        let check = |cheaper_by, pays_now, expected| {
            let back = back_of_move(euros(cheaper_by), euros(62_50), euros(62_50), euros(pays_now));
            assert_eq!(back, euros(expected));
        };
        check(30_00, 47_50, 15_00); // a half of 95
        check(30_00, 62_50, 0); // an amount stays
        check(125_00, 0, 62_50);
    }

    proptest! {
        #[test]
        fn random_parts_come_to_what_was_paid(
            payer in 0i64..1_000_000, grant in 1i64..1_000_000, parts in prop::collection::vec((0u32..=100, any::<bool>()), 0..12),
        ) {
            let (mut payer, mut grant) = (euros(payer), euros(grant));
            for (percent, split) in parts {
                let all = payer.minor + grant.minor;
                let whole = euros(all).percent(percent.into());
                let (one, other) = if split {
                    split_back(whole, payer, grant)
                } else {
                    let back = payer.percent(percent.into());
                    (back, back_of_cancelling(payer, back, grant, &Back { percent, fee: None }))
                };
                prop_assert!((0..=payer.minor).contains(&one.minor) && (0..=grant.minor).contains(&other.minor));
                prop_assert!((one.minor + other.minor - whole.minor).abs() <= i64::from(!split));
                // In proportion, to the smallest coin.
                prop_assert!((one.minor * all - whole.minor * payer.minor).abs() <= all);
                (payer, grant) = (euros(payer.minor - one.minor), euros(grant.minor - other.minor));
            }
            prop_assert_eq!(split_back(euros(payer.minor + grant.minor), payer, grant), (payer, grant));
        }

        #[test]
        fn who_pays_later_owes_the_rest_of_what_is_charged(
            total in 1i64..1_000_000, granted in 0i64..=100, charged in 0i64..=100,
        ) {
            let (grant, charged) = (euros(total).percent(granted), euros(total).percent(charged));
            let keeps = grant.minor - back_of_charged(euros(total), grant, charged).minor;
            let owes = charged.minor - keeps;
            let part = charged.portion(total - grant.minor, total);
            prop_assert!((owes - part.minor).abs() <= 1 && owes >= 0, "{owes}");
        }

        #[test]
        fn a_move_brings_back_what_it_is_cheaper_by(
            old in 1i64..1_000_000, new in 0i64..1_000_000, granted in 0i64..=100, now in 0i64..1_000_000,
        ) {
            let new = new.min(old);
            let grant = euros(old).percent(granted);
            let payer = euros(old - grant.minor);
            let back = back_of_move(euros(old - new), payer, grant, euros(now.min(new)));
            let to_payer = old - new - back.minor;
            prop_assert!((0..=payer.minor).contains(&to_payer), "{to_payer}");
            prop_assert_eq!(grant.minor - back.minor + payer.minor - to_payer, new);
        }
    }
}
