//! What customers have used is put on invoices.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;
use vayla_domain::{
    ledger::{self, Event},
    money::{Money, TaxPoint},
    time::LocalDay,
};

use super::{Invoice, InvoiceLine, Recipient, charged::charged_in, read::locked_in};
use crate::{
    Services,
    audit::{self, Subject},
    booking::{self, Booking},
    catalogue::{Catalogue, Municipality},
    customer::{self, Account},
    db::{DbError, FromDb, Tx, on, retried, within},
    ledger::{Entry, post_in},
    mail,
    numbers::{self, Series},
    staff::{LookError, Scope, Staff},
};

/// More bookings come with the next invoice.
const BOOKINGS_MAX: i64 = 200;

/// Whose use is invoiced, up to which day.
#[derive(Debug, Clone, Copy)]
pub struct Issuing<'a> {
    pub municipality: &'a str,
    /// Of one customer only.
    pub customer: Option<Uuid>,
    /// The last local day of use, itself included.
    pub through: NaiveDate,
}

/// Why nothing is invoiced.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    #[error(transparent)]
    Look(#[from] LookError),
    /// No rate of tax is known for the day of a use.
    #[error("no tax is known for {0}")]
    NoTax(NaiveDate),
}

impl FromDb for IssueError {
    fn db(&self) -> Option<&DbError> {
        match self {
            Self::Look(error) => error.db(),
            Self::NoTax(_) => None,
        }
    }
}

impl From<DbError> for IssueError {
    fn from(error: DbError) -> Self {
        Self::Look(error.into())
    }
}

/// Writes the invoices of what has been used and isn't on one yet, and sends them: a customer after the other,
/// each at once or not at all. Only what is over is invoiced, so that nothing on an invoice can be cancelled.
///
/// # Errors
/// [`IssueError`]; those written before it stand.
pub async fn issue(
    services: &Services,
    staff: &Staff,
    issuing: &Issuing<'_>,
) -> Result<Vec<Invoice>, IssueError> {
    staff.has(Scope::Invoices).map_err(LookError::from)?;
    let catalogue = services.catalogue();
    let town = catalogue.municipality(issuing.municipality).ok_or(LookError::Unknown)?;
    staff.may_in(Scope::Invoices, town).map_err(LookError::from)?;
    let end = LocalDay::new(issuing.through, town.zone).span().end().start().min(services.clock.now());
    let mut invoices = Vec::new();
    for customer in customers(services, town, issuing.customer).await? {
        invoices.extend(retried(|| try_issue(services, staff, town, customer, end)).await?);
    }
    Ok(invoices)
}

async fn customers(
    services: &Services,
    town: &Municipality,
    only: Option<Uuid>,
) -> Result<Vec<Uuid>, DbError> {
    let due: Vec<Uuid> = on!(&services.db, c => sqlx::query_scalar(
        "SELECT DISTINCT customer.id FROM customer JOIN booking ON booking.customer_id = customer.id
         LEFT JOIN use_charge ON use_charge.customer_id = customer.id AND use_charge.booking_id = booking.id
             AND use_charge.invoice_id IS NULL AND use_charge.credited_at IS NULL
         WHERE customer.municipality = $1 AND (booking.invoice_id IS NULL OR use_charge.id IS NOT NULL)
         ORDER BY customer.id")
        .bind(&town.code).fetch_all(c).await)?;
    Ok(due.into_iter().filter(|id| only.is_none_or(|only| only == *id)).collect())
}

async fn try_issue(
    services: &Services,
    staff: &Staff,
    town: &Municipality,
    customer: Uuid,
    end: DateTime<Utc>,
) -> Result<Vec<Invoice>, IssueError> {
    let (now, mut tx, catalogue) = (services.clock.now(), services.db.begin().await?, services.catalogue());
    let account = customer::locked_in(&mut tx, &catalogue, customer).await?.ok_or(LookError::Unknown)?;
    let used = used_in(&mut tx, services, customer, end).await?;
    let used = used.iter().map(|(booking, percent)| line(&catalogue, booking, *percent));
    let mut lines: Vec<InvoiceLine> = used.collect::<Result<_, _>>()?;
    lines.extend(charged_in(&mut tx, &catalogue, customer, end, BOOKINGS_MAX).await?);
    let mut invoices = Vec::new();
    for lines in by_invoice(lines, account.customer.monthly) {
        let id = insert_in(&mut tx, services, town, &account, &lines, now).await?;
        for line in &lines {
            mark_in(&mut tx, line, id).await?;
        }
        let invoice = locked_in(&mut tx, &catalogue, id).await?.ok_or_else(|| DbError::corrupt(id))?;
        post_invoice_in(&mut tx, &invoice, now).await?;
        audit::note_about_in(&mut tx, now, staff.actor(), "invoiced", Subject::Invoice(id), &invoice.gross)
            .await?;
        mail::invoice_in(&mut tx, services, &invoice).await?;
        invoices.push(invoice);
    }
    tx.commit().await?;
    Ok(invoices)
}

/// The customer's bookings that are over and on no invoice yet, with how much of each is charged: less than half
/// of the smallest coin is nothing.
async fn used_in(
    tx: &mut Tx,
    services: &Services,
    customer: Uuid,
    end: DateTime<Utc>,
) -> Result<Vec<(Booking, i64)>, DbError> {
    let rows: Vec<(Uuid, i64)> = within!(&mut *tx, c => sqlx::query_as(
        "SELECT id, charged_percent FROM booking WHERE customer_id = $1 AND invoice_id IS NULL AND end_quarter <= $2
             AND charged_percent * total_minor >= 50 AND state IN ('confirmed', 'cancelled', 'no_show')
         ORDER BY start_quarter, id LIMIT $3")
        .bind(customer).bind(end.timestamp().div_euclid(900)).bind(BOOKINGS_MAX)
        .fetch_all(c).await)?;
    let mut used = Vec::with_capacity(rows.len());
    for (id, percent) in rows {
        let booking = booking::find_in(tx, &services.catalogue(), id).await?;
        used.push((booking.ok_or_else(|| DbError::corrupt(id))?, percent));
    }
    Ok(used)
}

/// One invoice for all, or one for each booking with what its use has cost afterwards.
fn by_invoice(lines: Vec<InvoiceLine>, monthly: bool) -> Vec<Vec<InvoiceLine>> {
    let mut invoices: Vec<Vec<InvoiceLine>> = Vec::new();
    for line in lines {
        let own = |lines: &&mut Vec<InvoiceLine>| monthly || lines[0].booking == line.booking;
        match invoices.iter_mut().find(own) {
            Some(lines) => lines.push(line),
            None => invoices.push(vec![line]),
        }
    }
    invoices
}

/// What the line is for is on an invoice now.
async fn mark_in(tx: &mut Tx, line: &InvoiceLine, invoice: Uuid) -> Result<(), DbError> {
    let (marks, id) = match &line.charge {
        None => ("UPDATE booking SET invoice_id = $2 WHERE id = $1", line.booking),
        Some(charge) => ("UPDATE use_charge SET invoice_id = $2 WHERE id = $1", charge.id),
    };
    within!(tx, c => sqlx::query(marks).bind(id).bind(invoice).execute(c).await.map(drop))?;
    Ok(())
}

/// What a booking comes to: its price as agreed, with the tax of the day of use.
fn line(catalogue: &Catalogue, booking: &Booking, percent: i64) -> Result<InvoiceLine, IssueError> {
    let tax_point = booking.date();
    let tax = catalogue.vat.tax(booking.space.supply(booking.use_of), TaxPoint::Use, tax_point);
    let vat_rate = tax.ok_or(IssueError::NoTax(tax_point))?.rate;
    let gross = booking.total.percent(percent);
    let vat = vat_rate.within(gross);
    Ok(InvoiceLine {
        line: 0, // numbered when it is written
        booking: booking.id,
        reference: booking.reference.clone(),
        space: booking.space.clone(),
        span: booking.span,
        percent,
        charge: None,
        tax_point,
        net: Money::new(gross.minor - vat.minor, gross.currency),
        vat_rate,
        vat,
        gross,
    })
}

async fn insert_in(
    tx: &mut Tx,
    services: &Services,
    town: &Municipality,
    account: &Account,
    lines: &[InvoiceLine],
    now: DateTime<Utc>,
) -> Result<Uuid, DbError> {
    let (id, number) = (services.new_id(), numbers::next_in(tx, &town.code, Series::Invoice).await?);
    let sum = |of: fn(&InvoiceLine) -> i64| lines.iter().map(of).sum::<i64>();
    let due_on = (now + TimeDelta::days(account.customer.terms_days)).with_timezone(&town.zone).date_naive();
    let to = serde_json::to_string(&Recipient::of(&account.customer)).map_err(DbError::corrupt)?;
    within!(&mut *tx, c => sqlx::query(
        "INSERT INTO invoice (id, municipality, number, customer_id, customer, issued_at, due_on, currency, gross_minor,
                              vat_minor, returned_minor)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)")
        .bind(id).bind(&town.code).bind(number).bind(account.id).bind(to).bind(now).bind(due_on)
        .bind(town.currency.code()).bind(sum(|line| line.gross.minor)).bind(sum(|line| line.vat.minor))
        .execute(c).await.map(drop))?;
    insert_lines_in(tx, id, lines).await?;
    Ok(id)
}

/// Lines that have a number take back the line of that number.
pub(super) async fn insert_lines_in(
    tx: &mut Tx,
    invoice: Uuid,
    lines: &[InvoiceLine],
) -> Result<(), DbError> {
    for (number, line) in (1i64..).zip(lines) {
        within!(&mut *tx, c => sqlx::query(
            "INSERT INTO invoice_line (invoice_id, line, booking_id, space_id, start_quarter, end_quarter, percent,
                                       tax_point, net_minor, vat_rate, vat_minor, gross_minor, credits_line,
                                       use_charge_id)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)")
            .bind(invoice).bind(number).bind(line.booking).bind(line.space.id).bind(line.span.start().0)
            .bind(line.span.end().0).bind(line.percent).bind(line.tax_point).bind(line.net.minor)
            .bind(line.vat_rate.to_string()).bind(line.vat.minor).bind(line.gross.minor)
            .bind((line.line > 0).then_some(line.line)).bind(line.charge.as_ref().map(|charge| charge.id))
            .execute(c).await.map(drop))?;
    }
    Ok(())
}

/// The income is the town's when it is invoiced, and the customer owes it.
async fn post_invoice_in(tx: &mut Tx, invoice: &Invoice, now: DateTime<Utc>) -> Result<(), DbError> {
    let entry = Entry::new(now, Event::Invoice, format!("invoice:{}", invoice.id));
    post_in(tx, &entry, &ledger::claim(&invoice.municipality, invoice.gross, invoice.vat)).await.map(drop)
}
