//! What stands on each account at a moment.

use chrono::{DateTime, TimeDelta, Utc};
use vayla_domain::{
    ledger::{Account, Balances, ChartAccount, Posting, in_chart},
    money::Money,
};

use super::chart::chart_in;
use crate::{
    Services,
    catalogue::Municipality,
    db::{DbError, Tx, parse, within},
    staff::{Forbidden, Scope, Staff},
};

/// No transaction is open for longer than this: what is older has all been booked.
const OPEN_MINUTES: i64 = 1;
/// No engine keeps a moment finer than this.
const TICK: TimeDelta = TimeDelta::microseconds(1);

/// All accounts to which anything was posted up to and with a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialBalance {
    pub at: DateTime<Utc>,
    /// Whether it will be the same whenever it is asked for. What is just being booked may still come in otherwise.
    pub is_final: bool,
    /// By town, then account.
    pub lines: Vec<TrialLine>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialLine {
    /// The code of the town whose books these are.
    pub entity: String,
    pub account: Account,
    /// What the town's chart called it then.
    pub own: Option<ChartAccount>,
    pub debit: Money,
    pub credit: Money,
    /// Debit less credit.
    pub balance: Money,
}

#[derive(Debug, thiserror::Error)]
pub enum BalanceError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error("that moment hasn't come yet")]
    Future,
}

/// The trial balance at a moment: of all towns, or of the one that staff act for. Nothing is booked for a
/// moment that has long been, so that it is the same whenever it is asked for.
///
/// # Errors
/// [`BalanceError`].
pub async fn trial_balance(
    services: &Services,
    staff: &Staff,
    at: DateTime<Utc>,
) -> Result<TrialBalance, BalanceError> {
    staff.has(Scope::Finance)?;
    let now = services.clock.now();
    if at > now {
        return Err(BalanceError::Future);
    }
    let (catalogue, mut lines) = (services.catalogue(), Vec::new());
    let mut tx = services.db.snapshot().await?;
    let balances = balances_in(&mut tx, staff.municipality(), up_to(at)).await?;
    for town in &catalogue.municipalities {
        lines.extend(lines_in(&mut tx, town, &balances, at).await?);
    }
    Ok(TrialBalance { at, is_final: at < now - TimeDelta::minutes(OPEN_MINUTES), lines })
}

async fn lines_in(
    tx: &mut Tx,
    town: &Municipality,
    balances: &Balances,
    at: DateTime<Utc>,
) -> Result<Vec<TrialLine>, DbError> {
    let (chart, date) = (chart_in(tx, &town.code).await?, at.with_timezone(&town.zone).date_naive());
    let own = balances.lines().filter(|(entity, ..)| *entity == town.code);
    let line = own.map(|(entity, account, currency, turnover)| TrialLine {
        entity: entity.to_owned(),
        account: account.clone(),
        own: in_chart(&chart, account, date).cloned(),
        debit: Money::new(turnover.debit, currency),
        credit: Money::new(turnover.credit, currency),
        balance: Money::new(turnover.balance(), currency),
    });
    Ok(line.collect())
}

/// The first moment that isn't in it.
pub(super) fn up_to(at: DateTime<Utc>) -> DateTime<Utc> {
    at + TICK
}

/// Adds up what goes between the same two accounts, in one town's books (`$1`) or in all.
macro_rules! sums {
    ($which:literal) => {
        concat!(
            "SELECT entity, debit, credit, currency, CAST(SUM(minor) AS BIGINT) FROM posting ",
            $which,
            " (entity = $1 OR $1 IS NULL) GROUP BY entity, debit, credit, currency"
        )
    };
}

/// The balances of what was booked before a moment, in one town's books or in all. The database adds up what
/// goes between the same two accounts; the rest is a fold. Where nothing was booked since, as mostly, all postings are
/// meant, and nobody need look for when each was made.
pub(super) async fn balances_in(
    tx: &mut Tx,
    entity: Option<&str>,
    before: DateTime<Utc>,
) -> Result<Balances, DbError> {
    let since: Option<i64> = within!(&mut *tx, c => sqlx::query_scalar(
        "SELECT CAST(1 AS BIGINT) FROM ledger_transaction WHERE at >= $1 LIMIT 1")
        .bind(before).fetch_optional(c).await)?;
    let sums: Vec<(String, String, String, String, i64)> = match since {
        None => within!(tx, c => sqlx::query_as(sums!("WHERE")).bind(entity).fetch_all(c).await)?,
        Some(_) => within!(tx, c => sqlx::query_as(sums!(
            "JOIN ledger_transaction ON ledger_transaction.id = posting.transaction_id
             WHERE ledger_transaction.at < $2 AND"))
            .bind(entity).bind(before).fetch_all(c).await)?,
    };
    let mut balances = Balances::default();
    for (entity, debit, credit, currency, minor) in sums {
        let amount = Money::new(minor, parse(&currency)?);
        let (debit, credit) = (parse(&debit)?, parse(&credit)?);
        balances.add(&Posting { entity, debit, credit, amount, contract: None });
    }
    Ok(balances)
}
