//! A held booking is put on a customer's account: confirmed now, paid later.

use uuid::Uuid;
use vayla_domain::{booking::BookingState, money::Money};

use crate::{
    Services,
    audit::{self, Actor},
    booking, closure,
    customer::{self, Account},
    db::{DbError, Tx, on, retried, within},
    grant, mail, payment,
    staff::{LookError, Scope, Staff, looks},
    waiting,
};

/// Why a booking isn't put on the account.
#[derive(Debug, thiserror::Error)]
pub enum OnAccountError {
    #[error(transparent)]
    Look(#[from] LookError),
    /// No customer has that code.
    #[error("no such account")]
    Code,
    #[error("not held any more")]
    NotHeld,
    #[error("the booker hasn't said who they are")]
    NoDetails,
    #[error("there is nothing to pay")]
    Free,
    /// The account is another town's.
    #[error("the account is another town's")]
    OtherTown,
    /// It was priced for another group than the customer's.
    #[error("the price is another group's")]
    PriceGroup,
    /// Nothing more is put on it.
    #[error("the account is closed")]
    Closed,
    /// It would be more than the customer may owe.
    #[error("more than may be owed")]
    Credit,
}

looks!(OnAccountError);

/// By whoever knows the customer's code. What is paid later carries no deposit.
///
/// # Errors
/// [`OnAccountError`]; then nothing has changed.
pub async fn put_on_by_code(services: &Services, booking: Uuid, code: &str) -> Result<(), OnAccountError> {
    let code = services.secret.read_customer_code(code.trim()).ok_or(OnAccountError::Code)?;
    retried(|| try_put(services, Whose::Code(code), booking)).await
}

/// By staff, on whichever account of the town.
///
/// # Errors
/// [`OnAccountError`]; then nothing has changed.
pub async fn put_on(
    services: &Services,
    staff: &Staff,
    booking: Uuid,
    customer: Uuid,
) -> Result<(), OnAccountError> {
    staff.has(Scope::Invoices).map_err(LookError::from)?;
    retried(|| try_put(services, Whose::Chosen(staff, customer), booking)).await
}

/// Whose account, and who says so.
#[derive(Clone, Copy)]
enum Whose<'a> {
    /// Of whichever customer has this code.
    Code(Uuid),
    Chosen(&'a Staff, Uuid),
}

async fn try_put(services: &Services, whose: Whose<'_>, id: Uuid) -> Result<(), OnAccountError> {
    let (now, mut tx, catalogue) = (services.clock.now(), services.db.begin().await?, services.catalogue());
    // Locked first: of two bookings at once, the second sees what the first has left of the credit.
    let account = match whose {
        Whose::Code(code) => customer::locked_by_code_in(&mut tx, &catalogue, code).await?,
        Whose::Chosen(_, customer) => customer::locked_in(&mut tx, &catalogue, customer).await?,
    };
    let account = account.ok_or(OnAccountError::Code)?;
    let mut booking = booking::locked_in(&mut tx, &catalogue, id).await?.ok_or(LookError::Unknown)?;
    let actor = match whose {
        Whose::Code(_) => Actor::Booker,
        Whose::Chosen(staff, _) => {
            staff.may(Scope::Invoices, &booking.space.facility).map_err(LookError::from)?;
            staff.actor()
        }
    };
    check(&booking, &account)?;
    let held = booking.state_at(now) == BookingState::Held;
    if !held {
        return Err(OnAccountError::NotHeld);
    }
    grant::reserve_customers_in(&mut tx, services, &booking, account.id, now).await?;
    let granted = grant::give_reserved_in(&mut tx, &booking, None, now).await?;
    let owed = Money::new(booking.total.minor - granted.minor, booking.total.currency);
    if !has_credit_in(&mut tx, &account, owed).await? {
        return Err(OnAccountError::Credit);
    }
    if !payment::take_in(&mut tx, id, BookingState::Held, now).await? {
        return Err(OnAccountError::NotHeld);
    }
    payment::keep_in(&mut tx, id).await?;
    within!(&mut tx, c => sqlx::query("UPDATE booking SET customer_id = $2, deposit = NULL WHERE id = $1")
        .bind(id).bind(account.id).execute(c).await.map(drop))
    .map_err(DbError::from)?;
    (booking.customer, booking.deposit) = (Some(account.id), None);
    audit::note_in(&mut tx, now, actor, "confirmed", id, &account.id).await?;
    waiting::taken_in(&mut tx, id, now).await?;
    mail::on_account_in(&mut tx, services, &booking, &account.customer.name).await?;
    closure::tell_kept_in(&mut tx, services, &booking).await?;
    Ok(tx.commit().await?)
}

fn check(booking: &booking::Booking, account: &Account) -> Result<(), OnAccountError> {
    match booking {
        booking if booking.space.facility.municipality.code != account.municipality => {
            Err(OnAccountError::OtherTown)
        }
        _ if account.closed_at.is_some() => Err(OnAccountError::Closed),
        booking if booking.total.minor == 0 => Err(OnAccountError::Free),
        booking if booking.who.is_none() => Err(OnAccountError::NoDetails),
        booking if booking.price_group != account.customer.price_group => Err(OnAccountError::PriceGroup),
        _ => Ok(()),
    }
}

/// What the customer owes: booked and not invoiced, invoiced and not paid.
async fn owed_in(tx: &mut Tx, account: &Account) -> Result<i64, DbError> {
    let booked: i64 = within!(&mut *tx, c => sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(total_minor - given_back_minor - COALESCE(granted.gross_minor, 0)), 0) AS BIGINT)
         FROM booking LEFT JOIN granted ON granted.booking_id = booking.id
         WHERE customer_id = $1 AND invoice_id IS NULL AND state IN ('confirmed', 'cancelled', 'no_show')")
        .bind(account.id).fetch_one(c).await)?;
    let charged: i64 = within!(&mut *tx, c => sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(gross_minor), 0) AS BIGINT) FROM use_charge
         WHERE customer_id = $1 AND invoice_id IS NULL AND credited_at IS NULL")
        .bind(account.id).fetch_one(c).await)?;
    let invoiced: i64 = within!(&mut *tx, c => sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(CASE WHEN credits IS NULL THEN gross_minor ELSE returned_minor - gross_minor END), 0)
             AS BIGINT) FROM invoice WHERE customer_id = $1")
        .bind(account.id).fetch_one(c).await)?;
    let fees: i64 = within!(&mut *tx, c => sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(CASE WHEN waived_at IS NULL THEN fee_minor ELSE invoice_reminder.returned_minor END), 0) AS BIGINT)
         FROM invoice_reminder
         JOIN invoice ON invoice.id = invoice_reminder.invoice_id WHERE customer_id = $1")
        .bind(account.id).fetch_one(c).await)?;
    let closed: i64 = within!(tx, c => sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(closed.minor), 0) AS BIGINT) FROM invoice JOIN (
             SELECT invoice_id, minor FROM invoice_paid
             UNION ALL SELECT invoice_id, minor FROM invoice_write_off WHERE undone_at IS NULL) AS closed
             ON closed.invoice_id = invoice.id WHERE customer_id = $1")
        .bind(account.id).fetch_one(c).await)?;
    Ok(booked + charged + invoiced + fees - closed)
}

/// The name of the customer on whose account a booking is; `None` where it is on nobody's.
///
/// # Errors
/// When the database can't be read.
pub async fn whose(services: &Services, booking: Uuid) -> Result<Option<String>, DbError> {
    Ok(on!(&services.db, c => sqlx::query_scalar(
        "SELECT customer.name FROM booking JOIN customer ON customer.id = booking.customer_id WHERE booking.id = $1")
        .bind(booking).fetch_optional(c).await)?)
}

/// Whether a customer may owe so much more than now. Until the transaction ends nothing else is put on the account.
pub(crate) async fn may_owe_in(
    tx: &mut Tx,
    services: &Services,
    customer: Uuid,
    more: Money,
) -> Result<bool, DbError> {
    let account = customer::locked_in(tx, &services.catalogue(), customer).await?;
    let account = account.ok_or_else(|| DbError::corrupt(customer))?;
    has_credit_in(tx, &account, more).await
}

/// What costs nothing more is always within it; whoever is closed may owe nothing more.
async fn has_credit_in(tx: &mut Tx, account: &Account, more: Money) -> Result<bool, DbError> {
    let open = account.closed_at.is_none();
    Ok(more.minor <= 0 || open && owed_in(tx, account).await? + more.minor <= account.customer.credit.minor)
}

/// A cancelled booking is charged for what cancelling it doesn't give back.
pub(crate) async fn give_back_in(tx: &mut Tx, booking: Uuid, back: Money) -> Result<(), DbError> {
    within!(tx, c => sqlx::query(
        "UPDATE booking SET given_back_minor = $2 WHERE id = $1 AND customer_id IS NOT NULL AND invoice_id IS NULL")
        .bind(booking).bind(back.minor).execute(c).await.map(drop))?;
    Ok(())
}

/// So much more of a booking that no invoice is written for is given back: it isn't charged later either.
pub(crate) async fn give_back_more_in(tx: &mut Tx, booking: Uuid, back: Money) -> Result<(), DbError> {
    within!(tx, c => sqlx::query(
        "UPDATE booking SET given_back_minor = given_back_minor + $2
         WHERE id = $1 AND customer_id IS NOT NULL AND invoice_id IS NULL")
        .bind(booking).bind(back.minor).execute(c).await.map(drop))?;
    Ok(())
}
