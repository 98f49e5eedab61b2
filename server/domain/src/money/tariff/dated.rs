//! Which price list holds.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{DatedBy, Home, Tariff};

/// A published list, from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    pub from: NaiveDate,
    pub tariff: Tariff,
}

/// The days that decide which list holds, by the facility's calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TariffDay {
    pub booked: NaiveDate,
    /// On which the time begins.
    pub used: NaiveDate,
}

impl TariffDay {
    /// Booked and used on a day.
    #[must_use]
    pub const fn both(date: NaiveDate) -> Self {
        Self { booked: date, used: date }
    }
}

/// The published lists of one place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TariffLists(Vec<Dated>);

impl TariffLists {
    #[must_use]
    pub fn new(mut lists: Vec<Dated>) -> Self {
        lists.sort_by_key(|list| std::cmp::Reverse(list.from));
        Self(lists)
    }

    /// The latest of those that have begun, each by the day that it says.
    #[must_use]
    pub fn on(&self, day: TariffDay) -> Option<&Dated> {
        self.0.iter().find(|list| {
            let decides = match list.tariff.dated_by {
                DatedBy::Booking => day.booked,
                DatedBy::Use => day.used,
            };
            list.from <= decides
        })
    }

    /// With one more, instead of any of the same day.
    #[must_use]
    pub fn with(&self, more: Dated) -> Self {
        let others = self.0.iter().filter(|list| list.from != more.from).cloned();
        Self::new(others.chain([more.clone()]).collect())
    }

    /// The days after a day on which another list begins, the earliest first.
    pub fn after(&self, date: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        self.0.iter().rev().map(|list| list.from).filter(move |from| *from > date)
    }
}

/// The lists that a space's prices come from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpaceTariffs {
    /// Stand before the facility's.
    pub own: Arc<TariffLists>,
    pub facility: Arc<TariffLists>,
}

/// The list that holds, and how much of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applied<'a> {
    pub tariff: &'a Tariff,
    /// The space is a part of the facility that the list is for.
    pub part_percent: Option<u32>,
}

impl SpaceTariffs {
    /// `None`: nothing has a price.
    #[must_use]
    pub fn on(&self, day: TariffDay) -> Option<Applied<'_>> {
        let facility =
            |part_percent| self.facility.on(day).map(|list| Applied { tariff: &list.tariff, part_percent });
        match self.own.on(day).map(|list| &list.tariff) {
            None => facility(None),
            Some(Tariff { part_percent: Some(percent), .. }) => facility(Some(*percent)),
            Some(tariff) => Some(Applied { tariff, part_percent: None }),
        }
    }

    /// Where some who live there pay something of their own, now or later.
    #[must_use]
    pub fn homes(&self) -> Vec<&Home> {
        let lists = self.own.0.iter().chain(&self.facility.0);
        let mut homes: Vec<&Home> = lists.flat_map(|list| list.tariff.homes()).collect();
        homes.sort_unstable();
        homes.dedup();
        homes
    }

    /// The days after a day on which something changes, the earliest first.
    #[must_use]
    pub fn after(&self, date: NaiveDate) -> Vec<NaiveDate> {
        let mut days: Vec<NaiveDate> = self.own.after(date).chain(self.facility.after(date)).collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn list(from: &str, text: &str) -> Dated {
        Dated { from: date(from), tariff: serde_json::from_str(text).expect("a list") }
    }

    fn priced(from: &str, dated_by: &str, amount: &str) -> Dated {
        let price = format!(r#"{{"groups":["adult"],"unit":"hour","price":{{"EUR":"{amount}"}}}}"#);
        list(from, &format!(r#"{{"dated_by":"{dated_by}","prices":[{price}]}}"#))
    }

    fn amount(tariffs: &SpaceTariffs, booked: &str, used: &str) -> Option<(String, Option<u32>)> {
        let applied = tariffs.on(TariffDay { booked: date(booked), used: date(used) })?;
        let price = applied.tariff.prices[0].price.iter().next().expect("an amount");
        Some((price.wire(), applied.part_percent))
    }

    fn tariffs(own: Vec<Dated>, facility: Vec<Dated>) -> SpaceTariffs {
        SpaceTariffs { own: Arc::new(TariffLists::new(own)), facility: Arc::new(TariffLists::new(facility)) }
    }

    #[test]
    fn a_list_begins_on_the_day_that_it_says() {
        let check = |dated_by, booked, used, expected: Option<&str>| {
            let lists = tariffs(
                vec![],
                vec![priced("2026-01-01", "use", "10"), priced("2027-01-01", dated_by, "12")],
            );
            let found = amount(&lists, booked, used).map(|(amount, _)| amount);
            assert_eq!(found.as_deref(), expected, "{dated_by} {booked} {used}");
        };
        check("use", "2026-12-31", "2026-12-31", Some("10.00"));
        check("use", "2026-12-31", "2027-01-01", Some("12.00"));
        check("booking", "2026-12-31", "2027-01-01", Some("10.00"));
        check("booking", "2027-01-01", "2027-01-01", Some("12.00"));
        check("booking", "2025-12-31", "2025-12-31", None);
    }

    #[test]
    fn a_spaces_own_stands_before_its_facilitys_or_is_a_part_of_it() {
        let facility = || vec![priced("2026-01-01", "use", "10"), priced("2027-06-01", "use", "20")];
        let own = vec![
            priced("2026-01-01", "use", "4"),
            list("2027-01-01", r#"{"dated_by":"use","part_percent":55}"#),
        ];
        let lists = tariffs(own, facility());
        let check = |used, expected: (&str, Option<u32>)| {
            assert_eq!(amount(&lists, used, used), Some((expected.0.to_owned(), expected.1)), "{used}");
        };
        check("2026-12-31", ("4.00", None));
        check("2027-01-01", ("10.00", Some(55)));
        check("2027-06-01", ("20.00", Some(55)));
        let days = [date("2027-01-01"), date("2027-06-01")];
        assert_eq!(lists.after(date("2026-01-01")), days);
        assert_eq!(
            amount(&tariffs(vec![], facility()), "2026-05-05", "2026-05-05"),
            Some(("10.00".to_owned(), None))
        );
        assert_eq!(amount(&tariffs(vec![], vec![]), "2026-05-05", "2026-05-05"), None);
    }
}
