//! Reads the books, a stretch at a time.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::{
    ledger::{Event, Posting},
    money::Money,
};

use crate::db::{DbError, Tx, parse, within};

/// Transactions at a time: what stands in memory while all is written out.
const STRETCH: i64 = 500;

/// A transaction as it was booked.
#[derive(Debug, Clone)]
pub(super) struct Booked {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub event: Event,
    pub source: String,
    /// The bank's day, where it is about a line of a bank's statement.
    pub booked_on: Option<NaiveDate>,
    /// The reference of the booking that it is about.
    pub booking: Option<String>,
    pub rate_value: Option<String>,
    pub rate_date: Option<NaiveDate>,
    pub rate_source: Option<String>,
    /// The hash of the bank's file that the rate came from.
    pub rate_file: Option<String>,
    pub postings: Vec<Posting>,
}

/// Where a stretch begins.
pub(super) type Place = (DateTime<Utc>, Uuid);

/// The next transactions after a place, and before a moment: in order of time. Empty when all have been read.
pub(super) async fn next_in(
    tx: &mut Tx,
    after: Place,
    before: DateTime<Utc>,
) -> Result<Vec<Booked>, DbError> {
    let rows: Vec<Row> = within!(tx, c => sqlx::query_as(
        "SELECT booked.id, booked.at, booked.event, booked.source, booked.booked_on, booking.reference,
             booked.rate_value, booked.rate_date, booked.rate_source,
             (SELECT file_hash FROM municipality CROSS JOIN fixing
              WHERE fixing.currency = municipality.currency AND fixing_date = booked.rate_date
                AND per_euro = booked.rate_value AND imported_at <= COALESCE(payment.created_at, booked.at)
              ORDER BY version DESC LIMIT 1) AS rate_file, entity, debit, credit, posting.minor, posting.currency,
             contract_minor, contract_currency
         FROM (SELECT * FROM ledger_transaction WHERE (at, id) > ($1, $2) AND at < $3 ORDER BY at, id LIMIT $4) AS booked
         JOIN posting ON posting.transaction_id = booked.id
         LEFT JOIN booking ON booking.id = booked.booking_id
         LEFT JOIN payment ON payment.id = booked.payment_id
         ORDER BY booked.at, booked.id, posting.line")
        .bind(after.0).bind(after.1).bind(before).bind(STRETCH).fetch_all(c).await)?;
    let mut stretch: Vec<Booked> = Vec::new();
    for row in rows {
        let posting = row.posting()?;
        match stretch.last_mut().filter(|last| last.id == row.id) {
            Some(last) => last.postings.push(posting),
            None => stretch.push(row.booked(posting)?),
        }
    }
    Ok(stretch)
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    at: DateTime<Utc>,
    event: String,
    source: String,
    booked_on: Option<NaiveDate>,
    reference: Option<String>,
    rate_value: Option<String>,
    rate_date: Option<NaiveDate>,
    rate_source: Option<String>,
    rate_file: Option<String>,
    entity: String,
    debit: String,
    credit: String,
    minor: i64,
    currency: String,
    contract_minor: Option<i64>,
    contract_currency: Option<String>,
}

impl Row {
    fn posting(&self) -> Result<Posting, DbError> {
        let contract = match (self.contract_minor, &self.contract_currency) {
            (Some(minor), Some(currency)) => Some(Money::new(minor, parse(currency)?)),
            _ => None,
        };
        Ok(Posting {
            entity: self.entity.clone(),
            debit: parse(&self.debit)?,
            credit: parse(&self.credit)?,
            amount: Money::new(self.minor, parse(&self.currency)?),
            contract,
        })
    }

    fn booked(self, posting: Posting) -> Result<Booked, DbError> {
        Ok(Booked {
            id: self.id,
            at: self.at,
            event: parse(&self.event)?,
            source: self.source,
            booked_on: self.booked_on,
            booking: self.reference,
            rate_value: self.rate_value,
            rate_date: self.rate_date,
            rate_source: self.rate_source,
            rate_file: self.rate_file,
            postings: vec![posting],
        })
    }
}
