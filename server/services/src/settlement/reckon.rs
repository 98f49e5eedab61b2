//! Finds what is owed, and sums it up.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;
use vayla_domain::{
    ledger::{self, Dues, Settled, SettlementFacts},
    money::{Money, Rate},
    settlement::Month,
};

use super::{DrawError, SettlementTerms};
use crate::{
    catalogue::Municipality,
    db::{DbError, Tx, within},
    rate::RateRow,
};

/// What is being booked as the month ends is in it: no transaction of ours takes so long.
const GRACE: TimeDelta = TimeDelta::minutes(10);

/// From when on a settlement may be drawn up.
pub(super) fn over_from(cut_off: DateTime<Utc>) -> DateTime<Utc> {
    cut_off + GRACE
}

/// A settlement that is being drawn up.
pub(super) struct Reckoning<'a> {
    pub id: Uuid,
    pub towns: [&'a Municipality; 2],
    pub month: Month,
    pub cut_off: DateTime<Utc>,
    pub terms: SettlementTerms,
    pub rate: Option<Rate>,
    pub now: DateTime<Utc>,
}

impl Reckoning<'_> {
    /// Writes the settlement down with a line for all that is owed and in none before it; says how many. One
    /// statement finds them: what is booked meanwhile is wholly among them or not at all.
    pub(super) async fn lay_lines_in(&self, tx: &mut Tx) -> Result<i64, DbError> {
        self.insert_in(tx).await?;
        let [one, other] = self.towns.map(|town| town.code.as_str());
        let lines = within!(tx, c => sqlx::query(
            "INSERT INTO settlement_line (settlement_id, line, transaction_id, debtor, creditor, booked_minor,
                                          contract_minor)
             SELECT $1, ROW_NUMBER() OVER (ORDER BY owed.at, owed.id, owed.debtor), owed.id, owed.debtor, owed.creditor,
                 owed.booked_minor, owed.contract_minor
             FROM (SELECT booked.id, booked.at, due.debtor, due.creditor,
                       CAST(SUM(due.sign * due.minor) AS BIGINT) AS booked_minor,
                       CAST(SUM(due.sign * due.contract_minor) AS BIGINT) AS contract_minor
                   FROM (SELECT transaction_id, entity AS debtor, CASE WHEN entity = $2 THEN $3 ELSE $2 END AS creditor,
                             CASE WHEN credit = $5 OR credit = $6 THEN 1 ELSE -1 END AS sign, minor, contract_minor
                         FROM posting WHERE (entity = $2 AND (debit = $5 OR credit = $5))
                             OR (entity = $3 AND (debit = $6 OR credit = $6))) AS due
                   JOIN ledger_transaction AS booked ON booked.id = due.transaction_id
                   WHERE booked.at < $4 AND booked.event <> 'settlement' AND NOT EXISTS (
                       SELECT 1 FROM settlement_line AS settled WHERE settled.transaction_id = booked.id
                           AND settled.debtor = due.debtor AND settled.creditor = due.creditor)
                   GROUP BY booked.id, booked.at, due.debtor, due.creditor) AS owed")
            .bind(self.id).bind(one).bind(other).bind(self.cut_off)
            .bind(format!("due_to:{other}")).bind(format!("due_to:{one}"))
            .execute(c).await.map(|done| done.rows_affected()))?;
        i64::try_from(lines).map_err(DbError::corrupt)
    }

    /// With the next number, and nothing in it yet.
    async fn insert_in(&self, tx: &mut Tx) -> Result<(), DbError> {
        let rate = RateRow::of(self.rate.as_ref());
        within!(tx, c => sqlx::query(
            "INSERT INTO settlement (id, number, one, other, through, cut_off, drawn_at, bearer, rate_base, rate_quote,
                                     rate_value, rate_date, rate_source, lines, one_booked_minor, one_contract_minor,
                                     other_booked_minor, other_contract_minor, currency, net_minor, one_minor, other_minor,
                                     one_gain_minor, other_gain_minor, paid_minor, one_paid_minor, other_paid_minor,
                                     paid_at)
             SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 0, 0, 0, 0, $13,
                 0, 0, 0, 0, 0, 0, 0, 0, $6 FROM settlement")
            .bind(self.id).bind(&self.towns[0].code).bind(&self.towns[1].code).bind(self.month.last_day())
            .bind(self.cut_off).bind(self.now).bind(self.terms.bearer.code()).bind(rate.rate_base).bind(rate.rate_quote)
            .bind(rate.rate_value).bind(rate.rate_date).bind(rate.rate_source).bind(self.terms.currency.code())
            .execute(c).await.map(drop))?;
        Ok(())
    }

    /// Nets what the lines come to. Where nothing is left, there is nothing to pay.
    pub(super) async fn sum_up_in(&self, tx: &mut Tx, lines: i64) -> Result<(), DrawError> {
        let facts = SettlementFacts {
            towns: self.towns.map(|town| town.code.clone()),
            dues: self.dues_in(tx).await?,
            currency: self.terms.currency,
            rate: self.rate.clone(),
            bearer: self.terms.bearer,
        };
        let Settled { net, booked, gains } = ledger::settled(&facts)?;
        let [one, other] = facts.dues;
        within!(tx, c => sqlx::query(
            "UPDATE settlement SET lines = $2, one_booked_minor = $3, one_contract_minor = $4, other_booked_minor = $5,
                 other_contract_minor = $6, net_minor = $7, one_minor = $8, other_minor = $9, one_gain_minor = $10,
                 other_gain_minor = $11, paid_at = $12 WHERE id = $1")
            .bind(self.id).bind(lines).bind(one.booked.minor).bind(one.contract.minor).bind(other.booked.minor)
            .bind(other.contract.minor).bind(net.minor).bind(booked[0].minor).bind(booked[1].minor)
            .bind(gains[0].minor).bind(gains[1].minor).bind((net.minor == 0).then_some(self.now))
            .execute(c).await.map(drop))
        .map_err(DbError::from)?;
        Ok(())
    }

    /// What the first owes the second, and the other way.
    async fn dues_in(&self, tx: &mut Tx) -> Result<[Dues; 2], DbError> {
        let sums: Vec<(String, i64, i64)> = within!(tx, c => sqlx::query_as(
            "SELECT debtor, CAST(SUM(booked_minor) AS BIGINT), CAST(SUM(contract_minor) AS BIGINT)
             FROM settlement_line WHERE settlement_id = $1 GROUP BY debtor").bind(self.id).fetch_all(c).await)?;
        let [one, other] = self.towns;
        let owed = |debtor: &Municipality, creditor: &Municipality| {
            let found = sums.iter().find(|(code, ..)| *code == debtor.code);
            let (booked, contract) = found.map_or((0, 0), |(_, booked, contract)| (*booked, *contract));
            Dues {
                booked: Money::new(booked, debtor.currency),
                contract: Money::new(contract, creditor.currency),
            }
        };
        Ok([owed(one, other), owed(other, one)])
    }
}
