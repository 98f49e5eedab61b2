//! What is paid, given back and shown on receipts is what the books say.

use super::Rule;

pub(super) const RULES: [Rule; 9] = [
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
        "a booking's price is the sum of its lines",
        "SELECT booking.reference FROM booking WHERE total_minor <>
             (SELECT COALESCE(SUM(gross_minor), 0) FROM booking_line
              WHERE booking_line.booking_id = booking.id AND booking_line.version = booking.version)",
    ),
];
