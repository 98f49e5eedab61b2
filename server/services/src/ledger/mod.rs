//! The books: postings are added, never changed.

mod check;

pub use check::{Finding, check};

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{ledger::Posting, money::Rate};

use crate::db::{DbError, Tx, within};

/// What happened, as the books name it. A payment is booked once, and so is each of its refunds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    Payment,
    Refund,
    Surplus,
    SurplusRefund,
}

impl Event {
    const fn code(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Refund => "refund",
            Self::Surplus => "surplus",
            Self::SurplusRefund => "surplus_refund",
        }
    }
}

/// What a transaction in the books is about.
pub(crate) struct Entry<'a> {
    pub at: DateTime<Utc>,
    pub event: Event,
    pub booking: Uuid,
    pub payment: Uuid,
    /// The refund that it is about, where it is about one.
    pub refund: Option<Uuid>,
    /// The rate that was used, where two currencies meet.
    pub rate: Option<&'a Rate>,
}

/// Writes one transaction of postings.
pub(crate) async fn post_in(tx: &mut Tx, entry: &Entry<'_>, postings: &[Posting]) -> Result<(), DbError> {
    let id = crate::new_id(entry.at);
    within!(&mut *tx, c => sqlx::query(
        "INSERT INTO ledger_transaction (id, at, event, booking_id, payment_id, refund_id, rate_value, rate_date)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(id).bind(entry.at).bind(entry.event.code()).bind(entry.booking).bind(entry.payment).bind(entry.refund)
        .bind(entry.rate.map(|rate| rate.value.to_string())).bind(entry.rate.map(|rate| rate.date))
        .execute(c).await.map(drop))?;
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
    Ok(())
}
