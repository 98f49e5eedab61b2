//! What is taken of a grant's budget and of its voucher, and what is put back.

use uuid::Uuid;
use vayla_domain::money::Money;

use crate::db::{DbError, Tx, within};

/// Whose money it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Purse {
    pub grant: Uuid,
    pub voucher: Option<Uuid>,
}

/// Takes so much; `uses` is 1 where the voucher is used for a booking by it.
///
/// The database refuses more than there is: whoever calls has locked the grant and looked.
pub(super) async fn take_in(tx: &mut Tx, purse: Purse, amount: Money, uses: i64) -> Result<(), DbError> {
    add_in(tx, purse, amount.minor, uses).await
}

/// Puts so much back; `uses` is 1 where the voucher may be used again.
pub(super) async fn put_back_in(tx: &mut Tx, purse: Purse, amount: Money, uses: i64) -> Result<(), DbError> {
    add_in(tx, purse, -amount.minor, -uses).await
}

async fn add_in(tx: &mut Tx, purse: Purse, minor: i64, uses: i64) -> Result<(), DbError> {
    within!(&mut *tx, c => sqlx::query("UPDATE town_grant SET used_minor = used_minor + $2 WHERE id = $1")
        .bind(purse.grant).bind(minor).execute(c).await.map(drop))?;
    within!(tx, c => sqlx::query(
        "UPDATE grant_voucher SET used_minor = used_minor + $2, uses = uses + $3 WHERE id = $1")
        .bind(purse.voucher).bind(minor).bind(uses).execute(c).await.map(drop))?;
    Ok(())
}
