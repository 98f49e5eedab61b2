//! Prices against a slow and obvious reckoning, quarter by quarter.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use chrono_tz::Europe::{Helsinki, Stockholm};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::{
    money::{Currency, EURO, Money, half_up},
    space::{Condition, Dates, Holidays, WallMinute, Weekdays, Yearly},
    time::{Quarter, Span},
};

const KRONA: Currency = Currency::from_code(b"SEK");

/// Which price counts at an instant: looked up anew for each, one reason after another.
fn at(tariff: &Tariff, place: PricedPlace<'_>, buyer: &Buyer, at: DateTime<Utc>) -> Option<usize> {
    let wall = at.with_timezone(&place.zone).naive_local();
    let (date, minute) = (wall.date(), i64::from(wall.hour()) * 60 + i64::from(wall.minute()));
    let named = |group| tariff.prices.iter().any(|price| price.groups.contains(&group));
    let group = match named(buyer.group) {
        true => buyer.group,
        false => *tariff.as_group.get(&buyer.group)?,
    };
    let mut best: Option<(u8, bool, usize)> = None;
    for (index, price) in tariff.prices.iter().enumerate() {
        let Band { on, days, from, to } = &price.when;
        let at_home =
            price.home.is_empty() || price.home.iter().any(|home| Some(home) == buyer.home.as_ref());
        let holds = price.groups.contains(&group)
            && at_home
            && days.contains(date.weekday().number_from_monday())
            && on.holds(date, place.country)
            && from.minute() <= minute
            && minute < to.minute();
        let special = match on {
            Condition::Always => 0,
            Condition::Season(_) => 1,
            Condition::Holidays(_) => 2,
            Condition::Yearly(_) => 3,
            Condition::Dates(_) => 4,
        };
        let key = (special, !price.home.is_empty(), index);
        if holds && best.is_none_or(|known| key > known) {
            best = Some(key);
        }
    }
    best.map(|(_, _, index)| index)
}

/// What all comes to, without lines: `None` where there is a gap.
fn total(applied: Applied<'_>, place: PricedPlace<'_>, span: Span, buyer: &Buyer, dates: u32) -> Option<i64> {
    let tariff = applied.tariff;
    let (mut occasions, mut days) = (BTreeSet::new(), BTreeSet::new());
    let mut stretches: Vec<(usize, i64)> = Vec::new();
    let mut last = None;
    for quarter in span.iter() {
        let index = at(tariff, place, buyer, quarter.start())?;
        match tariff.prices[index].unit {
            Unit::Occasion => {
                occasions.insert(index);
            }
            Unit::Day => {
                days.insert((index, quarter.start().with_timezone(&place.zone).date_naive()));
            }
            Unit::Hour | Unit::Quarter if last == Some(index) => stretches.last_mut()?.1 += 1,
            Unit::Hour | Unit::Quarter => stretches.push((index, 1)),
        }
        let by_time = matches!(tariff.prices[index].unit, Unit::Hour | Unit::Quarter);
        last = by_time.then_some(index);
    }
    let money = |index: usize, units: Decimal| {
        let price = tariff.prices[index].price.of(place.currency).map_or(0, |money| money.minor);
        let percent = Decimal::from(applied.part_percent.unwrap_or(100));
        half_up(Decimal::from(price) * units * percent / Decimal::ONE_HUNDRED)
    };
    let mut sum: i64 = stretches
        .into_iter()
        .map(|(index, quarters)| match tariff.prices[index].unit {
            Unit::Hour => money(index, Decimal::from(quarters) / Decimal::from(4)),
            _ => money(index, Decimal::from(quarters)),
        })
        .sum();
    sum += occasions.into_iter().map(|index| money(index, Decimal::ONE)).sum::<i64>();
    sum += days.into_iter().map(|(index, _)| money(index, Decimal::ONE)).sum::<i64>();
    let off = tariff.series.iter().filter(|discount| discount.dates <= dates).max_by_key(|one| one.dates);
    if let Some(discount) = off.filter(|_| sum > 0) {
        sum -= half_up(Decimal::from(sum) * Decimal::from(discount.percent) / Decimal::ONE_HUNDRED);
    }
    let least = tariff.minimum.as_ref().and_then(|minimum| minimum.of(place.currency));
    Some(least.map_or(sum, |least| if sum > 0 { sum.max(least.minor) } else { sum }))
}

fn group() -> impl Strategy<Value = PriceGroup> {
    prop::sample::select(PriceGroup::ALL.to_vec())
}

fn homes() -> impl Strategy<Value = Vec<Home>> {
    let home = |code: &str| code.parse().expect("a home");
    prop::sample::subsequence(vec![home("haparanda"), home("tornio")], 0..=2)
}

fn condition() -> impl Strategy<Value = Condition> {
    let date = |days: i64| {
        NaiveDate::from_ymd_opt(2027, 3, 20).expect("a date") + chrono::Days::new(days.unsigned_abs())
    };
    prop_oneof![
        4 => Just(Condition::Always),
        1 => Just(Condition::Season(yearly("10-15", "04-10"))),
        1 => prop::sample::select(vec![Holidays::Public, Holidays::Eve]).prop_map(|one| Condition::Holidays(vec![one])),
        1 => Just(Condition::Yearly(yearly("12-23", "12-27"))),
        1 => (0i64..300, 0i64..10).prop_map(move |(from, days)| {
            Condition::Dates(Dates { from: date(from), to: date(from + days) })
        }),
    ]
}

fn yearly(from: &str, to: &str) -> Yearly {
    let day = |text: &str| text.to_owned().try_into().expect("a day of the year");
    Yearly { from: day(from), to: day(to) }
}

fn band() -> impl Strategy<Value = Band> {
    let days = prop::sample::subsequence(vec![1u32, 2, 3, 4, 5, 6, 7], 1..=7);
    let hours = prop_oneof![Just((0, 96)), (0i64..96).prop_flat_map(|from| (Just(from), from + 1..=96))];
    (condition(), days, hours).prop_map(|(on, days, (from, to))| {
        let minute = |quarter: i64| WallMinute::new(quarter * 15).expect("on the raster");
        Band { on, days: Weekdays::try_from(days).expect("days"), from: minute(from), to: minute(to) }
    })
}

fn amounts() -> impl Strategy<Value = Amounts> {
    (0i64..20_000, prop::option::weighted(0.3, 0i64..200_000)).prop_map(|(euros, kronor)| {
        let kronor = kronor.map(|minor| Money::new(minor, KRONA));
        Amounts::new([Some(Money::new(euros, EURO)), kronor].into_iter().flatten().collect())
            .expect("amounts")
    })
}

fn price() -> impl Strategy<Value = TariffPrice> {
    let units = prop::sample::select(vec![Unit::Quarter, Unit::Hour, Unit::Hour, Unit::Occasion, Unit::Day]);
    let groups = prop::sample::subsequence(PriceGroup::ALL.to_vec(), 1..=4);
    (groups, homes(), band(), units, amounts()).prop_map(|(groups, home, when, unit, price)| TariffPrice {
        groups,
        home,
        when,
        unit,
        price,
    })
}

prop_compose! {
    fn tariff()(
        mut prices in prop::collection::vec(price(), 0..8),
        base in prop::option::weighted(0.9, (amounts(), prop::sample::subsequence(PriceGroup::ALL.to_vec(), 1..=4))),
        as_group in prop::option::of((group(), group())),
        minimum in prop::option::of(amounts()),
        series in prop::option::of((2u32..12, 1u32..=100)),
    ) -> Tariff {
        let all = base.map(|(price, groups)| TariffPrice {
            groups, home: vec![], when: Band::default(), unit: Unit::Hour, price,
        });
        prices.splice(0..0, all);
        Tariff {
            dated_by: DatedBy::Use,
            part_percent: None,
            prices,
            as_group: BTreeMap::from_iter(as_group),
            minimum,
            series: series.map(|(dates, percent)| SeriesDiscount { dates, percent }).into_iter().collect(),
            after_use: Vec::new(),
            deposit: None,
        }
    }
}

/// Around both clock changes and Christmas of 2027, and anywhere else in it.
fn span() -> impl Strategy<Value = Span> {
    let around = |text: &str| Quarter::containing(text.parse().expect("an instant")).0;
    let starts = prop_oneof![
        Just(around("2027-03-27T20:00:00Z")),
        Just(around("2027-10-30T20:00:00Z")),
        Just(around("2027-12-23T20:00:00Z")),
        (0i64..34_000).prop_map(move |quarters| around("2027-01-01T00:00:00Z") + quarters),
    ];
    (starts, 0i64..40, 1i64..150).prop_map(|(start, later, length)| {
        Span::new(Quarter(start + later), Quarter(start + later + length)).expect("a span")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_price_is_what_it_comes_to_quarter_by_quarter(
        tariff in tariff(),
        span in span(),
        (group, home) in (group(), prop::sample::select(vec![None, Some("tornio"), Some("kemi")])),
        (part_percent, dates) in (prop::option::of(1u32..=100), 1u32..12),
        swedish: bool,
    ) {
        let place = match swedish {
            true => PricedPlace { zone: Stockholm, country: "SE", currency: EURO },
            false => PricedPlace { zone: Helsinki, country: "FI", currency: EURO },
        };
        let buyer = Buyer { group, home: home.map(|code| code.parse().expect("a home")) };
        let applied = Applied { tariff: &tariff, part_percent };
        let priced = applied.price(place, span, &buyer, dates);
        let expected = total(applied, place, span, &buyer, dates);
        prop_assert_eq!(priced.as_ref().ok().map(|priced| priced.total.minor), expected);
        if let Ok(priced) = priced {
            let sum: i64 = priced.lines.iter().map(|line| line.gross.minor).sum();
            prop_assert_eq!(priced.total.minor, sum);
            prop_assert!(priced.total.minor >= 0);
            let fixed = priced.fixed.map(|money| money.currency);
            prop_assert!(fixed.is_none_or(|currency| currency == KRONA));
        }
    }

    #[test]
    fn a_list_is_read_back_as_it_was_written(tariff in tariff()) {
        let text = serde_json::to_string(&tariff).expect("a list");
        prop_assert_eq!(serde_json::from_str::<Tariff>(&text).expect("the same"), tariff);
    }
}
