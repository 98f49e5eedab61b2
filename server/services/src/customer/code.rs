//! A customer's code is replaced, or its account closed.

use uuid::Uuid;

use super::{Account, read::locked_in};
use crate::{
    Services,
    audit::{self, Subject},
    db::{DbError, Tx, retried, within},
    mail,
    staff::{LookError, Scope, Staff},
};

/// Puts another code in place of a customer's, which stops at once; the new one goes to its mail address. An account
/// that was closed is open again.
///
/// # Errors
/// [`LookError`]; then nothing has changed.
pub async fn replace_code(services: &Services, staff: &Staff, id: Uuid) -> Result<Account, LookError> {
    retried(|| try_replace(services, staff, id)).await
}

async fn try_replace(services: &Services, staff: &Staff, id: Uuid) -> Result<Account, LookError> {
    let mut tx = services.db.begin().await?;
    let account = open_in(&mut tx, services, staff, id).await?;
    let account = Account { code: Some(services.new_id()), closed_at: None, ..account };
    write_in(&mut tx, services, staff, &account, "code_replaced").await?;
    mail::customer_code_in(&mut tx, services, &account).await?;
    tx.commit().await?;
    Ok(account)
}

/// Takes a customer's code out of use, with nothing in its place: nothing more is put on its account, and what is
/// there is invoiced as before. One that is closed stays so.
///
/// # Errors
/// [`LookError`]; then nothing has changed.
pub async fn close(services: &Services, staff: &Staff, id: Uuid) -> Result<Account, LookError> {
    retried(|| try_close(services, staff, id)).await
}

async fn try_close(services: &Services, staff: &Staff, id: Uuid) -> Result<Account, LookError> {
    let mut tx = services.db.begin().await?;
    let account = open_in(&mut tx, services, staff, id).await?;
    if account.closed_at.is_some() {
        return Ok(account);
    }
    let account = Account { code: None, closed_at: Some(services.clock.now()), ..account };
    write_in(&mut tx, services, staff, &account, "customer_closed").await?;
    mail::customer_closed_in(&mut tx, services, &account).await?;
    tx.commit().await?;
    Ok(account)
}

/// The customer, for staff who may change it.
async fn open_in(tx: &mut Tx, services: &Services, staff: &Staff, id: Uuid) -> Result<Account, LookError> {
    staff.has(Scope::Invoices)?;
    let catalogue = services.catalogue();
    let account = locked_in(tx, &catalogue, id).await?.ok_or(LookError::Unknown)?;
    staff
        .may_in(Scope::Invoices, catalogue.municipality(&account.municipality).ok_or(LookError::Unknown)?)?;
    Ok(account)
}

async fn write_in(
    tx: &mut Tx,
    services: &Services,
    staff: &Staff,
    account: &Account,
    action: &str,
) -> Result<(), DbError> {
    within!(&mut *tx, c => sqlx::query("UPDATE customer SET code_id = $2, closed_at = $3 WHERE id = $1")
        .bind(account.id).bind(account.code).bind(account.closed_at).execute(c).await.map(drop))?;
    let (now, about) = (services.clock.now(), Subject::Customer(account.id));
    audit::note_about_in(tx, now, staff.actor(), action, about, &()).await
}
