//! The seed files' shapes. `seed/README.md` describes them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, de::DeserializeOwned};
use vayla_domain::{
    Bilingual,
    invoice::PayeeAccount,
    ledger::Account,
    money::{Seller, Tariff, Use, VatClass},
    space::{FacilityRules, Hours, OwnRules},
};

use super::SeedError;
use crate::catalogue::{FacilityDetails, MunicipalityDetails};

/// All seed files, read.
pub(super) struct Files {
    pub municipalities: Vec<MunicipalityFile>,
    pub kinds: Vec<KindFile>,
    /// With the municipality that each lies in.
    pub facilities: Vec<(&'static str, FacilityFile)>,
    pub vat: Vec<VatFile>,
    pub charts: Vec<ChartFile>,
    pub payees: Vec<PayeeFile>,
}

#[derive(Deserialize)]
pub(super) struct MunicipalityFile {
    pub code: String,
    pub name: Bilingual,
    pub country: String,
    pub currency: String,
    pub time_zone: String,
    #[serde(flatten)]
    pub details: MunicipalityDetails,
}

#[derive(Deserialize)]
pub(super) struct KindFile {
    pub code: i64,
    #[serde(flatten)]
    pub name: Bilingual,
}

#[derive(Deserialize)]
pub(super) struct FacilityFile {
    pub slug: String,
    pub kind: String,
    pub lipas: Option<i64>,
    pub name: Bilingual,
    pub text: Bilingual,
    #[serde(flatten)]
    pub details: FacilityDetails,
    /// What holds in an ordinary week.
    pub hours: Vec<Hours>,
    /// What holds besides.
    #[serde(default)]
    pub schedule: FacilityRules,
    /// As its kind says, where nothing is said.
    pub vat_class: Option<VatClass>,
    #[serde(default = "municipality")]
    pub seller: Seller,
    pub parts: Vec<PartFile>,
    pub spaces: Vec<SpaceFile>,
}

#[derive(Deserialize)]
pub(super) struct PartFile {
    pub slug: String,
    pub name: Bilingual,
    pub x: i64,
    pub y: i64,
    pub w: i64,
    pub h: i64,
}

#[derive(Deserialize)]
pub(super) struct SpaceFile {
    pub slug: String,
    pub name: Bilingual,
    pub parts: Vec<String>,
    pub capacity: Option<i64>,
    pub min_minutes: i64,
    pub max_minutes: i64,
    pub step_minutes: i64,
    #[serde(default)]
    pub schedule: OwnRules,
    pub tariff: Tariff,
}

/// A rate for each of the classes, sellers and uses.
#[derive(Deserialize)]
pub(super) struct VatFile {
    pub country: String,
    pub classes: Vec<VatClass>,
    pub sellers: Vec<Seller>,
    pub uses: Vec<Use>,
    pub from: NaiveDate,
    pub rate: String,
    pub source: String,
}

const fn municipality() -> Seller {
    Seller::Municipality
}

#[derive(Deserialize)]
pub(super) struct ChartFile {
    pub municipality: String,
    pub account: Account,
    pub number: String,
    pub name: Bilingual,
    pub dimensions: BTreeMap<String, String>,
}

/// Where invoices are paid in a demonstration.
#[derive(Deserialize)]
pub(super) struct PayeeFile {
    pub municipality: String,
    #[serde(flatten)]
    pub account: PayeeAccount,
}

pub(super) fn read() -> Result<Files, SeedError> {
    let haparanda: Vec<FacilityFile> =
        parse("facilities-haparanda.json", include_str!("../../../seed/facilities-haparanda.json"))?;
    let tornio: Vec<FacilityFile> =
        parse("facilities-tornio.json", include_str!("../../../seed/facilities-tornio.json"))?;
    let west = haparanda.into_iter().map(|facility| ("haparanda", facility));
    let east = tornio.into_iter().map(|facility| ("tornio", facility));
    Ok(Files {
        municipalities: parse("municipalities.json", include_str!("../../../seed/municipalities.json"))?,
        kinds: parse("lipas.json", include_str!("../../../seed/lipas.json"))?,
        facilities: west.chain(east).collect(),
        vat: parse("vat.json", include_str!("../../../seed/vat.json"))?,
        charts: parse("charts.json", include_str!("../../../seed/charts.json"))?,
        payees: parse("payees.json", include_str!("../../../seed/payees.json"))?,
    })
}

fn parse<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, SeedError> {
    serde_json::from_str(text).map_err(|error| SeedError::File { file, error: error.to_string() })
}
