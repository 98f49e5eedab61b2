//! The same request twice has one effect and one answer.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    Services,
    db::{DbError, on, within},
};

/// An unfinished request is given up after this: its process has died.
const UNFINISHED_MINUTES: i64 = 1;
/// Answers are kept this long.
const KEPT_HOURS: i64 = 48;

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// Nothing: go on, and say the answer with [`finish`].
    New,
    Answered(Answer),
    /// The same key came with another request.
    Mismatch,
    /// The first request is still being worked on.
    InProgress,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub response: String,
    /// Which version of a thing it told of.
    pub etag: Option<String>,
}

/// Takes the key for a request, or says what came of it before.
///
/// # Errors
/// When the database can't be reached.
pub async fn begin(services: &Services, key: &str, request_hash: &str) -> Result<Seen, DbError> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let (unfinished, kept) =
        (now - TimeDelta::minutes(UNFINISHED_MINUTES), now - TimeDelta::hours(KEPT_HOURS));
    within!(&mut tx, c => sqlx::query(
        "DELETE FROM idempotency WHERE idempotency_key = $1
         AND (created_at < $2 OR (status IS NULL AND created_at < $3))")
        .bind(key).bind(kept).bind(unfinished).execute(c).await.map(drop))?;
    let taken = within!(&mut tx, c => sqlx::query(
        "INSERT INTO idempotency (idempotency_key, request_hash, created_at) VALUES ($1, $2, $3)
         ON CONFLICT DO NOTHING")
        .bind(key).bind(request_hash).bind(now).execute(c).await.map(|done| done.rows_affected()))?;
    tx.commit().await?;
    if taken == 1 { Ok(Seen::New) } else { look_up(services, key, request_hash).await }
}

async fn look_up(services: &Services, key: &str, request_hash: &str) -> Result<Seen, DbError> {
    type Row = (String, Option<i64>, Option<String>, Option<String>);
    let known: Option<Row> = on!(&services.db, c => sqlx::query_as(
        "SELECT request_hash, status, response, etag FROM idempotency WHERE idempotency_key = $1")
        .bind(key).fetch_optional(c).await)?;
    Ok(match known {
        Some((hash, ..)) if hash != request_hash => Seen::Mismatch,
        Some((_, Some(status), Some(response), etag)) => {
            let status = u16::try_from(status).map_err(DbError::corrupt)?;
            Seen::Answered(Answer { status, response, etag })
        }
        _ => Seen::InProgress,
    })
}

/// Keeps the answer. One that may turn out otherwise next time (a server error) is forgotten.
///
/// # Errors
/// When the database can't be reached.
pub async fn finish(services: &Services, key: &str, answer: &Answer) -> Result<(), DbError> {
    let mut tx = services.db.begin().await?;
    if answer.status >= 500 {
        within!(&mut tx, c => sqlx::query("DELETE FROM idempotency WHERE idempotency_key = $1")
            .bind(key).execute(c).await.map(drop))?;
    } else {
        within!(&mut tx, c => sqlx::query(
            "UPDATE idempotency SET status = $2, response = $3, etag = $4 WHERE idempotency_key = $1")
            .bind(key).bind(i64::from(answer.status)).bind(&answer.response).bind(&answer.etag)
            .execute(c).await.map(drop))?;
    }
    tx.commit().await
}

/// Forgets answers that nobody will ask for again.
///
/// # Errors
/// When the database can't be reached.
pub async fn forget_old(services: &Services, now: DateTime<Utc>) -> Result<(), DbError> {
    let mut tx = services.db.begin().await?;
    within!(&mut tx, c => sqlx::query("DELETE FROM idempotency WHERE created_at < $1")
        .bind(now - TimeDelta::hours(KEPT_HOURS)).execute(c).await.map(drop))?;
    tx.commit().await
}
