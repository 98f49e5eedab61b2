//! What little is open of a settlement is written off: asking for it costs more than it is.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;
use vayla_domain::{
    Reason,
    invoice::trifle,
    ledger::{self, Event, Posting, correction},
    money::Money,
};

use super::{
    Settlement,
    read::{locked_by_id_in, payee_of},
};
use crate::{
    Services,
    audit::{self, Subject},
    catalogue::Catalogue,
    db::{DbError, Tx, retried, within},
    ledger::{Entry, post_in},
    staff::{LookError, Scope, Staff, looks},
};

/// Why nothing is written off.
#[derive(Debug, thiserror::Error)]
pub enum WriteOffError {
    #[error(transparent)]
    Look(#[from] LookError),
    #[error("nothing is open of the settlement")]
    NothingOpen,
    /// So much at most is.
    #[error("only what is {} {} at most is written off", .0.wire(), .0.currency)]
    TooMuch(Money),
}

looks!(WriteOffError);

/// Writes off what is open of a settlement, where that is little, in both towns' books: the payee, whose staff alone do
/// it, loses it, and the payer owes it no more. Once it is written off, the same again has no effect.
///
/// # Errors
/// [`WriteOffError`]; then nothing has changed.
pub async fn write_off(
    services: &Services,
    staff: &Staff,
    id: Uuid,
    reason: &Reason,
) -> Result<Settlement, WriteOffError> {
    staff.has(Scope::Finance).map_err(LookError::from)?;
    retried(|| try_write_off(services, staff, id, reason)).await
}

async fn try_write_off(
    services: &Services,
    staff: &Staff,
    id: Uuid,
    reason: &Reason,
) -> Result<Settlement, WriteOffError> {
    let (now, catalogue, mut tx) = (services.clock.now(), services.catalogue(), services.db.begin().await?);
    let settlement = locked_by_id_in(&mut tx, &catalogue, id).await?.ok_or(LookError::Unknown)?;
    payee_of(&catalogue, staff, &settlement)?.ok_or(WriteOffError::NothingOpen)?;
    let (standing, open) = (settlement.standing(), settlement.standing().open());
    match open.minor {
        0 if standing.written_off.minor > 0 => return Ok(settlement),
        0 => return Err(WriteOffError::NothingOpen),
        _ if !standing.is_trifling() => return Err(WriteOffError::TooMuch(trifle(open.currency))),
        _ => {}
    }
    insert_in(&mut tx, services.new_id(), &settlement, reason, now).await?;
    let change = Change { amount: open, reason };
    audit::note_about_in(&mut tx, now, staff.actor(), "written_off", Subject::Settlement(id), &change)
        .await?;
    let settlement = again_in(&mut tx, &catalogue, id).await?;
    tx.commit().await?;
    Ok(settlement)
}

#[derive(Serialize)]
struct Change<'a> {
    amount: Money,
    reason: &'a Reason,
}

async fn again_in(tx: &mut Tx, catalogue: &Catalogue, id: Uuid) -> Result<Settlement, DbError> {
    locked_by_id_in(tx, catalogue, id).await?.ok_or_else(|| DbError::corrupt(id))
}

async fn insert_in(
    tx: &mut Tx,
    id: Uuid,
    settlement: &Settlement,
    reason: &Reason,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    within!(&mut *tx, c => sqlx::query(
        "INSERT INTO settlement_write_off (id, settlement_id, minor, reason_sv, reason_fi, written_off_at)
         VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id).bind(settlement.id).bind(settlement.standing().open().minor).bind(&reason.texts().sv)
        .bind(&reason.texts().fi).bind(now).execute(c).await.map(drop))?;
    let entry = Entry::new(now, Event::WrittenOff, format!("settlement_written_off:{id}"));
    post_in(tx, &entry, &postings(settlement)).await.map(drop)
}

/// All that hasn't been paid of it.
fn postings(settlement: &Settlement) -> Vec<Posting> {
    let towns = settlement.payer_and_payee().unwrap_or([0, 1]);
    let towns = towns.map(|place| settlement.towns[place].as_str());
    ledger::settlement_written_off(towns, settlement.standing().booked_unpaid())
}

/// What was written off of a locked settlement is open again: it is about to be paid after all.
pub(super) async fn undo_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    settlement: Settlement,
    now: DateTime<Utc>,
) -> Result<Settlement, DbError> {
    let known: Option<Uuid> = within!(&mut *tx, c => sqlx::query_scalar(
        "SELECT id FROM settlement_write_off WHERE settlement_id = $1 AND undone_at IS NULL")
        .bind(settlement.id).fetch_optional(c).await)?;
    let Some(id) = known else { return Ok(settlement) };
    within!(&mut *tx, c => sqlx::query("UPDATE settlement_write_off SET undone_at = $2 WHERE id = $1")
        .bind(id).bind(now).execute(c).await.map(drop))?;
    let entry = Entry::new(now, Event::Correction, format!("settlement_written_off_undone:{id}"));
    post_in(tx, &entry, &correction(postings(&settlement))).await?;
    again_in(tx, catalogue, settlement.id).await
}
