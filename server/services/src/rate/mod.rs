//! Exchange rates: the fixings on file, and which of them is in force.

mod fetch;
mod import;
mod row;

pub use fetch::{Bank, FetchError, Fetched, fetch_due, fetch_now};
pub use import::{ImportError, Imported, import, import_embedded};

pub(crate) use row::RateRow;

use chrono::{DateTime, NaiveDate, Utc};
use vayla_domain::money::{Currency, EURO, Fixing, Rate, RateError, eligible_fixing_date};

use crate::{
    Services,
    catalogue::Catalogue,
    db::{Db, DbError, Tx, on, within},
};

/// The rate between two currencies in force at an instant, by the treaty's rule: the latest fixing
/// published at or before it, unless that is too old.
///
/// # Errors
/// The outer one when the database can't be read; the inner one when there is no such rate.
pub async fn in_force(
    services: &Services,
    one: Currency,
    other: Currency,
    at: DateTime<Utc>,
) -> Result<Result<Rate, RateError>, DbError> {
    let mut fixings = Vec::new();
    for currency in [one, other] {
        if currency != EURO {
            fixings.extend(latest(&services.db, currency, eligible_fixing_date(at)).await?);
        }
    }
    Ok(between(&services.catalogue(), (one, other), &fixings, at))
}

/// The same within a transaction, which takes no second connection.
pub(crate) async fn in_force_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    (one, other): (Currency, Currency),
    at: DateTime<Utc>,
) -> Result<Result<Rate, RateError>, DbError> {
    let mut fixings = Vec::new();
    for currency in [one, other] {
        if currency != EURO {
            fixings.extend(latest_in(tx, currency, eligible_fixing_date(at)).await?);
        }
    }
    Ok(between(catalogue, (one, other), &fixings, at))
}

fn between(
    catalogue: &Catalogue,
    (one, other): (Currency, Currency),
    fixings: &[Fixing],
    at: DateTime<Utc>,
) -> Result<Rate, RateError> {
    let rate = Rate::between(one, other, fixings)?;
    match catalogue.treaty(at.date_naive()).and_then(|treaty| treaty.rate_days_max) {
        Some(days_max) => rate.not_older_than(days_max, at.date_naive()),
        None => Ok(rate),
    }
}

/// The latest fixing of a currency on or before a day. Of two for a day, the one imported last.
const LATEST: &str =
    "SELECT fixing_date, per_euro, source FROM fixing WHERE currency = $1 AND fixing_date <= $2
     ORDER BY fixing_date DESC, version DESC LIMIT 1";

type FixingRow = (NaiveDate, String, String);

async fn latest(db: &Db, currency: Currency, on_or_before: NaiveDate) -> Result<Option<Fixing>, DbError> {
    let row: Option<FixingRow> = on!(db, c => sqlx::query_as(LATEST)
        .bind(currency.code()).bind(on_or_before).fetch_optional(c).await)?;
    row.map(|row| into_fixing(currency, row)).transpose()
}

async fn latest_in(
    tx: &mut Tx,
    currency: Currency,
    on_or_before: NaiveDate,
) -> Result<Option<Fixing>, DbError> {
    let row: Option<FixingRow> = within!(tx, c => sqlx::query_as(LATEST)
        .bind(currency.code()).bind(on_or_before).fetch_optional(c).await)?;
    row.map(|row| into_fixing(currency, row)).transpose()
}

fn into_fixing(currency: Currency, (date, per_euro, source): FixingRow) -> Result<Fixing, DbError> {
    let per_euro = per_euro.parse().map_err(|_| DbError::corrupt(&per_euro))?;
    Ok(Fixing { currency, date, per_euro, source })
}
