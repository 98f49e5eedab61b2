//! The lines of a booking's price, a set for each of its versions.

use std::sync::Arc;

use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::money::{Currency, Money, QuoteLine};

use super::{Booking, read::span};
use crate::{
    Services,
    catalogue::Space,
    db::{Db, DbError, Tx, on, parse, within},
};

/// The lines of the price in force, as quoted.
///
/// # Errors
/// When the database can't be read.
pub async fn lines(db: &Db, booking: &Booking) -> Result<Vec<QuoteLine>, DbError> {
    let rows: Vec<LineRow> = on!(db, c => sqlx::query_as(SELECT_LINES)
        .bind(booking.id).bind(booking.version).fetch_all(c).await)?;
    rows.into_iter().map(|row| row.into_line(booking.total.currency)).collect()
}

pub(crate) async fn lines_in(tx: &mut Tx, booking: &Booking) -> Result<Vec<QuoteLine>, DbError> {
    let rows: Vec<LineRow> = within!(tx, c => sqlx::query_as(SELECT_LINES)
        .bind(booking.id).bind(booking.version).fetch_all(c).await)?;
    rows.into_iter().map(|row| row.into_line(booking.total.currency)).collect()
}

/// The space and the lines of one of the booking's versions, as a receipt shows them.
///
/// # Errors
/// When the database can't be read, or there is no such version.
pub async fn lines_of(
    services: &Services,
    booking: &Booking,
    version: i64,
) -> Result<(Arc<Space>, Vec<QuoteLine>), DbError> {
    let rows: Vec<LineRow> = on!(&services.db, c => sqlx::query_as(SELECT_LINES)
        .bind(booking.id).bind(version).fetch_all(c).await)?;
    let space = rows.first().and_then(|row| services.catalogue().space(row.space_id).cloned());
    let space = space.ok_or_else(|| DbError::corrupt("a version without lines"))?;
    let lines: Result<_, _> = rows.into_iter().map(|row| row.into_line(booking.total.currency)).collect();
    Ok((space, lines?))
}

pub(super) async fn insert_in(
    tx: &mut Tx,
    booking: Uuid,
    version: i64,
    space: &Space,
    lines: &[QuoteLine],
) -> Result<(), DbError> {
    for (number, line) in (1i64..).zip(lines) {
        within!(&mut *tx, c => sqlx::query(
            "INSERT INTO booking_line (booking_id, version, line, space_id, start_quarter, end_quarter, hour_minor,
                                       net_minor, vat_rate, vat_minor, gross_minor)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
            .bind(booking).bind(version).bind(number).bind(space.id)
            .bind(line.span.start().0).bind(line.span.end().0).bind(line.hour.minor)
            .bind(line.net.minor).bind(line.vat_rate.to_string()).bind(line.vat.minor).bind(line.gross.minor)
            .execute(c).await.map(drop))?;
    }
    Ok(())
}

const SELECT_LINES: &str =
    "SELECT space_id, start_quarter, end_quarter, hour_minor, net_minor, vat_rate, vat_minor, gross_minor
    FROM booking_line WHERE booking_id = $1 AND version = $2 ORDER BY line";

#[derive(FromRow)]
struct LineRow {
    space_id: Uuid,
    start_quarter: i64,
    end_quarter: i64,
    hour_minor: i64,
    net_minor: i64,
    vat_rate: String,
    vat_minor: i64,
    gross_minor: i64,
}

impl LineRow {
    fn into_line(self, currency: Currency) -> Result<QuoteLine, DbError> {
        let money = |minor| Money::new(minor, currency);
        Ok(QuoteLine {
            span: span(self.start_quarter, self.end_quarter)?,
            hour: money(self.hour_minor),
            net: money(self.net_minor),
            vat_rate: parse(&self.vat_rate)?,
            vat: money(self.vat_minor),
            gross: money(self.gross_minor),
        })
    }
}
