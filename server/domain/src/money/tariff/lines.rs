//! What a span costs by a price list, line by line.

use chrono::{NaiveDate, NaiveDateTime, Timelike};
use rust_decimal::Decimal;

use super::{
    Applied, Basis, Buyer, NoPrice, PriceGroup, Priced, PricedPlace, Tariff, TariffPrice, Unit, sum::Sum,
};
use crate::{
    money::{Currency, Money, half_up},
    time::{Quarter, Span},
};

/// Quarters that one line is for.
struct Run<'a> {
    price: &'a TariffPrice,
    date: NaiveDate,
    span: Span,
}

impl Applied<'_> {
    /// The price of a span, as one of so many dates of a series; 1 where it is by itself.
    ///
    /// The band is chosen by the wall clock at each quarter, so the repeated hour is paid twice and the missing
    /// one never. What a series has off comes before the least that a booking costs.
    ///
    /// # Errors
    /// [`NoPrice`] where the list has a gap.
    pub fn price(
        &self,
        place: PricedPlace<'_>,
        span: Span,
        buyer: &Buyer,
        dates: u32,
    ) -> Result<Priced, NoPrice> {
        let runs = runs(self.tariff, place, span, buyer)?;
        let mut sum = Sum::new(place.currency);
        let pays_as = self.tariff.pays_as(buyer.group);
        for run in &runs {
            self.add(&mut sum, run, pays_as.filter(|group| *group != buyer.group));
        }
        if let Some(discount) = self.tariff.discount(dates).filter(|_| sum.total > 0) {
            let basis = Basis::Series { dates: discount.dates, percent: discount.percent };
            let off = |minor: i64| -Money::new(minor, place.currency).percent(discount.percent.into()).minor;
            sum.add(span, basis, off(sum.total), sum.other.map(|other| off(other.minor)));
        }
        if let Some(least) = self.tariff.minimum.as_ref().and_then(|minimum| minimum.of(place.currency))
            && sum.total > 0
            && sum.total < least.minor
        {
            let other = self.tariff.minimum.as_ref().and_then(|minimum| minimum.beside(place.currency));
            let up = sum.other.zip(other).map(|(sum, least)| least.minor - sum.minor);
            sum.add(span, Basis::Minimum { least }, least.minor - sum.total, up);
        }
        Ok(sum.priced())
    }

    fn add(&self, sum: &mut Sum, run: &Run<'_>, group: Option<PriceGroup>) {
        let Some(price) = run.price.price.of(sum.currency) else { return };
        let amount = |money: Money| {
            let quarters = Decimal::from(run.span.quarters());
            let units = match run.price.unit {
                Unit::Quarter => quarters,
                Unit::Hour => quarters / Decimal::from(4),
                Unit::Occasion | Unit::Day => Decimal::ONE,
            };
            let percent = Decimal::from(self.part_percent.unwrap_or(100)) / Decimal::ONE_HUNDRED;
            half_up(Decimal::from(money.minor) * units * percent)
        };
        let basis = Basis::Price {
            unit: run.price.unit,
            price,
            group,
            home: run.price.home.clone(),
            when: run.price.when.clone(),
            part_percent: self.part_percent,
        };
        let beside = run.price.price.beside(sum.currency);
        sum.meet(beside);
        sum.add(run.span, basis, amount(price), beside.map(amount));
    }

    /// The lowest price that anyone pays; of an hour where there are any, else of another unit.
    #[must_use]
    pub fn lowest(&self, currency: Currency) -> Option<(Unit, Money)> {
        let prices = self.tariff.prices.iter().filter_map(|price| {
            let money = price.price.of(currency)?.percent(self.part_percent.unwrap_or(100).into());
            Some(match price.unit {
                Unit::Quarter => (Unit::Hour, Money::new(money.minor * 4, currency)),
                unit => (unit, money),
            })
        });
        prices.min_by_key(|(unit, money)| (*unit != Unit::Hour, money.minor))
    }
}

/// Consecutive quarters at one price; a price of an occasion stands once, one of a day once a day.
fn runs<'a>(
    tariff: &'a Tariff,
    place: PricedPlace<'_>,
    span: Span,
    buyer: &Buyer,
) -> Result<Vec<Run<'a>>, NoPrice> {
    let group = tariff.pays_as(buyer.group);
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut of_day: Option<(NaiveDate, Vec<&TariffPrice>)> = None;
    for quarter in span.iter() {
        let wall = quarter.start().with_timezone(&place.zone).naive_local();
        let prices = match &of_day {
            Some((date, prices)) if *date == wall.date() => prices,
            _ => &of_day.insert((wall.date(), holding(tariff, place.country, wall.date(), group, buyer))).1,
        };
        let minute = i64::from(wall.hour() * 60 + wall.minute());
        let price = prices.iter().find(|price| price.when.has(minute)).ok_or(NoPrice(quarter.start()))?;
        extend(&mut runs, price, quarter, wall);
    }
    Ok(runs)
}

/// The prices that hold on a date for a group, the one that counts first: the more special the days, then that
/// of those who live there, then the last written.
fn holding<'a>(
    tariff: &'a Tariff,
    country: &str,
    date: NaiveDate,
    group: Option<PriceGroup>,
    buyer: &Buyer,
) -> Vec<&'a TariffPrice> {
    let is_at_home = |price: &TariffPrice| {
        price.home.is_empty() || buyer.home.as_ref().is_some_and(|home| price.home.contains(home))
    };
    let is_theirs =
        |price: &&TariffPrice| group.is_some_and(|group| price.groups.contains(&group)) && is_at_home(price);
    let mut prices: Vec<&TariffPrice> = tariff
        .prices
        .iter()
        .rev()
        .filter(is_theirs)
        .filter(|price| price.when.is_on(date, country))
        .collect();
    prices.sort_by_key(|price| std::cmp::Reverse((price.when.on.order(), !price.home.is_empty()))); // stable
    prices
}

fn extend<'a>(runs: &mut Vec<Run<'a>>, price: &'a TariffPrice, quarter: Quarter, wall: NaiveDateTime) {
    let same = |run: &&mut Run<'_>| std::ptr::eq(run.price, price);
    let known = match price.unit {
        Unit::Quarter | Unit::Hour => runs.last_mut().filter(same).filter(|run| run.span.end() == quarter),
        Unit::Occasion => runs.iter_mut().find(|run| same(run)),
        Unit::Day => runs.iter_mut().find(|run| same(run) && run.date == wall.date()),
    };
    match known {
        Some(run) => run.span = Span::new(run.span.start(), quarter + 1).unwrap_or(run.span),
        None => {
            runs.extend(Span::new(quarter, quarter + 1).map(|span| Run { price, date: wall.date(), span }))
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use chrono_tz::Europe::Helsinki;

    use super::*;
    use crate::money::EURO;

    const FINLAND: PricedPlace<'_> = PricedPlace { zone: Helsinki, country: "FI", currency: EURO };

    const ICE: &str = r#"{"dated_by":"use","as_group":{"company":"adult"},
        "minimum":{"EUR":"20.00"},"series":[{"dates":5,"percent":5},{"dates":10,"percent":10}],"prices":[
        {"groups":["adult"],"when":{"days":[1,2,3,4,5],"to":"16:00"},"unit":"hour","price":{"EUR":"95"}},
        {"groups":["adult"],"when":{"days":[1,2,3,4,5],"from":"16:00"},"unit":"hour","price":{"EUR":"125"}},
        {"groups":["adult"],"when":{"days":[6,7]},"unit":"hour","price":{"EUR":"42.50"}},
        {"groups":["adult"],"home":["tornio"],"when":{"days":[6,7]},"unit":"hour","price":{"EUR":"40"}},
        {"groups":["adult"],"when":{"on":{"holidays":["public"]}},"unit":"occasion","price":{"EUR":"99"}},
        {"groups":["youth"],"unit":"quarter","price":{"EUR":"0"}}]}"#;

    fn price(
        buyer: &Buyer,
        start: &str,
        end: &str,
        dates: u32,
        part: Option<u32>,
    ) -> Result<Priced, NoPrice> {
        let tariff: Tariff = serde_json::from_str(ICE).expect("a list");
        let instant = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
        let span = Span::between(instant(start), instant(end)).expect("a span");
        Applied { tariff: &tariff, part_percent: part }.price(FINLAND, span, buyer, dates)
    }

    fn check(
        buyer: impl Into<Buyer>,
        start: &str,
        end: &str,
        dates: u32,
        part: Option<u32>,
        expected: &[i64],
    ) {
        let priced = price(&buyer.into(), start, end, dates, part).expect("a price");
        let gross: Vec<i64> = priced.lines.iter().map(|line| line.gross.minor).collect();
        assert_eq!(gross, expected, "{start}");
        assert_eq!(priced.total.minor, expected.iter().sum::<i64>());
    }

    #[test]
    fn a_time_across_a_band_has_a_line_for_each() {
        // Thursday 15:30 to 16:45 in Tornio
        check(PriceGroup::Adult, "2026-11-26T13:30:00Z", "2026-11-26T14:45:00Z", 1, None, &[47_50, 93_75]);
    }

    #[test]
    fn a_line_is_rounded_once() {
        // 45 minutes at 42.50: 31.875, and not three times 10.63
        check(PriceGroup::Adult, "2026-11-28T10:00:00Z", "2026-11-28T10:45:00Z", 1, None, &[31_88]);
    }

    #[test]
    fn the_repeated_hour_is_paid_twice() {
        // Sunday 03:00a to 04:00 on 2027-10-31: two hours pass
        check(PriceGroup::Adult, "2027-10-31T00:00:00Z", "2027-10-31T02:00:00Z", 1, None, &[85_00]);
    }

    #[test]
    fn residents_holidays_parts_series_and_the_least() {
        let (start, end) = ("2026-11-28T10:00:00Z", "2026-11-28T11:00:00Z"); // a Saturday
        let of = |home: &str| Buyer { group: PriceGroup::Adult, home: home.parse().ok() };
        check(of("tornio"), start, end, 1, None, &[40_00]);
        check(of("kemi"), start, end, 1, None, &[42_50]);
        check(PriceGroup::Company, start, end, 1, None, &[42_50]);
        check(PriceGroup::Youth, start, end, 10, None, &[0]);
        check(PriceGroup::Adult, start, end, 1, Some(55), &[23_38]);
        check(PriceGroup::Adult, start, end, 4, None, &[42_50]);
        check(PriceGroup::Adult, start, end, 9, None, &[42_50, -2_13]);
        check(PriceGroup::Adult, start, end, 12, Some(50), &[21_25, -2_13, 88]);
        // Independence Day, a Sunday: one occasion, whoever it is
        check(of("tornio"), "2026-12-06T10:00:00Z", "2026-12-06T13:00:00Z", 1, None, &[99_00]);
        assert!(price(&PriceGroup::Club.into(), start, end, 1, None).is_err());
    }

    #[test]
    fn a_price_fixed_in_both_currencies_needs_no_rate() {
        let krona = Currency::from_code(b"SEK");
        let list = |second: &str| {
            let text = format!(
                r#"{{"dated_by":"use","minimum":{{"EUR":"30","SEK":"310"}},"prices":[
                {{"groups":["adult"],"when":{{"to":"12:00"}},"unit":"hour","price":{{"EUR":"30","SEK":"300"}}}},
                {{"groups":["adult"],"when":{{"from":"12:00"}},"unit":"occasion","price":{second}}}]}}"#
            );
            serde_json::from_str::<Tariff>(&text).expect("a list")
        };
        let fixed = |second: &str, start: i64, end: i64| {
            let (tariff, midnight) =
                (list(second), Quarter::containing("2026-11-25T22:00:00Z".parse().expect("")));
            let span = Span::new(midnight + start, midnight + end).expect("a span");
            let applied = Applied { tariff: &tariff, part_percent: None };
            let priced = applied.price(FINLAND, span, &PriceGroup::Adult.into(), 1).expect("a price");
            (priced.total.minor, priced.fixed.map(|money| (money.minor, money.currency)))
        };
        let both = r#"{"EUR":"50","SEK":"555"}"#;
        assert_eq!(fixed(both, 40, 44), (30_00, Some((300_00, krona))));
        assert_eq!(fixed(both, 40, 42), (30_00, Some((310_00, krona))), "the least, as it is fixed");
        assert_eq!(fixed(both, 44, 52), (80_00, Some((855_00, krona))));
        assert_eq!(fixed(r#"{"EUR":"50"}"#, 44, 52), (80_00, None), "one of two isn't fixed");
    }
}
