//! Where a town's invoices are paid: what staff, a command or the demonstration have laid down.

use uuid::Uuid;
use vayla_domain::invoice::{Payee, PayeeAccount};

use crate::{
    Services,
    audit::{self, Subject},
    catalogue::Municipality,
    db::{Db, DbError, Tx, on, retried, within},
    staff::{LookError, Scope, Staff, looks},
};

/// Why it stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum PayeeError {
    #[error(transparent)]
    Look(#[from] LookError),
    /// In Sweden one pays to a bankgiro number.
    #[error("a town in Sweden takes money to a bankgiro number")]
    WantsBankgiro,
    /// Elsewhere to an account.
    #[error("the town takes money to an account: IBAN and BIC")]
    WantsIban,
}

looks!(PayeeError);

/// Where a town's invoices are paid; `None` as long as nobody has said so.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn payee(
    services: &Services,
    staff: &Staff,
    municipality: &str,
) -> Result<Option<Payee>, LookError> {
    staff.has(Scope::Invoices)?;
    let catalogue = services.catalogue();
    let town = catalogue.municipality(municipality).ok_or(LookError::Unknown)?;
    staff.may_in(Scope::Invoices, town)?;
    Ok(find(&services.db, &town.code).await?)
}

/// Lays down where invoices are paid from now on. Those that are written keep what they say.
///
/// # Errors
/// [`PayeeError`]; then nothing has changed.
pub async fn set_payee(
    services: &Services,
    staff: &Staff,
    municipality: &str,
    account: PayeeAccount,
) -> Result<Payee, PayeeError> {
    staff.has(Scope::Invoices).map_err(LookError::from)?;
    let catalogue = services.catalogue();
    let town = catalogue.municipality(municipality).ok_or(LookError::Unknown)?;
    staff.may_in(Scope::Invoices, town).map_err(LookError::from)?;
    check(town, &account)?;
    let payee = Payee { account, demo: false };
    retried(|| try_set(services, staff, town, &payee)).await?;
    Ok(payee)
}

fn check(town: &Municipality, account: &PayeeAccount) -> Result<(), PayeeError> {
    match (town.country.as_str(), account) {
        ("SE", PayeeAccount::Bankgiro { .. }) => Ok(()),
        ("SE", PayeeAccount::Iban { .. }) => Err(PayeeError::WantsBankgiro),
        (_, PayeeAccount::Iban { .. }) => Ok(()),
        (_, PayeeAccount::Bankgiro { .. }) => Err(PayeeError::WantsIban),
    }
}

async fn try_set(
    services: &Services,
    staff: &Staff,
    town: &Municipality,
    payee: &Payee,
) -> Result<(), DbError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    within!(&mut tx, c => sqlx::query(
        "INSERT INTO payee (municipality, payee) VALUES ($1, $2)
         ON CONFLICT (municipality) DO UPDATE SET payee = excluded.payee")
        .bind(&town.code).bind(write(payee)?).execute(c).await.map(drop))?;
    audit::note_about_in(&mut tx, now, staff.actor(), "payee_set", Subject::Town, &(&town.code, payee))
        .await?;
    tx.commit().await
}

/// For demonstration: where nobody has said anything yet.
pub(crate) async fn propose_payee_in(tx: &mut Tx, municipality: &str, payee: &Payee) -> Result<(), DbError> {
    within!(tx, c => sqlx::query(
        "INSERT INTO payee (municipality, payee) VALUES ($1, $2) ON CONFLICT (municipality) DO NOTHING")
        .bind(municipality).bind(write(payee)?).execute(c).await.map(drop))?;
    Ok(())
}

pub(super) async fn find(db: &Db, municipality: &str) -> Result<Option<Payee>, DbError> {
    let payee: Option<String> = on!(db, c => sqlx::query_scalar("SELECT payee FROM payee WHERE municipality = $1")
        .bind(municipality).fetch_optional(c).await)?;
    payee.as_deref().map(read).transpose()
}

/// The invoice keeps it.
pub(super) async fn keep_in(tx: &mut Tx, invoice: Uuid, payee: &Payee) -> Result<(), DbError> {
    within!(tx, c => sqlx::query("UPDATE invoice SET payee = $2 WHERE id = $1")
        .bind(invoice).bind(write(payee)?).execute(c).await.map(drop))?;
    Ok(())
}

fn write(payee: &Payee) -> Result<String, DbError> {
    serde_json::to_string(payee).map_err(DbError::corrupt)
}

pub(super) fn read(payee: &str) -> Result<Payee, DbError> {
    serde_json::from_str(payee).map_err(DbError::corrupt)
}
