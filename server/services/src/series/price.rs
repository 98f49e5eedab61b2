//! What dates of a series cost when they are paid: what is off is for as many as are paid together, with those that
//! are booked already.

use uuid::Uuid;
use vayla_domain::{
    booking::BookingState,
    money::{Basis, Beside, Money, QuoteLine, RateError},
};

use crate::{
    Services,
    audit::{self, Actor},
    booking::{self, Booking, NewLines, PriceFor, Prices, QuoteError},
    db::{DbError, Tx, within},
    grant,
    payment::Payment,
    rate::RateRow,
};

/// A held date at the price that it has when it is paid with certain others, and the lines of that.
struct Repriced {
    booking: Booking,
    lines: Vec<QuoteLine>,
}

/// Held bookings at the prices that they have when just these are paid together; any others as they are.
///
/// # Errors
/// When the database can't be read.
pub async fn priced_together(
    services: &Services,
    mut bookings: Vec<Booking>,
) -> Result<Vec<Booking>, DbError> {
    let ids: Vec<Uuid> = bookings.iter().map(|booking| booking.id).collect();
    let series = bookings.iter().find_map(|booking| booking.series);
    for Repriced { booking, .. } in repriced(services, series, &ids).await? {
        bookings.iter_mut().filter(|known| known.id == booking.id).for_each(|known| *known = booking.clone());
    }
    Ok(bookings)
}

/// Gives held dates of a series the prices that they have when just these are paid together. Says whether a grant pays
/// its part of another price now: then the payer is shown what is left of it first.
///
/// # Errors
/// When the database can't be reached; then nothing has changed.
pub(crate) async fn price_together(
    services: &Services,
    series: Option<Uuid>,
    paid: &[Uuid],
) -> Result<bool, DbError> {
    let repriced = repriced(services, series, paid).await?;
    let Some(series) = series.filter(|_| !repriced.is_empty()) else { return Ok(false) };
    let (mut granted, mut tx) = (false, services.db.begin().await?);
    booking::lock_series_in(&mut tx, series).await?;
    for booking in &repriced {
        granted |= booking.write_in(&mut tx, services).await?;
    }
    tx.commit().await?;
    Ok(granted)
}

/// Those whose price is another one when just these of a series are paid together. The rate that was locked stays.
///
/// # Errors
/// When the database can't be read.
async fn repriced(
    services: &Services,
    series: Option<Uuid>,
    paid: &[Uuid],
) -> Result<Vec<Repriced>, DbError> {
    let Some(series) = series else { return Ok(Vec::new()) };
    let (now, all) = (services.clock.now(), booking::of_series(services, series).await?);
    let counts = |booking: &&Booking| match booking.state_at(now) {
        BookingState::Confirmed | BookingState::NoShow => true,
        BookingState::Held => booking.is_free() || paid.contains(&booking.id),
        BookingState::Expired | BookingState::Cancelled => false,
    };
    let dates = u32::try_from(all.iter().filter(counts).count()).unwrap_or(u32::MAX);
    let held = all.iter().filter(|booking| {
        paid.contains(&booking.id)
            && booking.state_at(now) == BookingState::Held
            && booking.dates != dates
            && booking.total.minor > 0
    });
    held.filter_map(|booking| reprice(services, booking, dates).transpose()).collect()
}

/// `None` where it costs the same, or the price list says nothing any more: then it keeps its price.
fn reprice(services: &Services, booking: &Booking, dates: u32) -> Result<Option<Repriced>, DbError> {
    let asked = PriceFor { dates, ..booking.price_for() };
    let rate = booking.other.as_ref().and_then(|(_, rate)| rate.clone()).ok_or(RateError::Unknown);
    let prices = Prices::at(services, &booking.space, &booking.space.tariffs, &asked, rate);
    let price = match prices.and_then(|prices| prices.quote(booking.span)) {
        Ok(price) => price,
        Err(QuoteError::Db(error)) => return Err(error),
        Err(QuoteError::NoVat | QuoteError::NoPrice(_)) => return Ok(None),
    };
    if price.total == booking.total {
        return Ok(None);
    }
    let (mut booking, other) = (booking.clone(), price.other.ok());
    (booking.dates, booking.total, booking.other) = (dates, price.total, other);
    Ok(Some(Repriced { booking, lines: price.lines }))
}

impl Repriced {
    /// Makes it the booking's price, if it is held and has the one that this was reckoned from; says whether a grant
    /// pays a part of it.
    async fn write_in(&self, tx: &mut Tx, services: &Services) -> Result<bool, DbError> {
        let (now, version) = (services.clock.now(), booking::next_version_in(tx, self.booking.id).await?);
        let Booking { id, dates, space, .. } = &self.booking;
        if !cost_in(tx, &self.booking, version, BookingState::Held).await? {
            return Ok(false);
        }
        let lines = NewLines { booking: *id, version, space: space.id, lines: &self.lines };
        booking::insert_lines_in(tx, &[lines]).await?;
        audit::note_in(tx, now, Actor::System, "repriced", *id, &(dates, self.booking.total)).await?;
        let mut booking = self.booking.clone();
        booking.version = version;
        grant::again_in(tx, services, &booking, now).await
    }
}

/// A booking costs what was paid for it, where that was asked for before its price became another: it has that
/// price again, which its payer was shown.
pub(crate) async fn as_paid_in(tx: &mut Tx, booking: &Booking, payment: &Payment) -> Result<(), DbError> {
    if payment.version == booking.version {
        return Ok(());
    }
    let lines = booking::lines_of_in(tx, booking, payment.version).await?;
    let dates = lines.iter().find_map(|line| match line.basis {
        Basis::Series { dates, .. } => Some(dates),
        _ => None,
    });
    let (mut paid, other) = (booking.clone(), beside(booking, payment)?);
    (paid.dates, paid.total, paid.other) = (dates.unwrap_or(1), payment.gross, other);
    cost_in(tx, &paid, payment.version, BookingState::Confirmed).await.map(drop)
}

/// What was paid is in the neighbour's currency.
fn beside(booking: &Booking, payment: &Payment) -> Result<Option<Beside>, DbError> {
    if payment.amount.currency != payment.gross.currency {
        return Ok(Some((payment.of_price(), payment.rate.clone())));
    }
    let Some((money, rate)) = &booking.other else { return Ok(None) };
    let money: Money = match rate {
        Some(rate) => rate.convert(payment.gross).map_err(DbError::corrupt)?.at_least_a_coin(payment.gross),
        None => money.portion(payment.gross.minor, booking.total.minor),
    };
    Ok(Some((money, rate.clone())))
}

/// `false` where it has another price or state by now.
async fn cost_in(tx: &mut Tx, booking: &Booking, version: i64, state: BookingState) -> Result<bool, DbError> {
    let money = booking.other.as_ref().map(|(money, _)| money);
    let rate = RateRow::of(booking.other.as_ref().and_then(|(_, rate)| rate.as_ref()));
    let changed = within!(tx, c => sqlx::query(
        "UPDATE booking SET version = $2, dates = $3, total_minor = $4, other_minor = $5, other_currency = $6,
             rate_base = $7, rate_quote = $8, rate_value = $9, rate_date = $10, rate_source = $11
         WHERE id = $1 AND version = $12 AND state = $13")
        .bind(booking.id).bind(version).bind(i64::from(booking.dates)).bind(booking.total.minor)
        .bind(money.map(|money| money.minor)).bind(money.map(|money| money.currency.to_string()))
        .bind(rate.rate_base).bind(rate.rate_quote).bind(rate.rate_value).bind(rate.rate_date)
        .bind(rate.rate_source).bind(booking.version).bind(state.code())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}
