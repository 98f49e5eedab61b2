//! The lines of a booking's price, a set for each of its versions.

use std::sync::Arc;

use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;
use vayla_domain::money::{Currency, Money, QuoteLine};

use super::{Booking, read::span};
use crate::{
    Services,
    catalogue::Space,
    db::{Db, DbError, Tx, on, parse, within},
};

/// So many rows of eleven columns stay below SQLite's 32,766 values a statement.
const ROWS_MAX: usize = 1000;

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

/// The lines of one of a booking's versions, to be written down.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewLines<'a> {
    pub booking: Uuid,
    pub version: i64,
    /// The space's id.
    pub space: Uuid,
    pub lines: &'a [QuoteLine],
}

impl<'a> NewLines<'a> {
    fn numbered(&self) -> impl Iterator<Item = (Self, i64, &'a QuoteLine)> {
        let new = *self;
        (1i64..).zip(new.lines).map(move |(number, line)| (new, number, line))
    }
}

/// Many in few statements.
pub(crate) async fn insert_in(tx: &mut Tx, priced: &[NewLines<'_>]) -> Result<(), DbError> {
    let lines: Vec<_> = priced.iter().flat_map(NewLines::numbered).collect();
    for lines in lines.chunks(ROWS_MAX) {
        within!(&mut *tx, c => {
            let mut rows = QueryBuilder::new(
                "INSERT INTO booking_line (booking_id, version, line, space_id, start_quarter, end_quarter, hour_minor,
                                           net_minor, vat_rate, vat_minor, gross_minor) ");
            rows.push_values(lines, |mut row, (new, number, line)| {
                row.push_bind(new.booking).push_bind(new.version).push_bind(*number).push_bind(new.space)
                    .push_bind(line.span.start().0).push_bind(line.span.end().0).push_bind(line.hour.minor)
                    .push_bind(line.net.minor).push_bind(line.vat_rate.to_string()).push_bind(line.vat.minor)
                    .push_bind(line.gross.minor);
            });
            rows.build().execute(c).await.map(drop)
        })?;
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
