//! Proves the books against the bookings, over the whole database.

mod accounts;
mod cells;
mod charges;
mod deposits;
mod grants;
mod invoices;
mod owed;
mod payments;
mod rates;
mod settlements;
mod transactions;

use crate::db::{Db, DbError, within};

/// Something that must not be: which rule, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub rule: &'static str,
    /// The booking's reference, what a transaction books, or the facility's name in addresses.
    pub place: String,
}

/// A rule, and the query for what breaks it: the places in which.
type Rule = (&'static str, &'static str);

const RULES: [&[Rule]; 10] = [
    &payments::RULES,
    &rates::RULES,
    &transactions::RULES,
    &invoices::RULES,
    &cells::RULES,
    &grants::RULES,
    &charges::RULES,
    &deposits::RULES,
    &owed::RULES,
    &settlements::RULES,
];

/// The names of all the rules.
pub fn rules() -> impl Iterator<Item = &'static str> {
    RULES.into_iter().flatten().map(|(rule, _)| *rule).chain(accounts::RULES)
}

/// Looks for whatever breaks a rule, in all the tables as they stand at one moment. Nothing found means that the
/// books are right.
///
/// # Errors
/// When the database can't be read.
pub async fn check(db: &Db) -> Result<Vec<Finding>, DbError> {
    let (mut findings, mut tx) = (Vec::new(), db.snapshot().await?);
    for (rule, sql) in RULES.into_iter().flatten().copied() {
        let places: Vec<String> = within!(&mut tx, c => sqlx::query_scalar(sql).fetch_all(c).await)?;
        findings.extend(places.into_iter().map(|place| Finding { rule, place }));
    }
    findings.extend(accounts::check_in(&mut tx).await?);
    Ok(findings)
}
