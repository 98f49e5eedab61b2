//! Money that is owed to payers: nobody knows what it is for, it was too much, or what it paid was taken back.

use chrono::NaiveDate;
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::money::Money;

use super::{super::name, is_key};
use crate::{
    Services,
    catalogue::Municipality,
    db::{DbError, Tx, on, within},
    staff::{LookError, Scope, Staff, looks},
};

const LISTED_MAX: i64 = 1000;

/// Whence it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwedFrom {
    /// A line of the bank's statement, by the bank's own name of it.
    Line(String),
    /// An invoice of which what had been paid was taken back.
    Invoice(Uuid),
}

/// Money that is owed to a payer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    pub from: OwedFrom,
    /// The bank's day, of a line.
    pub booked_on: Option<NaiveDate>,
    /// What the payer has written, or the invoice's name.
    pub reference: String,
    /// The invoice that it was for, or the settlement with another town; neither while nobody knows.
    pub invoice: Option<Uuid>,
    pub settlement: Option<Uuid>,
    /// How much it was.
    pub amount: Money,
    /// What of it is still owed.
    pub left: Money,
}

/// Why nothing becomes of it.
#[derive(Debug, thiserror::Error)]
pub enum OwedError {
    #[error(transparent)]
    Look(#[from] LookError),
    #[error("no such money is known")]
    NoMoney,
    /// All of it is matched, or has gone back.
    #[error("nothing of it is left")]
    NothingLeft,
    #[error("the town has no such invoice")]
    NoInvoice,
    #[error("nothing is open of the invoice")]
    NothingOpen,
    #[error("a key has 1 to {} letters on one line", super::KEY_MAX)]
    Key,
    #[error("a bank books no line of that day")]
    Day,
    /// More than nothing, and in the town's currency: not more than so much.
    #[error("{} {} can go back", .0.wire(), .0.currency)]
    Amount(Money),
    /// That key is another line's.
    #[error("the key is known with other figures")]
    Mismatch,
}

looks!(OwedError);

/// The town, where staff may act on its money.
pub(super) fn town_of<'a>(
    catalogue: &'a crate::catalogue::Catalogue,
    staff: &Staff,
    municipality: &str,
) -> Result<&'a Municipality, LookError> {
    staff.has(Scope::Invoices)?;
    let town = catalogue.municipality(municipality).ok_or(LookError::Unknown)?;
    staff.may_in(Scope::Invoices, town)?;
    Ok(town)
}

/// What is owed; which of it is said behind it.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT payment_id, returned_id, bank_key, booked_on, reference, invoice_id, settlement_id, number, minor, left_minor
             FROM owed_money ",
            $which
        )
    };
}

/// What a town owes to those who have paid its invoices, or something that nobody knows: lines of the statement
/// first, the oldest before the others. No more than 1,000 at a time: what is dealt with makes room.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn owed(services: &Services, staff: &Staff, municipality: &str) -> Result<Vec<Owed>, LookError> {
    let catalogue = services.catalogue();
    let town = town_of(&catalogue, staff, municipality)?;
    let rows: Vec<OwedRow> = on!(&services.db, c => sqlx::query_as(select!(
        "WHERE municipality = $1 AND left_minor > 0
         ORDER BY CASE WHEN payment_id IS NULL THEN 1 ELSE 0 END, booked_on, bank_key, number LIMIT $2"))
        .bind(&town.code).bind(LISTED_MAX).fetch_all(c).await)
    .map_err(DbError::from)?;
    Ok(rows.into_iter().map(|row| row.into_owed(town).1).collect::<Result<_, _>>()?)
}

/// A town's money from there with the row that it lies in, of which nobody else spends anything until the transaction
/// ends.
pub(crate) async fn owed_in(
    tx: &mut Tx,
    town: &Municipality,
    from: &OwedFrom,
) -> Result<Option<(Whence, Owed)>, DbError> {
    let row: Option<OwedRow> = match from {
        OwedFrom::Line(key) if !is_key(key) => None,
        OwedFrom::Line(key) => {
            within!(&mut *tx, c => sqlx::query(
                "UPDATE bank_payment SET bank_key = bank_key WHERE municipality = $1 AND bank_key = $2")
                .bind(&town.code).bind(key).execute(c).await.map(drop))?;
            within!(tx, c => sqlx::query_as(select!("WHERE municipality = $1 AND bank_key = $2"))
                .bind(&town.code).bind(key).fetch_optional(c).await)?
        }
        OwedFrom::Invoice(id) => {
            within!(&mut *tx, c => sqlx::query("UPDATE invoice SET number = number WHERE id = $1")
                .bind(id).execute(c).await.map(drop))?;
            within!(tx, c => sqlx::query_as(select!("WHERE municipality = $1 AND returned_id = $2"))
                .bind(&town.code).bind(id).fetch_optional(c).await)?
        }
    };
    let Some(row) = row else { return Ok(None) };
    let (whence, owed) = row.into_owed(town);
    Ok(Some((whence, owed?)))
}

/// The row that money lies in: one of the two.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Whence {
    pub payment: Option<Uuid>,
    pub returned: Option<Uuid>,
}

#[derive(FromRow)]
struct OwedRow {
    payment_id: Option<Uuid>,
    returned_id: Option<Uuid>,
    bank_key: Option<String>,
    booked_on: Option<NaiveDate>,
    reference: Option<String>,
    invoice_id: Option<Uuid>,
    settlement_id: Option<Uuid>,
    number: Option<i64>,
    minor: i64,
    left_minor: i64,
}

impl OwedRow {
    fn into_owed(self, town: &Municipality) -> (Whence, Result<Owed, DbError>) {
        let whence = Whence { payment: self.payment_id, returned: self.returned_id };
        let (from, reference) = match (self.bank_key, self.returned_id, self.number) {
            (Some(key), None, _) => (OwedFrom::Line(key), self.reference.unwrap_or_default()),
            (None, Some(id), Some(number)) => (OwedFrom::Invoice(id), name(&town.code, number)),
            _ => return (whence, Err(DbError::corrupt("money from nowhere"))),
        };
        let money = |minor| Money::new(minor, town.currency);
        let (invoice, settlement, booked_on) = (self.invoice_id, self.settlement_id, self.booked_on);
        let (amount, left) = (money(self.minor), money(self.left_minor));
        (whence, Ok(Owed { from, booked_on, reference, invoice, settlement, amount, left }))
    }
}
