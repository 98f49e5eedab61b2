//! Has a provider give money back, until it has.

mod heard;

pub(super) use heard::{hear, reported_in};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::money::{Currency, Money};

use super::{
    RefundState,
    learn::LookError,
    provider::{Back, ProviderError, Repaid, RepaidState},
};
use crate::{
    Services,
    db::{Db, DbError, on, parse, within},
};

const PAUSE_SECONDS_MIN: i64 = 30;
const PAUSE_HOURS_MAX: i64 = 6;
/// A bank that still works on it after so long has forgotten it.
const WORK_DAYS_MAX: i64 = 30;

/// A refund that the provider is to be asked for.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Repay {
    pub refund: Uuid,
    /// Staff have looked and haven't found it at the provider's.
    #[serde(default)]
    pub looked_for: bool,
}

#[derive(FromRow)]
struct RepayRow {
    id: Uuid,
    state: String,
    asked_as: Option<Uuid>,
    refund_reference: Option<String>,
    minor: i64,
    currency: String,
    created_at: DateTime<Utc>,
    provider: String,
    collector: String,
    order_reference: Option<String>,
    paid_reference: Option<String>,
    reference: String,
    booker_email: Option<String>,
}

/// By its own id, or by the one that the provider knows it by.
async fn find(db: &Db, id: Uuid) -> Result<Option<RepayRow>, DbError> {
    Ok(on!(db, c => sqlx::query_as(
        "SELECT refund.id, refund.state, refund.asked_as, refund.reference AS refund_reference, refund.minor,
                payment.currency, refund.created_at, payment.provider, payment.collector,
                provider_order.reference AS order_reference, provider_order.paid_reference, booking.reference,
                booking.booker_email
         FROM refund JOIN payment ON payment.id = refund.payment_id
         JOIN provider_order ON provider_order.id = payment.order_id
         JOIN booking ON booking.id = payment.booking_id
         WHERE refund.id = $1 OR refund.asked_as = $1")
        .bind(id).fetch_optional(c).await)?)
}

impl RepayRow {
    fn into_back(self) -> Result<Back, LookError> {
        let currency: Currency = parse(&self.currency)?;
        let unknown = || ProviderError::Refused("the provider's name of the payment isn't known".to_owned());
        Ok(Back {
            asked_as: self.asked_as.unwrap_or(self.id),
            order_reference: self.order_reference.ok_or_else(unknown)?,
            paid_reference: self.paid_reference.ok_or_else(unknown)?,
            amount: Money::new(self.minor, currency),
            reference: self.reference,
            email: self.booker_email.unwrap_or_default(),
            refund_reference: self.refund_reference,
            called: false,
        })
    }
}

impl Repay {
    /// After how long it is to be asked about again; `None` when the money has gone back.
    pub(crate) async fn deliver(self, services: &Services) -> Result<Option<TimeDelta>, LookError> {
        let Some(row) = find(&services.db, self.refund).await? else { return Ok(None) };
        if parse::<RefundState>(&row.state)? == RefundState::Done {
            return Ok(None);
        }
        let age = services.clock.now() - row.created_at;
        let in_time = age < TimeDelta::days(WORK_DAYS_MAX);
        match self.ask(services, row).await {
            Ok(RefundState::Done | RefundState::Failed | RefundState::Unknown) => Ok(None),
            Ok(RefundState::Asked) if in_time => Ok(Some(pause(age))),
            Ok(RefundState::Asked) => {
                Err(ProviderError::NoAnswer("the bank has worked on it for a month".to_owned()).into())
            }
            // One that was refused is asked for anew a few times; one that isn't known of, for as long as it takes.
            Err(error) if error.may_pass() && !is_refused(&error) && in_time => {
                tracing::warn!(refund = %self.refund, %error, "what became of a refund isn't known");
                Ok(Some(pause(age)))
            }
            Err(error) => Err(error),
        }
    }

    async fn ask(self, services: &Services, row: RepayRow) -> Result<RefundState, LookError> {
        let (id, provider) = (row.id, services.providers.named(&row.collector, &row.provider));
        let provider = provider.ok_or_else(|| LookError::NotSetUp(row.provider.clone()))?;
        let back = row.into_back()?;
        if back.refund_reference.is_some() {
            let status = provider.refund_status(&back).await.map_err(ProviderError::unsaid);
            return note(services, id, &back, status, Unsaid::AsItWas).await;
        }
        if provider.refunds_once() {
            return note(services, id, &back, provider.refund(&back).await, Unsaid::AsItWas).await;
        }
        if !may_be_known(services, id, &back).await? {
            return Ok(RefundState::Unknown);
        }
        let unsaid = if self.looked_for { Unsaid::UnknownEvenRefused } else { Unsaid::Unknown };
        note(services, id, &back, provider.refund(&back).await, unsaid).await
    }
}

/// What becomes of a refund where the provider doesn't say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unsaid {
    /// It is asked for again, or about.
    AsItWas,
    /// It may have gone back.
    Unknown,
    /// Also where it is refused: it may be that because it is known.
    UnknownEvenRefused,
}

/// Written down before a provider is asked that doesn't promise to do it once: whatever ends in between, it may
/// have come to know of it. `false` where it may have before.
async fn may_be_known(services: &Services, id: Uuid, back: &Back) -> Result<bool, DbError> {
    let mut tx = services.db.begin().await?;
    let first = within!(&mut tx, c => sqlx::query(
        "UPDATE refund SET state = $3 WHERE id = $1 AND asked_as = $2 AND reference IS NULL AND state IN ('asked', 'failed')")
        .bind(id).bind(back.asked_as).bind(RefundState::Unknown.code())
        .execute(c).await.map(|done| done.rows_affected()))?;
    tx.commit().await?;
    Ok(first == 1)
}

const fn is_refused(error: &LookError) -> bool {
    matches!(error, LookError::Provider(ProviderError::Refused(_)))
}

/// The longer it takes, the longer the pause.
fn pause(age: TimeDelta) -> TimeDelta {
    (age / 2).clamp(TimeDelta::seconds(PAUSE_SECONDS_MIN), TimeDelta::hours(PAUSE_HOURS_MAX))
}

/// What is written down of a refund when its provider has been asked.
struct Answered {
    state: RefundState,
    /// The provider's own name of it.
    reference: Option<String>,
    problem: Option<ProviderError>,
}

impl Answered {
    fn of(asked: Result<Repaid, ProviderError>, back: &Back, unsaid: Unsaid) -> Self {
        let (state, reference, problem) = match asked {
            Ok(Repaid { reference, state: RepaidState::Done }) => (RefundState::Done, Some(reference), None),
            Ok(Repaid { reference, state: RepaidState::Working }) => {
                (RefundState::Asked, Some(reference), None)
            }
            Ok(Repaid { state: RepaidState::Failed(why), .. }) => {
                (RefundState::Failed, None, Some(ProviderError::Refused(why)))
            }
            Err(problem) => {
                let state = Self::without_answer(&problem, unsaid);
                let known = back.refund_reference.clone().filter(|_| state == RefundState::Asked);
                (state, known, Some(problem))
            }
        };
        Self { state, reference, problem }
    }

    /// Whoever wasn't reached has done nothing; whoever says no has refused, unless that may be because they know it.
    fn without_answer(problem: &ProviderError, unsaid: Unsaid) -> RefundState {
        match (problem, unsaid) {
            (ProviderError::Refused(_), Unsaid::UnknownEvenRefused) => RefundState::Unknown,
            (ProviderError::Refused(_), _) => RefundState::Failed,
            (ProviderError::Unreached(_), _) | (_, Unsaid::AsItWas) => RefundState::Asked,
            _ => RefundState::Unknown,
        }
    }
}

/// Writes down what came of it. One that has failed for good is asked for by another name the next time: the
/// provider keeps the old one, and whoever else has asked by it in between changes nothing.
async fn note(
    services: &Services,
    id: Uuid,
    back: &Back,
    asked: Result<Repaid, ProviderError>,
    unsaid: Unsaid,
) -> Result<RefundState, LookError> {
    let Answered { state, reference, problem } = Answered::of(asked, back, unsaid);
    let next = if state == RefundState::Failed { services.new_id() } else { back.asked_as };
    let settled = matches!(state, RefundState::Done | RefundState::Failed);
    let settled_at = settled.then(|| services.clock.now());
    let told = problem.as_ref().map(ToString::to_string);
    let mut tx = services.db.begin().await?;
    within!(&mut tx, c => sqlx::query(
        "UPDATE refund SET state = $3, reference = $4, problem = $5, asked_as = $6, settled_at = $7
         WHERE id = $1 AND asked_as = $2 AND state <> 'done'")
        .bind(id).bind(back.asked_as).bind(state.code()).bind(reference).bind(told).bind(next).bind(settled_at)
        .execute(c).await.map(drop))
    .map_err(DbError::from)?;
    tx.commit().await?;
    match problem {
        Some(problem) if state == RefundState::Unknown => {
            tracing::warn!(refund = %id, %problem, "whether a refund has gone back isn't known");
            Ok(state)
        }
        Some(problem) => Err(problem.into()),
        None => Ok(state),
    }
}
