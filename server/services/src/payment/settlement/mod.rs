//! What providers have paid out to the towns: asked for, and read when the report comes; or said by staff.

mod fetch;
mod known;
mod paid_out;
mod post;
mod report;
mod unlike;

pub use fetch::{FetchError, fetch};
pub use paid_out::{PaidOut, PaidOutError, note_paid_out};
pub use report::{is_asked_for, report};
pub use unlike::UnlikeLine;

use chrono::NaiveDate;
use sqlx::FromRow;
use vayla_domain::money::{Currency, Money};

use crate::{
    Batch, Services,
    db::{DbError, Tx, on, parse, within},
    staff::{LookError, Scope, Staff},
};

/// A sum that a provider has paid out, and what it kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    pub provider: String,
    pub collector: String,
    /// The provider's own name of it.
    pub settlement: String,
    /// What stands on the bank's line.
    pub bank_reference: String,
    pub settled_on: NaiveDate,
    /// What was paid less what went back, and what the provider kept of it; `None` until its report has come.
    pub amounts: Option<(Money, Money)>,
    /// How many lines of its report weren't what we knew when it came; `None` until it has come, and of those that came
    /// before that was looked at.
    pub unlike: Option<i64>,
    /// The first of those.
    pub unlike_lines: Vec<UnlikeLine>,
}

#[derive(FromRow)]
struct SettledRow {
    provider: String,
    collector: String,
    settlement: String,
    currency: String,
    bank_reference: String,
    settled_on: NaiveDate,
    minor: Option<i64>,
    fee_minor: Option<i64>,
    unlike: Option<i64>,
}

impl SettledRow {
    fn into_settled(self) -> Result<Settled, DbError> {
        let currency: Currency = parse(&self.currency)?;
        let amounts = self.minor.zip(self.fee_minor);
        Ok(Settled {
            provider: self.provider,
            collector: self.collector,
            settlement: self.settlement,
            bank_reference: self.bank_reference,
            settled_on: self.settled_on,
            amounts: amounts.map(|(paid, kept)| (Money::new(paid, currency), Money::new(kept, currency))),
            unlike: self.unlike,
            unlike_lines: Vec::new(),
        })
    }
}

/// What has been paid out; which of it is said behind it.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT provider, collector, settlement, currency, bank_reference, settled_on, minor, fee_minor, unlike
             FROM provider_settlement ",
            $which
        )
    };
}

/// What has been paid out to the staff's own town, or to all where they may act in all; the earliest first.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn list(
    services: &Services,
    staff: &Staff,
    after: Option<&str>,
    limit: usize,
) -> Result<Batch<Settled>, LookError> {
    staff.has(Scope::Payments)?;
    let rows: Vec<SettledRow> = on!(&services.db, c => sqlx::query_as(select!(
        "WHERE ($1 IS NULL OR collector = $1) AND collector || '/' || provider || '/' || settlement > $2
         ORDER BY collector || '/' || provider || '/' || settlement LIMIT $3"))
        .bind(staff.municipality()).bind(after.unwrap_or_default())
        .bind(Batch::<SettledRow>::to_look_for(limit)).fetch_all(c).await)
    .map_err(DbError::from)?;
    let mut found = rows.into_iter().map(SettledRow::into_settled).collect::<Result<Vec<_>, _>>()?;
    for settled in found.iter_mut().filter(|settled| settled.unlike.is_some_and(|unlike| unlike > 0)) {
        settled.unlike_lines = unlike::lines(services, settled).await?;
    }
    Ok(Batch::of(found, limit))
}

/// One of them.
async fn settled_in(
    tx: &mut Tx,
    (provider, town, settlement): (&str, &str, &str),
) -> Result<Option<Settled>, DbError> {
    let row: Option<SettledRow> = within!(tx, c => sqlx::query_as(select!(
        "WHERE provider = $1 AND collector = $2 AND settlement = $3"))
        .bind(provider).bind(town).bind(settlement).fetch_optional(c).await)?;
    row.map(SettledRow::into_settled).transpose()
}

impl Settled {
    /// Its place in the list.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}/{}/{}", self.collector, self.provider, self.settlement)
    }
}
