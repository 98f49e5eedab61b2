//! What a provider has paid out, and what it kept, comes into the books.

use chrono::{DateTime, NaiveDate, Utc};
use vayla_domain::{
    ledger::{self, Event, correction},
    money::{Currency, Money},
};

use crate::{
    db::{DbError, Tx, parse, within},
    ledger::{Entry, post_in},
};

/// Posts a settlement that has been reported, once, however often it is told: the fee, and what has come to the bank. Where
/// more went back than came, the provider has taken it from there.
pub(super) async fn settle_in(
    tx: &mut Tx,
    (provider, town, settlement): (&str, &str, &str),
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let row: Option<(String, NaiveDate, i64, i64)> = within!(&mut *tx, c => sqlx::query_as(
        "SELECT currency, settled_on, minor, fee_minor FROM provider_settlement
         WHERE provider = $1 AND collector = $2 AND settlement = $3 AND reported_at IS NOT NULL")
        .bind(provider).bind(town).bind(settlement).fetch_optional(c).await)?;
    let Some((currency, settled_on, minor, fee)) = row else { return Ok(()) };
    let currency: Currency = parse(&currency)?;
    let (fee, out) = (Money::new(fee, currency), Money::new((minor - fee).abs(), currency));
    let source = |what: &str| format!("{what}:{provider}/{town}/{settlement}");
    if fee.minor > 0 {
        let entry = Entry::new(now, Event::ProviderFee, source("fee"));
        post_in(tx, &entry, &ledger::provider_fee(town, fee)).await?;
    }
    if out.minor > 0 {
        let postings = ledger::payout(town, out);
        let postings = if minor > fee.minor { postings } else { correction(postings) };
        let entry = Entry::new(now, Event::Payout, source("payout")).on(settled_on);
        post_in(tx, &entry, &postings).await?;
    }
    Ok(())
}
