//! Whether what grants pay is within their budgets, and in the books.

use super::Rule;

pub(super) const RULES: [Rule; 8] = [
    (
        "what is used of a grant is what it has promised and paid, within its budget",
        "SELECT town_grant.municipality FROM town_grant
         WHERE used_minor < 0 OR used_minor > budget_minor OR used_minor <>
             (SELECT COALESCE(SUM(minor), 0) FROM grant_use
              WHERE grant_use.grant_id = town_grant.id AND grant_use.state <> 'released')
             - (SELECT COALESCE(SUM(grant_return.minor), 0) FROM grant_return
                JOIN grant_use ON grant_use.id = grant_return.use_id WHERE grant_use.grant_id = town_grant.id)",
    ),
    (
        "a voucher is used for one booking, or within its amount",
        "SELECT town_grant.municipality FROM grant_voucher JOIN town_grant ON town_grant.id = grant_voucher.grant_id
         WHERE grant_voucher.used_minor > COALESCE(grant_voucher.amount_minor, grant_voucher.used_minor)
            OR (grant_voucher.amount_minor IS NULL AND grant_voucher.uses > 1)
            OR grant_voucher.used_minor <>
                (SELECT COALESCE(SUM(minor), 0) FROM grant_use
                 WHERE grant_use.voucher_id = grant_voucher.id AND grant_use.state <> 'released')
                - (SELECT COALESCE(SUM(grant_return.minor), 0) FROM grant_return
                   JOIN grant_use ON grant_use.id = grant_return.use_id WHERE grant_use.voucher_id = grant_voucher.id)
            OR grant_voucher.uses <>
                (SELECT COUNT(*) FROM grant_use
                 WHERE grant_use.voucher_id = grant_voucher.id AND grant_use.state <> 'released'
                   AND grant_use.change_id IS NULL AND grant_use.gross_minor >
                     (SELECT COALESCE(SUM(grant_return.gross_minor), 0) FROM grant_return
                      WHERE grant_return.use_id = grant_use.id))",
    ),
    (
        "no more comes back to a grant than it has paid",
        "SELECT booking.reference FROM grant_return JOIN grant_use ON grant_use.id = grant_return.use_id
         JOIN booking ON booking.id = grant_use.booking_id
         GROUP BY grant_use.id, grant_use.state, grant_use.minor, grant_use.gross_minor, grant_use.vat_minor, booking.reference
         HAVING SUM(grant_return.minor) > grant_use.minor OR SUM(grant_return.gross_minor) > grant_use.gross_minor
             OR SUM(grant_return.vat_minor) > grant_use.vat_minor OR grant_use.state <> 'given'",
    ),
    (
        "what a grant gives and what comes back to it is in the books once",
        "SELECT booking.reference FROM booking
         WHERE (SELECT COUNT(*) FROM ledger_transaction AS booked
                WHERE booked.booking_id = booking.id AND booked.event = 'subsidy')
               <> (SELECT COUNT(*) FROM grant_use WHERE grant_use.booking_id = booking.id AND grant_use.state = 'given')
            OR (SELECT COUNT(*) FROM ledger_transaction AS booked
                WHERE booked.booking_id = booking.id AND booked.event = 'subsidy_returned')
               <> (SELECT COUNT(*) FROM grant_return JOIN grant_use ON grant_use.id = grant_return.use_id
                   WHERE grant_use.booking_id = booking.id)
            OR (SELECT COALESCE(SUM(CASE WHEN credit IN ('income', 'vat') THEN posting.minor
                                         WHEN debit IN ('income', 'vat') THEN -posting.minor ELSE 0 END), 0)
                FROM ledger_transaction AS booked JOIN posting ON posting.transaction_id = booked.id
                WHERE booked.booking_id = booking.id AND booked.event IN ('subsidy', 'subsidy_returned'))
               <> COALESCE((SELECT gross_minor FROM granted WHERE granted.booking_id = booking.id), 0)",
    ),
    (
        "the tax in what a grant pays is that in the books",
        "SELECT booking.reference FROM granted JOIN booking ON booking.id = granted.booking_id
         WHERE granted.vat_minor <>
             (SELECT COALESCE(SUM(CASE WHEN credit = 'vat' THEN posting.minor WHEN debit = 'vat' THEN -posting.minor
                                       ELSE 0 END), 0)
              FROM ledger_transaction AS booked JOIN posting ON posting.transaction_id = booked.id
              WHERE booked.booking_id = booking.id AND booked.event IN ('subsidy', 'subsidy_returned', 'correction'))",
    ),
    (
        "what a town's books say that it pays of others' prices is what its grants have paid",
        "SELECT municipality.code FROM municipality
         WHERE (SELECT COALESCE(SUM(CASE WHEN debit = 'subsidies' THEN minor WHEN credit = 'subsidies' THEN -minor
                                         ELSE 0 END), 0)
                FROM posting WHERE posting.entity = municipality.code)
             <> (SELECT COALESCE(SUM(minor), 0) FROM grant_use JOIN town_grant ON town_grant.id = grant_use.grant_id
                 WHERE town_grant.municipality = municipality.code AND grant_use.state = 'given')
             - (SELECT COALESCE(SUM(grant_return.minor), 0) FROM grant_return
                JOIN grant_use ON grant_use.id = grant_return.use_id
                JOIN town_grant ON town_grant.id = grant_use.grant_id
                WHERE town_grant.municipality = municipality.code)",
    ),
    (
        "a grant is promised only while a time is held, and pays no more than the price",
        "SELECT booking.reference FROM grant_use JOIN booking ON booking.id = grant_use.booking_id
         LEFT JOIN booking_change ON booking_change.id = grant_use.change_id
         WHERE grant_use.state = 'reserved' AND CASE WHEN grant_use.change_id IS NULL
             THEN booking.state <> 'held' OR grant_use.gross_minor > booking.total_minor
             ELSE booking_change.state <> 'open' END
         UNION ALL
         SELECT booking.reference FROM granted JOIN booking ON booking.id = granted.booking_id
         WHERE granted.gross_minor > booking.total_minor OR granted.gross_minor < 0",
    ),
    (
        "what an invoice's line says that a grant pays is what it pays, or has come back with the line",
        "SELECT booking.reference FROM invoice_line AS line JOIN invoice ON invoice.id = line.invoice_id
         JOIN booking ON booking.id = line.booking_id
         LEFT JOIN granted ON granted.booking_id = booking.id
         LEFT JOIN (SELECT grant_use.booking_id, SUM(grant_return.gross_minor) AS gross_minor FROM grant_return
                    JOIN grant_use ON grant_use.id = grant_return.use_id WHERE grant_return.reason = 'credited'
                    GROUP BY grant_use.booking_id) AS back ON back.booking_id = booking.id
         WHERE invoice.credits IS NULL AND (
             line.granted_minor <> CASE WHEN line.use_charge_id IS NULL
                 THEN COALESCE(granted.gross_minor, 0) + COALESCE(back.gross_minor, 0) ELSE 0 END
             OR (line.use_charge_id IS NULL AND COALESCE(back.gross_minor, 0) <>
                 (SELECT COALESCE(SUM(taken.granted_minor), 0) FROM invoice_line AS taken
                  JOIN invoice AS note ON note.id = taken.invoice_id
                  WHERE note.credits = invoice.id AND taken.credits_line = line.line)))",
    ),
];
