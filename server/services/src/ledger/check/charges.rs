//! Whether what uses have cost afterwards is in the books as it was shown, and paid as it was shown.

use super::Rule;

pub(super) const RULES: [Rule; 4] = [
    (
        "a booking's charges are in the books as they were shown",
        "SELECT booking.reference FROM booking JOIN (
             SELECT booking_id, SUM(gross_minor) AS gross_minor, SUM(vat_minor) AS vat_minor,
                 SUM(CASE WHEN credited_at IS NULL THEN 0 ELSE gross_minor END) AS credited_minor,
                 SUM(CASE WHEN credited_at IS NULL THEN 0 ELSE vat_minor END) AS credited_vat_minor
             FROM use_charge WHERE customer_id IS NULL GROUP BY booking_id) AS charged ON charged.booking_id = booking.id
         LEFT JOIN (
             SELECT booking_id,
                 SUM(CASE WHEN event = 'charge' AND debit = 'receivable' THEN minor ELSE 0 END) AS gross_minor,
                 SUM(CASE WHEN event = 'charge' AND credit = 'vat' THEN minor ELSE 0 END) AS vat_minor,
                 SUM(CASE WHEN event = 'credit_note' AND credit = 'receivable' THEN minor ELSE 0 END) AS credited_minor,
                 SUM(CASE WHEN event = 'credit_note' AND debit = 'vat' THEN minor ELSE 0 END) AS credited_vat_minor
             FROM ledger_transaction JOIN posting ON posting.transaction_id = ledger_transaction.id
             WHERE event IN ('charge', 'credit_note') GROUP BY booking_id) AS booked ON booked.booking_id = booking.id
         WHERE charged.gross_minor <> COALESCE(booked.gross_minor, 0)
            OR charged.vat_minor <> COALESCE(booked.vat_minor, 0)
            OR charged.credited_minor <> COALESCE(booked.credited_minor, 0)
            OR charged.credited_vat_minor <> COALESCE(booked.credited_vat_minor, 0)",
    ),
    (
        "a charge is paid once at most, as it was shown, and not at all once it is taken back",
        // By its booker what the deposit leaves of it.
        "SELECT booking.reference FROM use_charge JOIN booking ON booking.id = use_charge.booking_id
         JOIN (SELECT payment.use_charge_id, MIN(payment.currency) AS currency, COUNT(*) AS times, SUM(payment.minor) AS minor,
                   SUM(payment.gross_minor) AS gross_minor, SUM(payment.vat_minor) AS vat_minor,
                   SUM(COALESCE(back.gross_minor, 0)) AS back_minor
               FROM payment LEFT JOIN (SELECT payment_id, SUM(gross_minor) AS gross_minor FROM refund GROUP BY payment_id)
                   AS back ON back.payment_id = payment.id
               WHERE payment.state = 'paid' AND NOT payment.surplus AND payment.use_charge_id IS NOT NULL
               GROUP BY payment.use_charge_id) AS paid ON paid.use_charge_id = use_charge.id
         LEFT JOIN deposit_keep AS keep ON keep.use_charge_id = use_charge.id
         WHERE paid.times > 1 OR use_charge.customer_id IS NOT NULL
            OR paid.gross_minor <> use_charge.gross_minor - COALESCE(keep.gross_minor, 0)
            OR paid.vat_minor <> use_charge.vat_minor - COALESCE(keep.vat_minor, 0)
            OR paid.minor <> CASE WHEN paid.currency = booking.total_currency
                                  THEN use_charge.gross_minor - COALESCE(keep.gross_minor, 0)
                                  ELSE COALESCE(use_charge.other_minor - COALESCE(keep.other_minor, 0), -1) END
            OR paid.back_minor <> CASE WHEN use_charge.credited_at IS NULL THEN 0 ELSE paid.gross_minor END",
    ),
    (
        "a deposit pays no more of a charge than it is, and nothing once it is taken back",
        "SELECT booking.reference FROM deposit_keep JOIN use_charge ON use_charge.id = deposit_keep.use_charge_id
         JOIN booking ON booking.id = use_charge.booking_id
         WHERE deposit_keep.gross_minor > use_charge.gross_minor OR deposit_keep.vat_minor > use_charge.vat_minor
            OR deposit_keep.booking_id <> use_charge.booking_id OR use_charge.customer_id IS NOT NULL
            OR (use_charge.credited_at IS NULL) <> (deposit_keep.undone_at IS NULL)",
    ),
    (
        "a charge on an invoice stands on its customer's, once, and is taken back with its line",
        "SELECT booking.reference FROM use_charge JOIN booking ON booking.id = use_charge.booking_id
         LEFT JOIN invoice ON invoice.id = use_charge.invoice_id
         LEFT JOIN (SELECT invoice_line.use_charge_id,
                        SUM(CASE WHEN invoice.credits IS NULL THEN 1 ELSE 0 END) AS times,
                        SUM(CASE WHEN invoice.credits IS NULL THEN 0 ELSE 1 END) AS back,
                        MIN(invoice_line.gross_minor) AS gross_minor
                    FROM invoice_line JOIN invoice ON invoice.id = invoice_line.invoice_id
                    WHERE invoice_line.use_charge_id IS NOT NULL GROUP BY invoice_line.use_charge_id) AS line
             ON line.use_charge_id = use_charge.id
         WHERE COALESCE(line.times, 0) <> CASE WHEN use_charge.invoice_id IS NULL THEN 0 ELSE 1 END
            OR COALESCE(line.back, 0) <> CASE WHEN use_charge.invoice_id IS NULL OR use_charge.credited_at IS NULL
                                              THEN 0 ELSE 1 END
            OR line.gross_minor <> use_charge.gross_minor OR invoice.customer_id <> use_charge.customer_id
            OR (invoice.id IS NOT NULL AND use_charge.customer_id IS NULL)",
    ),
];
