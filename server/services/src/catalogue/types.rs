//! Municipalities, facilities, parts, spaces.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vayla_domain::{
    Bilingual,
    booking::Start,
    money::{
        Applied, Currency, PricedPlace, Seller, SpaceTariffs, Supply, TariffDay, TariffLists, Use, VatClass,
    },
    space::{FacilityRules, Opening, SpaceRules},
};

use crate::settlement::SettlementTerms;

/// A town: its own books, currency and clock.
#[derive(Debug)]
pub struct Municipality {
    pub code: String,
    pub name: Bilingual,
    /// ISO 3166: decides the VAT.
    pub country: String,
    pub currency: Currency,
    pub zone: Tz,
    pub details: MunicipalityDetails,
}

/// What receipts and contact lines need. `None` where it isn't known.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MunicipalityDetails {
    /// "in the town", as each language says it.
    pub locative: Bilingual,
    pub legal_name: String,
    pub business_id: Option<String>,
    pub address: Option<Address>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub url: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Address {
    pub street: String,
    pub postcode: Option<String>,
    pub city: String,
}

/// WGS 84, decimal degrees as written in the source.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Position {
    pub lat: String,
    pub lon: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Contact {
    pub email: Option<String>,
    pub phone: Option<String>,
}

/// What we assume because no source says it: shown as such.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Placeholder {
    pub entry: bool,
    pub hours: bool,
    pub prices: bool,
}

/// The municipality whose price list stands in for one that wasn't found.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PriceSource {
    pub municipality: String,
    pub year: Option<i32>,
    pub url: String,
}

/// A place with one address and one set of opening hours.
#[derive(Debug)]
pub struct Facility {
    pub id: Uuid,
    /// Its name in addresses; stays when sponsors change.
    pub slug: String,
    pub municipality: Arc<Municipality>,
    /// `ice`, `hall`, `pool`…: what people search by.
    pub kind: String,
    pub lipas_code: Option<i64>,
    pub name: Bilingual,
    pub text: Bilingual,
    /// As staff have written them.
    pub rules: FacilityRules,
    /// When its spaces are open that have no hours of their own.
    pub opening: Arc<Opening>,
    pub parts: Vec<Part>,
    /// What its premises are to the tax, and who sells them.
    pub vat_class: VatClass,
    pub seller: Seller,
    /// What its spaces cost that have no price list of their own.
    pub tariffs: Arc<TariffLists>,
    pub details: FacilityDetails,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FacilityDetails {
    pub name_ours: Vec<String>,
    pub address: Option<Address>,
    pub position: Option<Position>,
    pub owners: Vec<String>,
    pub contact: Option<Contact>,
    pub rules: Vec<Bilingual>,
    pub equipment: Vec<Bilingual>,
    pub placeholder: Placeholder,
    pub sources: Vec<String>,
    pub price_source: Option<PriceSource>,
}

/// The smallest area that can't be split.
#[derive(Debug, Clone)]
pub struct Part {
    pub id: i64,
    /// Its name in commands.
    pub slug: String,
    pub name: Bilingual,
    pub plan: Plan,
}

/// Where the part lies on the facility's plan, in its units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    pub x: i64,
    pub y: i64,
    pub w: i64,
    pub h: i64,
}

/// What one books: a set of parts.
#[derive(Debug)]
pub struct Space {
    pub id: Uuid,
    pub slug: String,
    pub facility: Arc<Facility>,
    pub name: Bilingual,
    pub parts: Vec<i64>,
    pub capacity: Option<i64>,
    /// How much it is of the largest space that has all its parts, by area: 50 for half a hall.
    pub share_percent: i64,
    pub rules: SpaceRules,
    pub vat_class: VatClass,
    pub tariffs: SpaceTariffs,
}

impl Space {
    #[must_use]
    pub fn zone(&self) -> Tz {
        self.facility.municipality.zone
    }

    /// A start here, by whose clock and calendar days are counted.
    #[must_use]
    pub fn start(&self, at: DateTime<Utc>) -> Start<'_> {
        let town = &self.facility.municipality;
        Start { at, zone: town.zone, country: &town.country }
    }

    /// Whose clock, holidays and currency its prices go by.
    #[must_use]
    pub fn priced_place(&self) -> PricedPlace<'_> {
        let town = &self.facility.municipality;
        PricedPlace { zone: town.zone, country: &town.country, currency: town.currency }
    }

    /// The price list for what is booked and used today.
    #[must_use]
    pub fn tariff_now(&self, now: DateTime<Utc>) -> Option<Applied<'_>> {
        self.tariffs.on(TariffDay::both(now.with_timezone(&self.zone()).date_naive()))
    }

    /// Its use, as the tax sees it.
    #[must_use]
    pub fn supply(&self, use_of: Use) -> Supply<'_> {
        let country = &self.facility.municipality.country;
        Supply { country, class: self.vat_class, seller: self.facility.seller, use_of }
    }

    /// Whether it has all the other's parts and more.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        self.parts.len() > other.parts.len() && other.parts.iter().all(|part| self.parts.contains(part))
    }

    /// Whether a booking of one leaves the other free.
    #[must_use]
    pub fn is_apart_from(&self, other: &Self) -> bool {
        !self.parts.iter().any(|part| other.parts.contains(part))
    }
}

/// The rules between the towns from a day on.
#[derive(Debug, Clone)]
pub struct Treaty {
    pub valid_from: NaiveDate,
    /// A fixing older than this stops prices in the other currency; `None` where it never does.
    pub rate_days_max: Option<u64>,
    /// What booking references begin with.
    pub reference_prefix: String,
    pub settlement: SettlementTerms,
    /// A demonstration says on each page that it is one.
    pub demo: bool,
}
