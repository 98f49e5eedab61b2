//! What is to be told to the world: written with the change it tells of, told at least once.

mod dead;

pub use dead::{DeadMessage, RetryError, dead, retry};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::{
    Services,
    db::{DbError, Tx, on, within},
    mail::Letter,
    payment::{LateCharge, Poll, Repay},
    waiting::Freed,
};

/// After so many tries a message is left for a person to look at.
const TRIES_MAX: i64 = 10;
/// How long a message is one deliverer's own: longer than any delivery takes.
const LEASE_SECONDS: i64 = 120;
/// How many are taken at a time.
const BATCH: i64 = 20;
/// Done messages hold personal data: they don't stay longer than it takes to answer a question.
const KEPT_DAYS: i64 = 30;

/// Something to deliver.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Message {
    Mail(Letter),
    LateCharge(LateCharge),
    /// For whoever waits: no message to anybody yet.
    Freed(Freed),
    /// A provider is asked what has become of a payment.
    Poll(Poll),
    /// A provider is asked to give money back.
    Repay(Repay),
}

/// What is delivered apart from the rest, one after the other or, at providers, side by side. A mail server that takes its time keeps nothing else waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    Letters,
    /// What the program does itself, soon after.
    Acts,
    /// What payment providers are asked.
    Providers,
}

impl Queue {
    pub const ALL: [Self; 3] = [Self::Acts, Self::Providers, Self::Letters];

    const fn code(self) -> &'static str {
        match self {
            Self::Letters => "letters",
            Self::Acts => "acts",
            Self::Providers => "providers",
        }
    }
}

impl Message {
    const fn kind(&self) -> &'static str {
        match self {
            Self::Mail(_) => "mail",
            Self::LateCharge(_) => "late_charge",
            Self::Freed(_) => "freed",
            Self::Poll(_) => "poll",
            Self::Repay(_) => "repay",
        }
    }

    /// Whose it is: staff of its town may see it.
    const fn facility(&self) -> Option<Uuid> {
        match self {
            Self::Mail(letter) => letter.facility,
            Self::LateCharge(_) | Self::Freed(_) | Self::Poll(_) | Self::Repay(_) => None,
        }
    }

    /// The same of what concerns money: the town that takes it in.
    async fn town_in(&self, tx: &mut Tx) -> Result<Option<String>, DbError> {
        let (collector, id) = match self {
            Self::Mail(letter) => return Ok(letter.municipality.clone()),
            Self::Freed(_) => return Ok(None),
            Self::LateCharge(charge) => ("SELECT collector FROM payment WHERE id = $1", charge.payment),
            Self::Poll(poll) => ("SELECT collector FROM provider_order WHERE id = $1", poll.order),
            Self::Repay(repay) => (
                "SELECT payment.collector FROM refund JOIN payment ON payment.id = refund.payment_id
                 WHERE refund.id = $1",
                repay.refund,
            ),
        };
        Ok(within!(tx, c => sqlx::query_scalar(collector).bind(id).fetch_optional(c).await)?)
    }

    /// After how long it is to be delivered again; `None` when it is done.
    async fn deliver(self, services: &Services, id: Uuid) -> Result<Option<TimeDelta>, String> {
        let now = services.clock.now();
        match self {
            Self::Mail(letter) => said(services.post.send(&letter, id, now).await.map(|()| None)),
            Self::LateCharge(charge) => said(charge.deliver(services).await.map(|()| None)),
            Self::Freed(freed) => said(freed.pass_on(services).await.map(|()| None)),
            Self::Poll(poll) => said(poll.deliver(services).await),
            Self::Repay(repay) => said(repay.deliver(services).await),
        }
    }
}

fn said<T, E: ToString>(result: Result<T, E>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}

/// Adds a message, to be delivered when `due_at` has come and the transaction is kept.
pub(crate) async fn add_in(
    tx: &mut Tx,
    message: &Message,
    now: DateTime<Utc>,
    due_at: DateTime<Utc>,
) -> Result<(), DbError> {
    let payload = serde_json::to_string(message).map_err(DbError::corrupt)?;
    let town = message.town_in(tx).await?;
    within!(tx, c => sqlx::query(
        "INSERT INTO outbox (id, kind, payload, facility_id, municipality, due_at, attempts)
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(crate::new_id(now)).bind(message.kind()).bind(payload).bind(message.facility()).bind(town).bind(due_at)
        .bind(0i64)
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Delivers what is due of a queue; says how many were tried.
///
/// # Errors
/// When the database can't be reached. A message that can't be delivered is no error: it is tried
/// again later and later, and in the end left with its last error.
pub async fn deliver_due(services: &Services, queue: Queue) -> Result<usize, DbError> {
    let now = services.clock.now();
    let due: Vec<(Uuid, String, i64)> = on!(&services.db, c => sqlx::query_as(
        "SELECT id, payload, attempts FROM outbox
         WHERE due_at <= $1 AND $3 = CASE WHEN kind = 'mail' THEN 'letters' WHEN kind IN ('poll', 'repay') THEN 'providers'
                                          ELSE 'acts' END
         ORDER BY due_at LIMIT $2")
        .bind(now).bind(BATCH).bind(queue.code()).fetch_all(c).await)?;
    let tried = due.len();
    if queue == Queue::Providers {
        // One that doesn't answer keeps no other waiting.
        let mut asked = JoinSet::new();
        for (id, payload, attempts) in due {
            let services = services.clone();
            asked.spawn(async move { deliver(&services, id, &payload, attempts).await });
        }
        while let Some(delivered) = asked.join_next().await {
            delivered.map_err(DbError::corrupt)??;
        }
    } else {
        for (id, payload, attempts) in due {
            deliver(services, id, &payload, attempts).await?;
        }
    }
    Ok(tried)
}

async fn deliver(services: &Services, id: Uuid, payload: &str, attempts: i64) -> Result<(), DbError> {
    // Letters before this one may have taken their time: the lease begins now.
    let now = services.clock.now();
    if !take(services, id, attempts, now).await? {
        return Ok(());
    }
    let result = match serde_json::from_str::<Message>(payload) {
        Ok(message) => message.deliver(services, id).await,
        Err(error) => Err(error.to_string()),
    };
    match result {
        Ok(None) => done(services, id, now).await,
        Ok(Some(pause)) => again(services, id, services.clock.now() + pause).await,
        Err(error) => failed(services, id, attempts + 1, &error, now).await,
    }
}

/// Makes a message this deliverer's own for a while; `false` when another was faster.
async fn take(services: &Services, id: Uuid, attempts: i64, now: DateTime<Utc>) -> Result<bool, DbError> {
    let mut tx = services.db.begin().await?;
    let taken = within!(&mut tx, c => sqlx::query(
        "UPDATE outbox SET attempts = attempts + 1, due_at = $3 WHERE id = $1 AND attempts = $2 AND due_at <= $4")
        .bind(id).bind(attempts).bind(now + TimeDelta::seconds(LEASE_SECONDS)).bind(now)
        .execute(c).await.map(|done| done.rows_affected()))?;
    tx.commit().await?;
    Ok(taken == 1)
}

/// It went well, and there is more of it to come.
async fn again(services: &Services, id: Uuid, due_at: DateTime<Utc>) -> Result<(), DbError> {
    let mut tx = services.db.begin().await?;
    within!(&mut tx, c => sqlx::query(
        "UPDATE outbox SET due_at = $2, attempts = 0, last_error = NULL WHERE id = $1")
        .bind(id).bind(due_at).execute(c).await.map(drop))?;
    tx.commit().await
}

async fn done(services: &Services, id: Uuid, now: DateTime<Utc>) -> Result<(), DbError> {
    let mut tx = services.db.begin().await?;
    within!(&mut tx, c => sqlx::query("UPDATE outbox SET due_at = NULL, done_at = $2, last_error = NULL WHERE id = $1")
        .bind(id).bind(now).execute(c).await.map(drop))?;
    within!(&mut tx, c => sqlx::query("DELETE FROM outbox WHERE done_at < $1")
        .bind(now - TimeDelta::days(KEPT_DAYS)).execute(c).await.map(drop))?;
    tx.commit().await
}

async fn failed(
    services: &Services,
    id: Uuid,
    tries: i64,
    error: &str,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    tracing::warn!(outbox = %id, tries, error, "not delivered");
    // 10 s, 20 s, 40 s … up to about an hour and a half.
    let wait = TimeDelta::seconds(10 << tries.clamp(1, 10).saturating_sub(1));
    let due_at = (tries < TRIES_MAX).then(|| now + wait);
    let mut tx = services.db.begin().await?;
    within!(&mut tx, c => sqlx::query("UPDATE outbox SET due_at = $2, last_error = $3 WHERE id = $1")
        .bind(id).bind(due_at).bind(error).execute(c).await.map(drop))?;
    tx.commit().await
}
