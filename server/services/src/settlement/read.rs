//! Reads settlements back.

use uuid::Uuid;
use vayla_domain::settlement::Month;

use super::{
    Settlement, SettlementLine,
    line::lines_in,
    row::{SettlementRow, select},
};
use crate::{
    Batch, Services,
    catalogue::{Catalogue, Municipality},
    db::{DbError, Tx, on, within},
    staff::{LookError, Scope, Staff},
};

/// A settlement with a stretch of its lines after a number, for staff of either town.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn find(
    services: &Services,
    staff: &Staff,
    id: Uuid,
    after: i64,
    limit: usize,
) -> Result<(Settlement, Batch<SettlementLine>), LookError> {
    staff.has(Scope::Finance)?;
    let mut tx = services.db.snapshot().await?;
    let row: Option<SettlementRow> = within!(&mut tx, c => sqlx::query_as(select!("WHERE id = $1"))
        .bind(id).fetch_optional(c).await)
    .map_err(DbError::from)?;
    let found = row.map(|row| row.into_settlement(&services.catalogue())).transpose()?;
    let found = found.ok_or(LookError::Unknown)?;
    may_see(&services.catalogue(), staff, &found)?;
    let lines = lines_in(&mut tx, &found, after, limit).await?;
    Ok((found, lines))
}

/// The id of the settlement with that number.
///
/// # Errors
/// When the database can't be read.
pub async fn numbered(services: &Services, number: u32) -> Result<Option<Uuid>, DbError> {
    Ok(on!(&services.db, c => sqlx::query_scalar("SELECT id FROM settlement WHERE number = $1")
        .bind(i64::from(number)).fetch_optional(c).await)?)
}

/// Whether staff see it.
fn may_see(catalogue: &Catalogue, staff: &Staff, settlement: &Settlement) -> Result<(), LookError> {
    let [one, other] = settlement.towns.each_ref().map(|code| catalogue.municipality(code));
    may_in_either(staff, one.ok_or(LookError::Unknown)?, other.ok_or(LookError::Unknown)?)
}

/// The town that is to be paid, whose staff they are; `None` where nobody is.
pub(super) fn payee_of<'a>(
    catalogue: &'a Catalogue,
    staff: &Staff,
    settlement: &Settlement,
) -> Result<Option<&'a Municipality>, LookError> {
    may_see(catalogue, staff, settlement)?;
    let Some([_, payee]) = settlement.payer_and_payee() else { return Ok(None) };
    let town = catalogue.municipality(&settlement.towns[payee]).ok_or(LookError::Unknown)?;
    staff.may_in(Scope::Finance, town)?;
    Ok(Some(town))
}

/// An accountant of either town sees it, and draws it up.
pub(super) fn may_in_either(
    staff: &Staff,
    one: &Municipality,
    other: &Municipality,
) -> Result<(), LookError> {
    Ok(staff.may_in(Scope::Finance, one).or_else(|_| staff.may_in(Scope::Finance, other))?)
}

/// The settlements of the staff's own town, or of all where they may act in all, after a number.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn list(
    services: &Services,
    staff: &Staff,
    after: i64,
    limit: usize,
) -> Result<Batch<Settlement>, LookError> {
    staff.has(Scope::Finance)?;
    let rows: Vec<SettlementRow> = on!(&services.db, c => sqlx::query_as(select!(
        "WHERE ($1 IS NULL OR one = $1 OR other = $1) AND number > $2 ORDER BY number LIMIT $3"))
        .bind(staff.municipality()).bind(after).bind(Batch::<Settlement>::to_look_for(limit)).fetch_all(c).await)
    .map_err(DbError::from)?;
    let catalogue = services.catalogue();
    let found: Result<Vec<_>, _> = rows.into_iter().map(|row| row.into_settlement(&catalogue)).collect();
    Ok(Batch::of(found?, limit))
}

/// What two towns have drawn up for a month.
pub(super) async fn drawn_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    [one, other]: [&str; 2],
    month: Month,
) -> Result<Option<Settlement>, DbError> {
    let row: Option<SettlementRow> = within!(tx, c => sqlx::query_as(select!(
        "WHERE one = $1 AND other = $2 AND through = $3"))
        .bind(one).bind(other).bind(month.last_day()).fetch_optional(c).await)?;
    row.map(|row| row.into_settlement(catalogue)).transpose()
}

/// Whether they have settled a later one.
pub(super) async fn later_in(tx: &mut Tx, [one, other]: [&str; 2], month: Month) -> Result<bool, DbError> {
    let later: i64 = within!(tx, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM settlement WHERE one = $1 AND other = $2 AND through > $3")
        .bind(one).bind(other).bind(month.last_day()).fetch_one(c).await)?;
    Ok(later > 0)
}

/// The settlement by its number, which nobody else pays until the transaction ends.
pub(super) async fn locked_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    number: u32,
) -> Result<Option<Settlement>, DbError> {
    let id: Option<Uuid> = within!(&mut *tx, c => sqlx::query_scalar("SELECT id FROM settlement WHERE number = $1")
        .bind(i64::from(number)).fetch_optional(c).await)?;
    match id {
        Some(id) => locked_by_id_in(tx, catalogue, id).await,
        None => Ok(None),
    }
}

/// The same by its id.
pub(super) async fn locked_by_id_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    id: Uuid,
) -> Result<Option<Settlement>, DbError> {
    within!(&mut *tx, c => sqlx::query("UPDATE settlement SET lines = lines WHERE id = $1")
        .bind(id).execute(c).await.map(drop))?;
    let row: Option<SettlementRow> = within!(tx, c => sqlx::query_as(select!("WHERE id = $1"))
        .bind(id).fetch_optional(c).await)?;
    row.map(|row| row.into_settlement(catalogue)).transpose()
}
