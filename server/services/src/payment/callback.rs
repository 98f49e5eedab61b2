//! Calls from providers, and payers who come back from one.

use uuid::Uuid;
use vayla_domain::Language;

use super::{
    learn::{LookError, learn, look},
    order::{self, Order},
    provider::{Call, Heard, Status},
    repay,
};
use crate::{Services, db::DbError};

#[derive(Debug, thiserror::Error)]
pub enum HearError {
    /// Not a provider's own word, or about nothing of ours. Nothing has changed.
    #[error("not heard")]
    NotHeard,
    /// It will be told again, or asked for.
    #[error(transparent)]
    Look(#[from] LookError),
}

impl From<DbError> for HearError {
    fn from(error: DbError) -> Self {
        Self::Look(error.into())
    }
}

/// Where a provider calls.
pub(super) fn url(base_url: &str, provider: &str) -> String {
    format!("{base_url}/api/v1/payments/{provider}/callback")
}

/// What a report's address names the settlement by.
pub(super) const SETTLEMENT: &str = "settlement";

/// Where a provider sends its report of a settlement: one without lines doesn't say which it is of.
pub(super) fn report_url(base_url: &str, provider: &str, settlement: &str) -> String {
    format!("{base_url}/api/v1/payments/{provider}/settlements?{SETTLEMENT}={settlement}")
}

/// Where a payer comes back to from a provider's page.
pub(super) fn return_url(base_url: &str, language: Language) -> String {
    let path = match language {
        Language::Sv => "tillbaka",
        Language::Fi => "takaisin",
    };
    format!("{base_url}/{}/{path}", language.code())
}

/// Takes note of a call: any number of times, early or late, in any order. Returns the order that it is about;
/// `None` where it is about a refund.
///
/// # Errors
/// [`HearError`]; then nothing has changed.
pub async fn hear(services: &Services, provider: &str, call: &Call<'_>) -> Result<Option<Uuid>, HearError> {
    let mut all = services.providers.all_named(provider);
    let heard = all.find_map(|(town, provider)| Some((town, provider.hear(call).ok()?)));
    match heard.ok_or(HearError::NotHeard)? {
        (_, Heard::AskBack(id)) => ask_back(services, provider, id).await,
        (_, Heard::Refund { refund, reference }) => {
            let known = repay::hear(services, provider, refund, Some(reference)).await?;
            if known { Ok(None) } else { Err(HearError::NotHeard) }
        }
        (town, Heard::Order { order: id, reference, status }) => {
            let order = order::find(&services.db, id).await?;
            let own = order.filter(|order| order.provider == provider && order.collector == town);
            let order = own.ok_or(HearError::NotHeard)?;
            // Another transaction under our stamp, such as a refund's: only what is asked about counts.
            if order.reference.as_ref().is_some_and(|known| *known != reference) {
                look(services, &order).await?;
            } else {
                let status = dated(services, &order, &reference, status).await;
                learn(services, &order, &reference, &status).await?;
            }
            Ok(Some(order.id))
        }
    }
}

/// A call that doesn't say when was paid may come long after that: the provider is asked, and where it doesn't answer,
/// it was just now.
async fn dated(services: &Services, order: &Order, reference: &str, status: Status) -> Status {
    let Status::Paid { amount, reference: paid, at: None } = status else { return status };
    let named = Order { reference: Some(reference.to_owned()), ..order.clone() };
    let asked = match services.providers.named(&order.collector, &order.provider) {
        Some(provider) => provider.status(&named).await.ok(),
        None => None,
    };
    let at = asked.and_then(|status| match status {
        Status::Paid { at, .. } => at,
        _ => None,
    });
    Status::Paid { amount, reference: paid, at }
}

async fn ask_back(services: &Services, provider: &str, id: Uuid) -> Result<Option<Uuid>, HearError> {
    let order = order::find(&services.db, id).await?.filter(|order| order.provider == provider);
    match order {
        Some(order) => {
            look(services, &order).await?;
            Ok(Some(order.id))
        }
        None if repay::hear(services, provider, id, None).await? => Ok(None),
        None => Err(HearError::NotHeard),
    }
}

/// A payer comes back from a provider's page: what the address says is as good as a call. Returns where the
/// payer is to go on.
///
/// # Errors
/// [`HearError`].
pub async fn returned(services: &Services, provider: &str, call: &Call<'_>) -> Result<String, HearError> {
    let order = hear(services, provider, call).await?.ok_or(HearError::NotHeard)?;
    let payment = order::first_payment(&services.db, order).await?.ok_or(HearError::NotHeard)?;
    let payment = super::find(services, payment).await?.ok_or(HearError::NotHeard)?;
    Ok(payment.return_url)
}
