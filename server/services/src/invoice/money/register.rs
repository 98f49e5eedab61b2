//! A line of the statement is taken in.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;
use vayla_domain::{
    booking::BookingReference,
    ledger::{self, Account, Event, PaymentFacts},
    money::{CreditorReference, Money, OcrLevel, ReferenceBase, ReferenceForm},
    settlement::SettlementTaken,
};

use super::{
    super::{
        Invoice,
        read::{locked_in, numbered_in},
        slip::form,
        write_off,
    },
    BankLine, BankPayment, PaymentError, REFERENCE_MAX, is_bank_day, is_key, is_line,
    owed::town_of,
    read::known_in,
};
use crate::{
    Services,
    audit::{self, Subject},
    catalogue::Municipality,
    db::{DbError, Tx, retried, within},
    ledger::{Entry, post_in},
    settlement::{self, Came},
    staff::Staff,
};

/// Takes a line of the town's bank account in: it pays the invoice that its reference names, or the settlement with
/// another town, as far as that is open. The rest is owed to the payer, as is all of it where nobody knows what it
/// is for.
///
/// # Errors
/// [`PaymentError`]; then nothing has changed.
pub async fn register(
    services: &Services,
    staff: &Staff,
    municipality: &str,
    line: &BankLine,
) -> Result<BankPayment, PaymentError> {
    let catalogue = services.catalogue();
    let town = town_of(&catalogue, staff, municipality)?;
    check(town, line, services.clock.now())?;
    retried(|| try_register(services, staff, town, line)).await
}

fn check(town: &Municipality, line: &BankLine, now: DateTime<Utc>) -> Result<(), PaymentError> {
    match line {
        line if !is_key(&line.key) => Err(PaymentError::Key),
        line if !is_line(&line.reference, REFERENCE_MAX) => Err(PaymentError::Reference),
        line if line.amount.currency != town.currency => Err(PaymentError::Amount),
        line if !(1..=Money::MINOR_MAX).contains(&line.amount.minor) => Err(PaymentError::Amount),
        line if line.instructed.is_some_and(|sent| !(1..=Money::MINOR_MAX).contains(&sent.minor)) => {
            Err(PaymentError::Instructed)
        }
        line if !is_bank_day(town, now, line.booked_on) => Err(PaymentError::Day),
        _ => Ok(()),
    }
}

async fn try_register(
    services: &Services,
    staff: &Staff,
    town: &Municipality,
    line: &BankLine,
) -> Result<BankPayment, PaymentError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    if let Some(known) = known_in(&mut tx, town, &line.key).await? {
        let same = known.amount == line.amount
            && known.reference == line.reference
            && known.booked_on == line.booked_on;
        return if same { Ok(known) } else { Err(PaymentError::Mismatch) };
    }
    let (invoice, settled) = match named_in(&mut tx, services, town, &line.reference).await? {
        Some(invoice) => (Some(write_off::undo_in(&mut tx, services, invoice, now).await?), None),
        None => (None, settle_in(&mut tx, services, town, line, now).await?),
    };
    let applied = match (&invoice, &settled) {
        (Some(invoice), _) => invoice.standing.take(line.amount).applied,
        (None, Some((_, settled))) => settled.moved,
        (None, None) => Money::new(0, line.amount.currency),
    };
    let payment = BankPayment {
        key: line.key.clone(),
        booked_on: line.booked_on,
        amount: line.amount,
        reference: line.reference.clone(),
        invoice: invoice.map(|invoice| invoice.id),
        settlement: settled.map(|(settlement, _)| settlement),
        applied,
    };
    let of_net = settled.map_or(0, |(_, settled)| settled.paid.minor);
    insert_in(&mut tx, services, town, &payment, of_net, now).await?;
    post_money_in(&mut tx, town, &payment, now).await?;
    let (action, subject) = match (payment.invoice, payment.settlement) {
        (None, Some(settlement)) => ("settlement_paid", Subject::Settlement(settlement)),
        (invoice, _) => ("invoice_paid", invoice.map_or(Subject::Town, Subject::Invoice)),
    };
    let change = Change { key: &line.key, amount: line.amount, applied };
    audit::note_about_in(&mut tx, now, staff.actor(), action, subject, &change).await?;
    tx.commit().await?;
    Ok(payment)
}

/// The settlement with another town that it pays, if its reference names one.
async fn settle_in(
    tx: &mut Tx,
    services: &Services,
    town: &Municipality,
    line: &BankLine,
    now: DateTime<Utc>,
) -> Result<Option<(Uuid, SettlementTaken)>, PaymentError> {
    let came = Came {
        amount: line.amount,
        instructed: line.instructed,
        by: Account::Bank,
        name: &line.key,
        booked_on: Some(line.booked_on),
    };
    settlement::pay_in(tx, &services.catalogue(), town, &line.reference, &came, now).await
}

#[derive(Serialize)]
struct Change<'a> {
    key: &'a str,
    amount: Money,
    applied: Money,
}

/// The town's invoice that staff mean: by its own name, by its reference in any form, or by that of a booking which
/// stands on it.
pub(super) async fn meant_in(
    tx: &mut Tx,
    services: &Services,
    town: &Municipality,
    written: &str,
) -> Result<Option<Invoice>, DbError> {
    if let Some(meant) = named_in(tx, services, town, written).await? {
        return Ok(Some(meant));
    }
    let id = match own_number(town, written) {
        Some(number) => numbered_in(tx, &town.code, number).await?,
        None => of_booking_in(tx, town, written).await?,
    };
    let Some(id) = id else { return Ok(None) };
    locked_in(tx, &services.catalogue(), id).await
}

/// The town's invoice on which the booking stands that is called so.
async fn of_booking_in(tx: &mut Tx, town: &Municipality, written: &str) -> Result<Option<Uuid>, DbError> {
    let Ok(reference) = written.parse::<BookingReference>() else { return Ok(None) };
    Ok(within!(tx, c => sqlx::query_scalar(
        "SELECT invoice.id FROM booking JOIN invoice ON invoice.id = booking.invoice_id
         WHERE booking.reference = $1 AND invoice.municipality = $2")
        .bind(reference.as_str()).bind(&town.code).fetch_optional(c).await)?)
}

/// The town's invoice that a payer meant, if any. Each is read in the form that it was printed in, whatever the
/// town has agreed on with its bank since.
async fn named_in(
    tx: &mut Tx,
    services: &Services,
    town: &Municipality,
    written: &str,
) -> Result<Option<Invoice>, DbError> {
    for number in numbers(town, written) {
        let Some(id) = numbered_in(tx, &town.code, number).await? else { continue };
        let invoice = locked_in(tx, &services.catalogue(), id).await?;
        let meant = invoice.filter(|invoice| is_meant(town, invoice, written));
        if meant.is_some() {
            return Ok(meant);
        }
    }
    Ok(None)
}

/// What a payer may have written, where banks let anything pass: the invoice's own name.
fn is_meant(town: &Municipality, invoice: &Invoice, written: &str) -> bool {
    let form = form(town, invoice);
    let named =
        form == ReferenceForm::Ocr(OcrLevel::Soft) && written.trim().eq_ignore_ascii_case(&invoice.name());
    named || form.read(written) == Some(invoice.base())
}

/// The numbers of invoices that it may mean, in any form.
fn numbers(town: &Municipality, written: &str) -> Vec<u32> {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    // One control digit behind it, or two.
    let own = (1..=2).filter_map(|control| digits.get(..digits.len().checked_sub(control)?)?.parse().ok());
    let creditor = written.parse::<CreditorReference>().ok().and_then(|reference| reference.base());
    let bases = creditor.into_iter().chain(own);
    bases.filter_map(|base: ReferenceBase| base.invoice()).chain(own_number(town, written)).collect()
}

/// 12 of `TORNIO-F12`.
fn own_number(town: &Municipality, written: &str) -> Option<u32> {
    let named = written.trim().to_ascii_uppercase();
    named.strip_prefix(&format!("{}-F", town.code.to_ascii_uppercase()))?.parse().ok()
}

async fn insert_in(
    tx: &mut Tx,
    services: &Services,
    town: &Municipality,
    payment: &BankPayment,
    settled_minor: i64,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    within!(tx, c => sqlx::query(
        "INSERT INTO bank_payment (id, municipality, bank_key, booked_on, currency, minor, reference, invoice_id,
                                   applied_minor, registered_at, settlement_id, settled_minor)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
        .bind(services.new_id()).bind(&town.code).bind(&payment.key).bind(payment.booked_on)
        .bind(payment.amount.currency.code()).bind(payment.amount.minor).bind(&payment.reference)
        .bind(payment.invoice).bind(payment.applied.minor).bind(now).bind(payment.settlement).bind(settled_minor)
        .execute(c).await.map(drop))?;
    Ok(())
}

async fn post_money_in(
    tx: &mut Tx,
    town: &Municipality,
    payment: &BankPayment,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let applied = payment.applied;
    let surplus = Money::new(payment.amount.minor - applied.minor, applied.currency);
    let source = |what: &str| format!("{what}:{}:{}", town.code, payment.key);
    if payment.invoice.is_some() && applied.minor > 0 {
        let vat = Money::new(0, applied.currency);
        let (owner, collector) = (town.code.clone(), town.code.clone());
        let facts = PaymentFacts { owner, collector, gross: applied, vat, paid: applied };
        let entry = Entry::new(now, Event::ClaimPaid, source("bank")).on(payment.booked_on);
        post_in(tx, &entry, &ledger::claim_paid(&facts, &Account::Bank)).await?;
    }
    if surplus.minor > 0 {
        let entry = Entry::new(now, Event::Surplus, source("bank_surplus")).on(payment.booked_on);
        post_in(tx, &entry, &ledger::unclaimed(&town.code, surplus)).await?;
    }
    Ok(())
}
