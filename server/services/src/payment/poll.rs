//! Asks what has become of an order until that is known: calls may get lost, and so may we.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    PaymentState,
    learn::{LookError, learn, look},
    order::{self, Order},
    provider::{ProviderError, Status},
};
use crate::{
    Services,
    db::{DbError, Tx, within},
    outbox::{self, Message},
};

/// The first time, and the least from one time to the next.
const PAUSE_SECONDS_MIN: i64 = 10;
const PAUSE_MINUTES_MAX: i64 = 30;
/// So long a bank may work on it.
const WORK_DAYS_MAX: i64 = 14;

/// An order that is to be asked about.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Poll {
    pub order: Uuid,
}

/// From now on it is asked about, unless its provider tells of everything by itself.
pub(super) async fn begin_in(tx: &mut Tx, services: &Services, order: Uuid) -> Result<(), DbError> {
    let expires_at: Option<DateTime<Utc>> = within!(&mut *tx, c => sqlx::query_scalar(
        "SELECT expires_at FROM provider_order WHERE id = $1").bind(order).fetch_one(c).await)?;
    if expires_at.is_none() {
        return Ok(());
    }
    let now = services.clock.now();
    let due_at = now + TimeDelta::seconds(PAUSE_SECONDS_MIN);
    outbox::add_in(tx, &Message::Poll(Poll { order }), now, due_at).await
}

impl Poll {
    /// After how long it is to be asked about again; `None` when all is known.
    pub(crate) async fn deliver(self, services: &Services) -> Result<Option<TimeDelta>, LookError> {
        let Some(order) = order::find(&services.db, self.order).await? else { return Ok(None) };
        if !order::is_pending(&services.db, order.id).await? {
            return Ok(None);
        }
        let now = services.clock.now();
        let in_time = now < order.created_at + TimeDelta::days(WORK_DAYS_MAX);
        match ask(services, &order, now, in_time).await {
            // A payer's money may lie there: what doesn't answer for hours is asked all the same.
            Err(error) if error.may_pass() && in_time => {
                tracing::warn!(order = %order.id, %error, "what became of an order isn't known");
                Ok(Some(pause(&order, now)))
            }
            known => known,
        }
    }
}

async fn ask(
    services: &Services,
    order: &Order,
    now: DateTime<Utc>,
    in_time: bool,
) -> Result<Option<TimeDelta>, LookError> {
    match look(services, order).await? {
        Status::Paid { .. } | Status::Failed => Ok(None),
        Status::Working if in_time => Ok(Some(pause(order, now))),
        Status::Open if order.expires_at.is_some_and(|end| now < end) => Ok(Some(pause(order, now))),
        Status::Open | Status::Working => over(services, order).await.map(|()| None),
    }
}

/// The longer it has been open, the longer the pause; but its end isn't missed.
fn pause(order: &Order, now: DateTime<Utc>) -> TimeDelta {
    let (least, most) = (TimeDelta::seconds(PAUSE_SECONDS_MIN), TimeDelta::minutes(PAUSE_MINUTES_MAX));
    let pause = ((now - order.created_at) / 2).clamp(least, most);
    let left = order.expires_at.map(|end| end - now).filter(|left| *left > TimeDelta::zero());
    left.map_or(pause, |left| left.min(pause))
}

/// The payer's time is over. Where the provider can be told so, it is, and has the last word.
async fn over(services: &Services, order: &Order) -> Result<(), LookError> {
    if let Some(provider) = services.providers.named(&order.collector, &order.provider) {
        match provider.cancel(order).await {
            Ok(status) => {
                learn(services, order, order.reference.as_deref().unwrap_or_default(), &status).await?;
            }
            Err(ProviderError::Unsupported) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(order::close(services, order.id, PaymentState::Expired).await?)
}
