//! The rows. Ids stay when a row is there: bookings point at them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use uuid::Uuid;
use vayla_domain::{
    invoice::Payee,
    ledger::ChartAccount,
    money::{Currency, ListOf, VatClass},
    space::{Condition, FacilityRules, OpeningRule},
};

use super::{
    SeedError,
    files::{FacilityFile, Files, PartFile, SpaceFile, VatFile},
};
use crate::{
    db::{DbError, Tx, within},
    invoice,
    ledger::propose_in,
};

/// How far ahead one may book.
const HORIZON_DAYS: i64 = 180;
/// The default treaty: a rate older than this stops prices in the other currency.
const RATE_DAYS_MAX: i64 = 6;
const REFERENCE_PREFIX: &str = "HT";

pub(super) async fn all(tx: &mut Tx, files: &Files, demo: bool, now: DateTime<Utc>) -> Result<(), SeedError> {
    municipalities(tx, files).await?;
    kinds(tx, files).await?;
    let currencies = files.municipalities.iter().map(|town| currency(files, &town.code));
    let currencies = currencies.collect::<Result<Vec<Currency>, SeedError>>()?;
    for (position, (municipality, file)) in (0i64..).zip(&files.facilities) {
        check_lists(file, currency(files, municipality)?, &currencies)?;
        facility(tx, municipality, position, file, now).await?;
    }
    for file in &files.vat {
        vat(tx, file, now).await?;
    }
    charts(tx, files).await?;
    treaty(tx, demo).await?;
    if demo {
        payees(tx, files).await?;
    }
    Ok(())
}

fn currency(files: &Files, municipality: &str) -> Result<Currency, SeedError> {
    let town = files.municipalities.iter().find(|town| town.code == municipality);
    let currency = town.and_then(|town| town.currency.parse().ok());
    currency
        .ok_or_else(|| SeedError::File { file: "municipalities.json", error: format!("no {municipality}") })
}

fn check_lists(file: &FacilityFile, currency: Currency, currencies: &[Currency]) -> Result<(), SeedError> {
    for space in &file.spaces {
        let wrong = |error| SeedError::File { file: "facilities", error: format!("{}: {error}", space.slug) };
        space.tariff.check(ListOf::Space, currency, currencies).map_err(wrong)?;
    }
    Ok(())
}

async fn municipalities(tx: &mut Tx, files: &Files) -> Result<(), DbError> {
    for (position, town) in (0i64..).zip(&files.municipalities) {
        within!(&mut *tx, c => sqlx::query(
            "INSERT INTO municipality (code, position, name_sv, name_fi, country, currency, time_zone, details)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (code) DO UPDATE SET position = excluded.position, name_sv = excluded.name_sv,
                 name_fi = excluded.name_fi, country = excluded.country, currency = excluded.currency,
                 time_zone = excluded.time_zone, details = excluded.details")
            .bind(&town.code).bind(position).bind(&town.name.sv).bind(&town.name.fi).bind(&town.country)
            .bind(&town.currency).bind(&town.time_zone).bind(json(&town.details)?)
            .execute(c).await.map(drop))?;
    }
    Ok(())
}

async fn kinds(tx: &mut Tx, files: &Files) -> Result<(), DbError> {
    for kind in &files.kinds {
        within!(&mut *tx, c => sqlx::query(
            "INSERT INTO facility_kind (lipas_code, name_sv, name_fi) VALUES ($1, $2, $3)
             ON CONFLICT (lipas_code) DO UPDATE SET name_sv = excluded.name_sv, name_fi = excluded.name_fi")
            .bind(kind.code).bind(&kind.name.sv).bind(&kind.name.fi).execute(c).await.map(drop))?;
    }
    Ok(())
}

async fn facility(
    tx: &mut Tx,
    municipality: &str,
    position: i64,
    file: &FacilityFile,
    now: DateTime<Utc>,
) -> Result<(), SeedError> {
    let (details, rules) = (json(&file.details)?, json(&rules(file))?);
    let id: Uuid = within!(&mut *tx, c => sqlx::query_scalar(
        "INSERT INTO facility (id, slug, municipality, position, kind, lipas_code, name_sv, name_fi, text_sv,
                               text_fi, details, rules, vat_class, seller)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         ON CONFLICT (slug) DO UPDATE SET municipality = excluded.municipality, position = excluded.position,
             kind = excluded.kind, lipas_code = excluded.lipas_code, name_sv = excluded.name_sv,
             name_fi = excluded.name_fi, text_sv = excluded.text_sv, text_fi = excluded.text_fi,
             details = excluded.details, vat_class = excluded.vat_class, seller = excluded.seller,
             rules = CASE WHEN facility.rules_version = 0 THEN excluded.rules ELSE facility.rules END
         RETURNING id")
        .bind(crate::new_id(now)).bind(&file.slug).bind(municipality).bind(position).bind(&file.kind)
        .bind(file.lipas).bind(&file.name.sv).bind(&file.name.fi).bind(&file.text.sv).bind(&file.text.fi)
        .bind(details).bind(rules).bind(vat_class(file).code()).bind(file.seller.code()).fetch_one(c).await)
    .map_err(DbError::from)?;
    for part_file in &file.parts {
        part(tx, id, part_file).await?;
    }
    for (position, space_file) in (0i64..).zip(&file.spaces) {
        space(tx, id, position, space_file, now).await?;
    }
    Ok(())
}

/// The hours of an ordinary week, and what holds besides. What staff have changed since stays as it is.
fn rules(file: &FacilityFile) -> FacilityRules {
    let week = OpeningRule { on: Condition::Always, hours: file.hours.clone(), reason: None };
    let mut rules = file.schedule.clone();
    rules.opening.insert(0, week);
    rules
}

async fn part(tx: &mut Tx, facility: Uuid, file: &PartFile) -> Result<(), DbError> {
    within!(tx, c => sqlx::query(
        "INSERT INTO part (id, facility_id, slug, name_sv, name_fi, x, y, w, h)
         SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8 FROM part WHERE true
         ON CONFLICT (facility_id, slug) DO UPDATE SET name_sv = excluded.name_sv, name_fi = excluded.name_fi,
             x = excluded.x, y = excluded.y, w = excluded.w, h = excluded.h")
        .bind(facility).bind(&file.slug).bind(&file.name.sv).bind(&file.name.fi)
        .bind(file.x).bind(file.y).bind(file.w).bind(file.h).execute(c).await.map(drop))?;
    Ok(())
}

async fn space(
    tx: &mut Tx,
    facility: Uuid,
    position: i64,
    file: &SpaceFile,
    now: DateTime<Utc>,
) -> Result<(), SeedError> {
    let id: Uuid = within!(&mut *tx, c => sqlx::query_scalar(
        "INSERT INTO space (id, facility_id, slug, position, name_sv, name_fi, capacity, minutes_min, minutes_max,
                            step_minutes, horizon_days, rules)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         ON CONFLICT (facility_id, slug) DO UPDATE SET position = excluded.position, name_sv = excluded.name_sv,
             name_fi = excluded.name_fi, capacity = excluded.capacity, minutes_min = excluded.minutes_min,
             minutes_max = excluded.minutes_max, step_minutes = excluded.step_minutes,
             horizon_days = excluded.horizon_days,
             rules = CASE WHEN space.rules_version = 0 THEN excluded.rules ELSE space.rules END
         RETURNING id")
        .bind(crate::new_id(now)).bind(facility).bind(&file.slug).bind(position).bind(&file.name.sv)
        .bind(&file.name.fi).bind(file.capacity).bind(file.min_minutes).bind(file.max_minutes)
        .bind(file.step_minutes).bind(HORIZON_DAYS).bind(json(&file.schedule)?)
        .fetch_one(c).await).map_err(DbError::from)?;
    for part in &file.parts {
        within!(&mut *tx, c => sqlx::query(
            "INSERT INTO space_part (space_id, part_id) SELECT $1, id FROM part WHERE facility_id = $2 AND slug = $3
             ON CONFLICT DO NOTHING")
            .bind(id).bind(facility).bind(part).execute(c).await.map(drop))
        .map_err(DbError::from)?;
    }
    tariff(tx, id, file, now).await
}

/// The file's list holds until staff publish another: it is laid in only where there is none.
async fn tariff(tx: &mut Tx, space: Uuid, file: &SpaceFile, now: DateTime<Utc>) -> Result<(), SeedError> {
    within!(tx, c => sqlx::query(
        "INSERT INTO tariff (id, space_id, valid_from, document, created_at, published_at)
         SELECT $1, $2, $3, $4, $5, $5 WHERE NOT EXISTS (SELECT 1 FROM tariff WHERE space_id = $2)")
        .bind(crate::new_id(now)).bind(space).bind(NaiveDate::default()).bind(json(&file.tariff)?).bind(now)
        .execute(c).await.map(drop))
    .map_err(DbError::from)?;
    Ok(())
}

fn vat_class(file: &FacilityFile) -> VatClass {
    file.vat_class.unwrap_or(match file.kind.as_str() {
        "culture" => VatClass::Culture,
        "harbour" => VatClass::Harbour,
        _ => VatClass::Sports,
    })
}

/// What stands there is never changed.
async fn vat(tx: &mut Tx, file: &VatFile, now: DateTime<Utc>) -> Result<(), DbError> {
    for class in &file.classes {
        for seller in &file.sellers {
            for use_of in &file.uses {
                within!(&mut *tx, c => sqlx::query(
                    "INSERT INTO vat_rate (country, class, seller, use_of, valid_from, rate, source, created_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING")
                    .bind(&file.country).bind(class.code()).bind(seller.code()).bind(use_of.code()).bind(file.from)
                    .bind(&file.rate).bind(&file.source).bind(now).execute(c).await.map(drop))?;
            }
        }
    }
    Ok(())
}

/// From the beginning on. What a town has said of an account of its own stays.
async fn charts(tx: &mut Tx, files: &Files) -> Result<(), DbError> {
    for file in &files.charts {
        let line = ChartAccount {
            account: file.account.clone(),
            from: NaiveDate::default(),
            number: file.number.clone(),
            name: file.name.clone(),
            dimensions: file.dimensions.clone(),
        };
        propose_in(tx, &file.municipality, &line).await?;
    }
    Ok(())
}

/// A demonstration runs on the rates that came with the program, however old they have become.
async fn treaty(tx: &mut Tx, demo: bool) -> Result<(), DbError> {
    let rate_days_max = (!demo).then_some(RATE_DAYS_MAX);
    within!(tx, c => sqlx::query(
        "INSERT INTO treaty (valid_from, rate_days_max, reference_prefix, demo) VALUES ($1, $2, $3, $4)
         ON CONFLICT (valid_from) DO UPDATE SET rate_days_max = excluded.rate_days_max, demo = excluded.demo
         WHERE treaty.demo <> excluded.demo")
        .bind(NaiveDate::default()).bind(rate_days_max).bind(REFERENCE_PREFIX).bind(demo).execute(c).await.map(drop))?;
    Ok(())
}

/// Nobody's accounts, in place of those that the towns haven't named.
async fn payees(tx: &mut Tx, files: &Files) -> Result<(), DbError> {
    for file in &files.payees {
        let payee = Payee { account: file.account.clone(), demo: true };
        invoice::propose_payee_in(tx, &file.municipality, &payee).await?;
    }
    Ok(())
}

fn json(value: &impl Serialize) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(DbError::corrupt)
}
