//! What a provider has paid out that doesn't report it: staff say what has come to the bank.

use chrono::NaiveDate;
use serde::Serialize;
use vayla_domain::money::Money;

use super::{Settled, post::settle_in, settled_in};
use crate::{
    Services,
    audit::{self, Subject},
    catalogue::Municipality,
    db::{DbError, Tx, retried, within},
    invoice::{is_bank_day, is_key},
    staff::{LookError, Scope, Staff, looks},
};

/// A line of the town's bank account by which a provider has paid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidOut {
    pub provider: String,
    /// The bank's own name of it: the same one twice has one effect.
    pub key: String,
    pub booked_on: NaiveDate,
    pub amount: Money,
    /// What the provider has kept of what payers have paid.
    pub fee: Money,
}

#[derive(Debug, thiserror::Error)]
pub enum PaidOutError {
    #[error(transparent)]
    Look(#[from] LookError),
    /// It takes no money in for the town, or says itself what it has paid out.
    #[error("not a provider of the town's that doesn't report its payouts")]
    Provider,
    #[error("a key has 1 to 100 letters on one line")]
    Key,
    #[error("a bank books no line of that day")]
    Day,
    /// So much is left with the town's providers, by its books.
    #[error("no more than {} {} is to be paid out", .0.wire(), .0.currency)]
    TooMuch(Money),
    #[error("more than nothing, and in the town's currency; a fee is no less than nothing")]
    Amount,
    /// That key is another line's.
    #[error("the key is known with other figures")]
    Mismatch,
}

looks!(PaidOutError);

/// Notes that a provider has paid out, and what it has kept: both leave what is to be cleared with it.
///
/// # Errors
/// [`PaidOutError`]; then nothing has changed.
pub async fn note_paid_out(
    services: &Services,
    staff: &Staff,
    municipality: &str,
    line: &PaidOut,
) -> Result<Settled, PaidOutError> {
    staff.has(Scope::Payments).map_err(LookError::from)?;
    let catalogue = services.catalogue();
    let town = catalogue.municipality(municipality).ok_or(LookError::Unknown)?;
    staff.may_in(Scope::Payments, town).map_err(LookError::from)?;
    check(services, town, line)?;
    retried(|| try_note(services, staff, town, line)).await
}

fn check(services: &Services, town: &Municipality, line: &PaidOut) -> Result<(), PaidOutError> {
    let provider = services.providers.named(&town.code, &line.provider);
    let (amount, fee) = (line.amount, line.fee);
    match line {
        _ if provider.is_none_or(|provider| provider.reports()) => Err(PaidOutError::Provider),
        line if !is_key(&line.key) => Err(PaidOutError::Key),
        line if !is_bank_day(town, services.clock.now(), line.booked_on) => Err(PaidOutError::Day),
        _ if [amount, fee].iter().any(|money| money.currency != town.currency) => Err(PaidOutError::Amount),
        _ if !(1..=Money::MINOR_MAX).contains(&amount.minor) => Err(PaidOutError::Amount),
        _ if !(0..=Money::MINOR_MAX).contains(&fee.minor) => Err(PaidOutError::Amount),
        _ => Ok(()),
    }
}

async fn try_note(
    services: &Services,
    staff: &Staff,
    town: &Municipality,
    line: &PaidOut,
) -> Result<Settled, PaidOutError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let gross = Money::new(line.amount.minor + line.fee.minor, town.currency);
    let first = within!(&mut tx, c => sqlx::query(
        "INSERT INTO provider_settlement (provider, collector, settlement, currency, bank_reference, settled_on, asked_at,
                                          reported_at, minor, fee_minor)
         VALUES ($1, $2, $3, $4, $3, $5, $6, $6, $7, $8) ON CONFLICT DO NOTHING")
        .bind(&line.provider).bind(&town.code).bind(&line.key).bind(town.currency.code()).bind(line.booked_on)
        .bind(now).bind(gross.minor).bind(line.fee.minor).execute(c).await.map(|done| done.rows_affected()))
    .map_err(DbError::from)?;
    let known = known_in(&mut tx, town, line).await?;
    if known.amounts != Some((gross, line.fee)) || known.settled_on != line.booked_on {
        return Err(PaidOutError::Mismatch);
    }
    if first > 0 {
        let left = left_in(&mut tx, town).await?;
        if gross.minor > left.minor {
            return Err(PaidOutError::TooMuch(left));
        }
        settle_in(&mut tx, (&line.provider, &town.code, &line.key), now).await?;
        let change = Change { provider: &line.provider, key: &line.key, amount: line.amount, fee: line.fee };
        audit::note_about_in(&mut tx, now, staff.actor(), "paid_out", Subject::Town, &change).await?;
    }
    tx.commit().await?;
    Ok(known)
}

/// What the town's providers have taken in and not paid out, by its books: a slip of the pen mustn't make it less than
/// nothing.
async fn left_in(tx: &mut Tx, town: &Municipality) -> Result<Money, DbError> {
    let minor: i64 = within!(tx, c => sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(CASE WHEN debit = 'clearing' THEN minor ELSE -minor END), 0) AS BIGINT) FROM posting
         WHERE entity = $1 AND (debit = 'clearing' OR credit = 'clearing')")
        .bind(&town.code).fetch_one(c).await)?;
    Ok(Money::new(minor, town.currency))
}

#[derive(Serialize)]
struct Change<'a> {
    provider: &'a str,
    key: &'a str,
    amount: Money,
    fee: Money,
}

async fn known_in(tx: &mut Tx, town: &Municipality, line: &PaidOut) -> Result<Settled, DbError> {
    let known = settled_in(tx, (&line.provider, &town.code, &line.key)).await?;
    known.ok_or_else(|| DbError::corrupt("a payout that has gone"))
}
