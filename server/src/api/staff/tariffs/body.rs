//! Price lists and what they change, on the wire.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;
use utoipa::{
    ToSchema,
    openapi::{Ref, RefOr, Schema},
};
use uuid::Uuid;
use vayla_domain::{
    Language,
    money::{Tariff, TariffChange},
};
use vayla_services::{
    catalogue::Catalogue,
    tariff::{List, Place, change_text},
};

use super::super::super::{
    etag::{Tagged, tagged},
    instant::Instant,
    names::{Group, Home, Names},
};

/// The document's schema stands written beside these calls.
pub fn document() -> RefOr<Schema> {
    Ref::from_schema_name("PriceList").into()
}

/// A price list with where it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceListEntry {
    pub id: Uuid,
    /// Whose it is: one of the two.
    pub facility: Option<Uuid>,
    pub space: Option<Uuid>,
    pub valid_from: NaiveDate,
    /// Null while it is a draft.
    pub published_at: Option<Instant>,
    #[schema(schema_with = document)]
    pub tariff: Tariff,
}

impl PriceListEntry {
    /// With the version of what stands in it.
    pub fn tagged(list: List) -> Tagged<Self> {
        tagged(list.version.clone(), Self::new(list))
    }

    pub fn new(list: List) -> Self {
        let zone = list.place.facility().municipality.zone;
        let (facility, space) = match &list.place {
            Place::Facility(facility) => (Some(facility.id), None),
            Place::Space(space) => (None, Some(space.id)),
        };
        Self {
            id: list.id,
            facility,
            space,
            valid_from: list.from,
            published_at: list.published_at.map(|at| Instant::new(at, zone)),
            tariff: list.tariff,
        }
    }
}

/// One thing that a list changes.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceChange {
    /// What changes: a `price`, which `part_percent` of the facility's price it is, which group another pays
    /// `as_group`, the `minimum`, what a `series` has off, which day it is `dated_by`, what is charged `after_use`, or
    /// the `deposit`.
    #[schema(
        pattern = "^(price|part_percent|as_group|minimum|series|dated_by|after_use|deposit)$",
        example = "price"
    )]
    pub code: &'static str,
    /// The same in words.
    pub text: Names,
    /// Whose price; null where it isn't about one group.
    pub group: Option<Group>,
    /// Where they live; empty: wherever.
    pub home: Vec<Home>,
    /// When the price holds, as in the document; null where it is no price.
    #[schema(value_type = Option<Object>)]
    pub when: Option<Value>,
    /// Of how many dates; null where it is no series.
    pub dates: Option<u32>,
    /// As in the list that would hold without this one; null where it says nothing.
    #[schema(value_type = Value)]
    pub before: Value,
    /// As in this list; null where it says nothing.
    #[schema(value_type = Value)]
    pub after: Value,
}

impl PriceChange {
    pub fn new(catalogue: &Catalogue, change: &TariffChange) -> Self {
        let text = |language| change_text(language, catalogue, change);
        let text = Names { sv: text(Language::Sv), fi: text(Language::Fi) };
        let plain = Self {
            code: "price",
            text,
            group: None,
            home: Vec::new(),
            when: None,
            dates: None,
            before: Value::Null,
            after: Value::Null,
        };
        match change {
            TariffChange::Price { group, home, when, before, after } => Self {
                group: Some(Group(*group)),
                home: home.iter().cloned().map(Home).collect(),
                when: Some(json(when)),
                ..plain.between("price", before, after)
            },
            TariffChange::Part { before, after } => plain.between("part_percent", before, after),
            TariffChange::AsGroup { group, before, after } => {
                Self { group: Some(Group(*group)), ..plain.between("as_group", before, after) }
            }
            TariffChange::Minimum { before, after } => plain.between("minimum", before, after),
            TariffChange::Series { dates, before, after } => {
                Self { dates: Some(*dates), ..plain.between("series", before, after) }
            }
            TariffChange::DatedBy { before, after } => plain.between("dated_by", before, after),
            TariffChange::AfterUse { before, after } => plain.between("after_use", before, after),
            TariffChange::Deposit { before, after } => plain.between("deposit", before, after),
        }
    }

    fn between(self, code: &'static str, before: &impl Serialize, after: &impl Serialize) -> Self {
        Self { code, before: json(before), after: json(after), ..self }
    }
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}
