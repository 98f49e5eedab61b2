//! Credit notes: an invoice is taken back, or some of its lines.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{
    Reason,
    ledger::{self, Event},
    money::Money,
};

use super::{
    Invoice, InvoiceLine,
    read::{locked_in, open_in},
    write::insert_lines_in,
    write_off::undo_in,
};
use crate::{
    Services,
    audit::{self, Actor, Subject},
    booking, charge,
    db::{DbError, Tx, retried, within},
    grant,
    ledger::{Entry, post_in},
    mail,
    numbers::{self, Series},
    staff::{LookError, Staff, looks},
};

/// Why nothing is taken back.
#[derive(Debug, thiserror::Error)]
pub enum CreditError {
    #[error(transparent)]
    Look(#[from] LookError),
    /// A credit note isn't credited.
    #[error("it is a credit note")]
    IsCredit,
    /// Of those lines, or of all, nothing is left that hasn't been taken back.
    #[error("nothing is left to take back")]
    NothingLeft,
    #[error("the invoice has no line {0}, or it has been taken back")]
    Line(i64),
}

looks!(CreditError);

/// Takes an invoice back, or those of its lines that are named; none named: all that are left. The credit note
/// has its own number and the stored tax; what had been paid of it is owed to the payer, and what a grant pays of it goes
/// back to the grant.
///
/// # Errors
/// [`CreditError`]; then nothing has changed.
pub async fn credit(
    services: &Services,
    staff: &Staff,
    invoice: Uuid,
    lines: &[i64],
    reason: &Reason,
) -> Result<Invoice, CreditError> {
    retried(|| try_credit(services, staff, invoice, lines, reason)).await
}

async fn try_credit(
    services: &Services,
    staff: &Staff,
    id: Uuid,
    wanted: &[i64],
    reason: &Reason,
) -> Result<Invoice, CreditError> {
    let mut tx = services.db.begin().await?;
    lock_bookings_in(&mut tx, id).await?;
    let invoice = open_in(&mut tx, services, staff, id).await?;
    let note = credit_in(&mut tx, services, staff.actor(), &invoice, wanted, reason).await?;
    tx.commit().await?;
    Ok(note)
}

/// Whoever locks a booking and an invoice locks the booking first.
async fn lock_bookings_in(tx: &mut Tx, invoice: Uuid) -> Result<(), DbError> {
    let ids: Vec<Uuid> = within!(&mut *tx, c => sqlx::query_scalar(
        "SELECT booking_id FROM invoice_line WHERE invoice_id = $1").bind(invoice).fetch_all(c).await)?;
    booking::lock_in(tx, &BTreeSet::from_iter(ids)).await
}

/// Takes the line back that is for what a use has cost afterwards, for a caller who tells the booker.
///
/// # Errors
/// [`CreditError`]; then the caller rolls back.
pub(crate) async fn credit_charge_in(
    tx: &mut Tx,
    services: &Services,
    actor: Actor,
    invoice: Uuid,
    charge: Uuid,
    reason: &Reason,
) -> Result<(), CreditError> {
    let invoice = locked_in(tx, &services.catalogue(), invoice).await?.ok_or(LookError::Unknown)?;
    let is_its = |line: &&InvoiceLine| line.charge.as_ref().is_some_and(|known| known.id == charge);
    let line = invoice.lines.iter().find(is_its).map(|line| line.line).ok_or(CreditError::NothingLeft)?;
    credit_in(tx, services, actor, &invoice, &[line], reason).await.map(drop)
}

async fn credit_in(
    tx: &mut Tx,
    services: &Services,
    actor: Actor,
    invoice: &Invoice,
    wanted: &[i64],
    reason: &Reason,
) -> Result<Invoice, CreditError> {
    let (now, id) = (services.clock.now(), invoice.id);
    if invoice.credits.is_some() {
        return Err(CreditError::IsCredit);
    }
    let lines = left_in(tx, invoice, wanted).await?;
    let invoice = &undo_in(tx, services, invoice.clone(), now).await?;
    let note = insert_in(tx, services, invoice, &lines, reason, now).await?;
    for line in &lines {
        match &line.charge {
            Some(charge) => charge::credited_in(tx, charge.id, reason, now).await?,
            None => {
                let booking = booking::find_in(tx, &services.catalogue(), line.booking).await?;
                let booking = booking.ok_or_else(|| DbError::corrupt(line.booking))?;
                grant::credited_in(tx, &booking, line.granted, now).await?;
            }
        }
    }
    let note = locked_in(tx, &services.catalogue(), note).await?.ok_or_else(|| DbError::corrupt(note))?;
    post_credit_in(tx, invoice, &note, now).await?;
    audit::note_about_in(tx, now, actor, "credited", Subject::Invoice(id), &(note.gross, reason)).await?;
    mail::invoice_in(tx, services, &note).await?;
    Ok(note)
}

/// The lines that are taken back: a line of an invoice is credited once.
async fn left_in(tx: &mut Tx, invoice: &Invoice, wanted: &[i64]) -> Result<Vec<InvoiceLine>, CreditError> {
    let gone: Vec<i64> = within!(tx, c => sqlx::query_scalar(
        "SELECT credits_line FROM invoice_line JOIN invoice ON invoice.id = invoice_line.invoice_id
         WHERE invoice.credits = $1")
        .bind(invoice.id).fetch_all(c).await)
    .map_err(DbError::from)?;
    let left = |line: &&InvoiceLine| !gone.contains(&line.line);
    if let Some(missing) =
        wanted.iter().find(|&&line| !invoice.lines.iter().filter(left).any(|own| own.line == line))
    {
        return Err(CreditError::Line(*missing));
    }
    let lines = invoice.lines.iter().filter(left);
    let lines: Vec<InvoiceLine> =
        lines.filter(|line| wanted.is_empty() || wanted.contains(&line.line)).cloned().collect();
    if lines.is_empty() { Err(CreditError::NothingLeft) } else { Ok(lines) }
}

async fn insert_in(
    tx: &mut Tx,
    services: &Services,
    invoice: &Invoice,
    lines: &[InvoiceLine],
    reason: &Reason,
    now: DateTime<Utc>,
) -> Result<Uuid, DbError> {
    let id = services.new_id();
    let number = numbers::next_in(tx, &invoice.municipality, Series::Invoice).await?;
    let sum = |of: fn(&InvoiceLine) -> i64| lines.iter().map(of).sum::<i64>();
    let gross = Money::new(sum(|line| line.owed().0.minor), invoice.gross.currency);
    let to = serde_json::to_string(&invoice.to).map_err(DbError::corrupt)?;
    within!(&mut *tx, c => sqlx::query(
        "INSERT INTO invoice (id, municipality, number, customer_id, customer, credits, reason_sv, reason_fi, issued_at,
                              due_on, currency, gross_minor, vat_minor, returned_minor)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)")
        .bind(id).bind(&invoice.municipality).bind(number).bind(invoice.customer).bind(to).bind(invoice.id)
        .bind(&reason.texts().sv).bind(&reason.texts().fi).bind(now).bind(invoice.due_on)
        .bind(invoice.gross.currency.code()).bind(gross.minor).bind(sum(|line| line.owed().1.minor))
        .bind(invoice.standing.credit(gross).minor)
        .execute(c).await.map(drop))?;
    insert_lines_in(tx, id, lines).await?;
    Ok(id)
}

/// Income and tax go back; what had been paid is no longer the invoice's.
async fn post_credit_in(
    tx: &mut Tx,
    invoice: &Invoice,
    note: &Invoice,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let entry = Entry::new(now, Event::CreditNote, format!("credit_note:{}", note.id));
    let mut postings = ledger::claim_returned(&note.municipality, note.gross, note.vat);
    let returned = invoice.standing.credit(note.gross);
    postings.extend(ledger::claim_overpaid(&note.municipality, returned));
    post_in(tx, &entry, &postings).await.map(drop)
}
