//! Grants on the wire.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use vayla_domain::{
    Bilingual,
    grant::{GrantFields, GrantPays, GrantTerms},
};
use vayla_services::{Services, grant};

use super::super::{
    super::{
        instant::{Day, Instant},
        json::Whole,
        money::{Money, MoneyAsked},
        names::{Group, Id, Names},
        problem::Problem,
    },
    invalid,
};

/// What a town is to pay of others' prices.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGrant {
    /// The code of the town that pays.
    #[schema(example = "haparanda")]
    municipality: String,
    name: GrantNames,
    /// Of the price. Either this or `amount`.
    #[schema(value_type = u32, minimum = 1, maximum = 100, nullable = false, example = 50)]
    percent: Option<Whole>,
    /// A booking.
    #[schema(nullable = false)]
    amount: Option<MoneyAsked>,
    /// The most of a booking.
    #[schema(nullable = false)]
    limit: Option<MoneyAsked>,
    /// The most in all, in the town's currency, as all amounts.
    budget: MoneyAsked,
    /// The first and the last day of use.
    from: Day,
    until: Day,
    /// Whose bookings on account it pays a part of; without it, it is for whoever has one of its vouchers.
    #[schema(value_type = Id, nullable = false)]
    customer: Option<Id>,
    /// All facilities of these towns. Where neither these nor `facilities` are named: all.
    #[serde(default)]
    #[schema(example = json!(["tornio"]))]
    municipalities: Vec<String>,
    /// Single facilities.
    #[serde(default)]
    #[schema(value_type = Vec<Id>)]
    facilities: Vec<Id>,
    /// Where none is named: all.
    #[serde(default)]
    price_groups: Vec<Group>,
}

/// What payers read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantNames {
    #[schema(min_length = 1, max_length = 100, example = "Lokalbidrag för ungdomar")]
    sv: String,
    #[schema(min_length = 1, max_length = 100, example = "Nuorten tila-avustus")]
    fi: String,
}

impl NewGrant {
    pub fn municipality(&self) -> &str {
        &self.municipality
    }

    pub fn customer(&self) -> Option<Uuid> {
        self.customer.map(|customer| customer.0)
    }

    pub fn fields(&self, services: &Services) -> Result<GrantFields, Problem> {
        let money =
            |asked: &Option<MoneyAsked>, field| asked.as_ref().map(|asked| asked.read(field)).transpose();
        let catalogue = services.catalogue();
        let slug = |id: &Id| catalogue.facility(id.0).map(|facility| facility.slug.clone());
        let facilities = self.facilities.iter().map(slug).collect::<Option<BTreeSet<String>>>();
        Ok(GrantFields {
            name: Bilingual { sv: self.name.sv.clone(), fi: self.name.fi.clone() },
            percent: self.percent.map(|percent| percent.0),
            amount: money(&self.amount, "amount")?,
            limit: money(&self.limit, "limit")?,
            budget: self.budget.read("budget")?,
            from: self.from.date("from")?,
            until: self.until.date("until")?,
            terms: GrantTerms {
                municipalities: self.municipalities.iter().cloned().collect(),
                facilities: facilities.ok_or_else(|| invalid("facilities"))?,
                groups: self.price_groups.iter().map(|group| group.0).collect(),
            },
        })
    }
}

/// What a town pays of others' prices.
#[derive(Debug, Serialize, ToSchema)]
pub struct TownGrant {
    id: Uuid,
    municipality: String,
    name: Names,
    /// Null where it is an amount.
    percent: Option<i64>,
    amount: Option<Money>,
    limit: Option<Money>,
    budget: Money,
    /// Promised to held bookings and paid, less what has come back.
    used: Money,
    left: Money,
    from: NaiveDate,
    until: NaiveDate,
    customer: Option<Uuid>,
    municipalities: Vec<String>,
    facilities: Vec<Uuid>,
    price_groups: Vec<Group>,
    /// Null as long as it is open.
    closed_at: Option<Instant>,
}

impl TownGrant {
    pub fn new(services: &Services, kept: grant::TownGrant) -> Self {
        let (left, catalogue) = (kept.left(), services.catalogue());
        let zone = catalogue.municipality(&kept.municipality).map(|town| town.zone);
        let (percent, amount) = match kept.grant.pays {
            GrantPays::Percent(percent) => (Some(percent), None),
            GrantPays::Amount(amount) => (None, Some(amount.into())),
        };
        let GrantTerms { municipalities, facilities, groups } = kept.grant.terms;
        let facility = |slug: String| catalogue.facility_by_slug(&slug).map(|facility| facility.id);
        Self {
            id: kept.id,
            municipality: kept.municipality,
            name: (&kept.grant.name).into(),
            percent,
            amount,
            limit: kept.grant.limit.map(Into::into),
            budget: kept.grant.budget.into(),
            used: kept.used.into(),
            left: left.into(),
            from: kept.grant.from,
            until: kept.grant.until,
            customer: kept.customer,
            municipalities: municipalities.into_iter().collect(),
            facilities: facilities.into_iter().filter_map(facility).collect(),
            price_groups: groups.into_iter().map(Group).collect(),
            closed_at: kept.closed_at.zip(zone).map(|(at, zone)| Instant::new(at, zone)),
        }
    }
}
