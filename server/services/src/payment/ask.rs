//! Asks the provider to take a payment that has been opened.

use uuid::Uuid;
use vayla_domain::{Language, money::Currency};

use super::{
    Payment, PaymentState,
    order::{self, Order},
    provider::{Provider, ProviderError, Purchase, Way},
};
use crate::{Services, booking, catalogue::Municipality, db::DbError};

/// Where the payer goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// To the built-in terminal.
    Terminal(Uuid),
    /// To our page that leads to an app.
    App(Uuid),
    /// To a page of the provider's.
    Page(String),
}

#[derive(Debug, thiserror::Error)]
pub enum AskError {
    #[error(transparent)]
    Db(#[from] DbError),
    /// It can't be paid there now. What was held stays held, and another try is another payment.
    #[error("the provider can't take payments now")]
    Down,
}

/// Asks the provider for a payment that has been opened. What is asked for is written down before: if all ends
/// here, what became of it is asked later.
///
/// # Errors
/// [`AskError`].
pub async fn ask(services: &Services, payment: Uuid, language: Language) -> Result<Next, AskError> {
    let payment = super::find(services, payment).await?.ok_or(AskError::Down)?;
    let order = match payment.order {
        Some(id) => order::find(&services.db, id).await?.ok_or_else(|| DbError::corrupt(id))?,
        None => return Ok(Next::Terminal(payment.id)),
    };
    if let Some(next) = known(&payment, &order) {
        return Ok(next);
    }
    let provider = services.providers.named(&order.collector, &order.provider).ok_or(AskError::Down)?;
    let booking = booking::find(services, payment.booking).await?;
    let booking = booking.ok_or_else(|| DbError::corrupt(payment.booking))?;
    let email = booking.who.as_ref().map_or("", |who| who.email.as_str());
    let purchase = Purchase { order: &order, reference: &booking.reference, email, language };
    match provider.create(&purchase).await {
        Ok(created) => {
            order::created(services, order.id, &created).await?;
            Ok(next(payment.id, created.way))
        }
        Err(error) => {
            tracing::warn!(provider = provider.name(), order = %order.id, %error, "no payment");
            if matches!(error, ProviderError::Unreached(_) | ProviderError::Refused(_)) {
                order::close(services, order.id, PaymentState::Failed).await?;
            }
            Err(AskError::Down)
        }
    }
}

/// Asked for before: the same way again.
fn known(payment: &Payment, order: &Order) -> Option<Next> {
    match (&order.page, &order.token) {
        (Some(page), _) => Some(Next::Page(page.clone())),
        (None, Some(_)) => Some(Next::App(payment.id)),
        (None, None) => None,
    }
}

fn next(payment: Uuid, way: Way) -> Next {
    match way {
        Way::Terminal => Next::Terminal(payment),
        Way::Page(page) => Next::Page(page),
        Way::App(_) => Next::App(payment),
    }
}

/// Who takes money in for a town's facilities in a currency; `None` where nobody does.
#[must_use]
pub fn provider_of(services: &Services, town: &Municipality, currency: Currency) -> Option<&'static str> {
    let catalogue = services.catalogue();
    Some(services.providers.of(&catalogue.collector(town, currency)?.code).name())
}

/// To where the pages lead on which a town's facilities are paid: the policy of a page with a form must know.
#[must_use]
pub fn leads_to(services: &Services, town: &Municipality) -> Option<String> {
    let catalogue = services.catalogue();
    let pages = |collector: &Municipality| -> Vec<String> {
        let provider: &dyn Provider = services.providers.of(&collector.code);
        provider.pages().to_vec()
    };
    let currencies = catalogue.municipalities.iter().map(|town| town.currency);
    let collectors = currencies.filter_map(|currency| catalogue.collector(town, currency));
    let mut pages: Vec<String> = collectors.flat_map(|collector| pages(collector)).collect();
    pages.sort_unstable();
    pages.dedup();
    (!pages.is_empty()).then(|| pages.join(" "))
}
