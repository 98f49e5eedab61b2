//! Staff take a customer on.

use vayla_domain::invoice::{Customer, CustomerField, CustomerFields};

use super::Account;
use crate::{
    Services,
    audit::{self, Subject},
    db::{DbError, retried, within},
    mail,
    staff::{LookError, Scope, Staff, looks},
};

/// Why there is no such customer.
#[derive(Debug, thiserror::Error)]
pub enum CustomerError {
    #[error(transparent)]
    Look(#[from] LookError),
    #[error("{} can't be that", .0.code())]
    Field(CustomerField),
}

looks!(CustomerError);

/// Takes a customer on in a town. Its code goes to its mail address.
///
/// # Errors
/// [`CustomerError`]; then there is none.
pub async fn make(
    services: &Services,
    staff: &Staff,
    municipality: &str,
    fields: CustomerFields,
) -> Result<Account, CustomerError> {
    staff.has(Scope::Invoices).map_err(LookError::from)?;
    let catalogue = services.catalogue();
    let town = catalogue.municipality(municipality).ok_or(LookError::Unknown)?;
    staff.may_in(Scope::Invoices, town).map_err(LookError::from)?;
    if fields.credit.currency != town.currency {
        return Err(CustomerError::Field(CustomerField::Credit));
    }
    let customer = Customer::parse(fields).map_err(CustomerError::Field)?;
    let id = services.new_id();
    let account = Account { id, municipality: town.code.clone(), customer, code: Some(id), closed_at: None };
    retried(|| insert(services, staff, &account)).await?;
    Ok(account)
}

async fn insert(services: &Services, staff: &Staff, account: &Account) -> Result<(), DbError> {
    let (now, mut tx, customer) = (services.clock.now(), services.db.begin().await?, &account.customer);
    within!(&mut tx, c => sqlx::query(
        "INSERT INTO customer (id, municipality, name, business_id, email, address, e_invoice, language, price_group,
                               terms_days, credit_minor, monthly, created_at, code_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)")
        .bind(account.id).bind(&account.municipality).bind(&customer.name)
        .bind(customer.business_id.as_ref().map(|id| id.as_str())).bind(&customer.email).bind(&customer.address)
        .bind(&customer.e_invoice).bind(customer.language.code()).bind(customer.price_group.code())
        .bind(customer.terms_days).bind(customer.credit.minor).bind(customer.monthly).bind(now)
        .bind(account.code)
        .execute(c).await.map(drop))?;
    let about = Subject::Customer(account.id);
    audit::note_about_in(&mut tx, now, staff.actor(), "customer_made", about, &customer.credit).await?;
    mail::customer_made_in(&mut tx, services, account).await?;
    tx.commit().await
}
