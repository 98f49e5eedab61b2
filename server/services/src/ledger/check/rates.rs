//! Whether money was converted at rates that were known.

use super::Rule;

pub(super) const RULES: [Rule; 1] = [(
    "a rate that was used is one of the bank's",
    // Known by then: a price's when it was quoted, or when its booking has changed last. The books don't say between which
    // currencies their rates are: those of the towns are looked up one by one (SQLite turns no CROSS JOIN round). A rate
    // between two that aren't the euro is made of two of the bank's.
    "SELECT used.place FROM (
         SELECT booking.reference AS place, payment.rate_base, payment.rate_quote, payment.rate_value, payment.rate_date,
             payment.created_at AS at
         FROM payment JOIN booking ON booking.id = payment.booking_id
         UNION ALL
         SELECT reference, rate_base, rate_quote, rate_value, rate_date, COALESCE(changed_at, created_at) FROM booking
         UNION ALL
         SELECT booking.reference, change.rate_base, change.rate_quote, change.rate_value, change.rate_date, change.created_at
         FROM booking_change AS change JOIN booking ON booking.id = change.booking_id
         UNION ALL
         SELECT booking.reference, charge.rate_base, charge.rate_quote, charge.rate_value, charge.rate_date, charge.charged_at
         FROM use_charge AS charge JOIN booking ON booking.id = charge.booking_id
         UNION ALL
         SELECT booking.reference, grant_use.rate_base, grant_use.rate_quote, grant_use.rate_value, grant_use.rate_date,
             grant_use.created_at
         FROM grant_use JOIN booking ON booking.id = grant_use.booking_id
         UNION ALL
         SELECT 'settlement:' || CAST(number AS TEXT), rate_base, rate_quote, rate_value, rate_date, drawn_at
         FROM settlement) AS used
     WHERE used.rate_base = 'EUR' AND NOT EXISTS (
         SELECT 1 FROM fixing WHERE fixing.currency = used.rate_quote AND fixing.fixing_date = used.rate_date
            AND fixing.per_euro = used.rate_value AND fixing.imported_at <= used.at)
     UNION ALL
     SELECT booked.source FROM ledger_transaction AS booked
     WHERE booked.rate_value IS NOT NULL AND EXISTS (SELECT 1 FROM municipality WHERE currency = 'EUR') AND NOT EXISTS (
         SELECT 1 FROM municipality CROSS JOIN fixing
         WHERE fixing.currency = municipality.currency AND fixing.fixing_date = booked.rate_date
            AND fixing.per_euro = booked.rate_value AND fixing.imported_at <= booked.at)",
)];
