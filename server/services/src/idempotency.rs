//! The same request twice has one effect and one answer.
//!
//! Whatever a request with a key commits is marked with that key in the same transaction. Where the answer was
//! lost, the mark tells whether there was an effect: a request without one is taken over by the next, one with an
//! effect is never done again.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::{
    Services,
    db::{DbError, Tx, on, within},
};

/// An unfinished request is given up after this: its process has died, or it can't commit any more.
const UNFINISHED_MINUTES: i64 = 1;
/// Answers are kept this long.
const KEPT_HOURS: i64 = 48;

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// Nothing: go on, in [`Attempt::run`], and say the answer with [`finish`].
    New(Attempt),
    Answered(Answer),
    /// The first request has had its effect, or a part of it, and its answer is lost.
    Lost,
    /// The same key came with another request.
    Mismatch,
    /// The first request is still being worked on.
    InProgress,
}

/// One try at a request. Once another has taken its key over, it commits nothing more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    key: String,
    id: Uuid,
}

tokio::task_local! {
    static ATTEMPT: Attempt;
}

impl Attempt {
    /// Does the work of the request: all that it commits is marked.
    pub async fn run<W: Future>(self, work: W) -> W::Output {
        ATTEMPT.scope(self, work).await
    }
}

/// Marks what is about to be committed as the effect of the request that is worked on, if it came with a key.
///
/// # Errors
/// [`DbError::Overtaken`] where another request has the key now.
pub(crate) async fn mark_in(tx: &mut Tx) -> Result<(), DbError> {
    let Ok(Attempt { key, id }) = ATTEMPT.try_with(Clone::clone) else { return Ok(()) };
    let marked = within!(tx, c => sqlx::query(
        "UPDATE idempotency SET had_effect = TRUE WHERE idempotency_key = $1 AND attempt = $2")
        .bind(key).bind(id).execute(c).await.map(|done| done.rows_affected()))?;
    if marked == 1 { Ok(()) } else { Err(DbError::Overtaken) }
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
         AND (created_at < $2 OR (status IS NULL AND NOT had_effect AND created_at < $3))")
        .bind(key).bind(kept).bind(unfinished).execute(c).await.map(drop))?;
    let attempt = Attempt { key: key.to_owned(), id: crate::new_id(now) };
    let taken = within!(&mut tx, c => sqlx::query(
        "INSERT INTO idempotency (idempotency_key, request_hash, created_at, attempt) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING")
        .bind(key).bind(request_hash).bind(now).bind(attempt.id).execute(c).await.map(|done| done.rows_affected()))?;
    tx.commit().await?;
    if taken == 1 { Ok(Seen::New(attempt)) } else { look_up(services, key, request_hash, unfinished).await }
}

async fn look_up(
    services: &Services,
    key: &str,
    request_hash: &str,
    unfinished: DateTime<Utc>,
) -> Result<Seen, DbError> {
    type Row = (String, Option<i64>, Option<String>, Option<String>, DateTime<Utc>);
    let known: Option<Row> = on!(&services.db, c => sqlx::query_as(
        "SELECT request_hash, status, response, etag, created_at FROM idempotency WHERE idempotency_key = $1")
        .bind(key).fetch_optional(c).await)?;
    Ok(match known {
        Some((hash, ..)) if hash != request_hash => Seen::Mismatch,
        Some((_, Some(status), Some(response), etag, _)) => {
            let status = u16::try_from(status).map_err(DbError::corrupt)?;
            Seen::Answered(Answer { status, response, etag })
        }
        Some((.., began_at)) if began_at < unfinished => Seen::Lost,
        _ => Seen::InProgress,
    })
}

/// Keeps the answer. One that may turn out otherwise next time (a server error without an effect) is forgotten.
///
/// # Errors
/// When the database can't be reached.
pub async fn finish(services: &Services, attempt: &Attempt, answer: &Answer) -> Result<(), DbError> {
    let mut tx = services.db.begin().await?;
    if answer.status >= 500 {
        within!(&mut tx, c => sqlx::query(
            "DELETE FROM idempotency WHERE idempotency_key = $1 AND attempt = $2 AND NOT had_effect")
            .bind(&attempt.key).bind(attempt.id).execute(c).await.map(drop))?;
    } else {
        within!(&mut tx, c => sqlx::query(
            "UPDATE idempotency SET status = $3, response = $4, etag = $5
             WHERE idempotency_key = $1 AND attempt = $2")
            .bind(&attempt.key).bind(attempt.id).bind(i64::from(answer.status)).bind(&answer.response).bind(&answer.etag)
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
