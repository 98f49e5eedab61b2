//! Proves the books against the bookings, over the whole database.

mod accounts;
mod charges;
mod deposits;
mod grants;
mod owed;
mod settlements;

use crate::db::{Db, DbError, within};

/// Something that must not be: which rule, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub rule: &'static str,
    /// The booking's reference, what a transaction books, or the facility's name in addresses.
    pub place: String,
}

/// Each rule as a query for what breaks it: the places in which.
const RULES: [(&str, &str); 22] = [
    (
        "a settled payment is in the books once",
        // A deposit alone is no sale, and in the books as what it is.
        "SELECT booking.reference FROM payment JOIN booking ON booking.id = payment.booking_id
         LEFT JOIN ledger_transaction ON ledger_transaction.payment_id = payment.id
             AND ledger_transaction.event IN ('payment', 'claim_paid', 'surplus')
         WHERE payment.state = 'paid'
         GROUP BY payment.id, payment.gross_minor, payment.surplus, booking.reference
         HAVING COUNT(ledger_transaction.id) <> CASE WHEN payment.gross_minor = 0 AND NOT payment.surplus THEN 0 ELSE 1 END",
    ),
    (
        "no more goes back than came",
        "SELECT booking.reference FROM refund JOIN payment ON payment.id = refund.payment_id
         JOIN booking ON booking.id = payment.booking_id
         GROUP BY payment.id, payment.state, payment.minor, payment.deposit_minor, payment.surplus, payment.gross_minor,
             payment.vat_minor, booking.reference
         HAVING SUM(refund.minor) > payment.minor
             OR (NOT payment.surplus AND SUM(CASE WHEN refund.of_deposit THEN 0 ELSE refund.minor END)
                     > payment.minor - payment.deposit_minor)
             OR SUM(refund.gross_minor) > payment.gross_minor
             OR SUM(refund.vat_minor) > payment.vat_minor OR payment.state <> 'paid'",
    ),
    (
        "a refund is in the books once",
        "SELECT booking.reference FROM refund JOIN payment ON payment.id = refund.payment_id
         JOIN booking ON booking.id = payment.booking_id
         LEFT JOIN ledger_transaction ON ledger_transaction.refund_id = refund.id
             AND ledger_transaction.payment_id = payment.id
             AND ledger_transaction.event IN ('refund', 'surplus_refund', 'deposit_returned')
         GROUP BY refund.id, booking.reference HAVING COUNT(ledger_transaction.id) <> 1",
    ),
    (
        "the income in the books is what was paid and hasn't gone back",
        "SELECT booking.reference FROM payment JOIN booking ON booking.id = payment.booking_id
         LEFT JOIN (SELECT payment_id, SUM(gross_minor) AS gross_minor FROM refund GROUP BY payment_id) AS back
             ON back.payment_id = payment.id
         LEFT JOIN (SELECT payment_id,
                        SUM(CASE WHEN credit IN ('income', 'vat') THEN posting.minor
                                 WHEN debit IN ('income', 'vat') THEN -posting.minor ELSE 0 END) AS minor
                    FROM ledger_transaction JOIN posting ON posting.transaction_id = ledger_transaction.id
                    WHERE payment_id IS NOT NULL GROUP BY payment_id) AS booked ON booked.payment_id = payment.id
         WHERE payment.state = 'paid' AND NOT payment.surplus AND payment.use_charge_id IS NULL
           AND payment.gross_minor - COALESCE(back.gross_minor, 0) <> COALESCE(booked.minor, 0)",
    ),
    (
        "a transaction has all its postings, and no more",
        "SELECT ledger_transaction.source FROM ledger_transaction
         LEFT JOIN (SELECT transaction_id, COUNT(*) AS lines, MAX(line) AS last FROM posting GROUP BY transaction_id)
             AS posted ON posted.transaction_id = ledger_transaction.id
         WHERE COALESCE(posted.lines, 0) <> ledger_transaction.lines OR posted.last <> ledger_transaction.lines",
    ),
    (
        "the sums of a transaction are nothing in each town and currency",
        "SELECT ledger_transaction.source FROM posting
         JOIN ledger_transaction ON ledger_transaction.id = posting.transaction_id
         LEFT JOIN municipality ON municipality.code = posting.entity AND municipality.currency = posting.currency
         WHERE municipality.code IS NULL OR debit = credit OR minor < 0",
    ),
    (
        "nothing is in the books before it has happened",
        "SELECT ledger_transaction.source FROM ledger_transaction
         LEFT JOIN payment ON payment.id = ledger_transaction.payment_id
         LEFT JOIN refund ON refund.id = ledger_transaction.refund_id
         WHERE ledger_transaction.at < payment.created_at OR ledger_transaction.at < refund.created_at",
    ),
    (
        "the tax in what was paid is that of its lines",
        "SELECT booking.reference FROM payment JOIN booking ON booking.id = payment.booking_id
         WHERE payment.state = 'paid' AND NOT payment.surplus AND payment.change_id IS NULL
           AND payment.use_charge_id IS NULL AND payment.vat_minor <>
             (SELECT SUM(line.vat_minor) FROM booking_line AS line
              WHERE line.booking_id = payment.booking_id AND line.version = payment.version)
             - (SELECT COALESCE(SUM(vat_minor), 0) FROM grant_use WHERE grant_use.booking_id = payment.booking_id
                AND grant_use.change_id IS NULL AND grant_use.state = 'given')",
    ),
    (
        "what is booked of a payment is booked at its rate",
        "SELECT ledger_transaction.source FROM ledger_transaction
         JOIN payment ON payment.id = ledger_transaction.payment_id
         WHERE ledger_transaction.event IN ('payment', 'claim_paid', 'refund')
           AND (COALESCE(ledger_transaction.rate_value, '') <> COALESCE(payment.rate_value, '')
                OR ledger_transaction.rate_date <> payment.rate_date)",
    ),
    (
        "a rate that was used is one of the bank's",
        "SELECT booking.reference FROM payment JOIN booking ON booking.id = payment.booking_id
         WHERE payment.rate_base = 'EUR' AND NOT EXISTS (
             SELECT 1 FROM fixing WHERE currency = payment.rate_quote AND fixing_date = payment.rate_date
                AND per_euro = payment.rate_value AND imported_at <= payment.created_at)",
    ),
    (
        "receipts are numbered from 1 on, without a gap or a double",
        "SELECT facility.municipality FROM payment JOIN booking ON booking.id = payment.booking_id
         JOIN space ON space.id = booking.space_id JOIN facility ON facility.id = space.facility_id
         LEFT JOIN running_number ON running_number.municipality = facility.municipality
             AND running_number.series = 'receipt'
         WHERE payment.receipt_number IS NOT NULL
         GROUP BY facility.municipality, running_number.last
         HAVING COUNT(*) <> COALESCE(running_number.last, 0) OR COUNT(DISTINCT receipt_number) <> COUNT(*)
             OR MIN(receipt_number) <> 1 OR MAX(receipt_number) <> COUNT(*)",
    ),
    (
        "a confirmed booking is paid, no more and no less",
        // By its payer and by grants. What staff have given back leaves the price as it was; a later move to a cheaper
        // time gives back what is left.
        "SELECT reference FROM (
             SELECT booking.reference, booking.total_minor,
                 (SELECT COALESCE(SUM(payment.gross_minor), 0) FROM payment
                  WHERE payment.booking_id = booking.id AND payment.state = 'paid' AND NOT payment.surplus
                    AND payment.use_charge_id IS NULL)
                 - (SELECT COALESCE(SUM(refund.gross_minor), 0) FROM payment
                    JOIN refund ON refund.payment_id = payment.id
                    WHERE payment.booking_id = booking.id AND payment.state = 'paid' AND NOT payment.surplus
                      AND payment.use_charge_id IS NULL AND refund.reason <> 'staff')
                 + COALESCE((SELECT gross_minor FROM granted WHERE granted.booking_id = booking.id), 0)
                 + (SELECT COALESCE(SUM(grant_return.gross_minor), 0) FROM grant_use
                    JOIN grant_return ON grant_return.use_id = grant_use.id
                    WHERE grant_use.booking_id = booking.id AND grant_return.reason = 'staff') AS kept_minor,
                 (SELECT COALESCE(SUM(refund.gross_minor), 0) FROM payment
                  JOIN refund ON refund.payment_id = payment.id
                  WHERE payment.booking_id = booking.id AND refund.reason = 'staff')
                 + (SELECT COALESCE(SUM(grant_return.gross_minor), 0) FROM grant_use
                    JOIN grant_return ON grant_return.use_id = grant_use.id
                    WHERE grant_use.booking_id = booking.id AND grant_return.reason = 'staff') AS staff_minor
             FROM booking WHERE state IN ('confirmed', 'no_show') AND NOT demo AND customer_id IS NULL) AS booked
         WHERE total_minor > kept_minor OR kept_minor > total_minor + staff_minor",
    ),
    (
        "what is open of a town's invoices and charges is what its books say is owed",
        "SELECT municipality.code FROM municipality WHERE
             (SELECT COALESCE(SUM(CASE WHEN credits IS NULL THEN gross_minor ELSE returned_minor - gross_minor END), 0)
              FROM invoice WHERE invoice.municipality = municipality.code)
             + (SELECT COALESCE(SUM(CASE WHEN waived_at IS NULL THEN fee_minor ELSE invoice_reminder.returned_minor END), 0)
                FROM invoice_reminder
                JOIN invoice ON invoice.id = invoice_reminder.invoice_id WHERE invoice.municipality = municipality.code)
             - (SELECT COALESCE(SUM(minor), 0) FROM invoice_paid WHERE invoice_paid.municipality = municipality.code)
             - (SELECT COALESCE(SUM(minor), 0) FROM invoice_write_off
                JOIN invoice ON invoice.id = invoice_write_off.invoice_id
                WHERE invoice.municipality = municipality.code AND undone_at IS NULL)
             + (SELECT COALESCE(SUM(use_charge.gross_minor), 0) FROM use_charge
                JOIN booking ON booking.id = use_charge.booking_id JOIN space ON space.id = booking.space_id
                JOIN facility ON facility.id = space.facility_id
                WHERE facility.municipality = municipality.code AND use_charge.customer_id IS NULL
                  AND use_charge.credited_at IS NULL)
             - (SELECT COALESCE(SUM(payment.gross_minor - COALESCE(back.gross_minor, 0)), 0) FROM payment
                JOIN booking ON booking.id = payment.booking_id JOIN space ON space.id = booking.space_id
                JOIN facility ON facility.id = space.facility_id
                LEFT JOIN (SELECT payment_id, SUM(gross_minor) AS gross_minor FROM refund GROUP BY payment_id) AS back
                    ON back.payment_id = payment.id
                WHERE facility.municipality = municipality.code AND payment.use_charge_id IS NOT NULL
                  AND payment.state = 'paid' AND NOT payment.surplus)
             - (SELECT COALESCE(SUM(deposit_keep.gross_minor), 0) FROM deposit_keep
                JOIN booking ON booking.id = deposit_keep.booking_id JOIN space ON space.id = booking.space_id
                JOIN facility ON facility.id = space.facility_id
                WHERE facility.municipality = municipality.code AND deposit_keep.undone_at IS NULL)
             <> (SELECT COALESCE(SUM(CASE WHEN debit = 'receivable' THEN minor WHEN credit = 'receivable' THEN -minor
                                          ELSE 0 END), 0)
                 FROM posting WHERE posting.entity = municipality.code)",
    ),
    (
        "a town's invoices are numbered without a gap",
        "SELECT municipality FROM invoice GROUP BY municipality HAVING COUNT(*) <> MAX(number) OR MIN(number) <> 1",
    ),
    (
        "an invoice is the sum of its lines, and no more of it is taken back or paid than there is",
        "SELECT invoice.municipality FROM invoice WHERE
             gross_minor <> (SELECT COALESCE(SUM(line.gross_minor - line.granted_minor), 0) FROM invoice_line AS line
                             WHERE line.invoice_id = invoice.id)
             OR vat_minor <> (SELECT COALESCE(SUM(line.vat_minor - line.granted_vat_minor), 0) FROM invoice_line AS line
                              WHERE line.invoice_id = invoice.id)
             OR gross_minor < (SELECT COALESCE(SUM(note.gross_minor), 0) FROM invoice AS note
                               WHERE note.credits = invoice.id)",
    ),
    (
        "a booking on an invoice stands on its customer's, once",
        "SELECT booking.reference FROM booking JOIN invoice ON invoice.id = booking.invoice_id
         WHERE booking.customer_id IS NULL OR booking.customer_id <> invoice.customer_id
            OR NOT EXISTS (SELECT 1 FROM invoice_line WHERE invoice_line.invoice_id = invoice.id
                           AND invoice_line.booking_id = booking.id AND invoice_line.use_charge_id IS NULL)
         UNION ALL
         SELECT booking.reference FROM booking JOIN invoice_line ON invoice_line.booking_id = booking.id
         JOIN invoice ON invoice.id = invoice_line.invoice_id
         WHERE invoice.credits IS NULL AND invoice_line.use_charge_id IS NULL
           AND (booking.invoice_id IS NULL OR booking.invoice_id <> invoice.id)",
    ),
    (
        "only of what is cancelled on an account is some given back, and no more than it costs",
        // And what staff have given back to a grant that pays all.
        "SELECT booking.reference FROM booking
         LEFT JOIN (SELECT grant_use.booking_id, SUM(grant_return.gross_minor) AS gross_minor FROM grant_return
                    JOIN grant_use ON grant_use.id = grant_return.use_id WHERE grant_return.reason = 'staff'
                    GROUP BY grant_use.booking_id) AS back ON back.booking_id = booking.id
         WHERE given_back_minor <> 0
             AND (customer_id IS NULL OR given_back_minor NOT BETWEEN 0 AND total_minor
                  OR (state <> 'cancelled' AND given_back_minor <> COALESCE(back.gross_minor, 0)))",
    ),
    (
        "a booking's price is the sum of its lines",
        "SELECT booking.reference FROM booking WHERE total_minor <>
             (SELECT COALESCE(SUM(gross_minor), 0) FROM booking_line
              WHERE booking_line.booking_id = booking.id AND booking_line.version = booking.version)",
    ),
    (
        "a live booking has exactly its cells",
        "SELECT booking.reference FROM booking
         WHERE booking.state IN ('held', 'confirmed', 'no_show') AND
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
            OR cell.quarter >= booking.end_quarter + booking.after_quarters 
            OR booking.state NOT IN ('held', 'confirmed', 'no_show')",
    ),
    (
        "an open move and its booking have exactly the cells of the new time, and no other move has any",
        "SELECT booking.reference FROM booking_change JOIN booking ON booking.id = booking_change.booking_id
         LEFT JOIN claim AS own ON own.booking_id = booking.id
         LEFT JOIN claim AS held ON held.change_id = booking_change.id
         WHERE CASE WHEN booking_change.state = 'open' THEN
                 (SELECT COUNT(*) FROM space_part WHERE space_part.space_id = booking_change.space_id)
                     * (booking_change.end_quarter + booking_change.after_quarters
                        - booking_change.start_quarter + booking_change.before_quarters)
                 <> (SELECT COUNT(*) FROM cell
                     JOIN space_part ON space_part.part_id = cell.part_id AND space_part.space_id = booking_change.space_id
                     WHERE cell.claim_id IN (own.id, held.id)
                       AND cell.quarter >= booking_change.start_quarter - booking_change.before_quarters
                       AND cell.quarter < booking_change.end_quarter + booking_change.after_quarters)
             ELSE held.id IS NOT NULL END",
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

/// Looks for whatever breaks a rule, in all the tables as they stand at one moment. Nothing found means that the
/// books are right.
///
/// # Errors
/// When the database can't be read.
pub async fn check(db: &Db) -> Result<Vec<Finding>, DbError> {
    let (mut findings, mut tx) = (Vec::new(), db.snapshot().await?);
    let of_nouns = [&grants::RULES[..], &charges::RULES, &deposits::RULES, &owed::RULES, &settlements::RULES];
    for (rule, sql) in RULES.iter().chain(of_nouns.into_iter().flatten()).copied() {
        let places: Vec<String> = within!(&mut tx, c => sqlx::query_scalar(sql).fetch_all(c).await)?;
        findings.extend(places.into_iter().map(|place| Finding { rule, place }));
    }
    findings.extend(accounts::check_in(&mut tx).await?);
    Ok(findings)
}
