//! Rates of tax: a table with dates, to which rows are added.

use chrono::NaiveDate;
use sqlx::FromRow;
use vayla_domain::money::VatRule;

use crate::{
    Services,
    audit::{self, Subject},
    catalogue::Municipality,
    db::{DbError, on, parse, retried, within},
    staff::{LookError, Scope, Staff, looks},
};

pub const SOURCE_MAX: usize = 300;
/// Of one country.
pub const RATES_MAX: i64 = 2000;

/// Why a rate isn't added.
#[derive(Debug, thiserror::Error)]
pub enum VatError {
    #[error(transparent)]
    Look(#[from] LookError),
    #[error("no town of ours lies in that country")]
    Country,
    /// What has been in force stays as it was.
    #[error("it begins today or earlier")]
    Past,
    #[error("that one has a rate from that day on")]
    Exists,
    #[error("it needs a source, of at most {SOURCE_MAX} letters on one line")]
    Source,
    #[error("at most {RATES_MAX} rates of one country")]
    TooMany,
}

looks!(VatError);

/// A rule with where it stands written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced {
    pub rule: VatRule,
    pub source: String,
}

/// All rules, by country, class, seller, use and day.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn list(services: &Services, staff: &Staff) -> Result<Vec<Sourced>, LookError> {
    staff.has(Scope::Tariffs)?;
    let rows: Vec<VatRow> = on!(&services.db, c => sqlx::query_as(
        "SELECT country, class, seller, use_of, valid_from, rate, source FROM vat_rate
         ORDER BY country, class, seller, use_of, valid_from").fetch_all(c).await)
    .map_err(DbError::from)?;
    Ok(rows.into_iter().map(VatRow::into_sourced).collect::<Result<_, DbError>>()?)
}

/// Adds a rate that is to be in force from a day on, tomorrow at the earliest.
///
/// # Errors
/// [`VatError`]; then nothing has changed.
pub async fn add(services: &Services, staff: &Staff, new: &Sourced) -> Result<(), VatError> {
    let catalogue = services.catalogue();
    let towns: Vec<&Municipality> = catalogue
        .municipalities
        .iter()
        .map(AsRef::as_ref)
        .filter(|town| town.country == new.rule.country)
        .collect();
    staff.has(Scope::Tariffs).map_err(LookError::from)?;
    for town in &towns {
        staff.may_in(Scope::Tariffs, town).map_err(LookError::from)?;
    }
    let today = towns.iter().map(|town| services.clock.now().with_timezone(&town.zone).date_naive()).max();
    if new.rule.from <= today.ok_or(VatError::Country)? {
        return Err(VatError::Past);
    }
    let length = new.source.trim().chars().count();
    if !(1..=SOURCE_MAX).contains(&length) || new.source.chars().any(char::is_control) {
        return Err(VatError::Source);
    }
    retried(|| insert(services, staff, new)).await?;
    Ok(services.refresh_catalogue().await?)
}

async fn insert(services: &Services, staff: &Staff, new: &Sourced) -> Result<(), VatError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let VatRule { country, class, seller, use_of, from, rate } = &new.rule;
    let added = within!(&mut tx, c => sqlx::query(
        "INSERT INTO vat_rate (country, class, seller, use_of, valid_from, rate, source, created_at)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8
         WHERE (SELECT COUNT(*) FROM vat_rate WHERE country = $1) < $9
         ON CONFLICT DO NOTHING")
        .bind(country).bind(class.code()).bind(seller.code()).bind(use_of.code()).bind(from).bind(rate.to_string())
        .bind(new.source.trim()).bind(now).bind(RATES_MAX).execute(c).await.map(|done| done.rows_affected()))
    .map_err(DbError::from)?;
    if added == 0 {
        let known: i64 = within!(&mut tx, c => sqlx::query_scalar(
            "SELECT COUNT(*) FROM vat_rate WHERE country = $1").bind(country).fetch_one(c).await)
        .map_err(DbError::from)?;
        return Err(if known < RATES_MAX { VatError::Exists } else { VatError::TooMany });
    }
    let about = (country, class.code(), seller.code(), use_of.code(), from, rate.to_string(), &new.source);
    audit::note_about_in(&mut tx, now, staff.actor(), "vat_added", Subject::Town, &about).await?;
    within!(&mut tx, c => sqlx::query("UPDATE catalogue_version SET version = version + 1")
        .execute(c).await.map(drop))
    .map_err(DbError::from)?;
    Ok(tx.commit().await?)
}

#[derive(FromRow)]
struct VatRow {
    country: String,
    class: String,
    seller: String,
    use_of: String,
    valid_from: NaiveDate,
    rate: String,
    source: String,
}

impl VatRow {
    fn into_sourced(self) -> Result<Sourced, DbError> {
        let rule = VatRule {
            country: self.country,
            class: parse(&self.class)?,
            seller: parse(&self.seller)?,
            use_of: parse(&self.use_of)?,
            from: self.valid_from,
            rate: parse(&self.rate)?,
        };
        Ok(Sourced { rule, source: self.source })
    }
}
