//! Proves the books against the bookings, over the whole database.

use crate::db::{Db, DbError, on};

/// Something that must not be: which rule, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub rule: &'static str,
    /// The booking's reference, or the facility's name in addresses.
    pub place: String,
}

/// Each rule as a query for what breaks it: the places in which.
const RULES: [(&str, &str); 8] = [
    (
        "a settled payment is in the books once",
        "SELECT booking.reference FROM payment JOIN booking ON booking.id = payment.booking_id
         LEFT JOIN ledger_transaction ON ledger_transaction.payment_id = payment.id
             AND ledger_transaction.event IN ('payment', 'surplus')
         WHERE payment.state = 'paid'
         GROUP BY payment.id, booking.reference HAVING COUNT(ledger_transaction.id) <> 1",
    ),
    (
        "no refund is larger than its payment",
        "SELECT booking.reference FROM refund JOIN payment ON payment.id = refund.payment_id
         JOIN booking ON booking.id = payment.booking_id
         WHERE refund.minor > payment.minor OR payment.state <> 'paid'",
    ),
    (
        "a refund is in the books once",
        "SELECT booking.reference FROM refund JOIN payment ON payment.id = refund.payment_id
         JOIN booking ON booking.id = payment.booking_id
         LEFT JOIN ledger_transaction ON ledger_transaction.payment_id = payment.id
             AND ledger_transaction.event IN ('refund', 'surplus_refund')
         GROUP BY refund.id, booking.reference HAVING COUNT(ledger_transaction.id) <> 1",
    ),
    (
        "what one town owes, the other is owed",
        "SELECT booking.reference FROM posting
         JOIN ledger_transaction ON ledger_transaction.id = posting.transaction_id
         JOIN booking ON booking.id = ledger_transaction.booking_id
         WHERE contract_minor IS NOT NULL
         GROUP BY posting.transaction_id, booking.reference
         HAVING SUM(CASE WHEN debit LIKE 'due_to:%' THEN contract_minor WHEN credit LIKE 'due_to:%'
                         THEN -contract_minor ELSE 0 END)
             <> -SUM(CASE WHEN debit LIKE 'due_from:%' THEN contract_minor WHEN credit LIKE 'due_from:%'
                          THEN -contract_minor ELSE 0 END)",
    ),
    (
        "a confirmed booking that costs something is paid",
        "SELECT booking.reference FROM booking WHERE state = 'confirmed' AND total_minor > 0 AND NOT demo
         AND NOT EXISTS (SELECT 1 FROM payment WHERE payment.booking_id = booking.id AND payment.state = 'paid'
                         AND NOT payment.surplus)",
    ),
    (
        "a live booking has exactly its cells",
        "SELECT booking.reference FROM booking
         WHERE booking.state IN ('held', 'confirmed') AND
             (SELECT COUNT(*) FROM space_part WHERE space_part.space_id = booking.space_id)
                 * (booking.end_quarter + booking.after_quarters - booking.start_quarter + booking.before_quarters)
             <> (SELECT COUNT(*) FROM claim JOIN cell ON cell.claim_id = claim.id
                 JOIN space_part ON space_part.part_id = cell.part_id AND space_part.space_id = booking.space_id
                 WHERE claim.booking_id = booking.id
                   AND cell.quarter >= booking.start_quarter - booking.before_quarters
                   AND cell.quarter < booking.end_quarter + booking.after_quarters)",
    ),
    (
        "no booking has cells that aren't its own",
        "SELECT DISTINCT booking.reference FROM booking JOIN claim ON claim.booking_id = booking.id
         JOIN cell ON cell.claim_id = claim.id
         LEFT JOIN space_part ON space_part.part_id = cell.part_id AND space_part.space_id = booking.space_id
         WHERE space_part.part_id IS NULL OR cell.quarter < booking.start_quarter - booking.before_quarters
            OR cell.quarter >= booking.end_quarter + booking.after_quarters OR booking.state NOT IN ('held', 'confirmed')",
    ),
    (
        "what is closed can't be booked",
        "SELECT facility.slug FROM closure JOIN facility ON facility.id = closure.facility_id
         WHERE closure.ended_at IS NULL AND
             (SELECT COUNT(*) FROM closure_part WHERE closure_part.closure_id = closure.id)
                 * (closure.reach_quarter - closure.start_quarter)
             <> (SELECT COUNT(*) FROM closure_part JOIN cell ON cell.part_id = closure_part.part_id
                 WHERE closure_part.closure_id = closure.id
                   AND cell.quarter >= closure.start_quarter AND cell.quarter < closure.reach_quarter)",
    ),
];

/// Looks for whatever breaks a rule. Nothing found means that the books are right.
///
/// # Errors
/// When the database can't be read.
pub async fn check(db: &Db) -> Result<Vec<Finding>, DbError> {
    let mut findings = Vec::new();
    for (rule, sql) in RULES {
        let places: Vec<String> = on!(db, c => sqlx::query_scalar(sql).fetch_all(c).await)?;
        findings.extend(places.into_iter().map(|place| Finding { rule, place }));
    }
    Ok(findings)
}
