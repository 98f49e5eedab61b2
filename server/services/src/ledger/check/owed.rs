//! Whether what is owed to payers, written off and paid out to the towns is in the books.

use super::Rule;

pub(super) const RULES: [Rule; 5] = [
    (
        "what a town owes to payers is what its books say",
        // Of its invoices and its bank's statement, and of what providers took in that pays for nothing.
        "SELECT municipality.code FROM municipality WHERE
             (SELECT COALESCE(SUM(left_minor), 0) FROM owed_money WHERE owed_money.municipality = municipality.code)
             + (SELECT COALESCE(SUM(payment.minor - COALESCE(back.minor, 0)), 0) FROM payment
                LEFT JOIN (SELECT payment_id, SUM(minor) AS minor FROM refund GROUP BY payment_id) AS back
                    ON back.payment_id = payment.id
                WHERE payment.collector = municipality.code AND payment.state = 'paid' AND payment.surplus)
             <> (SELECT COALESCE(SUM(CASE WHEN credit = 'owed_to_payers' THEN minor
                                          WHEN debit = 'owed_to_payers' THEN -minor ELSE 0 END), 0)
                 FROM posting WHERE posting.entity = municipality.code)",
    ),
    (
        "no more of a payer's money is spent than is owed",
        "SELECT municipality FROM owed_money WHERE left_minor < 0
         UNION ALL
         SELECT owed_spent.municipality FROM owed_spent
         LEFT JOIN owed_money ON owed_money.payment_id = owed_spent.payment_id
         WHERE owed_spent.payment_id IS NOT NULL
           AND (owed_money.municipality IS NULL OR owed_money.municipality <> owed_spent.municipality)
         UNION ALL
         SELECT owed_spent.municipality FROM owed_spent
         LEFT JOIN owed_money ON owed_money.returned_id = owed_spent.returned_id
         WHERE owed_spent.returned_id IS NOT NULL
           AND (owed_money.municipality IS NULL OR owed_money.municipality <> owed_spent.municipality)",
    ),
    (
        "what a payer's money pays is an invoice of the same town, and no more than it comes to",
        "SELECT invoice.municipality FROM invoice JOIN (
             SELECT invoice_id, MIN(municipality) AS first, MAX(municipality) AS last, SUM(minor) AS minor
             FROM invoice_paid GROUP BY invoice_id) AS paid ON paid.invoice_id = invoice.id
         WHERE invoice.credits IS NOT NULL OR paid.first <> invoice.municipality OR paid.last <> invoice.municipality
            OR paid.minor > invoice.gross_minor
                + (SELECT COALESCE(SUM(fee_minor), 0) FROM invoice_reminder WHERE invoice_id = invoice.id)
                + COALESCE((SELECT minor FROM invoice_returned WHERE invoice_returned.invoice_id = invoice.id), 0)",
    ),
    (
        "what is written off is in the books",
        "SELECT municipality.code FROM municipality WHERE
             (SELECT COALESCE(SUM(minor - invoice_write_off.vat_minor), 0) FROM invoice_write_off
              JOIN invoice ON invoice.id = invoice_write_off.invoice_id
              WHERE invoice.municipality = municipality.code AND undone_at IS NULL)
             + (SELECT COALESCE(SUM(CASE WHEN net_minor > 0 AND other = municipality.code THEN other_minor - other_paid_minor
                                         WHEN net_minor < 0 AND one = municipality.code THEN one_paid_minor - one_minor
                                         ELSE 0 END), 0)
                FROM settlement_write_off JOIN settlement ON settlement.id = settlement_write_off.settlement_id
                WHERE undone_at IS NULL)
             <> (SELECT COALESCE(SUM(CASE WHEN debit = 'bad_debts' THEN minor WHEN credit = 'bad_debts' THEN -minor
                                          ELSE 0 END), 0)
                 FROM posting WHERE posting.entity = municipality.code)",
    ),
    (
        "what a provider has paid out is in the books as it was reported",
        "SELECT settled.collector || '/' || settled.provider || '/' || settled.settlement
         FROM provider_settlement AS settled
         LEFT JOIN ledger_transaction AS booked
             ON booked.source = 'payout:' || settled.provider || '/' || settled.collector || '/' || settled.settlement
         LEFT JOIN posting ON posting.transaction_id = booked.id AND posting.entity = settled.collector
         WHERE settled.reported_at IS NOT NULL AND settled.minor - settled.fee_minor <>
             CASE WHEN posting.debit = 'bank' THEN posting.minor WHEN posting.credit = 'bank' THEN -posting.minor
                  ELSE 0 END",
    ),
];
