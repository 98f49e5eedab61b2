//! What a price is made of.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{Band, Home, PriceGroup, Unit};
use crate::{
    money::{Currency, Money},
    time::Span,
};

/// Where it is priced: whose clock, whose holidays, which currency.
#[derive(Debug, Clone, Copy)]
pub struct PricedPlace<'a> {
    pub zone: Tz,
    /// ISO code.
    pub country: &'a str,
    pub currency: Currency,
}

/// What a line of a price is for; kept with it, so that a receipt can say it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Basis {
    /// So many units at a price of the list.
    Price {
        unit: Unit,
        price: Money,
        /// Whose price it is: another's where the list has none for the booker's group.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        group: Option<PriceGroup>,
        /// Where one lives who pays it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        home: Vec<Home>,
        #[serde(default, skip_serializing_if = "Band::is_always")]
        when: Band,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        part_percent: Option<u32>,
    },
    /// Off, because it is one of so many dates.
    Series { dates: u32, percent: u32 },
    /// Up to the least that a booking costs.
    Minimum { least: Money },
    /// What was agreed for another time: it was moved without its price.
    Kept,
}

impl Basis {
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Price { .. } => "price",
            Self::Series { .. } => "series",
            Self::Minimum { .. } => "minimum",
            Self::Kept => "kept",
        }
    }
}

/// A line, tax included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TariffLine {
    pub span: Span,
    pub basis: Basis,
    /// Less than nothing where it is off.
    pub gross: Money,
}

/// What a span costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
    pub lines: Vec<TariffLine>,
    pub total: Money,
    /// The total in the other currency, where the list fixes each price of it in both: no rate is used then.
    pub fixed: Option<Money>,
}

/// The list has no price for the group at this instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the price list says nothing about {0}")]
pub struct NoPrice(pub DateTime<Utc>);
