//! The towns' settlements against the books.

use super::Rule;

pub(super) const RULES: [Rule; 10] = [
    (
        "a settlement is the sum of its lines",
        "SELECT 'settlement:' || CAST(settlement.number AS TEXT) FROM settlement
         LEFT JOIN (SELECT settlement_id, debtor, creditor, COUNT(*) AS lines, SUM(booked_minor) AS booked_minor,
                        SUM(contract_minor) AS contract_minor
                    FROM settlement_line GROUP BY settlement_id, debtor, creditor) AS one
             ON one.settlement_id = settlement.id AND one.debtor = settlement.one AND one.creditor = settlement.other
         LEFT JOIN (SELECT settlement_id, debtor, creditor, COUNT(*) AS lines, SUM(booked_minor) AS booked_minor,
                        SUM(contract_minor) AS contract_minor
                    FROM settlement_line GROUP BY settlement_id, debtor, creditor) AS other
             ON other.settlement_id = settlement.id AND other.debtor = settlement.other
                 AND other.creditor = settlement.one
         WHERE COALESCE(one.booked_minor, 0) <> one_booked_minor OR COALESCE(one.contract_minor, 0) <> one_contract_minor
            OR COALESCE(other.booked_minor, 0) <> other_booked_minor
            OR COALESCE(other.contract_minor, 0) <> other_contract_minor
            OR COALESCE(one.lines, 0) + COALESCE(other.lines, 0) <> settlement.lines
            OR settlement.lines <> (SELECT COUNT(*) FROM settlement_line WHERE settlement_id = settlement.id)",
    ),
    (
        "what a settlement's line says is what the books say, from before its cut-off",
        "SELECT 'settlement:' || CAST(settlement.number AS TEXT) FROM settlement_line
         JOIN settlement ON settlement.id = settlement_line.settlement_id
         JOIN ledger_transaction ON ledger_transaction.id = settlement_line.transaction_id
         LEFT JOIN posting ON posting.transaction_id = settlement_line.transaction_id
             AND posting.entity = settlement_line.debtor
             AND (debit = 'due_to:' || settlement_line.creditor OR credit = 'due_to:' || settlement_line.creditor)
         GROUP BY settlement.number, settlement_line.line, settlement_line.booked_minor, settlement_line.contract_minor,
             settlement.cut_off, ledger_transaction.at
         HAVING settlement_line.booked_minor
                 <> COALESCE(SUM(CASE WHEN credit LIKE 'due_to:%' THEN minor ELSE -minor END), 0)
             OR settlement_line.contract_minor
                 <> COALESCE(SUM(CASE WHEN credit LIKE 'due_to:%' THEN posting.contract_minor
                                      ELSE -posting.contract_minor END), 0)
             OR ledger_transaction.at >= settlement.cut_off",
    ),
    (
        "what was owed before a cut-off is settled",
        "SELECT DISTINCT booked.source FROM (
             SELECT transaction_id, entity AS debtor,
                 CASE WHEN credit LIKE 'due_to:%' THEN SUBSTR(credit, 8) ELSE SUBSTR(debit, 8) END AS creditor
             FROM posting WHERE debit LIKE 'due_to:%' OR credit LIKE 'due_to:%') AS due
         JOIN ledger_transaction AS booked ON booked.id = due.transaction_id
         JOIN (SELECT one, other, MAX(cut_off) AS cut_off FROM settlement GROUP BY one, other) AS last
             ON (last.one = due.debtor AND last.other = due.creditor)
                 OR (last.other = due.debtor AND last.one = due.creditor)
         LEFT JOIN settlement_line AS settled ON settled.transaction_id = due.transaction_id
             AND settled.debtor = due.debtor AND settled.creditor = due.creditor
         WHERE booked.event <> 'settlement' AND booked.at < last.cut_off AND settled.line IS NULL",
    ),
    (
        "a settlement closes in both towns' books what it settles, and nothing else",
        "SELECT 'settlement:' || CAST(settlement.number AS TEXT) FROM settlement
         CROSS JOIN (SELECT 1 AS side UNION ALL SELECT 2) AS sides
         LEFT JOIN ledger_transaction AS booked ON booked.event = 'settlement'
             AND booked.source = 'settlement:' || CAST(settlement.number AS TEXT)
         LEFT JOIN posting ON posting.transaction_id = booked.id
             AND posting.entity = CASE WHEN side = 1 THEN settlement.one ELSE settlement.other END
         GROUP BY settlement.id, settlement.number, side, one_booked_minor, one_contract_minor, other_booked_minor,
             other_contract_minor, one_minor, other_minor, one_gain_minor, other_gain_minor
         HAVING COALESCE(SUM(CASE WHEN debit LIKE 'due_to:%' THEN minor WHEN credit LIKE 'due_to:%' THEN -minor END), 0)
                 <> CASE WHEN side = 1 THEN one_booked_minor ELSE other_booked_minor END
             OR COALESCE(SUM(CASE WHEN debit LIKE 'due_to:%' THEN contract_minor
                                  WHEN credit LIKE 'due_to:%' THEN -contract_minor END), 0)
                 <> CASE WHEN side = 1 THEN one_contract_minor ELSE other_contract_minor END
             OR COALESCE(SUM(CASE WHEN credit LIKE 'due_from:%' THEN minor WHEN debit LIKE 'due_from:%' THEN -minor END), 0)
                 <> CASE WHEN side = 1 THEN other_contract_minor ELSE one_contract_minor END
             OR COALESCE(SUM(CASE WHEN credit LIKE 'settlement:%' THEN minor
                                  WHEN debit LIKE 'settlement:%' THEN -minor END), 0)
                 <> CASE WHEN side = 1 THEN one_minor ELSE -other_minor END
             OR COALESCE(SUM(CASE WHEN credit = 'exchange_gain' THEN minor WHEN debit = 'exchange_loss' THEN -minor END), 0)
                 <> CASE WHEN side = 1 THEN one_gain_minor ELSE other_gain_minor END
             OR COUNT(DISTINCT booked.id) > 1",
    ),
    (
        "each settlement in the books is one that was drawn up",
        "SELECT booked.source FROM ledger_transaction AS booked
         LEFT JOIN settlement ON booked.source = 'settlement:' || CAST(settlement.number AS TEXT)
         WHERE booked.event = 'settlement' AND settlement.id IS NULL",
    ),
    (
        "what is to be paid between two towns is what is open of their settlements",
        "SELECT entity || ': settlement:' || other FROM (
             SELECT entity, SUBSTR(CASE WHEN debit LIKE 'settlement:%' THEN debit ELSE credit END, 12) AS other,
                 SUM(CASE WHEN debit LIKE 'settlement:%' THEN minor ELSE -minor END) AS minor
             FROM posting WHERE debit LIKE 'settlement:%' OR credit LIKE 'settlement:%' GROUP BY 1, 2
             UNION ALL SELECT one, other, one_minor - one_paid_minor FROM settlement
             WHERE id NOT IN (SELECT settlement_id FROM settlement_write_off WHERE undone_at IS NULL)
             UNION ALL SELECT other, one, other_paid_minor - other_minor FROM settlement
             WHERE id NOT IN (SELECT settlement_id FROM settlement_write_off WHERE undone_at IS NULL)) AS said
         GROUP BY entity, other HAVING SUM(minor) <> 0",
    ),
    (
        "what is written off of a settlement is all that was open of it",
        "SELECT 'settlement:' || CAST(settlement.number AS TEXT) FROM settlement
         JOIN settlement_write_off ON settlement_write_off.settlement_id = settlement.id
         WHERE undone_at IS NULL AND minor <> ABS(net_minor - paid_minor)",
    ),
    (
        "what is written off of a settlement is its payer's gain",
        "SELECT municipality.code FROM municipality WHERE
             (SELECT COALESCE(SUM(CASE WHEN net_minor > 0 AND one = municipality.code THEN one_minor - one_paid_minor
                                       WHEN net_minor < 0 AND other = municipality.code THEN other_paid_minor - other_minor
                                       ELSE 0 END), 0)
              FROM settlement_write_off JOIN settlement ON settlement.id = settlement_write_off.settlement_id
              WHERE undone_at IS NULL)
             <> (SELECT COALESCE(SUM(CASE WHEN credit = 'exchange_gain' THEN minor WHEN debit = 'exchange_gain' THEN -minor
                                          ELSE 0 END), 0)
                 FROM posting JOIN ledger_transaction ON ledger_transaction.id = posting.transaction_id
                 WHERE posting.entity = municipality.code AND event IN ('written_off', 'correction'))",
    ),
    (
        "a settlement has one payment, and is closed when all of it has come",
        "SELECT 'settlement:' || CAST(settlement.number AS TEXT) FROM settlement
         LEFT JOIN (SELECT settlement_id, SUM(settled_minor) AS settled_minor, MIN(municipality) AS municipality, COUNT(DISTINCT municipality) AS payees
                    FROM (SELECT settlement_id, settled_minor, municipality FROM bank_payment
                          UNION ALL SELECT settlement_id, settled_minor, municipality FROM owed_spent) AS money
                    WHERE settlement_id IS NOT NULL GROUP BY settlement_id) AS came
             ON came.settlement_id = settlement.id
         WHERE COALESCE(came.settled_minor, 0) <> ABS(paid_minor) OR paid_minor * net_minor < 0
            OR came.payees > 1 OR came.municipality <> CASE WHEN net_minor > 0 THEN other ELSE one END
            OR (paid_minor = net_minor AND (one_paid_minor <> one_minor OR other_paid_minor <> other_minor))",
    ),
    (
        "settlements are numbered without a gap",
        "SELECT 'settlement:' || CAST(MAX(number) AS TEXT) FROM settlement
         HAVING COUNT(*) <> MAX(number) OR MIN(number) <> 1",
    ),
];
