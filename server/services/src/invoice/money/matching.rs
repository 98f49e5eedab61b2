//! Money that was owed to a payer pays an invoice after all.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;
use vayla_domain::{
    ledger::{self, Event},
    money::Money,
};

use super::{
    super::{Invoice, read::locked_in, write_off},
    owed::{Owed, OwedError, OwedFrom, Whence, owed_in, town_of},
    register::meant_in,
};
use crate::{
    Services,
    audit::{self, Subject},
    catalogue::Municipality,
    db::{DbError, Tx, retried, within},
    ledger::{Entry, post_in},
    staff::Staff,
};

/// What it has paid.
#[derive(Debug, Clone)]
pub struct Matched {
    /// As it stands now.
    pub invoice: Invoice,
    pub applied: Money,
    /// What of the money is still owed to the payer.
    pub left: Money,
}

/// Matches money that is owed to a payer to the invoice that staff name, by its name or its reference: it pays what
/// is open of that, as it would have when it came, and the rest is still owed. Where nothing is left of either, it
/// says what has been paid: the same twice has one effect.
///
/// # Errors
/// [`OwedError`]; then nothing has changed.
pub async fn match_to(
    services: &Services,
    staff: &Staff,
    municipality: &str,
    from: &OwedFrom,
    invoice: &str,
) -> Result<Matched, OwedError> {
    let catalogue = services.catalogue();
    let town = town_of(&catalogue, staff, municipality)?;
    retried(|| try_match(services, staff, town, from, invoice)).await
}

async fn try_match(
    services: &Services,
    staff: &Staff,
    town: &Municipality,
    from: &OwedFrom,
    invoice: &str,
) -> Result<Matched, OwedError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let (whence, owed) = owed_in(&mut tx, town, from).await?.ok_or(OwedError::NoMoney)?;
    let known = meant_in(&mut tx, services, town, invoice).await?.ok_or(OwedError::NoInvoice)?;
    let invoice = write_off::undo_in(&mut tx, services, known.clone(), now).await?;
    let applied = match applied(&owed, &invoice) {
        Ok(applied) => applied,
        Err(nothing) => {
            let paid = known_in(&mut tx, whence, invoice.id).await?.ok_or(nothing)?;
            let applied = Money::new(paid, town.currency);
            return Ok(Matched { invoice: known, applied, left: owed.left });
        }
    };
    insert_in(&mut tx, services, town, (whence, invoice.id, applied), now).await?;
    let change = Change { from: &owed.reference, applied };
    let about = Subject::Invoice(invoice.id);
    audit::note_about_in(&mut tx, now, staff.actor(), "money_matched", about, &change).await?;
    let invoice = locked_in(&mut tx, &services.catalogue(), invoice.id).await?;
    let invoice = invoice.ok_or_else(|| DbError::corrupt("an invoice that has gone"))?;
    tx.commit().await?;
    Ok(Matched { invoice, applied, left: Money::new(owed.left.minor - applied.minor, applied.currency) })
}

#[derive(Serialize)]
struct Change<'a> {
    from: &'a str,
    applied: Money,
}

fn applied(owed: &Owed, invoice: &Invoice) -> Result<Money, OwedError> {
    let applied = invoice.standing.take(owed.left).applied;
    match (owed.left.minor, applied.minor) {
        (0, _) => Err(OwedError::NothingLeft),
        (_, 0) => Err(OwedError::NothingOpen),
        _ => Ok(applied),
    }
}

/// What it has paid of the invoice already.
async fn known_in(tx: &mut Tx, whence: Whence, invoice: Uuid) -> Result<Option<i64>, DbError> {
    Ok(within!(tx, c => sqlx::query_scalar(
        "SELECT CAST(SUM(minor) AS BIGINT) FROM owed_spent
         WHERE (payment_id = $1 OR returned_id = $2) AND invoice_id = $3")
        .bind(whence.payment).bind(whence.returned).bind(invoice).fetch_one(c).await)?)
}

async fn insert_in(
    tx: &mut Tx,
    services: &Services,
    town: &Municipality,
    (whence, invoice, applied): (Whence, Uuid, Money),
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let id = services.new_id();
    within!(&mut *tx, c => sqlx::query(
        "INSERT INTO owed_spent (id, municipality, payment_id, returned_id, minor, invoice_id, spent_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(id).bind(&town.code).bind(whence.payment).bind(whence.returned).bind(applied.minor)
        .bind(invoice).bind(now).execute(c).await.map(drop))?;
    let entry = Entry::new(now, Event::ClaimPaid, format!("matched:{id}"));
    post_in(tx, &entry, &ledger::claim_matched(&town.code, applied)).await.map(drop)
}
