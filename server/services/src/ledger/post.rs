//! Writes what has happened into the books.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;
use vayla_domain::{
    ledger::{Event, Posting},
    money::Rate,
};

use crate::db::{DbError, Tx, within};

/// What a transaction in the books is about.
#[derive(Debug, Clone)]
pub(crate) struct Entry<'a> {
    pub at: DateTime<Utc>,
    pub event: Event,
    /// The one thing that it books, as `payment:…`, `refund:…`, `fee:…`: the same has one effect.
    pub source: String,
    pub booking: Option<Uuid>,
    pub payment: Option<Uuid>,
    /// The refund that it is about, where it is about one.
    pub refund: Option<Uuid>,
    /// The rate that was used, where two currencies meet.
    pub rate: Option<&'a Rate>,
    /// The bank's day, where it is about a line of a bank's statement.
    pub booked_on: Option<NaiveDate>,
}

impl Entry<'_> {
    /// What is about no booking.
    pub(crate) const fn new(at: DateTime<Utc>, event: Event, source: String) -> Self {
        Self { at, event, source, booking: None, payment: None, refund: None, rate: None, booked_on: None }
    }

    /// The same of what the bank has booked on that day.
    pub(crate) fn on(self, booked_on: NaiveDate) -> Self {
        Self { booked_on: Some(booked_on), ..self }
    }
}

/// A clock may be so many seconds behind that of the newest entry: set back by as much, or another machine's.
const BEHIND_SECONDS: i64 = 600;

/// Writes one transaction of postings, at its moment or, by a clock that is a little behind, at that of the newest: what
/// has been reckoned up to a moment stays so. `false` when its source has been booked before, and nothing has changed.
///
/// # Errors
/// When the database can't be reached, or a posting isn't in its entity's currency.
pub(crate) async fn post_in(tx: &mut Tx, entry: &Entry<'_>, postings: &[Posting]) -> Result<bool, DbError> {
    let id = crate::new_id(entry.at);
    let new = within!(&mut *tx, c => sqlx::query(
        "INSERT INTO ledger_transaction (id, at, event, source, booking_id, payment_id, refund_id, rate_value, rate_date,
                                         rate_source, lines, booked_on)
         SELECT $1, COALESCE((SELECT MAX(at) FROM ledger_transaction WHERE at > $2 AND at <= $13), $2),
                $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
         WHERE NOT EXISTS (SELECT 1 FROM ledger_transaction WHERE source = $4)
         ON CONFLICT (source) DO NOTHING")
        .bind(id).bind(entry.at).bind(entry.event.code()).bind(&entry.source).bind(entry.booking).bind(entry.payment)
        .bind(entry.refund).bind(entry.rate.map(|rate| rate.value.to_string())).bind(entry.rate.map(|rate| rate.date))
        .bind(entry.rate.map(|rate| rate.source.as_str())).bind(i64::try_from(postings.len()).unwrap_or(i64::MAX))
        .bind(entry.booked_on).bind(entry.at + TimeDelta::seconds(BEHIND_SECONDS)).execute(c).await.map(|done| done.rows_affected()))?;
    if new == 0 {
        return Ok(false);
    }
    for (line, posting) in (1i64..).zip(postings) {
        within!(&mut *tx, c => sqlx::query(
            "INSERT INTO posting (transaction_id, line, entity, debit, credit, minor, currency, contract_minor,
                                  contract_currency)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
            .bind(id).bind(line).bind(&posting.entity).bind(posting.debit.to_string())
            .bind(posting.credit.to_string()).bind(posting.amount.minor).bind(posting.amount.currency.code())
            .bind(posting.contract.map(|money| money.minor))
            .bind(posting.contract.map(|money| money.currency.to_string()))
            .execute(c).await.map(drop))?;
    }
    Ok(true)
}
