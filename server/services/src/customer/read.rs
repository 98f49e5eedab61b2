//! Reads customers back.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::{
    invoice::{BusinessId, Customer},
    money::{Currency, Money},
};

use super::Account;
use crate::{
    Services,
    catalogue::Catalogue,
    db::{DbError, Tx, on, parse, within},
    staff::{LookError, Scope, Staff},
};

/// More than any town has.
const LISTED_MAX: i64 = 1000;

/// Customers' rows; which of them is said behind it.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT id, municipality, name, business_id, email, address, e_invoice, language, price_group, terms_days,
            credit_minor, monthly, code_id, closed_at FROM customer ",
            $which
        )
    };
}

/// # Errors
/// When the database can't be read.
pub async fn find(services: &Services, id: Uuid) -> Result<Option<Account>, DbError> {
    let row: Option<CustomerRow> =
        on!(&services.db, c => sqlx::query_as(select!("WHERE id = $1")).bind(id).fetch_optional(c).await)?;
    row.map(|row| row.into_account(&services.catalogue())).transpose()
}

/// The customer, which nobody else books on until the transaction ends.
pub(crate) async fn locked_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    id: Uuid,
) -> Result<Option<Account>, DbError> {
    within!(&mut *tx, c => sqlx::query("UPDATE customer SET terms_days = terms_days WHERE id = $1")
        .bind(id).execute(c).await.map(drop))?;
    let row: Option<CustomerRow> =
        within!(tx, c => sqlx::query_as(select!("WHERE id = $1")).bind(id).fetch_optional(c).await)?;
    row.map(|row| row.into_account(catalogue)).transpose()
}

/// The same by what its code is signed for; `None` where that isn't its code any more.
pub(crate) async fn locked_by_code_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    code: Uuid,
) -> Result<Option<Account>, DbError> {
    within!(&mut *tx, c => sqlx::query("UPDATE customer SET terms_days = terms_days WHERE code_id = $1")
        .bind(code).execute(c).await.map(drop))?;
    let row: Option<CustomerRow> =
        within!(tx, c => sqlx::query_as(select!("WHERE code_id = $1")).bind(code).fetch_optional(c).await)?;
    row.map(|row| row.into_account(catalogue)).transpose()
}

/// A town's customers by name.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn list(services: &Services, staff: &Staff, municipality: &str) -> Result<Vec<Account>, LookError> {
    staff.has(Scope::Invoices)?;
    let catalogue = services.catalogue();
    let town = catalogue.municipality(municipality).ok_or(LookError::Unknown)?;
    staff.may_in(Scope::Invoices, town)?;
    let rows: Vec<CustomerRow> = on!(&services.db, c => sqlx::query_as(select!(
        "WHERE municipality = $1 ORDER BY name, id LIMIT $2"))
        .bind(&town.code).bind(LISTED_MAX).fetch_all(c).await)
    .map_err(DbError::from)?;
    rows.into_iter().map(|row| Ok(row.into_account(&catalogue)?)).collect()
}

#[derive(FromRow)]
struct CustomerRow {
    id: Uuid,
    municipality: String,
    name: String,
    business_id: Option<String>,
    email: String,
    address: Option<String>,
    e_invoice: Option<String>,
    language: String,
    price_group: String,
    terms_days: i64,
    credit_minor: i64,
    monthly: bool,
    code_id: Option<Uuid>,
    closed_at: Option<DateTime<Utc>>,
}

impl CustomerRow {
    fn into_account(self, catalogue: &Catalogue) -> Result<Account, DbError> {
        let business_id = self.business_id.as_deref().map(BusinessId::parse).transpose();
        Ok(Account {
            id: self.id,
            customer: Customer {
                name: self.name,
                business_id: business_id.map_err(DbError::corrupt)?,
                email: self.email,
                address: self.address,
                e_invoice: self.e_invoice,
                language: parse(&self.language)?,
                price_group: parse(&self.price_group)?,
                terms_days: self.terms_days,
                credit: Money::new(self.credit_minor, currency(catalogue, &self.municipality)?),
                monthly: self.monthly,
            },
            municipality: self.municipality,
            code: self.code_id,
            closed_at: self.closed_at,
        })
    }
}

fn currency(catalogue: &Catalogue, municipality: &str) -> Result<Currency, DbError> {
    let town = catalogue.municipality(municipality).ok_or_else(|| DbError::corrupt(municipality))?;
    Ok(town.currency)
}
