//! Running numbers, a row for each municipality and each kind.

use crate::db::{DbError, Tx, within};

/// What is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Series {
    Receipt,
    /// Invoices and credit notes.
    Invoice,
}

impl Series {
    const fn code(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Invoice => "invoice",
        }
    }
}

/// The next number without a gap: if the transaction doesn't end well, the number was never given.
pub(crate) async fn next_in(tx: &mut Tx, municipality: &str, series: Series) -> Result<i64, DbError> {
    Ok(within!(tx, c => sqlx::query_scalar(
        "INSERT INTO running_number (municipality, series, last) VALUES ($1, $2, 1)
         ON CONFLICT (municipality, series) DO UPDATE SET last = running_number.last + 1 RETURNING last")
        .bind(municipality).bind(series.code()).fetch_one(c).await)?)
}
