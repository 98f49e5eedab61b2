//! The payments of a series: one a booking, asked for and made together, told of in one letter.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{
    booking::BookingState,
    money::{Currency, Money},
};

use super::{
    Charge, FreeError, Payment, PaymentState, StartError,
    apply::{keep_in, take_in},
    asked::lock_in,
    charge::{self, Told},
    poll,
    read::{of_batch, of_batch_in},
    start::open_in,
};
use crate::{
    Services,
    audit::{self, Actor},
    booking::{self, Booking},
    closure,
    db::{Db, DbError, Tx, retried},
    deposit, grant,
    mail::{self, SeriesPaid},
    series,
};

/// Opens a payment of held bookings of a series in a currency of the payer's choice, at no more than they cost
/// here together. Returns the id of one of them, which stands for all.
///
/// # Errors
/// [`StartError`]; then nothing has changed, but for the prices where it is [`StartError::Dearer`].
pub async fn start_series(
    services: &Services,
    bookings: &[Booking],
    currency: Currency,
    return_url: &str,
) -> Result<Uuid, StartError> {
    let ids: Vec<Uuid> = bookings.iter().map(|booking| booking.id).collect();
    let series = bookings.first().and_then(|booking| booking.series);
    if retried(|| series::price_together(services, series, &ids)).await? {
        return Err(StartError::Dearer);
    }
    retried(|| try_start_series(services, bookings, currency, return_url)).await
}

async fn try_start_series(
    services: &Services,
    bookings: &[Booking],
    currency: Currency,
    return_url: &str,
) -> Result<Uuid, StartError> {
    let (batch, mut first, mut price) = (services.new_id(), None, 0);
    let mut tx = services.db.begin().await?;
    for booking in bookings {
        match open_in(&mut tx, services, booking.id, currency, return_url, Some(batch)).await {
            Ok(opened) => {
                first.get_or_insert(opened.id);
                price += opened.price.map_or(0, |price| price.minor);
            }
            // It costs nothing, or a grant pays it whole.
            Err(StartError::Free) => price += booking.total.minor,
            Err(error) => return Err(error),
        }
    }
    let first = first.ok_or(StartError::Free)?;
    if price > bookings.iter().map(|booking| booking.total.minor).sum() {
        return Err(StartError::Dearer);
    }
    poll::begin_in(&mut tx, services, batch).await?;
    tx.commit().await?;
    Ok(first)
}

/// The payment with those that are made with it.
///
/// # Errors
/// When the database can't be read.
pub(super) async fn together(db: &Db, payment: &Payment) -> Result<Vec<Payment>, DbError> {
    match payment.batch {
        Some(batch) => of_batch(db, batch).await,
        None => Ok(vec![payment.clone()]),
    }
}

/// Charges all payments of a batch that were asked for: what can be confirmed is, and the money for the rest
/// goes back.
pub(super) async fn charge_in(
    tx: &mut Tx,
    services: &Services,
    batch: Uuid,
    told: Told<'_>,
    now: DateTime<Utc>,
) -> Result<Charge, DbError> {
    let mut payments = of_batch_in(tx, batch).await?;
    payments.retain(|payment| payment.state != PaymentState::Dropped);
    let Some(one) = payments.first() else { return Ok(Charge::Unwanted) };
    let series = lock_in(tx, services, one.booking).await?;
    let mut done = Vec::with_capacity(payments.len());
    for payment in payments {
        // The provider has one name for the sum; each payment has its own from that.
        let name = format!("{}/{}", told.name, payment.id);
        let charge = charge::charge_in(tx, services, &payment, Told { name: &name, ..told }, now).await?;
        done.push((payment, charge));
    }
    let charge = done.iter().map(|(_, charge)| *charge);
    let whole = charge.clone().find(|charge| *charge == Charge::Confirmed).or_else(|| charge.clone().next());
    tell_in(tx, services, series, &done, now).await?;
    Ok(whole.unwrap_or(Charge::Known))
}

/// One letter for what is confirmed, and one for each reason why money goes back.
async fn tell_in(
    tx: &mut Tx,
    services: &Services,
    series: Uuid,
    done: &[(Payment, Charge)],
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let of = |why: Charge| {
        done.iter().filter(move |(_, charge)| *charge == why).map(|(payment, _)| payment).collect::<Vec<_>>()
    };
    let sum = |payments: &[&Payment], each: fn(&Payment) -> Money| match payments.first() {
        Some(first) => {
            let amounts = payments.iter().map(|payment| each(payment));
            Money::sum(first.amount.currency, amounts).map(Some).map_err(DbError::corrupt)
        }
        None => Ok(None),
    };
    let amount: fn(&Payment) -> Money = |payment| payment.amount;
    let confirmed = of(Charge::Confirmed);
    if let Some((paid, deposits)) = sum(&confirmed, amount)?.zip(sum(&confirmed, |payment| payment.deposit)?)
    {
        let ids: Vec<Uuid> = confirmed.iter().map(|payment| payment.booking).collect();
        let bookings = confirmed_in(tx, services, series, &ids, now).await?;
        let paid = SeriesPaid::Now { paid, deposits };
        mail::series_confirmed_in(tx, services, &bookings, paid).await?;
    }
    let whys = [Charge::TooLate, Charge::PaidTwice, Charge::OnAccount, Charge::Unwanted, Charge::WrongAmount];
    for why in whys {
        let back = of(why);
        if let (Some(first), Some(amount)) = (back.first(), sum(&back, amount)?) {
            let booking = booking::find_in(tx, &services.catalogue(), first.booking).await?;
            let booking = booking.ok_or_else(|| DbError::corrupt(first.booking))?;
            mail::series_given_back_in(tx, services, &booking, amount, why).await?;
        }
    }
    Ok(())
}

/// The series' bookings that have just been paid, with its held ones that cost nothing, which are
/// confirmed along with them.
async fn confirmed_in(
    tx: &mut Tx,
    services: &Services,
    series: Uuid,
    paid: &[Uuid],
    now: DateTime<Utc>,
) -> Result<Vec<Booking>, DbError> {
    let catalogue = services.catalogue();
    let mut confirmed = Vec::with_capacity(paid.len());
    for booking in booking::of_series_in(tx, &catalogue, series).await? {
        let to_pay = deposit::to_pay(&booking, &grant::of_booking_in(tx, booking.id).await?);
        let free = to_pay.is_nothing() && take_in(tx, booking.id, BookingState::Held, now).await?;
        if free {
            keep_in(tx, booking.id).await?;
            grant::give_reserved_in(tx, &booking, None, now).await?;
            audit::note_in(tx, now, Actor::Provider, "confirmed", booking.id, &()).await?;
        }
        if free || paid.contains(&booking.id) {
            confirmed.push(booking);
        }
    }
    Ok(confirmed)
}

/// Confirms the held bookings of a series of which nothing is left to pay.
///
/// # Errors
/// [`FreeError`]; then nothing has changed.
pub async fn confirm_free_series(services: &Services, bookings: &[Booking]) -> Result<(), FreeError> {
    retried(|| try_confirm_free_series(services, bookings)).await
}

async fn try_confirm_free_series(services: &Services, bookings: &[Booking]) -> Result<(), FreeError> {
    let now = services.clock.now();
    let held = |booking: &Booking| booking.state_at(now) == BookingState::Held;
    if bookings.is_empty() || !bookings.iter().all(held) {
        return Err(FreeError::NotHeld);
    }
    let mut tx = services.db.begin().await?;
    booking::lock_in(&mut tx, &bookings.iter().map(|booking| booking.id).collect()).await?;
    for booking in bookings {
        if !take_in(&mut tx, booking.id, BookingState::Held, now).await? {
            return Err(FreeError::NotHeld);
        }
        let granted = grant::give_reserved_in(&mut tx, booking, None, now).await?;
        if booking.deposit.is_some() || granted != booking.total {
            return Err(FreeError::NotFree);
        }
        keep_in(&mut tx, booking.id).await?;
    }
    let changes: Vec<(Uuid, ())> = bookings.iter().map(|booking| (booking.id, ())).collect();
    audit::note_all_in(&mut tx, now, Actor::Booker, "confirmed", &changes).await?;
    mail::series_confirmed_in(&mut tx, services, bookings, SeriesPaid::Free).await?;
    for booking in bookings {
        closure::tell_kept_in(&mut tx, services, booking).await?;
    }
    Ok(tx.commit().await?)
}
