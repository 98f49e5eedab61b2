//! Money that came with a wrong reference pays a settlement after all.

use serde::Serialize;
use uuid::Uuid;
use vayla_domain::{ledger::Account, money::Money};

use super::{
    Settlement,
    money::{Came, take_in},
    read::{locked_by_id_in, payee_of},
    write_off::undo_in,
};
use crate::{
    Services,
    audit::{self, Subject},
    db::{DbError, Tx, retried, within},
    invoice::{OwedFrom, owed_in},
    staff::{LookError, Scope, Staff, looks},
};

/// Why nothing is paid by it.
#[derive(Debug, thiserror::Error)]
pub enum MatchError {
    #[error(transparent)]
    Look(#[from] LookError),
    /// No such line has come to the payee's account, or it was a customer's.
    #[error("no such money is known")]
    NoMoney,
    /// All of it is matched, or has gone back.
    #[error("nothing of it is left")]
    NothingLeft,
    #[error("nothing is open of the settlement")]
    NothingOpen,
    #[error("what was sent isn't about as much as what has come")]
    Instructed,
}

looks!(MatchError);

/// Matches money that is owed to a payer, by the payee's bank's own name of its line, to a settlement: it pays what
/// is open of that, in both towns' books, and the rest is still owed. Staff of the payee's town do it, whose account it
/// has come to, with money that no customer has sent for an invoice. Once matched it says how the settlement stands:
/// the same twice has one effect.
///
/// # Errors
/// [`MatchError`]; then nothing has changed.
pub async fn match_money(
    services: &Services,
    staff: &Staff,
    id: Uuid,
    key: &str,
    instructed: Option<Money>,
) -> Result<Settlement, MatchError> {
    staff.has(Scope::Finance).map_err(LookError::from)?;
    retried(|| try_match(services, staff, id, key, instructed)).await
}

async fn try_match(
    services: &Services,
    staff: &Staff,
    id: Uuid,
    key: &str,
    instructed: Option<Money>,
) -> Result<Settlement, MatchError> {
    let (now, catalogue, mut tx) = (services.clock.now(), services.catalogue(), services.db.begin().await?);
    let settlement = locked_by_id_in(&mut tx, &catalogue, id).await?.ok_or(LookError::Unknown)?;
    let town = payee_of(&catalogue, staff, &settlement)?.ok_or(MatchError::NothingOpen)?;
    let line = owed_in(&mut tx, town, &OwedFrom::Line(key.to_owned())).await?;
    let (whence, owed) = line.ok_or(MatchError::NoMoney)?;
    let line = whence.payment.filter(|_| owed.invoice.is_none()).ok_or(MatchError::NoMoney)?;
    let open = undo_in(&mut tx, &catalogue, settlement.clone(), now).await?;
    let standing = open.standing();
    if owed.left.minor == 0 || standing.open().minor == 0 {
        let nothing = if owed.left.minor == 0 { MatchError::NothingLeft } else { MatchError::NothingOpen };
        return if is_known_in(&mut tx, line, id).await? { Ok(settlement) } else { Err(nothing) };
    }
    if instructed.is_some_and(|sent| sent.minor < 1 || !standing.is_likely(owed.left, sent)) {
        return Err(MatchError::Instructed);
    }
    let spent = services.new_id();
    let name = spent.to_string();
    let came =
        Came { amount: owed.left, instructed, by: Account::OwedToPayers, name: &name, booked_on: None };
    let taken = take_in(&mut tx, &open, &came, now).await?;
    if taken.moved.minor == 0 {
        return Err(MatchError::NothingOpen);
    }
    within!(&mut tx, c => sqlx::query(
        "INSERT INTO owed_spent (id, municipality, payment_id, minor, settlement_id, settled_minor, spent_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(spent).bind(&town.code).bind(line).bind(taken.moved.minor).bind(id).bind(taken.paid.minor).bind(now)
        .execute(c).await.map(drop))
    .map_err(DbError::from)?;
    let change = Change { key, applied: taken.moved };
    let about = Subject::Settlement(id);
    audit::note_about_in(&mut tx, now, staff.actor(), "money_matched", about, &change).await?;
    let settlement = locked_by_id_in(&mut tx, &catalogue, id).await?;
    tx.commit().await?;
    Ok(settlement.ok_or_else(|| DbError::corrupt("a settlement that has gone"))?)
}

#[derive(Serialize)]
struct Change<'a> {
    key: &'a str,
    applied: Money,
}

/// Whether that line has paid some of it already.
async fn is_known_in(tx: &mut Tx, line: Uuid, settlement: Uuid) -> Result<bool, DbError> {
    let known: i64 = within!(tx, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM owed_spent WHERE payment_id = $1 AND settlement_id = $2")
        .bind(line).bind(settlement).fetch_one(c).await)?;
    Ok(known > 0)
}
