//! Price lists in force and to come, and rates of tax.

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::money::{Dated, TariffLists, VatRule, VatTable};

use super::load::{grouped, json, parse};
use crate::db::{Db, DbError, on};

/// The published lists, by the facility or the space that they are of.
pub(super) struct Published(HashMap<Uuid, Arc<TariffLists>>);

impl Published {
    /// None, where there are none.
    pub fn of(&self, place: Uuid) -> Arc<TariffLists> {
        self.0.get(&place).cloned().unwrap_or_default()
    }
}

#[derive(FromRow)]
struct TariffRow {
    place: Uuid,
    valid_from: NaiveDate,
    document: String,
}

pub(super) async fn published(db: &Db) -> Result<Published, DbError> {
    let rows: Vec<TariffRow> = on!(db, c => sqlx::query_as(
        "SELECT COALESCE(facility_id, space_id) AS place, valid_from, document FROM tariff
         WHERE published_at IS NOT NULL").fetch_all(c).await)?;
    let dated =
        |row: TariffRow| Ok((row.place, Dated { from: row.valid_from, tariff: json(&row.document)? }));
    let lists = grouped(rows.into_iter().map(dated).collect::<Result<Vec<_>, DbError>>()?, |row| row);
    Ok(Published(
        lists.into_iter().map(|(place, lists)| (place, Arc::new(TariffLists::new(lists)))).collect(),
    ))
}

#[derive(FromRow)]
struct VatRow {
    country: String,
    class: String,
    seller: String,
    use_of: String,
    valid_from: NaiveDate,
    rate: String,
}

pub(super) async fn vat(db: &Db) -> Result<VatTable, DbError> {
    let rows: Vec<VatRow> = on!(db, c => sqlx::query_as(
        "SELECT country, class, seller, use_of, valid_from, rate FROM vat_rate").fetch_all(c).await)?;
    let rule = |row: VatRow| {
        Ok(VatRule {
            country: row.country,
            class: parse(&row.class)?,
            seller: parse(&row.seller)?,
            use_of: parse(&row.use_of)?,
            from: row.valid_from,
            rate: parse(&row.rate)?,
        })
    };
    Ok(VatTable(rows.into_iter().map(rule).collect::<Result<_, DbError>>()?))
}
