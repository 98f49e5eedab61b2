//! What a settlement is made of, line by line.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use vayla_domain::{
    ledger::{Dues, Event, Worth},
    money::{Currency, Money},
};

use super::Settlement;
use crate::{
    Batch,
    db::{DbError, Tx, parse, within},
};

/// Something that became owed, or went back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettlementLine {
    /// From 1 on, in order of time.
    pub line: i64,
    pub at: DateTime<Utc>,
    /// What happened: a payment, a refund, a grant …
    pub event: Event,
    /// The reference of the booking that it is about.
    pub booking: Option<String>,
    /// The code of the town that owes it.
    pub debtor: String,
    pub creditor: String,
    /// What was collected, and what was agreed; less than nothing where it went back.
    pub dues: Dues,
    /// The rate between the two, and the day of its fixing.
    pub rate: Option<(String, NaiveDate)>,
    pub worth: Worth,
}

#[derive(FromRow)]
struct LineRow {
    line: i64,
    at: DateTime<Utc>,
    event: String,
    reference: Option<String>,
    debtor: String,
    creditor: String,
    booked_minor: i64,
    contract_minor: i64,
    rate_value: Option<String>,
    rate_date: Option<NaiveDate>,
}

/// So many lines after a number.
pub(super) async fn lines_in(
    tx: &mut Tx,
    settlement: &Settlement,
    after: i64,
    limit: usize,
) -> Result<Batch<SettlementLine>, DbError> {
    let rows: Vec<LineRow> = within!(tx, c => sqlx::query_as(
        "SELECT line, booked.at, booked.event, booking.reference, debtor, creditor, booked_minor, contract_minor,
             booked.rate_value, booked.rate_date
         FROM settlement_line JOIN ledger_transaction AS booked ON booked.id = settlement_line.transaction_id
         LEFT JOIN booking ON booking.id = booked.booking_id
         WHERE settlement_id = $1 AND line > $2 ORDER BY line LIMIT $3")
        .bind(settlement.id).bind(after).bind(Batch::<LineRow>::to_look_for(limit)).fetch_all(c).await)?;
    let lines: Result<Vec<_>, DbError> = rows.into_iter().map(|row| row.into_line(settlement)).collect();
    Ok(Batch::of(lines?, limit))
}

impl LineRow {
    fn into_line(self, settlement: &Settlement) -> Result<SettlementLine, DbError> {
        let own =
            |code: &str| -> Currency { settlement.booked[usize::from(code == settlement.towns[1])].currency };
        let dues = Dues {
            booked: Money::new(self.booked_minor, own(&self.debtor)),
            contract: Money::new(self.contract_minor, own(&self.creditor)),
        };
        Ok(SettlementLine {
            worth: settlement.facts().worth(dues).map_err(DbError::corrupt)?,
            line: self.line,
            at: self.at,
            event: parse(&self.event)?,
            booking: self.reference,
            debtor: self.debtor,
            creditor: self.creditor,
            dues,
            rate: self.rate_value.zip(self.rate_date),
        })
    }
}
