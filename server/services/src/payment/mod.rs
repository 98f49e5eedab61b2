//! Payments: asked for, made, given back.

mod batch;
mod charge;
mod free;
mod refund;
mod sandbox;
mod start;

pub use batch::{amount_asked, confirm_free_series, start_series};
pub use charge::{Charge, ChargeError, charge, fail};
pub use free::{FreeError, confirm_free};
pub use sandbox::{LATE_SECONDS, Outcome, UnknownOutcome, play};
pub use start::{StartError, start};

pub(crate) use refund::{refund_all_in, refund_cancelled_in};
pub(crate) use sandbox::LateCharge;

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::money::Money;

use crate::{
    Services,
    db::{Db, DbError, Tx, on, within},
};

/// The built-in terminal.
pub const SANDBOX: &str = "sandbox";

/// Where a payment is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentState {
    Pending,
    Paid,
    Failed,
}

impl PaymentState {
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Paid => "paid",
            Self::Failed => "failed",
        }
    }
}

/// A payment and what has come of it.
#[derive(Debug, Clone)]
pub struct Payment {
    pub id: Uuid,
    pub booking: Uuid,
    /// Asked for together with others, which are made with it: those of a series.
    pub batch: Option<Uuid>,
    pub provider: String,
    pub state: PaymentState,
    /// Paid, but for nothing: it goes back.
    pub surplus: bool,
    pub amount: Money,
    pub collector: String,
    pub return_url: String,
    pub settled_at: Option<DateTime<Utc>>,
    pub refund: Option<Refund>,
}

/// Money given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    pub amount: Money,
    /// `cancelled`, `too_late`, `paid_twice` or `unwanted` (paid after it was cancelled).
    pub reason: String,
    pub at: DateTime<Utc>,
}

/// A payment by its id.
///
/// # Errors
/// When the database can't be read.
pub async fn find(services: &Services, id: Uuid) -> Result<Option<Payment>, DbError> {
    let row: Option<PaymentRow> = on!(&services.db, c => sqlx::query_as(SELECT)
        .bind(Some(id)).bind(None::<Uuid>).bind(None::<Uuid>).fetch_optional(c).await)?;
    row.map(TryInto::try_into).transpose()
}

/// All payments of a booking, oldest first.
///
/// # Errors
/// When the database can't be read.
pub async fn of_booking(db: &Db, booking: Uuid) -> Result<Vec<Payment>, DbError> {
    let rows: Vec<PaymentRow> = on!(db, c => sqlx::query_as(SELECT)
        .bind(None::<Uuid>).bind(Some(booking)).bind(None::<Uuid>).fetch_all(c).await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The payment that a booking is paid with; `None` for one that isn't, or is free.
///
/// # Errors
/// When the database can't be read.
pub async fn paid_for(db: &Db, booking: Uuid) -> Result<Option<Payment>, DbError> {
    Ok(of_booking(db, booking).await?.into_iter().find(Payment::pays))
}

async fn paid_for_in(tx: &mut Tx, booking: Uuid) -> Result<Option<Payment>, DbError> {
    let rows: Vec<PaymentRow> = within!(tx, c => sqlx::query_as(SELECT)
        .bind(None::<Uuid>).bind(Some(booking)).bind(None::<Uuid>).fetch_all(c).await)?;
    let payments: Vec<Payment> = rows.into_iter().map(TryInto::try_into).collect::<Result<_, _>>()?;
    Ok(payments.into_iter().find(Payment::pays))
}

impl Payment {
    /// Whether it is what its booking is paid with.
    #[must_use]
    pub fn pays(&self) -> bool {
        self.state == PaymentState::Paid && !self.surplus
    }
}

/// By payment, by booking or by batch.
const SELECT: &str =
    "SELECT payment.id, booking_id, batch_id, provider, state, surplus, payment.minor, currency, collector,
    return_url, settled_at, refund.minor AS refund_minor, refund.reason AS refund_reason,
    refund.created_at AS refund_at
    FROM payment LEFT JOIN refund ON refund.payment_id = payment.id
    WHERE payment.id = $1 OR booking_id = $2 OR batch_id = $3 ORDER BY payment.created_at, payment.id";

#[derive(FromRow)]
struct PaymentRow {
    id: Uuid,
    booking_id: Uuid,
    batch_id: Option<Uuid>,
    provider: String,
    state: String,
    surplus: bool,
    minor: i64,
    currency: String,
    collector: String,
    return_url: String,
    settled_at: Option<DateTime<Utc>>,
    refund_minor: Option<i64>,
    refund_reason: Option<String>,
    refund_at: Option<DateTime<Utc>>,
}

impl TryFrom<PaymentRow> for Payment {
    type Error = DbError;

    fn try_from(row: PaymentRow) -> Result<Self, DbError> {
        let currency = row.currency.parse().map_err(DbError::corrupt)?;
        let refund = row.refund_minor.zip(row.refund_reason).zip(row.refund_at);
        Ok(Self {
            id: row.id,
            booking: row.booking_id,
            batch: row.batch_id,
            provider: row.provider,
            state: match row.state.as_str() {
                "pending" => PaymentState::Pending,
                "paid" => PaymentState::Paid,
                "failed" => PaymentState::Failed,
                other => return Err(DbError::corrupt(other)),
            },
            surplus: row.surplus,
            amount: Money::new(row.minor, currency),
            collector: row.collector,
            return_url: row.return_url,
            settled_at: row.settled_at,
            refund: refund.map(|((minor, reason), at)| Refund {
                amount: Money::new(minor, currency),
                reason,
                at,
            }),
        })
    }
}
