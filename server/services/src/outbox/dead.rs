//! Messages that were tried often enough: for staff to look at, and to try again.

use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;

use super::Message;
use crate::{
    Batch, Services,
    audit::{self, Subject},
    db::{DbError, Tx, on, within},
    mail::Letter,
    staff::{LookError, Scope, Staff},
};

/// A message that couldn't be delivered, without its text: a letter holds the link that manages the
/// booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadMessage {
    pub id: Uuid,
    /// `mail`, `late_charge`, `freed`, `poll`, `repay`.
    pub kind: String,
    /// Of a letter that can be read.
    pub to_name: Option<String>,
    pub to_address: Option<String>,
    pub subject: Option<String>,
    pub attempts: i64,
    pub last_error: Option<String>,
}

#[derive(FromRow)]
struct DeadRow {
    id: Uuid,
    kind: String,
    payload: String,
    attempts: i64,
    last_error: Option<String>,
}

impl From<DeadRow> for DeadMessage {
    fn from(row: DeadRow) -> Self {
        let letter: Option<Letter> = match serde_json::from_str(&row.payload) {
            Ok(Message::Mail(letter)) => Some(letter),
            Ok(_) | Err(_) => None,
        };
        let (to, subject) = letter.map(|letter| ((letter.name, letter.address), letter.subject)).unzip();
        let (to_name, to_address) = to.unzip();
        let DeadRow { id, kind, attempts, last_error, .. } = row;
        Self { id, kind, to_name, to_address, subject, attempts, last_error }
    }
}

/// What couldn't be delivered, the oldest first: of the staff's own town, or of all where they may
/// act in all.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn dead(
    services: &Services,
    staff: &Staff,
    after: Option<Uuid>,
    limit: usize,
) -> Result<Batch<DeadMessage>, LookError> {
    staff.has(Scope::Bookings)?;
    let rows: Vec<DeadRow> = on!(&services.db, c => sqlx::query_as(
        "SELECT id, kind, payload, attempts, last_error FROM outbox
         WHERE due_at IS NULL AND done_at IS NULL AND id > $1
             AND ($2 IS NULL OR municipality = $2
                  OR facility_id IN (SELECT id FROM facility WHERE municipality = $2))
         ORDER BY id LIMIT $3")
        .bind(after.unwrap_or_default()).bind(staff.municipality()).bind(Batch::<DeadRow>::to_look_for(limit))
        .fetch_all(c).await)
    .map_err(DbError::from)?;
    let batch = Batch::of(rows.into_iter().map(DeadMessage::from).collect(), limit);
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let looked = Looked { messages: batch.items.len() };
    audit::note_about_in(&mut tx, now, staff.actor(), "dead_seen", Subject::Outbox, &looked).await?;
    tx.commit().await?;
    Ok(batch)
}

#[derive(Serialize)]
struct Looked {
    messages: usize,
}

#[derive(Debug, thiserror::Error)]
pub enum RetryError {
    #[error(transparent)]
    Look(#[from] LookError),
    /// It has gone, or will be tried by itself.
    #[error("it isn't dead")]
    NotDead,
}

impl From<DbError> for RetryError {
    fn from(error: DbError) -> Self {
        Self::Look(error.into())
    }
}

/// Has a dead message tried again, from now on and as often as a new one.
///
/// # Errors
/// [`RetryError`]; then nothing has changed.
pub async fn retry(services: &Services, staff: &Staff, id: Uuid) -> Result<(), RetryError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    authorise_in(&mut tx, services, staff, id).await?;
    let revived = within!(&mut tx, c => sqlx::query(
        "UPDATE outbox SET due_at = $2, attempts = 0 WHERE id = $1 AND due_at IS NULL AND done_at IS NULL")
        .bind(id).bind(now).execute(c).await.map(|done| done.rows_affected()))
    .map_err(DbError::from)?;
    if revived == 0 {
        return Err(RetryError::NotDead);
    }
    audit::note_about_in(&mut tx, now, staff.actor(), "retried", Subject::Message(id), &()).await?;
    Ok(tx.commit().await?)
}

async fn authorise_in(tx: &mut Tx, services: &Services, staff: &Staff, id: Uuid) -> Result<(), LookError> {
    staff.has(Scope::Bookings)?;
    let town: Option<Option<String>> = within!(tx, c => sqlx::query_scalar(
        "SELECT COALESCE(outbox.municipality, facility.municipality) FROM outbox
         LEFT JOIN facility ON facility.id = outbox.facility_id WHERE outbox.id = $1")
        .bind(id).fetch_optional(c).await)
    .map_err(DbError::from)?;
    let (town, catalogue) = (town.ok_or(LookError::Unknown)?, services.catalogue());
    match town.and_then(|code| catalogue.municipality(&code).cloned()) {
        Some(town) => staff.may_in(Scope::Bookings, &town)?,
        None => staff.may_everywhere(Scope::Bookings)?,
    }
    Ok(())
}
