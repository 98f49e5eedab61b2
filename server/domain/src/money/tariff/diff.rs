//! What a price list changes.

use serde::{Deserialize, Serialize};

use super::{AfterUse, Amounts, Band, DatedBy, Deposit, Home, PriceGroup, Tariff, Unit};

/// A price of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitPrice {
    pub unit: Unit,
    pub price: Amounts,
}

/// One thing that differs between two lists. `None`: the list says nothing about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TariffChange {
    Price {
        group: PriceGroup,
        home: Vec<Home>,
        when: Band,
        before: Option<UnitPrice>,
        after: Option<UnitPrice>,
    },
    /// How much of the facility's price it is.
    Part {
        before: Option<u32>,
        after: Option<u32>,
    },
    /// Whose price a group without its own pays.
    AsGroup {
        group: PriceGroup,
        before: Option<PriceGroup>,
        after: Option<PriceGroup>,
    },
    Minimum {
        before: Option<Amounts>,
        after: Option<Amounts>,
    },
    /// What series of so many dates have off, in percent.
    Series {
        dates: u32,
        before: Option<u32>,
        after: Option<u32>,
    },
    DatedBy {
        before: Option<DatedBy>,
        after: DatedBy,
    },
    /// What may be charged after the use.
    AfterUse {
        before: Option<AfterUse>,
        after: Option<AfterUse>,
    },
    /// What is held for the case that something is broken.
    Deposit {
        before: Option<Deposit>,
        after: Option<Deposit>,
    },
}

/// Whom and when a price is for.
type Key = (PriceGroup, Vec<Home>, Band);

impl Tariff {
    /// What it changes of the list before it, in the order in which it is written; what is gone comes last.
    #[must_use]
    pub fn changes(&self, before: Option<&Self>) -> Vec<TariffChange> {
        let mut changes = Vec::new();
        let (dated_by, part) = (before.map(|list| list.dated_by), before.and_then(|list| list.part_percent));
        if dated_by != Some(self.dated_by) {
            changes.push(TariffChange::DatedBy { before: dated_by, after: self.dated_by });
        }
        if part != self.part_percent {
            changes.push(TariffChange::Part { before: part, after: self.part_percent });
        }
        changes.extend(self.changed_prices(before));
        for group in PriceGroup::ALL {
            let of = |list: &Self| list.as_group.get(&group).copied();
            let (before, after) = (before.and_then(of), of(self));
            if before != after {
                changes.push(TariffChange::AsGroup { group, before, after });
            }
        }
        let minimum = before.and_then(|list| list.minimum.clone());
        if minimum != self.minimum {
            changes.push(TariffChange::Minimum { before: minimum, after: self.minimum.clone() });
        }
        changes.extend(self.changed_series(before));
        changes.extend(self.changed_after_use(before));
        let deposit = before.and_then(|list| list.deposit.clone());
        if deposit != self.deposit {
            changes.push(TariffChange::Deposit { before: deposit, after: self.deposit.clone() });
        }
        changes
    }

    fn changed_after_use(&self, before: Option<&Self>) -> Vec<TariffChange> {
        let find = |list: &[AfterUse], code: &str| list.iter().find(|one| one.code() == code).cloned();
        let old = before.map(|list| list.after_use.as_slice()).unwrap_or_default();
        let gone = old.iter().filter(|one| find(&self.after_use, one.code()).is_none());
        let codes = self.after_use.iter().chain(gone).map(AfterUse::code);
        let change = |code| {
            let (before, after) = (find(old, code), find(&self.after_use, code));
            (before != after).then_some(TariffChange::AfterUse { before, after })
        };
        codes.filter_map(change).collect()
    }

    fn changed_prices(&self, before: Option<&Self>) -> Vec<TariffChange> {
        let (old, new) = (before.map(Self::by_key).unwrap_or_default(), self.by_key());
        let find = |list: &[(Key, UnitPrice)], key: &Key| {
            list.iter().find(|(known, _)| known == key).map(|(_, price)| price.clone())
        };
        let gone = old.iter().filter(|(key, _)| find(&new, key).is_none());
        let keys = new.iter().chain(gone).map(|(key, _)| key);
        let change = |key: &Key| {
            let (before, after) = (find(&old, key), find(&new, key));
            let (group, home, when) = key.clone();
            (before != after).then_some(TariffChange::Price { group, home, when, before, after })
        };
        keys.filter_map(change).collect()
    }

    /// Each price once; of two for the same the last, as it is the one that holds.
    fn by_key(&self) -> Vec<(Key, UnitPrice)> {
        let mut found: Vec<(Key, UnitPrice)> = Vec::new();
        for price in &self.prices {
            for group in &price.groups {
                let mut home = price.home.clone();
                home.sort_unstable();
                let key = (*group, home, price.when.clone());
                let price = UnitPrice { unit: price.unit, price: price.price.clone() };
                match found.iter_mut().find(|(known, _)| *known == key) {
                    Some((_, known)) => *known = price,
                    None => found.push((key, price)),
                }
            }
        }
        found
    }

    fn changed_series(&self, before: Option<&Self>) -> Vec<TariffChange> {
        let of = |list: &Self, dates| {
            list.series.iter().find(|discount| discount.dates == dates).map(|discount| discount.percent)
        };
        let old = before.map(|list| list.series.as_slice()).unwrap_or_default();
        let mut dates: Vec<u32> = self.series.iter().chain(old).map(|discount| discount.dates).collect();
        dates.sort_unstable();
        dates.dedup();
        let change = |dates| {
            let (before, after) = (before.and_then(|list| of(list, dates)), of(self, dates));
            (before != after).then_some(TariffChange::Series { dates, before, after })
        };
        dates.into_iter().filter_map(change).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_charged_after_use_is_compared_by_its_code() {
        let list = |entries: &str| {
            let prices = r#"[{"groups":["adult"],"unit":"hour","price":{"EUR":"10"}}]"#;
            list(&format!(r#"{{"dated_by":"use","prices":{prices},"after_use":[{entries}]}}"#))
        };
        let key =
            |amount: &str| format!(r#"{{"kind":"lost_key","amount":{{"fixed":{{"EUR":"{amount}"}}}}}}"#);
        let alarm = r#"{"kind":"alarm","amount":{"cost_up_to":{"EUR":"800"}}}"#;
        let (before, after) = (list(&format!("{},{alarm}", key("50"))), list(&key("60")));
        assert_eq!(before.changes(Some(&before)), []);
        let of = |list: &Tariff, place: usize| list.after_use.get(place).cloned();
        let expected = [
            TariffChange::AfterUse { before: of(&before, 0), after: of(&after, 0) },
            TariffChange::AfterUse { before: of(&before, 1), after: None },
        ];
        assert_eq!(after.changes(Some(&before)), expected);
    }

    #[test]
    fn a_deposit_that_comes_changes_or_goes_is_told() {
        let list = |deposit: &str| {
            let prices = r#"[{"groups":["adult"],"unit":"hour","price":{"EUR":"10"}}]"#;
            list(&format!(r#"{{"dated_by":"use","prices":{prices}{deposit}}}"#))
        };
        let (none, key) = (list(""), list(r#","deposit":{"amount":{"EUR":"50","SEK":"500"}}"#));
        let later = list(r#","deposit":{"amount":{"EUR":"50","SEK":"500"},"days":7}"#);
        let told = |before: &Tariff, after: &Tariff| {
            let (before, after) = (before.deposit.clone(), after.deposit.clone());
            vec![TariffChange::Deposit { before, after }]
        };
        assert_eq!(key.changes(Some(&none)), told(&none, &key));
        assert_eq!(later.changes(Some(&key)), told(&key, &later));
        assert_eq!(none.changes(Some(&key)), told(&key, &none));
        assert_eq!(key.changes(Some(&key)), []);
    }

    fn list(text: &str) -> Tariff {
        serde_json::from_str(text).expect("a list")
    }

    #[test]
    fn what_has_changed_is_told_and_nothing_else() {
        let before = list(
            r#"{"dated_by":"use","minimum":{"EUR":"5"},"series":[{"dates":10,"percent":5}],"prices":[
                {"groups":["adult","youth"],"unit":"hour","price":{"EUR":"10"}},
                {"groups":["club"],"unit":"hour","price":{"EUR":"6"}}]}"#,
        );
        let after = list(
            r#"{"dated_by":"booking","series":[{"dates":10,"percent":10}],"as_group":{"club":"adult"},"prices":[
                {"groups":["adult"],"unit":"hour","price":{"EUR":"12"}},
                {"groups":["youth"],"unit":"hour","price":{"EUR":"10"}}]}"#,
        );
        assert_eq!(before.changes(Some(&before)), []);
        let (none, adult, club) = (Vec::<Home>::new(), PriceGroup::Adult, PriceGroup::Club);
        let hour = |text: &str| {
            let price = serde_json::from_str(&format!(r#"{{"EUR":"{text}"}}"#)).expect("an amount");
            Some(UnitPrice { unit: Unit::Hour, price })
        };
        let when = Band::default;
        let expected = [
            TariffChange::DatedBy { before: Some(DatedBy::Use), after: DatedBy::Booking },
            TariffChange::Price {
                group: adult,
                home: none.clone(),
                when: when(),
                before: hour("10"),
                after: hour("12"),
            },
            TariffChange::Price { group: club, home: none, when: when(), before: hour("6"), after: None },
            TariffChange::AsGroup { group: club, before: None, after: Some(adult) },
            TariffChange::Minimum { before: before.minimum.clone(), after: None },
            TariffChange::Series { dates: 10, before: Some(5), after: Some(10) },
        ];
        assert_eq!(after.changes(Some(&before)), expected);
        assert_eq!(after.changes(None).len(), 5);
    }
}
