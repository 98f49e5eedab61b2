//! Money on its way back, for staff: to look at, and to be tried again.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::money::{Currency, Money};

use super::{RefundState, Repay};
use crate::{
    Batch, Services,
    audit::{self, Subject},
    db::{DbError, Tx, on, parse, within},
    outbox::{self, Message},
    staff::{LookError, Scope, Staff},
};

/// A refund and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundFound {
    pub id: Uuid,
    /// The booking's reference.
    pub reference: String,
    /// The town whose provider took the money in.
    pub collector: String,
    pub provider: String,
    pub amount: Money,
    pub reason: String,
    pub state: RefundState,
    /// What came of the last try, where it wasn't done.
    pub problem: Option<String>,
    pub created_at: DateTime<Utc>,
    pub settled_at: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct RefundRow {
    id: Uuid,
    reference: String,
    collector: String,
    provider: String,
    minor: i64,
    currency: String,
    reason: String,
    state: String,
    problem: Option<String>,
    created_at: DateTime<Utc>,
    settled_at: Option<DateTime<Utc>>,
}

impl RefundRow {
    fn into_found(self) -> Result<RefundFound, DbError> {
        let currency: Currency = parse(&self.currency)?;
        Ok(RefundFound {
            id: self.id,
            reference: self.reference,
            collector: self.collector,
            provider: self.provider,
            amount: Money::new(self.minor, currency),
            reason: self.reason,
            state: parse(&self.state)?,
            problem: self.problem,
            created_at: self.created_at,
            settled_at: self.settled_at,
        })
    }
}

/// Refunds in a state, or without one those that need staff (failed or unknown), the oldest first: what the staff's own town has taken in, or all towns where they may act
/// in all.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn refunds_for_staff(
    services: &Services,
    staff: &Staff,
    state: Option<RefundState>,
    after: Option<Uuid>,
    limit: usize,
) -> Result<Batch<RefundFound>, LookError> {
    staff.has(Scope::Payments)?;
    let states = state.map_or([RefundState::Failed, RefundState::Unknown], |state| [state; 2]);
    let rows: Vec<RefundRow> = on!(&services.db, c => sqlx::query_as(
        "SELECT refund.id, booking.reference, payment.collector, payment.provider, refund.minor, payment.currency,
                refund.reason, refund.state, refund.problem, refund.created_at, refund.settled_at
         FROM refund JOIN payment ON payment.id = refund.payment_id JOIN booking ON booking.id = payment.booking_id
         WHERE refund.state IN ($1, $5) AND refund.id > $2 AND ($3 IS NULL OR payment.collector = $3)
         ORDER BY refund.id LIMIT $4")
        .bind(states[0].code()).bind(after.unwrap_or_default()).bind(staff.municipality())
        .bind(Batch::<RefundRow>::to_look_for(limit)).bind(states[1].code()).fetch_all(c).await)
    .map_err(DbError::from)?;
    let found = rows.into_iter().map(RefundRow::into_found).collect::<Result<_, _>>()?;
    let batch = Batch::of(found, limit);
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let looked = Looked { state: state.map(RefundState::code), refunds: batch.items.len() };
    audit::note_about_in(&mut tx, now, staff.actor(), "refunds_seen", Subject::Town, &looked).await?;
    tx.commit().await?;
    Ok(batch)
}

#[derive(Serialize)]
struct Looked {
    state: Option<&'static str>,
    refunds: usize,
}

#[derive(Debug, thiserror::Error)]
pub enum RepayError {
    #[error(transparent)]
    Look(#[from] LookError),
    #[error("the money has gone back")]
    Done,
    #[error("what becomes of it is known, or will be")]
    Known,
    /// The provider is being asked for it.
    #[error("the provider is being asked for it")]
    Asked,
}

impl From<DbError> for RepayError {
    fn from(error: DbError) -> Self {
        Self::Look(error.into())
    }
}

/// Has the provider asked again for a refund that has failed, from now on and as often as for a new one. For one that
/// it may have made already that is the staff's word that it hasn't.
///
/// # Errors
/// [`RepayError`]; then nothing has changed.
pub async fn repay_again(services: &Services, staff: &Staff, id: Uuid) -> Result<(), RepayError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let looked_for = match state_in(&mut tx, services, staff, id).await? {
        RefundState::Done => return Err(RepayError::Done),
        RefundState::Asked => return Err(RepayError::Asked),
        RefundState::Failed => false,
        RefundState::Unknown => true,
    };
    settle_in(&mut tx, id, RefundState::Asked, None).await?;
    outbox::add_in(&mut tx, &Message::Repay(Repay { refund: id, looked_for }), now, now).await?;
    audit::note_about_in(&mut tx, now, staff.actor(), "retried", Subject::Refund(id), &looked_for).await?;
    Ok(tx.commit().await?)
}

/// Staff have seen at the provider's that a refund has gone back of which that wasn't known.
///
/// # Errors
/// [`RepayError`]; then nothing has changed.
pub async fn repaid(services: &Services, staff: &Staff, id: Uuid) -> Result<(), RepayError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    match state_in(&mut tx, services, staff, id).await? {
        RefundState::Unknown => {}
        RefundState::Done => return Err(RepayError::Done),
        RefundState::Asked | RefundState::Failed => return Err(RepayError::Known),
    }
    settle_in(&mut tx, id, RefundState::Done, Some(now)).await?;
    audit::note_about_in(&mut tx, now, staff.actor(), "repaid", Subject::Refund(id), &()).await?;
    Ok(tx.commit().await?)
}

/// The state of a refund, which nobody else changes until the transaction ends, to staff of the town that took the
/// money in.
async fn state_in(
    tx: &mut Tx,
    services: &Services,
    staff: &Staff,
    id: Uuid,
) -> Result<RefundState, RepayError> {
    staff.has(Scope::Payments).map_err(LookError::from)?;
    within!(&mut *tx, c => sqlx::query("UPDATE refund SET state = state WHERE id = $1")
        .bind(id).execute(c).await.map(drop))
    .map_err(DbError::from)?;
    let found: Option<(String, String)> = within!(tx, c => sqlx::query_as(
        "SELECT payment.collector, refund.state FROM refund JOIN payment ON payment.id = refund.payment_id
         WHERE refund.id = $1").bind(id).fetch_optional(c).await)
    .map_err(DbError::from)?;
    let (collector, state) = found.ok_or(LookError::Unknown)?;
    let catalogue = services.catalogue();
    let town = catalogue.municipality(&collector).ok_or_else(|| DbError::corrupt(&collector))?;
    staff.may_in(Scope::Payments, town).map_err(LookError::from)?;
    Ok(parse(&state)?)
}

async fn settle_in(
    tx: &mut Tx,
    id: Uuid,
    state: RefundState,
    at: Option<DateTime<Utc>>,
) -> Result<(), DbError> {
    within!(tx, c => sqlx::query("UPDATE refund SET state = $2, settled_at = $3, problem = NULL WHERE id = $1")
        .bind(id).bind(state.code()).bind(at).execute(c).await.map(drop))?;
    Ok(())
}
