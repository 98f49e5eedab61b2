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

/// Posts a settlement that has been reported, once, however often it is told: the fee, and what has come to the bank.
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
    let amount = |minor: i64| Money::new(minor.abs(), currency);
    // Less than nothing comes the other way: the provider has given some of its fee back, or taken what went back.
    let directed = |postings, forwards| if forwards { postings } else { correction(postings) };
    let source = |what: &str| format!("{what}:{provider}/{town}/{settlement}");
    if fee != 0 {
        let entry = Entry::new(now, Event::ProviderFee, source("fee"));
        post_in(tx, &entry, &directed(ledger::provider_fee(town, amount(fee)), fee > 0)).await?;
    }
    if minor != fee {
        let postings = directed(ledger::payout(town, amount(minor - fee)), minor > fee);
        let entry = Entry::new(now, Event::Payout, source("payout")).on(settled_on);
        post_in(tx, &entry, &postings).await?;
    }
    Ok(())
}
