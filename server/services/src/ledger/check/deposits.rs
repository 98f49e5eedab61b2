//! Whether what is held as deposits is held, and ends by being kept or coming back.

use super::Rule;

pub(super) const RULES: [Rule; 5] = [
    (
        "a deposit is what was asked for with the payment that has confirmed its booking",
        "SELECT booking.reference FROM payment JOIN booking ON booking.id = payment.booking_id
         LEFT JOIN deposit ON deposit.payment_id = payment.id
         WHERE CASE WHEN payment.state = 'paid' AND NOT payment.surplus THEN payment.deposit_minor ELSE 0 END
                   <> COALESCE(deposit.minor, 0)
            OR (payment.deposit_minor > 0 AND (payment.change_id IS NOT NULL OR payment.use_charge_id IS NOT NULL))
            OR deposit.booking_id <> payment.booking_id",
    ),
    (
        "no more of a deposit is kept and given back than came, and each is written down",
        "SELECT booking.reference FROM deposit JOIN booking ON booking.id = deposit.booking_id
         WHERE deposit.kept_minor + deposit.returned_minor > deposit.minor
            OR deposit.kept_minor <> (SELECT COALESCE(SUM(minor), 0) FROM deposit_keep
                                      WHERE deposit_keep.booking_id = booking.id AND undone_at IS NULL)
            OR deposit.returned_minor <> (SELECT COALESCE(SUM(refund.minor), 0) FROM refund
                                          WHERE refund.payment_id = deposit.payment_id AND refund.of_deposit)
         UNION ALL
         SELECT booking.reference FROM refund JOIN payment ON payment.id = refund.payment_id
         JOIN booking ON booking.id = payment.booking_id
         LEFT JOIN deposit ON deposit.payment_id = payment.id
         WHERE refund.of_deposit AND deposit.payment_id IS NULL",
    ),
    (
        "a deposit is in the books once, and so is what is kept of it and comes back",
        "SELECT booking.reference FROM deposit JOIN booking ON booking.id = deposit.booking_id
         LEFT JOIN (SELECT booking_id,
                   SUM(CASE WHEN event = 'deposit' AND credit = 'deposits' THEN posting.minor ELSE 0 END) AS minor,
                   SUM(CASE WHEN event = 'deposit_returned' AND debit = 'deposits' THEN posting.minor ELSE 0 END) AS returned,
                   SUM(CASE WHEN event = 'deposit_kept' AND debit = 'deposits' THEN posting.minor
                            WHEN event = 'correction' AND credit = 'deposits' THEN -posting.minor ELSE 0 END) AS kept
               FROM ledger_transaction JOIN posting ON posting.transaction_id = ledger_transaction.id
               WHERE booking_id IS NOT NULL AND (debit = 'deposits' OR credit = 'deposits')
               GROUP BY booking_id) AS booked ON booked.booking_id = booking.id
         WHERE COALESCE(booked.minor, 0) <> deposit.minor OR booked.kept <> deposit.kept_minor
            OR booked.returned <> deposit.returned_minor",
    ),
    (
        "what a town's books hold as deposits is what it holds of payers",
        "SELECT municipality.code FROM municipality
         WHERE (SELECT COALESCE(SUM(CASE WHEN credit = 'deposits' THEN minor WHEN debit = 'deposits' THEN -minor ELSE 0 END), 0)
                FROM posting WHERE posting.entity = municipality.code AND posting.currency = municipality.currency)
             <> (SELECT COALESCE(SUM(deposit.minor - deposit.kept_minor - deposit.returned_minor), 0) FROM deposit
                 JOIN payment ON payment.id = deposit.payment_id
                 WHERE payment.collector = municipality.code AND payment.currency = municipality.currency)
            OR EXISTS (SELECT 1 FROM deposit JOIN payment ON payment.id = deposit.payment_id
                       WHERE payment.collector = municipality.code AND payment.currency <> municipality.currency)",
    ),
    (
        "of a booking that is cancelled or paid later no deposit is held",
        "SELECT booking.reference FROM deposit JOIN booking ON booking.id = deposit.booking_id
         WHERE (booking.state NOT IN ('confirmed', 'no_show') OR booking.customer_id IS NOT NULL)
           AND deposit.kept_minor + deposit.returned_minor < deposit.minor",
    ),
];
