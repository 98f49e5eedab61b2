//! Money with a settlement's reference pays it, in both towns' books.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{
    ledger::{self, Event},
    money::CreditorReference,
    settlement::SettlementTaken,
};

use super::{Settlement, read::locked_in};
use crate::{
    catalogue::{Catalogue, Municipality},
    db::{DbError, Tx, within},
    invoice::{BankLine, PaymentError},
    ledger::{Entry, post_in},
};

/// The settlement that the reference of money on a town's account names, which it pays as far as that is open: its id, how much it pays of
/// it, and how much of what has come does that. `None` where it names none in which this town is to be paid.
///
/// The payer's side is booked with the payee's, as what was to be paid at the settlement's rate.
pub(crate) async fn pay_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    town: &Municipality,
    line: &BankLine,
    now: DateTime<Utc>,
) -> Result<Option<(Uuid, SettlementTaken)>, PaymentError> {
    let reference = line.reference.parse::<CreditorReference>().ok().and_then(|reference| reference.base());
    let Some(number) = reference.and_then(|base| base.settlement()) else { return Ok(None) };
    let Some(settlement) = locked_in(tx, catalogue, number).await? else { return Ok(None) };
    let Some([payer, payee]) = settlement.payer_and_payee() else { return Ok(None) };
    if settlement.towns[payee] != town.code {
        return Ok(None);
    }
    let standing = settlement.standing();
    if line.instructed.is_some_and(|sent| !standing.is_likely(line.amount, sent)) {
        return Err(PaymentError::Instructed);
    }
    let taken = standing.take(line.amount, line.instructed);
    let [payer, payee] = [&settlement.towns[payer], &settlement.towns[payee]];
    let [payers, payees] = taken.booked;
    let mut postings = ledger::settlement_paid(payer, payee, payers, payers, true);
    postings.extend(ledger::settlement_paid(payee, payer, payees, taken.moved, false));
    if !postings.is_empty() {
        let source = format!("settlement_paid:{number}:{payee}:{}", line.key);
        let entry = Entry::new(now, Event::SettlementPaid, source).on(line.booked_on);
        post_in(tx, &entry, &postings).await?;
    }
    keep_in(tx, &settlement, &taken, now).await?;
    Ok(Some((settlement.id, taken)))
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
