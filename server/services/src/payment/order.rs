//! What a provider is asked for: one payment, or those of a series as one sum.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::money::{Currency, Money};

use super::{
    PaymentState,
    provider::{Created, Way},
};
use crate::{
    Services,
    db::{Db, DbError, Tx, on, parse, within},
};

/// What stands of it in the database. The provider knows it by our id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    pub id: Uuid,
    pub provider: String,
    /// The town whose provider takes the money in.
    pub collector: String,
    pub amount: Money,
    /// The provider's own name of it, once it has given one.
    pub reference: Option<String>,
    /// What a refund names the payment by, once there is one.
    pub paid_reference: Option<String>,
    /// The provider's page where it is paid.
    pub page: Option<String>,
    /// By which the payer's app knows it.
    pub token: Option<String>,
    pub created_at: DateTime<Utc>,
    /// When the payer's time to pay is over; `None` where nobody need ask what became of it.
    pub expires_at: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct OrderRow {
    id: Uuid,
    provider: String,
    collector: String,
    minor: i64,
    currency: String,
    reference: Option<String>,
    paid_reference: Option<String>,
    page: Option<String>,
    token: Option<String>,
    created_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
}

impl OrderRow {
    fn into_order(self) -> Result<Order, DbError> {
        let currency: Currency = parse(&self.currency)?;
        Ok(Order {
            id: self.id,
            provider: self.provider,
            collector: self.collector,
            amount: Money::new(self.minor, currency),
            reference: self.reference,
            paid_reference: self.paid_reference,
            page: self.page,
            token: self.token,
            created_at: self.created_at,
            expires_at: self.expires_at,
        })
    }
}

/// An order by its id.
///
/// # Errors
/// When the database can't be read.
pub async fn order(services: &Services, id: Uuid) -> Result<Option<Order>, DbError> {
    find(&services.db, id).await
}

pub(super) async fn find(db: &Db, id: Uuid) -> Result<Option<Order>, DbError> {
    let row: Option<OrderRow> = on!(db, c => sqlx::query_as(
        "SELECT id, provider, collector, minor, currency, reference, paid_reference, page, token, created_at, expires_at
         FROM provider_order WHERE id = $1")
        .bind(id).fetch_optional(c).await)?;
    row.map(OrderRow::into_order).transpose()
}

/// Writes it down. A payment that is asked for with others of a series adds to their order.
pub(super) async fn add_in(tx: &mut Tx, order: &Order) -> Result<(), DbError> {
    within!(tx, c => sqlx::query(
        "INSERT INTO provider_order (id, provider, collector, minor, currency, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (id) DO UPDATE SET minor = provider_order.minor + excluded.minor")
        .bind(order.id).bind(&order.provider).bind(&order.collector).bind(order.amount.minor)
        .bind(order.amount.currency.code()).bind(order.created_at).bind(order.expires_at)
        .execute(c).await.map(drop))?;
    Ok(())
}

/// The provider has it. Where a call was faster than the answer, its name is known already.
pub(super) async fn created(services: &Services, order: Uuid, created: &Created) -> Result<(), DbError> {
    let (page, token) = match &created.way {
        Way::Terminal => (None, None),
        Way::Page(page) => (Some(page), None),
        Way::App(token) => (None, Some(token)),
    };
    let mut tx = services.db.begin().await?;
    within!(&mut tx, c => sqlx::query(
        "UPDATE provider_order SET reference = $2, page = $3, token = $4 WHERE id = $1")
        .bind(order).bind(&created.reference).bind(page).bind(token).execute(c).await.map(drop))?;
    tx.commit().await
}

/// It has been paid, and refunds name it by this; the provider's name of it comes along where it wasn't known.
pub(super) async fn paid(
    services: &Services,
    order: Uuid,
    reference: &str,
    paid_reference: &str,
) -> Result<(), DbError> {
    let mut tx = services.db.begin().await?;
    within!(&mut tx, c => sqlx::query(
        "UPDATE provider_order SET reference = COALESCE(reference, $2), paid_reference = COALESCE(paid_reference, $3)
         WHERE id = $1")
        .bind(order).bind(reference).bind(paid_reference).execute(c).await.map(drop))?;
    tx.commit().await
}

/// Whether its payments still wait for what becomes of it.
pub(super) async fn is_pending(db: &Db, order: Uuid) -> Result<bool, DbError> {
    let pending: i64 = on!(db, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM payment WHERE order_id = $1 AND state = $2")
        .bind(order).bind(PaymentState::Pending.code()).fetch_one(c).await)?;
    Ok(pending > 0)
}

/// No money will come for it: its payments get this state, unless they have been paid.
pub(super) async fn close(services: &Services, order: Uuid, state: PaymentState) -> Result<(), DbError> {
    let mut tx = services.db.begin().await?;
    close_in(&mut tx, order, state, services.clock.now()).await?;
    tx.commit().await
}

pub(super) async fn close_in(
    tx: &mut Tx,
    order: Uuid,
    state: PaymentState,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    within!(tx, c => sqlx::query(
        "UPDATE payment SET state = $2, settled_at = $3 WHERE order_id = $1 AND state = $4")
        .bind(order).bind(state.code()).bind(now).bind(PaymentState::Pending.code())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// One of its payments, which stands for all: none of those that came of money for nothing.
pub(super) async fn first_payment(db: &Db, order: Uuid) -> Result<Option<Uuid>, DbError> {
    Ok(on!(db, c => sqlx::query_scalar(
        "SELECT id FROM payment WHERE order_id = $1 AND (id = $1 OR batch_id = $1) ORDER BY created_at, id LIMIT 1")
        .bind(order).fetch_optional(c).await)?)
}
