//! The lines of a booking's price, a set for each of its versions.

use std::sync::Arc;

use chrono::NaiveDate;
use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;
use vayla_domain::money::{Currency, Money, QuoteLine, Tax};

use super::{Booking, row::span};
use crate::{
    Services,
    catalogue::Space,
    db::{Db, DbError, Tx, on, parse, within},
};

/// So many rows of fourteen columns stay below SQLite's 32,766 values a statement.
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
    lines_of_in(tx, booking, booking.version).await
}

/// Those of one of its versions.
pub(crate) async fn lines_of_in(
    tx: &mut Tx,
    booking: &Booking,
    version: i64,
) -> Result<Vec<QuoteLine>, DbError> {
    let rows: Vec<LineRow> = within!(tx, c => sqlx::query_as(SELECT_LINES)
        .bind(booking.id).bind(version).fetch_all(c).await)?;
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
    let basis = |line: &QuoteLine| serde_json::to_string(&line.basis).map_err(DbError::corrupt);
    let lines = priced.iter().flat_map(NewLines::numbered).map(|new| Ok((new, basis(new.2)?)));
    let lines: Vec<_> = lines.collect::<Result<_, DbError>>()?;
    for lines in lines.chunks(ROWS_MAX) {
        within!(&mut *tx, c => {
            let mut rows = QueryBuilder::new(
                "INSERT INTO booking_line (booking_id, version, line, space_id, start_quarter, end_quarter, basis,
                                           net_minor, vat_rate, vat_minor, gross_minor, tax_since, tax_point,
                                           tax_date) ");
            rows.push_values(lines, |mut row, ((new, number, line), basis)| {
                row.push_bind(new.booking).push_bind(new.version).push_bind(*number).push_bind(new.space)
                    .push_bind(line.span.start().0).push_bind(line.span.end().0).push_bind(basis.as_str())
                    .push_bind(line.net.minor).push_bind(line.vat_rate.to_string()).push_bind(line.vat.minor)
                    .push_bind(line.gross.minor).push_bind(line.tax.map(|tax| tax.since))
                    .push_bind(line.tax.map(|tax| tax.point.code())).push_bind(line.tax.map(|tax| tax.on));
            });
            rows.build().execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

const SELECT_LINES: &str =
    "SELECT space_id, start_quarter, end_quarter, basis, net_minor, vat_rate, vat_minor, gross_minor, tax_since, tax_point,
        tax_date
    FROM booking_line WHERE booking_id = $1 AND version = $2 ORDER BY line";

#[derive(FromRow)]
struct LineRow {
    space_id: Uuid,
    start_quarter: i64,
    end_quarter: i64,
    basis: String,
    net_minor: i64,
    vat_rate: String,
    vat_minor: i64,
    gross_minor: i64,
    tax_since: Option<NaiveDate>,
    tax_point: Option<String>,
    tax_date: Option<NaiveDate>,
}

impl LineRow {
    fn into_line(self, currency: Currency) -> Result<QuoteLine, DbError> {
        let money = |minor| Money::new(minor, currency);
        let (rate, point) = (parse(&self.vat_rate)?, self.tax_point.as_deref().map(parse).transpose()?);
        let tax = self.tax_since.zip(point).zip(self.tax_date);
        Ok(QuoteLine {
            span: span(self.start_quarter, self.end_quarter)?,
            basis: serde_json::from_str(&self.basis).map_err(DbError::corrupt)?,
            net: money(self.net_minor),
            vat_rate: rate,
            vat: money(self.vat_minor),
            gross: money(self.gross_minor),
            tax: tax.map(|((since, point), on)| Tax { rate, since, point, on }),
        })
    }
}
