//! The places of both towns, with their rules and prices: read once, kept in memory.

mod load;
mod prices;
mod seed;
mod treaties;
mod types;

pub use load::version;
pub use seed::{SeedError, seed};
pub use types::{
    Address, Contact, Facility, FacilityDetails, Municipality, MunicipalityDetails, Part, Placeholder, Plan,
    Position, PriceSource, Space, Treaty,
};

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use uuid::Uuid;
use vayla_domain::{
    Bilingual,
    money::{Currency, VatTable},
};

/// All that changes only when staff change it.
#[derive(Debug, Default)]
pub struct Catalogue {
    pub version: i64,
    /// West to east.
    pub municipalities: Vec<Arc<Municipality>>,
    pub facilities: Vec<Arc<Facility>>,
    pub spaces: Vec<Arc<Space>>,
    pub facility_kinds: HashMap<i64, Bilingual>,
    pub vat: VatTable,
    /// Newest first.
    treaties: Vec<Treaty>,
    spaces_by_id: HashMap<Uuid, Arc<Space>>,
}

impl Catalogue {
    #[must_use]
    pub fn space(&self, id: Uuid) -> Option<&Arc<Space>> {
        self.spaces_by_id.get(&id)
    }

    /// The space of a facility by the names that stand in addresses.
    #[must_use]
    pub fn space_by_slug(&self, facility: &str, space: &str) -> Option<&Arc<Space>> {
        self.spaces.iter().find(|known| known.slug == space && known.facility.slug == facility)
    }

    #[must_use]
    pub fn facility_by_slug(&self, slug: &str) -> Option<&Arc<Facility>> {
        self.facilities.iter().find(|facility| facility.slug == slug)
    }

    #[must_use]
    pub fn facility(&self, id: Uuid) -> Option<&Arc<Facility>> {
        self.facilities.iter().find(|facility| facility.id == id)
    }

    #[must_use]
    pub fn municipality(&self, code: &str) -> Option<&Arc<Municipality>> {
        self.municipalities.iter().find(|municipality| municipality.code == code)
    }

    /// The spaces of a facility, in the order to show them.
    pub fn spaces_of<'a>(&'a self, facility: &'a Facility) -> impl Iterator<Item = &'a Arc<Space>> {
        self.spaces.iter().filter(|space| space.facility.id == facility.id)
    }

    /// The treaty in force on a day.
    #[must_use]
    pub fn treaty(&self, on: NaiveDate) -> Option<&Treaty> {
        self.treaties.iter().find(|treaty| treaty.valid_from <= on)
    }

    /// All that can be paid in.
    #[must_use]
    pub fn currencies(&self) -> Vec<Currency> {
        self.municipalities.iter().map(|municipality| municipality.currency).collect()
    }

    /// The currency other than the given that can be paid in; with more than two towns, the first.
    #[must_use]
    pub fn other_currency(&self, than: Currency) -> Option<Currency> {
        self.municipalities
            .iter()
            .map(|municipality| municipality.currency)
            .find(|currency| *currency != than)
    }

    /// Who takes money of a currency in: the facility's own town where it can, else a neighbour.
    #[must_use]
    pub fn collector(&self, owner: &Municipality, currency: Currency) -> Option<&Arc<Municipality>> {
        let takes = |town: &&Arc<Municipality>| town.currency == currency;
        self.municipalities
            .iter()
            .filter(takes)
            .find(|town| town.code == owner.code)
            .or_else(|| self.municipalities.iter().find(takes))
    }
}
