//! Money with a settlement's reference pays it, in both towns' books.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;
use vayla_domain::{
    ledger::{self, Account, Event},
    money::{CreditorReference, Money},
    settlement::SettlementTaken,
};

use super::{Settlement, read::locked_in, write_off::undo_in};
use crate::{
    catalogue::{Catalogue, Municipality},
    db::{DbError, Tx, within},
    invoice::PaymentError,
    ledger::{Entry, post_in},
};

/// Money that is the payee's already.
pub(crate) struct Came<'a> {
    pub amount: Money,
    /// What the payer sent, where the bank has exchanged it.
    pub instructed: Option<Money>,
    /// Where it comes from: the bank, or what was owed to its payer until now.
    pub by: Account,
    /// What tells this payment of a settlement from all others.
    pub name: &'a str,
    /// On which day the bank has booked it, of its own line.
    pub booked_on: Option<NaiveDate>,
}

/// The settlement that a reference of money on a town's account names, which it pays as far as that is open: its id,
/// how much it pays of it, and how much of what has come does that. `None` where it names none in which this town is
/// to be paid.
pub(crate) async fn pay_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    town: &Municipality,
    reference: &str,
    came: &Came<'_>,
    now: DateTime<Utc>,
) -> Result<Option<(Uuid, SettlementTaken)>, PaymentError> {
    let reference = reference.parse::<CreditorReference>().ok().and_then(|reference| reference.base());
    let Some(number) = reference.and_then(|base| base.settlement()) else { return Ok(None) };
    let Some(settlement) = locked_in(tx, catalogue, number).await? else { return Ok(None) };
    let Some([_, payee]) = settlement.payer_and_payee() else { return Ok(None) };
    if settlement.towns[payee] != town.code {
        return Ok(None);
    }
    if came.instructed.is_some_and(|sent| !settlement.standing().is_likely(came.amount, sent)) {
        return Err(PaymentError::Instructed);
    }
    // What counts as nothing leaves written off what is.
    let counts = settlement.standing().reopened().take(came.amount, came.instructed).paid.minor > 0;
    let settlement = if counts { undo_in(tx, catalogue, settlement, now).await? } else { settlement };
    let taken = take_in(tx, &settlement, came, now).await?;
    Ok(Some((settlement.id, taken)))
}

/// It pays what is open of a locked settlement, in both towns' books: the payer's side is booked with the payee's, as
/// what was to be paid at the settlement's rate.
pub(super) async fn take_in(
    tx: &mut Tx,
    settlement: &Settlement,
    came: &Came<'_>,
    now: DateTime<Utc>,
) -> Result<SettlementTaken, DbError> {
    let taken = settlement.standing().take(came.amount, came.instructed);
    let number = settlement.number.ok_or_else(|| DbError::corrupt("a settlement without a number"))?;
    let [payer, payee] = settlement.payer_and_payee().unwrap_or([0, 1]).map(|place| &settlement.towns[place]);
    let [payers, payees] = taken.booked;
    let mut postings = ledger::settlement_paid(payer, payee, &Account::Bank, (payers, payers), true);
    postings.extend(ledger::settlement_paid(payee, payer, &came.by, (payees, taken.moved), false));
    if !postings.is_empty() {
        let source = format!("settlement_paid:{number}:{payee}:{}", came.name);
        let entry = Entry { booked_on: came.booked_on, ..Entry::new(now, Event::SettlementPaid, source) };
        post_in(tx, &entry, &postings).await?;
    }
    if taken.paid.minor > 0 {
        keep_in(tx, settlement, &taken, now).await?;
    }
    Ok(taken)
}

/// So much more of it is paid.
async fn keep_in(
    tx: &mut Tx,
    settlement: &Settlement,
    taken: &SettlementTaken,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let [payers, payees] = taken.booked.map(|money| money.minor);
    let (sign, one, other) =
        if settlement.net.minor > 0 { (1, payers, payees) } else { (-1, payees, payers) };
    let closed = settlement.paid_at.or((settlement.standing().open() == taken.paid).then_some(now));
    within!(tx, c => sqlx::query(
        "UPDATE settlement SET paid_minor = paid_minor + $2, one_paid_minor = one_paid_minor + $3,
             other_paid_minor = other_paid_minor + $4, paid_at = $5 WHERE id = $1")
        .bind(settlement.id).bind(sign * taken.paid.minor).bind(sign * one).bind(sign * other).bind(closed)
        .execute(c).await.map(drop))?;
    Ok(())
}
