//! What a charge after a use comes to.

use serde::{Deserialize, Serialize};

use super::{AfterUse, Amounts, ChargeAmount, Unit};
use crate::money::{Beside, Currency, Money};

/// Nobody stays longer beyond the end: a day.
pub const OVER_MINUTES_MAX: u32 = 24 * 60;

/// What staff say of it, where the list asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    /// How long it was.
    pub minutes: Option<u32>,
    /// What it has cost the town, tax included.
    pub cost: Option<Money>,
}

/// How a charge came to what it is; kept with it, so that it can be said again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChargeBasis {
    /// As the list says.
    Fixed,
    /// So many units begun.
    Begun { unit: Unit, price: Money, units: u32, minutes: u32 },
    /// So much of the booking's price.
    OfPrice { percent: u32, price: Money },
    /// What it has cost the town.
    Cost,
}

/// A charge, tax included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reckoned {
    pub gross: Money,
    /// In the other currency, where the list fixes both: no rate is used then.
    pub fixed: Option<Money>,
    pub basis: ChargeBasis,
}

/// What staff have said doesn't fit what the list asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReckonFault {
    #[error("it goes by time: tell the minutes, from 1 to {OVER_MINUTES_MAX}")]
    Minutes,
    #[error("it doesn't go by time: no minutes are told")]
    NoMinutes,
    #[error("it goes by what it has cost: tell that, more than nothing and at most {} {}", .0.wire(), .0.currency)]
    Cost(Money),
    #[error("the list says what it costs: no cost is told")]
    NoCost,
    #[error("it comes to nothing")]
    Nothing,
}

impl AfterUse {
    /// What it comes to in the facility's currency, for a booking that costs `price`.
    ///
    /// # Errors
    /// [`ReckonFault`]: what is told isn't what the list asks for, or it comes to nothing.
    pub fn reckon(&self, price: Money, beside: Option<&Beside>, told: Told) -> Result<Reckoned, ReckonFault> {
        let currency = price.currency;
        let goes_by_time = matches!(self.amount, ChargeAmount::PerQuarter(_) | ChargeAmount::PerHour(_));
        if told.minutes.is_some() && !goes_by_time {
            return Err(ReckonFault::NoMinutes);
        }
        if told.cost.is_some() && !matches!(self.amount, ChargeAmount::CostUpTo(_)) {
            return Err(ReckonFault::NoCost);
        }
        let minutes = told.minutes.unwrap_or_default(); // none is too few
        let reckoned = match &self.amount {
            ChargeAmount::Fixed(amounts) => times(amounts, currency, 1, ChargeBasis::Fixed),
            ChargeAmount::PerQuarter(amounts) => begun(amounts, currency, Unit::Quarter, minutes)?,
            ChargeAmount::PerHour(amounts) => begun(amounts, currency, Unit::Hour, minutes)?,
            ChargeAmount::PricePercent(percent) => {
                let fixed = beside.filter(|(_, rate)| rate.is_none()).map(|(money, _)| *money);
                let part = |money: Money| money.percent((*percent).into());
                let basis = ChargeBasis::OfPrice { percent: *percent, price };
                Reckoned { gross: part(price), fixed: fixed.map(part), basis }
            }
            ChargeAmount::CostUpTo(amounts) => {
                let most = own(amounts, currency);
                let fits = |cost: &Money| cost.currency == currency && (1..=most.minor).contains(&cost.minor);
                let gross = told.cost.filter(fits).ok_or(ReckonFault::Cost(most))?;
                Reckoned { gross, fixed: None, basis: ChargeBasis::Cost }
            }
        };
        if reckoned.gross.minor > 0 { Ok(reckoned) } else { Err(ReckonFault::Nothing) }
    }
}

fn begun(amounts: &Amounts, currency: Currency, unit: Unit, minutes: u32) -> Result<Reckoned, ReckonFault> {
    if !(1..=OVER_MINUTES_MAX).contains(&minutes) {
        return Err(ReckonFault::Minutes);
    }
    let length = if unit == Unit::Quarter { 15 } else { 60 };
    let units = minutes.div_ceil(length);
    let basis = ChargeBasis::Begun { unit, price: own(amounts, currency), units, minutes };
    Ok(times(amounts, currency, units.into(), basis))
}

fn times(amounts: &Amounts, currency: Currency, count: i64, basis: ChargeBasis) -> Reckoned {
    let all = |money: Money| Money::new(money.minor * count, money.currency);
    Reckoned { gross: all(own(amounts, currency)), fixed: amounts.beside(currency).map(all), basis }
}

/// A list that has been checked has an amount in the facility's currency.
fn own(amounts: &Amounts, currency: Currency) -> Money {
    amounts.of(currency).unwrap_or_else(|| Money::new(0, currency))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::money::EURO;

    const SEK: Currency = Currency::from_code(b"SEK");

    fn entry(kind: &str, amount: &str) -> AfterUse {
        serde_json::from_str(&format!(r#"{{"kind":"{kind}","amount":{amount}}}"#)).expect("an entry")
    }

    fn euros(minor: i64) -> Money {
        Money::new(minor, EURO)
    }

    fn check(amount: &str, told: Told, expected: Result<(i64, Option<i64>), ReckonFault>) {
        let beside = (Money::new(1300_00, SEK), None);
        let found = entry("other", amount).reckon(euros(125_00), Some(&beside), told);
        let found = found.map(|it| (it.gross.minor, it.fixed.map(|money| money.minor)));
        assert_eq!(found, expected, "{amount} {told:?}");
    }

    #[test]
    fn a_charge_is_what_the_list_says() {
        let (none, at) = (Told::default(), |minutes| Told { minutes: Some(minutes), cost: None });
        let cost = |cost| Told { minutes: None, cost: Some(cost) };
        check(r#"{"fixed":{"EUR":"50"}}"#, none, Ok((50_00, None)));
        check(r#"{"fixed":{"EUR":"50","SEK":"500"}}"#, none, Ok((50_00, Some(500_00))));
        check(r#"{"fixed":{"EUR":"50"}}"#, at(10), Err(ReckonFault::NoMinutes));
        check(r#"{"fixed":{"EUR":"50"}}"#, cost(euros(1)), Err(ReckonFault::NoCost));
        check(r#"{"fixed":{"EUR":"0"}}"#, none, Err(ReckonFault::Nothing));
        let hourly = r#"{"per_hour":{"EUR":"95","SEK":"1000"}}"#;
        check(hourly, at(1), Ok((95_00, Some(1000_00))));
        check(hourly, at(60), Ok((95_00, Some(1000_00))));
        check(hourly, at(61), Ok((190_00, Some(2000_00))));
        check(hourly, none, Err(ReckonFault::Minutes));
        check(hourly, at(0), Err(ReckonFault::Minutes));
        check(hourly, at(OVER_MINUTES_MAX + 1), Err(ReckonFault::Minutes));
        check(r#"{"per_quarter":{"EUR":"25"}}"#, at(31), Ok((75_00, None)));
        check(r#"{"price_percent":100}"#, none, Ok((125_00, Some(1300_00))));
        check(r#"{"price_percent":50}"#, none, Ok((62_50, Some(650_00))));
        let up_to = r#"{"cost_up_to":{"EUR":"800"}}"#;
        check(up_to, cost(euros(312_40)), Ok((312_40, None)));
        for wrong in [euros(800_01), euros(0), euros(-1), Money::new(100, SEK)] {
            check(up_to, cost(wrong), Err(ReckonFault::Cost(euros(800_00))));
        }
        check(up_to, none, Err(ReckonFault::Cost(euros(800_00))));
    }

    #[test]
    fn a_price_at_a_rate_is_no_fixed_one() {
        let rate = crate::money::Rate {
            base: EURO,
            quote: SEK,
            value: rust_decimal::Decimal::new(10_978, 3),
            date: "2026-10-30".parse().expect("a date"),
            source: "ECB".to_owned(),
        };
        let once_more = entry("no_show", r#"{"price_percent":100}"#);
        let beside = (Money::new(1372_25, SEK), Some(rate));
        let found = once_more.reckon(euros(125_00), Some(&beside), Told::default()).expect("a charge");
        assert_eq!((found.gross, found.fixed), (euros(125_00), None));
    }

    proptest! {
        #[test]
        fn each_unit_begun_is_paid_and_no_other(
            price in 1i64..100_000, minutes in 1u32..=OVER_MINUTES_MAX, by_hour: bool,
        ) {
            let (word, length) = if by_hour { ("per_hour", 60) } else { ("per_quarter", 15) };
            let text = format!(r#"{{"{word}":{{"EUR":"{}"}}}}"#, euros(price).wire());
            let told = Told { minutes: Some(minutes), cost: None };
            let found = entry("overtime", &text).reckon(euros(0), None, told).expect("a charge");
            prop_assert_eq!(found.gross.minor % price, 0);
            let units = found.gross.minor / price;
            prop_assert!(units * length >= i64::from(minutes) && (units - 1) * length < i64::from(minutes));
        }

        #[test]
        fn no_cost_is_more_than_the_list_allows(most in 0i64..1_000_000, cost in -10i64..1_100_000) {
            let text = format!(r#"{{"cost_up_to":{{"EUR":"{}"}}}}"#, euros(most).wire());
            let told = Told { minutes: None, cost: Some(euros(cost)) };
            match entry("alarm", &text).reckon(euros(125_00), None, told) {
                Ok(found) => prop_assert!(found.gross == euros(cost) && (1..=most).contains(&cost)),
                Err(fault) => prop_assert!(fault == ReckonFault::Cost(euros(most)) && !(1..=most).contains(&cost)),
            }
        }

        #[test]
        fn a_part_of_the_price_is_that_part(price in 0i64..10_000_000, percent in 1u32..=500) {
            let text = format!(r#"{{"price_percent":{percent}}}"#);
            match entry("no_show", &text).reckon(euros(price), None, Told::default()) {
                Ok(found) => {
                    let exact = 100 * found.gross.minor - price * i64::from(percent);
                    prop_assert!(found.gross.minor > 0 && exact.abs() <= 50);
                }
                Err(fault) => prop_assert!(fault == ReckonFault::Nothing && price * i64::from(percent) < 50),
            }
        }
    }
}
