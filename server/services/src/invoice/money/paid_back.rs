//! Money that was owed to a payer has gone back to them: the town has sent it by its bank.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use uuid::Uuid;
use vayla_domain::{
    ledger::{self, Event},
    money::Money,
};

use super::{
    is_bank_day, is_key,
    owed::{Owed, OwedError, OwedFrom, Whence, owed_in, town_of},
};
use crate::{
    Services,
    audit::{self, Subject},
    catalogue::Municipality,
    db::{DbError, Tx, retried, within},
    ledger::{Entry, post_in},
    staff::Staff,
};

/// The line of the statement by which it has gone.
#[derive(Debug, Clone)]
pub struct SentBack {
    /// The bank's own name of it: the same one twice has one effect.
    pub key: String,
    pub booked_on: NaiveDate,
    pub amount: Money,
}

/// Notes that the town has sent money back that it owed to a payer, or a part of it. What is owed now.
///
/// # Errors
/// [`OwedError`]; then nothing has changed.
pub async fn paid_back(
    services: &Services,
    staff: &Staff,
    municipality: &str,
    from: &OwedFrom,
    sent: &SentBack,
) -> Result<Owed, OwedError> {
    let catalogue = services.catalogue();
    let town = town_of(&catalogue, staff, municipality)?;
    if !is_key(&sent.key) {
        return Err(OwedError::Key);
    }
    if !is_bank_day(town, services.clock.now(), sent.booked_on) {
        return Err(OwedError::Day);
    }
    retried(|| try_pay_back(services, staff, town, from, sent)).await
}

async fn try_pay_back(
    services: &Services,
    staff: &Staff,
    town: &Municipality,
    from: &OwedFrom,
    sent: &SentBack,
) -> Result<Owed, OwedError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let (whence, owed) = owed_in(&mut tx, town, from).await?.ok_or(OwedError::NoMoney)?;
    if let Some(known) = known_in(&mut tx, town, &sent.key).await? {
        return if known.is(whence, sent) { Ok(owed) } else { Err(OwedError::Mismatch) };
    }
    match owed.left.minor {
        0 => return Err(OwedError::NothingLeft),
        left if sent.amount.currency == town.currency && (1..=left).contains(&sent.amount.minor) => {}
        _ => return Err(OwedError::Amount(owed.left)),
    }
    insert_in(&mut tx, services, town, (whence, sent), now).await?;
    let settled = owed.settlement.map_or(Subject::Town, Subject::Settlement);
    let about = owed.invoice.map_or(settled, Subject::Invoice);
    let change = Change { from: &owed.reference, key: &sent.key, amount: sent.amount };
    audit::note_about_in(&mut tx, now, staff.actor(), "money_paid_back", about, &change).await?;
    tx.commit().await?;
    let left = Money::new(owed.left.minor - sent.amount.minor, owed.left.currency);
    Ok(Owed { left, ..owed })
}

#[derive(Serialize)]
struct Change<'a> {
    from: &'a str,
    key: &'a str,
    amount: Money,
}

/// What has gone back under a key.
#[derive(sqlx::FromRow)]
struct Known {
    payment_id: Option<Uuid>,
    returned_id: Option<Uuid>,
    minor: i64,
    booked_on: NaiveDate,
}

impl Known {
    fn is(&self, whence: Whence, sent: &SentBack) -> bool {
        (self.payment_id, self.returned_id) == (whence.payment, whence.returned)
            && (self.minor, self.booked_on) == (sent.amount.minor, sent.booked_on)
    }
}

async fn known_in(tx: &mut Tx, town: &Municipality, key: &str) -> Result<Option<Known>, DbError> {
    Ok(within!(tx, c => sqlx::query_as(
        "SELECT payment_id, returned_id, minor, booked_on FROM owed_spent WHERE municipality = $1 AND bank_key = $2")
        .bind(&town.code).bind(key).fetch_optional(c).await)?)
}

async fn insert_in(
    tx: &mut Tx,
    services: &Services,
    town: &Municipality,
    (whence, sent): (Whence, &SentBack),
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    within!(&mut *tx, c => sqlx::query(
        "INSERT INTO owed_spent (id, municipality, payment_id, returned_id, minor, bank_key, booked_on, spent_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(services.new_id()).bind(&town.code).bind(whence.payment).bind(whence.returned).bind(sent.amount.minor)
        .bind(&sent.key).bind(sent.booked_on).bind(now).execute(c).await.map(drop))?;
    let source = format!("bank_back:{}:{}", town.code, sent.key);
    let entry = Entry::new(now, Event::SurplusRefund, source).on(sent.booked_on);
    post_in(tx, &entry, &ledger::unclaimed_returned(&town.code, sent.amount)).await.map(drop)
}
