//! Whatever takes time has exactly its cells.

use super::Rule;

pub(super) const RULES: [Rule; 4] = [
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
