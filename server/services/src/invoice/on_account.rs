//! Held bookings are put on a customer's account: confirmed now, paid later.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{booking::BookingState, money::Money};

use super::limit::has_credit_in;
use crate::{
    Services,
    audit::{self, Actor},
    booking::{self, Booking},
    closure,
    customer::{self, Account},
    db::{DbError, Tx, on, retried, within},
    grant,
    mail::{self, SeriesPaid},
    payment, series,
    staff::{LookError, Scope, Staff, looks},
    waiting,
};

/// Why nothing is put on the account.
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
    /// It costs more by now than whoever asks has seen, or a grant pays another part.
    #[error("it costs more by now")]
    Dearer,
    /// It would be more than the customer may owe.
    #[error("more than may be owed")]
    Credit,
}

looks!(OnAccountError);

/// By whoever knows the customer's code: a held booking, or held dates of a series with what is off for so many. What
/// is paid later carries no deposit, and no more than they cost here together is put on.
///
/// # Errors
/// [`OnAccountError`]; then nothing has changed, but for the prices of a series' dates.
pub async fn put_on_by_code(
    services: &Services,
    bookings: &[Booking],
    code: &str,
) -> Result<(), OnAccountError> {
    let code = services.secret.read_customer_code(code.trim()).ok_or(OnAccountError::Code)?;
    let priced = priced(services, bookings).await?;
    if cost(&priced) > cost(bookings) {
        return Err(OnAccountError::Dearer);
    }
    put(services, Whose::Code(code), &priced).await
}

/// By staff, on whichever account of the town.
///
/// # Errors
/// As for [`put_on_by_code`].
pub async fn put_on(
    services: &Services,
    staff: &Staff,
    booking: Uuid,
    customer: Uuid,
) -> Result<(), OnAccountError> {
    staff.has(Scope::Invoices).map_err(LookError::from)?;
    let booking = booking::find(services, booking).await?.ok_or(LookError::Unknown)?;
    staff.may(Scope::Invoices, &booking.space.facility).map_err(LookError::from)?;
    // Staff read no price first: it has the one that it has by itself.
    let priced = priced(services, &[booking]).await?;
    put(services, Whose::Chosen(staff, customer), &priced).await
}

/// Whose account, and who says so.
#[derive(Clone, Copy)]
enum Whose<'a> {
    /// Of whichever customer has this code.
    Code(Uuid),
    Chosen(&'a Staff, Uuid),
}

impl Whose<'_> {
    fn actor(&self) -> Actor {
        match self {
            Self::Code(_) => Actor::Booker,
            Self::Chosen(staff, _) => staff.actor(),
        }
    }

    /// Locked: of two bookings at once, the second sees what the first has left of the credit.
    async fn locked_in(&self, tx: &mut Tx, services: &Services) -> Result<Option<Account>, DbError> {
        match self {
            Self::Code(code) => customer::locked_by_code_in(tx, &services.catalogue(), *code).await,
            Self::Chosen(_, customer) => customer::locked_in(tx, &services.catalogue(), *customer).await,
        }
    }
}

async fn put(services: &Services, whose: Whose<'_>, priced: &[Booking]) -> Result<(), OnAccountError> {
    match cost(priced) {
        0 => Err(OnAccountError::Free),
        _ => retried(|| try_put(services, whose, priced)).await,
    }
}

fn cost(bookings: &[Booking]) -> i64 {
    bookings.iter().map(|booking| booking.total.minor).sum()
}

/// The same bookings at the prices that they have together.
async fn priced(services: &Services, bookings: &[Booking]) -> Result<Vec<Booking>, OnAccountError> {
    let ids: Vec<Uuid> = bookings.iter().map(|booking| booking.id).collect();
    let series = bookings.first().and_then(|booking| booking.series);
    // Where a grant pays another part now, what is left is read first.
    if retried(|| series::price_together(services, series, &ids)).await? {
        return Err(OnAccountError::Dearer);
    }
    let mut priced = Vec::with_capacity(ids.len());
    for id in ids {
        priced.push(booking::find(services, id).await?.ok_or(LookError::Unknown)?);
    }
    Ok(priced)
}

async fn try_put(services: &Services, whose: Whose<'_>, priced: &[Booking]) -> Result<(), OnAccountError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let account = whose.locked_in(&mut tx, services).await?.ok_or(OnAccountError::Code)?;
    booking::lock_in(&mut tx, &priced.iter().map(|booking| booking.id).collect()).await?;
    let mut bookings = Vec::with_capacity(priced.len());
    for known in priced {
        let booking = booking::find_in(&mut tx, &services.catalogue(), known.id).await?;
        let booking = booking.ok_or(LookError::Unknown)?;
        check(&booking, &account, now)?;
        // Somebody else has priced it with other dates meanwhile.
        if booking.version != known.version {
            return Err(OnAccountError::Dearer);
        }
        bookings.push(booking);
    }
    let owed = grant_in(&mut tx, services, &account, &bookings, now).await?;
    if !has_credit_in(&mut tx, &account, owed).await? {
        return Err(OnAccountError::Credit);
    }
    for booking in &mut bookings {
        confirm_in(&mut tx, &account, booking, whose.actor(), now).await?;
    }
    let customer = account.customer.name.as_str();
    match &bookings[..] {
        [booking] => mail::on_account_in(&mut tx, services, booking, customer).await?,
        dates => mail::series_confirmed_in(&mut tx, services, dates, SeriesPaid::Later(customer)).await?,
    }
    for booking in &bookings {
        closure::tell_kept_in(&mut tx, services, booking).await?;
    }
    Ok(tx.commit().await?)
}

fn check(booking: &Booking, account: &Account, now: DateTime<Utc>) -> Result<(), OnAccountError> {
    match booking {
        booking if booking.space.facility.municipality.code != account.municipality => {
            Err(OnAccountError::OtherTown)
        }
        _ if account.closed_at.is_some() => Err(OnAccountError::Closed),
        booking if booking.state_at(now) != BookingState::Held => Err(OnAccountError::NotHeld),
        booking if booking.who.is_none() => Err(OnAccountError::NoDetails),
        booking if booking.price_group != account.customer.price_group => Err(OnAccountError::PriceGroup),
        _ => Ok(()),
    }
}

/// Grants give what they pay, the customer's own too. What is left for the customer.
async fn grant_in(
    tx: &mut Tx,
    services: &Services,
    account: &Account,
    bookings: &[Booking],
    now: DateTime<Utc>,
) -> Result<Money, DbError> {
    let mut owed = Money::new(0, account.customer.credit.currency);
    for booking in bookings {
        grant::reserve_customers_in(tx, services, booking, account.id, now).await?;
        let granted = grant::give_reserved_in(tx, booking, None, now).await?;
        owed.minor += booking.total.minor - granted.minor;
    }
    Ok(owed)
}

/// It is confirmed, and the customer's: but for a date of a series that is free, which is the booker's own.
async fn confirm_in(
    tx: &mut Tx,
    account: &Account,
    booking: &mut Booking,
    actor: Actor,
    now: DateTime<Utc>,
) -> Result<(), OnAccountError> {
    if !payment::take_in(tx, booking.id, BookingState::Held, now).await? {
        return Err(OnAccountError::NotHeld);
    }
    payment::keep_in(tx, booking.id).await?;
    (booking.customer, booking.deposit) = ((!booking.is_free()).then_some(account.id), None);
    within!(&mut *tx, c => sqlx::query("UPDATE booking SET customer_id = $2, deposit = NULL WHERE id = $1")
        .bind(booking.id).bind(booking.customer).execute(c).await.map(drop))
    .map_err(DbError::from)?;
    audit::note_in(tx, now, actor, "confirmed", booking.id, &account.id).await?;
    Ok(waiting::taken_in(tx, booking.id, now).await?)
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
