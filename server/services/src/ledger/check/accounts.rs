//! Which accounts there are, and whether what one town owes the other is owed.

use std::collections::BTreeMap;

use vayla_domain::ledger::Account;

use super::Finding;
use crate::db::{DbError, Tx, within};

const KNOWN: &str = "postings use accounts that there are";
const MIRRORED: &str = "what one town owes, the other is owed";
pub(super) const RULES: [&str; 2] = [KNOWN, MIRRORED];

/// Who owes whom in which currency.
type Pair = (String, String, String);

pub(super) async fn check_in(tx: &mut Tx) -> Result<Vec<Finding>, DbError> {
    let mut findings = Vec::new();
    let towns: Vec<String> =
        within!(&mut *tx, c => sqlx::query_scalar("SELECT code FROM municipality").fetch_all(c).await)?;
    let mut dues: BTreeMap<Pair, i64> = BTreeMap::new();
    for (entity, debit, credit, currency, contract) in sums_in(tx).await? {
        for (code, sign) in [(debit, 1), (credit, -1)] {
            let Some(account) = known(&code, &entity, &towns) else {
                findings.push(Finding { rule: KNOWN, place: format!("{entity}: {code}") });
                continue;
            };
            // A due stands in both towns' books: what the debtor owes less what the creditor is owed is nothing.
            let pair = match account {
                Account::DueTo(creditor) => (entity.clone(), creditor),
                Account::DueFrom(debtor) => (debtor, entity.clone()),
                _ => continue,
            };
            let currency = currency.clone().unwrap_or_default();
            *dues.entry((pair.0, pair.1, currency)).or_default() += sign * contract;
        }
    }
    let unlike = dues.into_iter().filter(|(_, left_over)| *left_over != 0);
    findings.extend(unlike.map(|((debtor, creditor, currency), _)| Finding {
        rule: MIRRORED,
        place: format!("{debtor} → {creditor}, {currency}"),
    }));
    findings.extend(unlike_in(tx).await?);
    Ok(findings)
}

/// What was posted between the same two accounts, and what it comes to as agreed.
async fn sums_in(tx: &mut Tx) -> Result<Vec<(String, String, String, Option<String>, i64)>, DbError> {
    Ok(within!(tx, c => sqlx::query_as(
        "SELECT entity, debit, credit, contract_currency, CAST(SUM(COALESCE(contract_minor, 0)) AS BIGINT)
         FROM posting GROUP BY entity, debit, credit, contract_currency").fetch_all(c).await)?)
}

fn known(code: &str, entity: &str, towns: &[String]) -> Option<Account> {
    let account: Account = code.parse().ok()?;
    let other = account.other().is_none_or(|other| other != entity && towns.iter().any(|town| town == other));
    other.then_some(account)
}

/// The same within each transaction, where one can be named.
async fn unlike_in(tx: &mut Tx) -> Result<Vec<Finding>, DbError> {
    let places: Vec<String> = within!(tx, c => sqlx::query_scalar(
        "SELECT DISTINCT COALESCE(booking.reference, ledger_transaction.source) FROM (
             SELECT transaction_id FROM (
                 SELECT transaction_id, contract_currency, contract_minor,
                     CASE WHEN debit LIKE 'due_to:%' OR credit LIKE 'due_to:%' THEN entity
                          WHEN debit LIKE 'due_from:%' THEN SUBSTR(debit, 10) ELSE SUBSTR(credit, 10) END AS debtor,
                     CASE WHEN debit LIKE 'due_to:%' THEN SUBSTR(debit, 8)
                          WHEN credit LIKE 'due_to:%' THEN SUBSTR(credit, 8) ELSE entity END AS creditor,
                     CASE WHEN debit LIKE 'due_%' THEN 1 ELSE -1 END AS sign
                 FROM posting WHERE contract_minor IS NOT NULL) AS due
             GROUP BY transaction_id, contract_currency, debtor, creditor
             HAVING SUM(sign * contract_minor) <> 0) AS unlike
         JOIN ledger_transaction ON ledger_transaction.id = unlike.transaction_id
         LEFT JOIN booking ON booking.id = ledger_transaction.booking_id").fetch_all(c).await)?;
    Ok(places.into_iter().map(|place| Finding { rule: MIRRORED, place }).collect())
}
