//! A price list as staff write it and as it is kept.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{AfterUse, Amounts, Band, Deposit, Home, PriceGroup};

/// One price list of a facility, or of a space, from a day on.
///
/// A facility's is for the whole of it; a space's own stands before its facility's, and has either prices of
/// its own or is a part of what its facility costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tariff {
    /// Which day decides whether it holds.
    pub dated_by: DatedBy,
    /// Of what the facility's list says, in percent: 55 for a half that costs a little more than a half. Then
    /// nothing else stands here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_percent: Option<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prices: Vec<TariffPrice>,
    /// Which group's prices a group pays that no price names. Without a price nobody can book.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub as_group: BTreeMap<PriceGroup, PriceGroup>,
    /// The least that a booking costs, unless it is free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Amounts>,
    /// Off the price of each date of a series.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub series: Vec<SeriesDiscount>,
    /// What may be charged after the use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after_use: Vec<AfterUse>,
    /// What is held for the case that something is broken, and comes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deposit: Option<Deposit>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DatedBy {
    /// The day on which it is booked: who books before the list begins pays by the one before.
    Booking,
    /// The day on which the time begins.
    Use,
}

/// So much a unit, for some groups, in a band.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TariffPrice {
    pub groups: Vec<PriceGroup>,
    /// For those who live in one of these; for everybody where there is none. Of two that hold, such a price
    /// stands before one for everybody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub home: Vec<Home>,
    #[serde(default, skip_serializing_if = "Band::is_always")]
    pub when: Band,
    pub unit: Unit,
    /// Tax included.
    pub price: Amounts,
}

/// What a price is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Quarter,
    /// A quarter costs a fourth of it; rounded once a line.
    Hour,
    /// Once a booking, however much of its time the price holds for.
    Occasion,
    /// Once for each local day that the time touches.
    Day,
}

impl Unit {
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Quarter => "quarter",
            Self::Hour => "hour",
            Self::Occasion => "occasion",
            Self::Day => "day",
        }
    }
}

/// So much off, for series of at least so many dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeriesDiscount {
    pub dates: u32,
    pub percent: u32,
}

impl Tariff {
    /// Whose prices a group pays; `None`: it can't book.
    #[must_use]
    pub fn pays_as(&self, group: PriceGroup) -> Option<PriceGroup> {
        let is_named = |group: &PriceGroup| self.prices.iter().any(|price| price.groups.contains(group));
        if is_named(&group) { Some(group) } else { self.as_group.get(&group).copied().filter(is_named) }
    }

    /// Where some who live there pay something of their own.
    pub fn homes(&self) -> impl Iterator<Item = &Home> {
        self.prices.iter().flat_map(|price| &price.home)
    }

    /// What a series of so many dates has off each.
    #[must_use]
    pub fn discount(&self, dates: u32) -> Option<SeriesDiscount> {
        let reached = self.series.iter().filter(|discount| discount.dates <= dates);
        reached.max_by_key(|discount| discount.dates).copied()
    }
}
