//! Invoices, and what is on customers' accounts.

use super::Rule;

pub(super) const RULES: [Rule; 5] = [
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
        "SELECT invoice.municipality FROM invoice
         LEFT JOIN running_number ON running_number.municipality = invoice.municipality
             AND running_number.series = 'invoice'
         GROUP BY invoice.municipality, running_number.last
         HAVING COUNT(*) <> COALESCE(running_number.last, 0) OR COUNT(DISTINCT number) <> COUNT(*)
             OR MIN(number) <> 1 OR MAX(number) <> COUNT(*)",
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
];
