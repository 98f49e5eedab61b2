//! Reads changes back, and writes new ones down.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::{
    money::{Currency, Money, QuoteLine},
    space::Buffer,
};

use super::{Booking, Change, ChangeState};
use crate::{
    Services,
    booking::{
        lines::{self, NewLines},
        row::{OtherRow, span},
    },
    catalogue::Catalogue,
    db::{DbError, Tx, on, parse, within},
    rate::RateRow,
};

/// The last change that was asked for, whatever became of it.
///
/// # Errors
/// When the database can't be read.
pub async fn latest_change(services: &Services, booking: &Booking) -> Result<Option<Change>, DbError> {
    let row: Option<ChangeRow> = on!(&services.db, c => sqlx::query_as(SELECT)
        .bind(None::<Uuid>).bind(Some(booking.id)).fetch_optional(c).await)?;
    row.map(|row| row.into_change(&services.catalogue())).transpose()
}

pub(super) async fn latest_change_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    booking: Uuid,
) -> Result<Option<Change>, DbError> {
    let row: Option<ChangeRow> = within!(tx, c => sqlx::query_as(SELECT)
        .bind(None::<Uuid>).bind(Some(booking)).fetch_optional(c).await)?;
    row.map(|row| row.into_change(catalogue)).transpose()
}

/// The change that waits for its money, also one that has run out and hasn't been swept. A later
/// change always ends the one before.
pub(crate) async fn open_change_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    booking: Uuid,
) -> Result<Option<Change>, DbError> {
    let latest = latest_change_in(tx, catalogue, booking).await?;
    Ok(latest.filter(|change| change.state == ChangeState::Open))
}

/// The change as it stands, which no sweep ends until the transaction does.
pub(crate) async fn locked_change_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    id: Uuid,
) -> Result<Change, DbError> {
    within!(&mut *tx, c => sqlx::query("UPDATE booking_change SET state = state WHERE id = $1")
        .bind(id).execute(c).await.map(drop))?;
    let row: Option<ChangeRow> = within!(tx, c => sqlx::query_as(SELECT)
        .bind(Some(id)).bind(None::<Uuid>).fetch_optional(c).await)?;
    row.ok_or_else(|| DbError::corrupt("a payment for no change"))?.into_change(catalogue)
}

/// The number of the booking's next version: those of changes that came to nothing aren't given again.
/// Moves and new prices of a series' date alike have lines of their own.
pub(crate) async fn next_version_in(tx: &mut Tx, booking: Uuid) -> Result<i64, DbError> {
    Ok(within!(tx, c => sqlx::query_scalar(
        "SELECT COALESCE(MAX(version), 1) + 1 FROM booking_line WHERE booking_id = $1")
        .bind(booking).fetch_one(c).await)?)
}

/// Writes the change and the lines of its price.
pub(super) async fn insert_in(
    tx: &mut Tx,
    change: &Change,
    price_lines: &[QuoteLine],
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let money = change.other.as_ref().map(|(money, _)| money);
    let rate = RateRow::of(change.other.as_ref().and_then(|(_, rate)| rate.as_ref()));
    within!(&mut *tx, c => sqlx::query(
        "INSERT INTO booking_change (id, booking_id, from_version, version, space_id, start_quarter, end_quarter,
            total_minor, other_minor, other_currency, rate_base, rate_quote, rate_value, rate_date, rate_source,
            pay_minor, pay_vat_minor, pay_other_minor, state, created_at, expires_at, before_quarters, after_quarters)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)")
        .bind(change.id).bind(change.booking).bind(change.from_version).bind(change.version).bind(change.space.id)
        .bind(change.span.start().0).bind(change.span.end().0).bind(change.total.minor)
        .bind(money.map(|money| money.minor)).bind(money.map(|money| money.currency.to_string()))
        .bind(rate.rate_base).bind(rate.rate_quote).bind(rate.rate_value).bind(rate.rate_date).bind(rate.rate_source)
        .bind(change.pay.minor).bind(change.pay_vat.minor).bind(change.pay_other.map(|money| money.minor))
        .bind(change.state.code()).bind(now).bind(change.expires_at).bind(change.buffer.before).bind(change.buffer.after)
        .execute(c).await.map(drop))?;
    let (booking, version, space) = (change.booking, change.version, change.space.id);
    lines::insert_in(tx, &[NewLines { booking, version, space, lines: price_lines }]).await
}

/// One by its id, or a booking's last.
const SELECT: &str = "SELECT booking_change.id, booking_id, from_version, booking_change.version,
    booking_change.space_id, booking_change.start_quarter, booking_change.end_quarter, booking.total_currency,
    booking_change.total_minor, booking_change.other_minor, booking_change.other_currency,
    booking_change.rate_base, booking_change.rate_quote, booking_change.rate_value, booking_change.rate_date,
    booking_change.rate_source, pay_minor, pay_vat_minor, pay_other_minor, booking_change.state, expires_at,
    booking_change.before_quarters, booking_change.after_quarters
    FROM booking_change JOIN booking ON booking.id = booking_change.booking_id
    WHERE booking_change.id = $1 OR booking_change.booking_id = $2
    ORDER BY booking_change.version DESC LIMIT 1";

#[derive(FromRow)]
struct ChangeRow {
    id: Uuid,
    booking_id: Uuid,
    from_version: i64,
    version: i64,
    space_id: Uuid,
    start_quarter: i64,
    end_quarter: i64,
    before_quarters: i64,
    after_quarters: i64,
    total_currency: String,
    total_minor: i64,
    pay_minor: i64,
    pay_vat_minor: i64,
    pay_other_minor: Option<i64>,
    state: String,
    expires_at: DateTime<Utc>,
    #[sqlx(flatten)]
    other: OtherRow,
}

impl ChangeRow {
    fn into_change(self, catalogue: &Catalogue) -> Result<Change, DbError> {
        let space = catalogue.space(self.space_id).ok_or_else(|| DbError::corrupt(self.space_id))?;
        let currency: Currency = parse(&self.total_currency)?;
        let other = self.other.into_other()?;
        let pay_other = other.as_ref().zip(self.pay_other_minor);
        Ok(Change {
            id: self.id,
            booking: self.booking_id,
            from_version: self.from_version,
            version: self.version,
            space: space.clone(),
            span: span(self.start_quarter, self.end_quarter)?,
            buffer: Buffer { before: self.before_quarters, after: self.after_quarters },
            total: Money::new(self.total_minor, currency),
            pay: Money::new(self.pay_minor, currency),
            pay_vat: Money::new(self.pay_vat_minor, currency),
            pay_other: pay_other.map(|((money, _), minor)| Money::new(minor, money.currency)),
            other,
            state: parse(&self.state)?,
            expires_at: self.expires_at,
        })
    }
}
