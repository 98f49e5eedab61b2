//! Asks the provider for a payment.

use uuid::Uuid;
use vayla_domain::{
    booking::BookingState,
    money::{Currency, Money},
};

use super::{
    PaymentState,
    due::{Due, due_in},
    order::{self, Order},
    poll,
};
use crate::{
    Services,
    booking::{self, Booking},
    db::{DbError, FromDb, Tx, retried, within},
    rate::RateRow,
    series,
};

/// Nobody needs more tries at one price.
const TRIES_MAX: i64 = 20;
const RETURN_URL_MAX: usize = 2000;

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("not held any more")]
    NotHeld,
    /// It is booked, and no dearer time is held for it.
    #[error("nothing is due")]
    NothingDue,
    #[error("the booker hasn't said who they are")]
    NoDetails,
    #[error("there is nothing to pay")]
    Free,
    #[error("can't be paid in this currency")]
    Currency,
    #[error("not an address to return to")]
    ReturnUrl,
    #[error("too many tries")]
    TooMany,
    /// It costs more than was shown, or a grant pays another part of it: less is off for so few dates of a series. They
    /// have that price now.
    #[error("the price has changed")]
    Dearer,
}

impl FromDb for StartError {
    fn db(&self) -> Option<&DbError> {
        match self {
            Self::Db(error) => Some(error),
            _ => None,
        }
    }
}

/// A payment that has been opened.
pub(super) struct Opened {
    pub id: Uuid,
    /// The price of a held booking, what grants pay of it included; `None` where it pays the difference of a move.
    pub price: Option<Money>,
}

/// Opens a payment of what is due for a booking, in a currency of the payer's choice: all of a held one, at no
/// more than the price that it has here, or the difference of one that is being moved. Returns its id.
///
/// # Errors
/// [`StartError`]; then nothing has changed, but for the price where it is [`StartError::Dearer`].
pub async fn start(
    services: &Services,
    booking: &Booking,
    currency: Currency,
    return_url: &str,
) -> Result<Uuid, StartError> {
    let only = [booking.id];
    if retried(|| series::price_together(services, booking.series, &only)).await? {
        return Err(StartError::Dearer);
    }
    retried(|| try_start(services, booking, currency, return_url)).await
}

async fn try_start(
    services: &Services,
    booking: &Booking,
    currency: Currency,
    return_url: &str,
) -> Result<Uuid, StartError> {
    let mut tx = services.db.begin().await?;
    let Opened { id, price } = open_in(&mut tx, services, booking.id, currency, return_url, None).await?;
    if price.is_some_and(|price| price.minor > booking.total.minor) {
        return Err(StartError::Dearer);
    }
    poll::begin_in(&mut tx, services, id).await?;
    tx.commit().await?;
    Ok(id)
}

/// The same within a transaction, alone or as one of a batch.
///
/// # Errors
/// [`StartError`]; then the caller rolls back.
pub(super) async fn open_in(
    tx: &mut Tx,
    services: &Services,
    booking: Uuid,
    currency: Currency,
    return_url: &str,
    batch: Option<Uuid>,
) -> Result<Opened, StartError> {
    let (now, catalogue) = (services.clock.now(), services.catalogue());
    // The page may have been loaded before the booking was paid, moved or given back.
    let booking = booking::find_in(tx, &catalogue, booking).await?.ok_or(StartError::NotHeld)?;
    let nothing = match booking.state_at(now) {
        BookingState::Confirmed => StartError::NothingDue,
        _ => StartError::NotHeld,
    };
    let due = due_in(tx, &catalogue, &booking, now).await?.ok_or(nothing)?;
    let id = write_in(tx, services, &booking, &due, currency, return_url, batch).await?;
    Ok(Opened { id, price: due.change.is_none().then_some(booking.total) })
}

/// Writes a payment of what is due down, and what its provider is to be asked for. Returns its id.
///
/// # Errors
/// The same.
pub(super) async fn write_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    due: &Due,
    currency: Currency,
    return_url: &str,
    batch: Option<Uuid>,
) -> Result<Uuid, StartError> {
    let (now, catalogue) = (services.clock.now(), services.catalogue());
    if booking.who.is_none() {
        return Err(StartError::NoDetails);
    }
    if due.to_pay.is_nothing() {
        return Err(StartError::Free);
    }
    if !is_web_address(return_url) {
        return Err(StartError::ReturnUrl);
    }
    let asked = due.to_pay.asked(currency).ok_or(StartError::Currency)?;
    let owner = &booking.space.facility.municipality;
    let collector = catalogue.collector(owner, currency).ok_or(StartError::Currency)?.code.clone();
    let (id, rate, provider) =
        (services.new_id(), RateRow::of(asked.rate), services.providers.of(&collector));
    let order = Order {
        id: batch.unwrap_or(id),
        provider: provider.name().to_owned(),
        collector,
        amount: asked.total(),
        reference: None,
        paid_reference: None,
        page: None,
        token: None,
        created_at: now,
        expires_at: provider.session().map(|session| now + session),
    };
    order::add_in(tx, &order).await?;
    let opened = within!(tx, c => sqlx::query(
        "INSERT INTO payment (id, booking_id, change_id, version, provider, state, surplus, minor, currency, gross_minor,
                              vat_minor, rate_base, rate_quote, rate_value, rate_date, rate_source, collector,
                              return_url, created_at, batch_id, order_id, use_charge_id, deposit_minor)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $21, $22, $23, $24
         FROM booking
         WHERE booking.id = $2 AND (SELECT COUNT(*) FROM payment WHERE booking_id = $2 AND version = $4
             AND (use_charge_id = $23 OR (use_charge_id IS NULL AND $23 IS NULL))) < $20")
        .bind(id).bind(booking.id).bind(due.change).bind(due.version).bind(&order.provider).bind(PaymentState::Pending.code())
        .bind(false).bind(order.amount.minor).bind(currency.code()).bind(due.to_pay.price.minor).bind(due.vat.minor)
        .bind(rate.rate_base).bind(rate.rate_quote).bind(rate.rate_value).bind(rate.rate_date).bind(rate.rate_source)
        .bind(order.collector).bind(return_url).bind(now).bind(TRIES_MAX).bind(batch).bind(order.id).bind(due.use_charge)
        .bind(asked.deposit.minor)
        .execute(c).await.map(|done| done.rows_affected()))
    .map_err(DbError::from)?;
    if opened == 0 {
        return Err(StartError::TooMany);
    }
    Ok(id)
}

/// Of a host by its name alone: what stands before an @ would only mislead.
fn is_web_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    url.len() <= RETURN_URL_MAX
        && rest.is_some_and(|rest| {
            let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
            !authority.is_empty()
                && authority.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte))
        })
        && url.bytes().all(|byte| byte.is_ascii_graphic())
}
