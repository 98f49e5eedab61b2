//! What providers tell of refunds by themselves.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    super::{
        RefundState,
        learn::LookError,
        provider::{Provider, ProviderError},
    },
    Repay, Unsaid, find, is_refused, note,
};
use crate::{
    Services,
    db::{DbError, Tx, parse, within},
    outbox::{self, Message},
};

/// The provider says that something has become of a refund: it is asked what, by the name that it has or is told
/// to have. `false` where there is none.
pub(in crate::payment) async fn hear(
    services: &Services,
    provider: &str,
    id: Uuid,
    called: Option<String>,
) -> Result<bool, LookError> {
    let Some(row) = find(&services.db, id).await?.filter(|row| row.provider == provider) else {
        return Ok(false);
    };
    // One that isn't named at all is being asked for right now, and one that is done stays done.
    let unnamed = row.refund_reference.is_none();
    if unnamed && called.is_none() || parse::<RefundState>(&row.state)? == RefundState::Done {
        return Ok(true);
    }
    let (id, asked) = (row.id, services.providers.named(&row.collector, &row.provider));
    let asked: &dyn Provider = asked.ok_or_else(|| LookError::NotSetUp(row.provider.clone()))?;
    let mut back = row.into_back()?;
    (back.called, back.refund_reference) = (unnamed, back.refund_reference.or(called));
    let status = asked.refund_status(&back).await.map_err(ProviderError::unsaid);
    if unnamed && status.is_err() {
        return Ok(true); // nothing is proved by it
    }
    let heard = note(services, id, &back, status, Unsaid::AsItWas).await;
    let goes_on = match &heard {
        Ok(state) => *state == RefundState::Asked,
        Err(error) => is_refused(error),
    };
    if unnamed && goes_on {
        ask_on(services, id).await?;
    }
    match heard {
        // That it has failed is written down; it is tried again by itself.
        Err(error) if !is_refused(&error) => Err(error),
        _ => Ok(true),
    }
}

/// It was left to staff, and can be asked about or asked for again from now on.
async fn ask_on(services: &Services, refund: Uuid) -> Result<(), LookError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    outbox::add_in(&mut tx, &Message::Repay(Repay { refund, looked_for: false }), now, now).await?;
    Ok(tx.commit().await?)
}

/// A provider has reported a refund, by the name that it was asked for by: whatever was known of it, it has gone
/// back.
pub(in crate::payment) async fn reported_in(
    tx: &mut Tx,
    stamp: &str,
    back: i64,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let Ok(asked_as) = stamp.parse::<Uuid>() else { return Ok(()) };
    within!(tx, c => sqlx::query(
        "UPDATE refund SET state = $3, problem = NULL, settled_at = $4
         WHERE asked_as = $1 AND minor = $2 AND state <> $3")
        .bind(asked_as).bind(back).bind(RefundState::Done.code()).bind(now).execute(c).await.map(drop))?;
    Ok(())
}
