//! Reads the catalogue from its tables.

use std::{collections::HashMap, str::FromStr, sync::Arc};

use serde::de::DeserializeOwned;
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::{
    Bilingual,
    money::SpaceTariffs,
    space::{FacilityRules, Opening, OwnRules, SpaceBounds, SpaceRules},
};

use super::{
    Catalogue, Facility, Municipality, Part, Plan, Space,
    prices::{Published, published, vat},
    treaties::treaties,
};
use crate::db::{Db, DbError, on};

/// Counts the changes of the places.
///
/// # Errors
/// When the database can't be read.
pub async fn version(db: &Db) -> Result<i64, DbError> {
    Ok(on!(db, c => sqlx::query_scalar("SELECT version FROM catalogue_version").fetch_one(c).await)?)
}

impl Catalogue {
    /// # Errors
    /// When the database can't be read, or holds what these types can't.
    pub async fn load(db: &Db) -> Result<Self, DbError> {
        let version = version(db).await?;
        let municipalities = municipalities(db).await?;
        let published = published(db).await?;
        let facilities = facilities(db, &municipalities, &published).await?;
        let spaces = spaces(db, &facilities, &published).await?;
        let spaces_by_id = spaces.iter().map(|space| (space.id, Arc::clone(space))).collect();
        let facility_kinds = facility_kinds(db).await?;
        let (vat, treaties) = (vat(db).await?, treaties(db).await?);
        Ok(Self { version, municipalities, facilities, spaces, facility_kinds, vat, treaties, spaces_by_id })
    }
}

#[derive(FromRow)]
struct MunicipalityRow {
    code: String,
    name_sv: String,
    name_fi: String,
    country: String,
    currency: String,
    time_zone: String,
    details: String,
}

async fn municipalities(db: &Db) -> Result<Vec<Arc<Municipality>>, DbError> {
    let rows: Vec<MunicipalityRow> = on!(db, c => sqlx::query_as(
        "SELECT code, name_sv, name_fi, country, currency, time_zone, details FROM municipality ORDER BY position")
        .fetch_all(c).await)?;
    rows.into_iter()
        .map(|row| {
            Ok(Arc::new(Municipality {
                name: Bilingual { sv: row.name_sv, fi: row.name_fi },
                country: row.country,
                currency: parse(&row.currency)?,
                zone: parse(&row.time_zone)?,
                details: json(&row.details)?,
                code: row.code,
            }))
        })
        .collect()
}

#[derive(FromRow)]
struct FacilityRow {
    id: Uuid,
    slug: String,
    municipality: String,
    kind: String,
    lipas_code: Option<i64>,
    name_sv: String,
    name_fi: String,
    text_sv: String,
    text_fi: String,
    rules: String,
    details: String,
    vat_class: String,
    seller: String,
}

async fn facilities(
    db: &Db,
    municipalities: &[Arc<Municipality>],
    published: &Published,
) -> Result<Vec<Arc<Facility>>, DbError> {
    let rows: Vec<FacilityRow> = on!(db, c => sqlx::query_as(
        "SELECT facility.id, slug, municipality, kind, lipas_code, facility.name_sv, facility.name_fi, text_sv,
                text_fi, rules, facility.details, vat_class, seller
         FROM facility JOIN municipality ON municipality.code = facility.municipality
         ORDER BY municipality.position, facility.position").fetch_all(c).await)?;
    let mut parts = parts(db).await?;
    rows.into_iter()
        .map(|row| {
            let municipality = municipalities.iter().find(|town| town.code == row.municipality);
            let municipality = municipality.ok_or_else(|| DbError::corrupt(&row.municipality))?;
            let rules: FacilityRules = json(&row.rules)?;
            let opening = Opening::new(municipality.zone, &municipality.country, &[], &rules.opening);
            Ok(Arc::new(Facility {
                municipality: Arc::clone(municipality),
                name: Bilingual { sv: row.name_sv, fi: row.name_fi },
                text: Bilingual { sv: row.text_sv, fi: row.text_fi },
                opening: Arc::new(opening),
                rules,
                parts: parts.remove(&row.id).unwrap_or_default(),
                vat_class: parse(&row.vat_class)?,
                seller: parse(&row.seller)?,
                tariffs: published.of(row.id),
                details: json(&row.details)?,
                id: row.id,
                slug: row.slug,
                kind: row.kind,
                lipas_code: row.lipas_code,
            }))
        })
        .collect()
}

#[derive(FromRow)]
struct PartRow {
    id: i64,
    facility_id: Uuid,
    slug: String,
    name_sv: String,
    name_fi: String,
    x: i64,
    y: i64,
    w: i64,
    h: i64,
}

async fn parts(db: &Db) -> Result<HashMap<Uuid, Vec<Part>>, DbError> {
    let rows: Vec<PartRow> = on!(db, c => sqlx::query_as(
        "SELECT id, facility_id, slug, name_sv, name_fi, x, y, w, h FROM part ORDER BY id").fetch_all(c).await)?;
    Ok(grouped(rows, |row| {
        let plan = Plan { x: row.x, y: row.y, w: row.w, h: row.h };
        let name = Bilingual { sv: row.name_sv, fi: row.name_fi };
        (row.facility_id, Part { id: row.id, slug: row.slug, name, plan })
    }))
}

#[derive(FromRow)]
struct SpaceRow {
    id: Uuid,
    facility_id: Uuid,
    slug: String,
    name_sv: String,
    name_fi: String,
    capacity: Option<i64>,
    minutes_min: i64,
    minutes_max: i64,
    step_minutes: i64,
    horizon_days: i64,
    rules: String,
    vat_class: Option<String>,
}

async fn spaces(
    db: &Db,
    facilities: &[Arc<Facility>],
    published: &Published,
) -> Result<Vec<Arc<Space>>, DbError> {
    let rows: Vec<SpaceRow> = on!(db, c => sqlx::query_as(
        "SELECT id, facility_id, slug, name_sv, name_fi, capacity, minutes_min, minutes_max, step_minutes,
                horizon_days, rules, vat_class FROM space ORDER BY facility_id, position").fetch_all(c).await)?;
    let mut parts = space_parts(db).await?;
    let mut spaces = rows
        .into_iter()
        .map(|row| {
            let place = facilities.iter().position(|facility| facility.id == row.facility_id);
            let place = place.ok_or_else(|| DbError::corrupt(row.facility_id))?;
            let facility = Arc::clone(&facilities[place]);
            let own_rules: OwnRules = json(&row.rules)?;
            let rules = rules(&row, &own_rules, &facility)?;
            let tariffs = SpaceTariffs { own: published.of(row.id), facility: Arc::clone(&facility.tariffs) };
            let own_class = row.vat_class.as_deref().map(parse).transpose()?;
            let space = Space {
                parts: parts.remove(&row.id).unwrap_or_default(),
                name: Bilingual { sv: row.name_sv, fi: row.name_fi },
                id: row.id,
                slug: row.slug,
                capacity: row.capacity,
                share_percent: 100,
                vat_class: own_class.unwrap_or(facility.vat_class),
                facility,
                rules,
                tariffs,
            };
            Ok((place, space))
        })
        .collect::<Result<Vec<_>, DbError>>()?;
    spaces.sort_by_key(|(place, _)| *place); // stable: the order within a facility stays
    shares(&mut spaces);
    Ok(spaces.into_iter().map(|(_, space)| Arc::new(space)).collect())
}

fn rules(row: &SpaceRow, own: &OwnRules, facility: &Facility) -> Result<SpaceRules, DbError> {
    let bounds = SpaceBounds {
        minutes_min: row.minutes_min,
        minutes_max: row.minutes_max,
        step_minutes: row.step_minutes,
        horizon_days: u32::try_from(row.horizon_days).map_err(DbError::corrupt)?,
    };
    let town = &facility.municipality;
    let opening = if own.opening.is_empty() {
        Arc::clone(&facility.opening)
    } else {
        Arc::new(Opening::new(town.zone, &town.country, &own.opening, &facility.rules.opening))
    };
    Ok(SpaceRules::new(bounds, own, &facility.rules, opening))
}

/// How much each space is of the largest in its facility that has all its parts.
fn shares(spaces: &mut [(usize, Space)]) {
    let sizes: Vec<(usize, Vec<i64>, i64)> =
        spaces.iter().map(|(place, space)| (*place, space.parts.clone(), area(space))).collect();
    for (place, space) in spaces {
        let around = sizes.iter().filter(|(other, parts, _)| {
            other == place && space.parts.iter().all(|part| parts.contains(part))
        });
        let whole = around.map(|(.., area)| *area).max().unwrap_or_default();
        space.share_percent = if whole > 0 { area(space) * 100 / whole } else { 100 };
    }
}

/// On the facility's plan.
fn area(space: &Space) -> i64 {
    let own = space.facility.parts.iter().filter(|part| space.parts.contains(&part.id));
    own.map(|part| part.plan.w * part.plan.h).sum()
}

async fn space_parts(db: &Db) -> Result<HashMap<Uuid, Vec<i64>>, DbError> {
    let rows: Vec<(Uuid, i64)> = on!(db, c => sqlx::query_as(
        "SELECT space_id, part_id FROM space_part ORDER BY space_id, part_id").fetch_all(c).await)?;
    Ok(grouped(rows, |row| row))
}

async fn facility_kinds(db: &Db) -> Result<HashMap<i64, Bilingual>, DbError> {
    let rows: Vec<(i64, String, String)> = on!(db, c => sqlx::query_as(
        "SELECT lipas_code, name_sv, name_fi FROM facility_kind").fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(code, sv, fi)| (code, Bilingual { sv, fi })).collect())
}

pub(super) fn grouped<R, K: std::hash::Hash + Eq, V>(
    rows: Vec<R>,
    split: impl Fn(R) -> (K, V),
) -> HashMap<K, Vec<V>> {
    let mut groups: HashMap<K, Vec<V>> = HashMap::new();
    for (key, value) in rows.into_iter().map(split) {
        groups.entry(key).or_default().push(value);
    }
    groups
}

pub(super) fn parse<T: FromStr>(text: &str) -> Result<T, DbError> {
    text.parse().map_err(|_| DbError::corrupt(text))
}

pub(super) fn json<T: DeserializeOwned>(text: &str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(DbError::corrupt)
}
