//! What customers have used is put on invoices.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;
use vayla_domain::{invoice::Payee, time::LocalDay};

use super::{
    Invoice, InvoiceLine,
    charged::charged_in,
    payee,
    read::locked_in,
    used::{BOOKINGS_MAX, line, used_in},
    write::{insert_in, post_in},
};
use crate::{
    Services,
    audit::{self, Subject},
    catalogue::Municipality,
    customer,
    db::{DbError, FromDb, Tx, on, retried, within},
    grant, mail,
    staff::{LookError, Scope, Staff},
};

/// Whose use is invoiced, up to which day.
#[derive(Debug, Clone, Copy)]
pub struct Issuing<'a> {
    pub municipality: &'a str,
    /// Of one customer only.
    pub customer: Option<Uuid>,
    /// The last local day of use, itself included.
    pub through: NaiveDate,
}

/// What has become of it.
#[derive(Debug)]
pub struct Issued {
    pub written: Vec<Invoice>,
    pub failed: Vec<NotIssued>,
}

/// A customer of whose use nothing has been invoiced; the next run tries it again.
#[derive(Debug)]
pub struct NotIssued {
    pub customer: Uuid,
    pub name: String,
    pub why: IssueError,
}

/// Why nothing is invoiced.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    #[error(transparent)]
    Look(#[from] LookError),
    /// No rate of tax is known for the day of a use.
    #[error("no tax is known for {0}")]
    NoTax(NaiveDate),
    /// Nobody has said where the town's invoices are paid.
    #[error("nobody has said where invoices of {0} are paid: `vayla invoice payee {0}` does")]
    NoPayee(String),
    /// The numbers have outgrown the length that the town has agreed on with its bank.
    #[error("the invoice's number is too long for the agreed length of an OCR number")]
    NoRoom,
}

impl FromDb for IssueError {
    fn db(&self) -> Option<&DbError> {
        match self {
            Self::Look(error) => error.db(),
            Self::NoTax(_) | Self::NoPayee(_) | Self::NoRoom => None,
        }
    }
}

impl IssueError {
    /// Whether it lies with the one customer, and others may have theirs.
    fn is_the_customers(&self) -> bool {
        match self {
            Self::NoTax(_) => true,
            Self::Look(LookError::Db(error)) => !error.is_outage(),
            Self::Look(_) | Self::NoPayee(_) | Self::NoRoom => false,
        }
    }
}

impl From<DbError> for IssueError {
    fn from(error: DbError) -> Self {
        Self::Look(error.into())
    }
}

/// Writes the invoices of what has been used and isn't on one yet, and sends them: a customer after the other,
/// each at once or not at all; whose can't be written keeps nobody else from theirs. Only what is over is invoiced, so
/// that nothing on an invoice can be cancelled.
///
/// # Errors
/// [`IssueError`] where nobody's can be written; those written before it stand.
pub async fn issue(services: &Services, staff: &Staff, issuing: &Issuing<'_>) -> Result<Issued, IssueError> {
    staff.has(Scope::Invoices).map_err(LookError::from)?;
    let catalogue = services.catalogue();
    let town = catalogue.municipality(issuing.municipality).ok_or(LookError::Unknown)?;
    staff.may_in(Scope::Invoices, town).map_err(LookError::from)?;
    let payee = payee::find(&services.db, &town.code).await?;
    let payee = payee.ok_or_else(|| IssueError::NoPayee(town.code.clone()))?;
    if let Some(customer) = issuing.customer {
        let known = customer::find(services, customer).await?;
        known.filter(|known| known.municipality == town.code).ok_or(LookError::Unknown)?;
    }
    let end = LocalDay::new(issuing.through, town.zone).span().end().start().min(services.clock.now());
    let mut issued = Issued { written: Vec::new(), failed: Vec::new() };
    for (customer, name) in customers(services, town, issuing.customer).await? {
        match retried(|| try_issue(services, staff, (town, &payee), customer, end)).await {
            Ok(invoices) => issued.written.extend(invoices),
            Err(why) if why.is_the_customers() => {
                tracing::error!(%customer, %why, "a customer's use can't be invoiced");
                issued.failed.push(NotIssued { customer, name, why });
            }
            Err(error) => return Err(error),
        }
    }
    Ok(issued)
}

async fn customers(
    services: &Services,
    town: &Municipality,
    only: Option<Uuid>,
) -> Result<Vec<(Uuid, String)>, DbError> {
    let due: Vec<(Uuid, String)> = on!(&services.db, c => sqlx::query_as(
        "SELECT DISTINCT customer.id, customer.name FROM customer JOIN booking ON booking.customer_id = customer.id
         LEFT JOIN use_charge ON use_charge.customer_id = customer.id AND use_charge.booking_id = booking.id
             AND use_charge.invoice_id IS NULL AND use_charge.credited_at IS NULL
         WHERE customer.municipality = $1 AND (booking.invoice_id IS NULL OR use_charge.id IS NOT NULL)
         ORDER BY customer.id")
        .bind(&town.code).fetch_all(c).await)?;
    Ok(due.into_iter().filter(|(id, _)| only.is_none_or(|only| only == *id)).collect())
}

async fn try_issue(
    services: &Services,
    staff: &Staff,
    (town, payee): (&Municipality, &Payee),
    customer: Uuid,
    end: DateTime<Utc>,
) -> Result<Vec<Invoice>, IssueError> {
    let (now, mut tx, catalogue) = (services.clock.now(), services.db.begin().await?, services.catalogue());
    let account = customer::locked_in(&mut tx, &catalogue, customer).await?.ok_or(LookError::Unknown)?;
    let used = used_in(&mut tx, services, customer, end).await?;
    let mut lines = Vec::with_capacity(used.len());
    for (booking, charged) in &used {
        let line = line(&catalogue, booking, *charged)?;
        let whole = (line.gross, line.vat);
        let (granted, granted_vat) = grant::tax_of_use_in(&mut tx, booking, whole, now).await?;
        lines.push(InvoiceLine { granted, granted_vat, ..line });
    }
    lines.extend(charged_in(&mut tx, &catalogue, customer, end, BOOKINGS_MAX).await?);
    let mut invoices = Vec::new();
    for lines in by_invoice(lines, account.customer.monthly) {
        let id = insert_in(&mut tx, services, town, &account, &lines, now).await?;
        for line in &lines {
            mark_in(&mut tx, line, id).await?;
        }
        payee::keep_in(&mut tx, id, payee).await?;
        let invoice = locked_in(&mut tx, &catalogue, id).await?.ok_or_else(|| DbError::corrupt(id))?;
        if !payee.account.form().has_room(&invoice.base()) {
            return Err(IssueError::NoRoom);
        }
        post_in(&mut tx, &invoice, now).await?;
        audit::note_about_in(&mut tx, now, staff.actor(), "invoiced", Subject::Invoice(id), &invoice.gross)
            .await?;
        mail::invoice_in(&mut tx, services, &invoice).await?;
        invoices.push(invoice);
    }
    tx.commit().await?;
    Ok(invoices)
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
