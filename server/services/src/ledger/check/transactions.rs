//! Transactions are whole, and in their time.

use super::Rule;

pub(super) const RULES: [Rule; 3] = [
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
];
