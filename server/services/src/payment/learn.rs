//! What has become of an order, wherever that was learnt: from a call, by asking, or from the payer's return.

use uuid::Uuid;

use super::{
    ChargeError, PaymentState, charge,
    charge::{Told, charge_wrong},
    order::{self, Order},
    provider::{ProviderError, Status},
};
use crate::{Services, db::DbError};

#[derive(Debug, thiserror::Error)]
pub enum LookError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The town takes its money in by another provider now.
    #[error("{0} isn't set up any more for this town")]
    NotSetUp(String),
}

impl LookError {
    /// Whether asking again later may help, however long it takes: the provider is down or says no, or the town's
    /// account with it is being changed.
    pub(super) const fn may_pass(&self) -> bool {
        matches!(self, Self::Provider(_) | Self::NotSetUp(_))
    }
}

impl From<ChargeError> for LookError {
    fn from(error: ChargeError) -> Self {
        match error {
            ChargeError::Db(error) => Self::Db(error),
            ChargeError::Unknown | ChargeError::SumChanged | ChargeError::PriceChanged => {
                Self::Db(DbError::corrupt("an order without payments"))
            }
        }
    }
}

/// Gives it its effect: any number of times, in any order. `reference` is the provider's name of the order.
pub(super) async fn learn(
    services: &Services,
    order: &Order,
    reference: &str,
    status: &Status,
) -> Result<(), LookError> {
    match status {
        Status::Open | Status::Working => Ok(()),
        Status::Failed => Ok(order::close(services, order.id, PaymentState::Failed).await?),
        Status::Paid { amount, reference: paid, at } => {
            // Before anything can be given back by it.
            order::paid(services, order.id, reference, paid).await?;
            let payment = order::first_payment(&services.db, order.id).await?;
            let payment = payment.ok_or(ChargeError::Unknown)?;
            let told = Told { name: paid, paid_at: *at };
            let done = if *amount == order.amount {
                charge(services, payment, told).await?
            } else {
                charge_wrong(services, payment, told, *amount).await?
            };
            tracing::info!(order = %order.id, ?done, "paid");
            Ok(())
        }
    }
}

/// Asks the provider what has become of an order, and gives that its effect.
///
/// # Errors
/// [`LookError`]; then it is as it was.
pub async fn look(services: &Services, order: &Order) -> Result<Status, LookError> {
    let provider = services.providers.named(&order.collector, &order.provider);
    let provider = provider.ok_or_else(|| LookError::NotSetUp(order.provider.clone()))?;
    let status = provider.status(order).await?;
    learn(services, order, order.reference.as_deref().unwrap_or_default(), &status).await?;
    Ok(status)
}

/// The payer doesn't want to pay any more: the provider is asked to take no money, and what it says counts.
///
/// # Errors
/// [`LookError`]; then it is as it was.
pub async fn give_up(services: &Services, id: Uuid) -> Result<(), LookError> {
    let Some(order) = order::find(&services.db, id).await? else { return Ok(()) };
    let provider = services.providers.named(&order.collector, &order.provider);
    let provider = provider.ok_or_else(|| LookError::NotSetUp(order.provider.clone()))?;
    let status = provider.cancel(&order).await?;
    learn(services, &order, order.reference.as_deref().unwrap_or_default(), &status).await
}
