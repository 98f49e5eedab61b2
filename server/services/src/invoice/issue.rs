//! What customers have used is put on invoices.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;
use vayla_domain::{
    ledger::{self, Event},
    money::{Money, TaxPoint},
    time::LocalDay,
};

use super::{Invoice, InvoiceLine, Recipient, read::locked_in};
use crate::{
    Services,
    audit::{self, Subject},
    booking::{self, Booking},
    catalogue::{Catalogue, Municipality},
    customer::{self, Account},
    db::{DbError, FromDb, Tx, on, retried, within},
    grant,
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
         WHERE customer.municipality = $1 AND booking.invoice_id IS NULL ORDER BY customer.id")
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
    let single: Vec<Vec<(Booking, i64)>> = match account.customer.monthly {
        true => vec![used],
        false => used.into_iter().map(|booking| vec![booking]).collect(),
    };
    let mut invoices = Vec::new();
    for bookings in single.into_iter().filter(|bookings| !bookings.is_empty()) {
        let lines = bookings.iter().map(|(booking, percent)| line(&catalogue, booking, *percent));
        let mut lines: Vec<InvoiceLine> = lines.collect::<Result<_, _>>()?;
        for line in &mut lines {
            (line.granted, line.granted_vat) =
                grant::left_of_in(&mut tx, line.booking, town.currency).await?;
        }
        let id = insert_in(&mut tx, services, town, &account, &lines, now).await?;
        for (booking, _) in &bookings {
            within!(&mut tx, c => sqlx::query("UPDATE booking SET invoice_id = $2 WHERE id = $1")
                .bind(booking.id).bind(id).execute(c).await.map(drop))
            .map_err(DbError::from)?;
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
        "SELECT id, charged_percent FROM booking LEFT JOIN granted ON granted.booking_id = booking.id
         WHERE customer_id = $1 AND invoice_id IS NULL AND end_quarter <= $2
             AND charged_percent * total_minor >= 50 + 100 * COALESCE(granted.gross_minor, 0)
             AND state IN ('confirmed', 'cancelled')
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
        tax_point,
        net: Money::new(gross.minor - vat.minor, gross.currency),
        vat_rate,
        vat,
        gross,
        granted: Money::new(0, gross.currency),
        granted_vat: Money::new(0, gross.currency),
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
        .bind(town.currency.code()).bind(sum(|line| line.owed().0.minor)).bind(sum(|line| line.owed().1.minor))
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
                                       tax_point, net_minor, vat_rate, vat_minor, gross_minor, credits_line, granted_minor,
                                       granted_vat_minor)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)")
            .bind(invoice).bind(number).bind(line.booking).bind(line.space.id).bind(line.span.start().0)
            .bind(line.span.end().0).bind(line.percent).bind(line.tax_point).bind(line.net.minor)
            .bind(line.vat_rate.to_string()).bind(line.vat.minor).bind(line.gross.minor)
            .bind((line.line > 0).then_some(line.line)).bind(line.granted.minor).bind(line.granted_vat.minor)
            .execute(c).await.map(drop))?;
    }
    Ok(())
}

/// The income is the town's when it is invoiced, and the customer owes it.
async fn post_invoice_in(tx: &mut Tx, invoice: &Invoice, now: DateTime<Utc>) -> Result<(), DbError> {
    let entry = Entry::new(now, Event::Invoice, format!("invoice:{}", invoice.id));
    post_in(tx, &entry, &ledger::claim(&invoice.municipality, invoice.gross, invoice.vat)).await.map(drop)
}
