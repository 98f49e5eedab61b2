//! What is occupied in a stretch of time, as bits.

use std::{collections::HashMap, ops::Range};

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::time::{Quarter, QuarterSet, Span, WINDOW_FROM, WINDOW_TO};

use crate::db::{Db, DbError, Tx, on, within};

/// Quarters that the database folds into one number: they and their sum fit 63 bits.
const FOLD: i64 = 48;

/// What of the occupied to look at.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    pub span: Span,
    /// One facility, or everywhere.
    pub facility: Option<Uuid>,
    /// Whose own cells don't stand in its way: a booking that is to be moved, or a claim that keeps them for
    /// whoever waits.
    pub without: Option<Uuid>,
}

impl Scope {
    /// All that is occupied everywhere.
    #[must_use]
    pub const fn everywhere(span: Span) -> Self {
        Self { span, facility: None, without: None }
    }
}

/// The occupied quarters of each part, from a first quarter on.
#[derive(Debug, Default)]
pub struct Taken {
    first: i64,
    /// By part, a number for each fold: so many.
    folds: HashMap<i64, Vec<u64>>,
    count: usize,
}

/// By part and fold, a bit for each cell.
const FOLDS: &str = "WITH RECURSIVE folds (fold, first) AS (
         SELECT CAST(0 AS BIGINT), CAST($1 AS BIGINT)
         UNION ALL SELECT fold + 1, first + 48 FROM folds WHERE first + 48 < $2)
     SELECT part.id, folds.fold, (
         SELECT CAST(SUM(CAST(1 AS BIGINT) << CAST(cell.quarter - folds.first AS INTEGER)) AS BIGINT)
         FROM cell
         WHERE cell.part_id = part.id AND cell.quarter >= folds.first AND cell.quarter < folds.first + 48
           AND cell.quarter < $2)
     FROM part CROSS JOIN folds WHERE $3 IS NULL OR part.facility_id = $3";

/// The cells that stand in nobody's way: each kind found by its own index, on either engine.
const PASSABLE: &str = "SELECT cell.part_id, cell.quarter FROM (
         SELECT id FROM claim WHERE expires_at <= $1
         UNION ALL SELECT id FROM claim WHERE id = $4
         UNION ALL SELECT id FROM claim WHERE booking_id = $4
         UNION ALL SELECT claim.id FROM booking_change JOIN claim ON claim.change_id = booking_change.id
             WHERE booking_change.booking_id = $4) AS passable
     JOIN cell ON cell.claim_id = passable.id WHERE cell.quarter >= $2 AND cell.quarter < $3";

impl Taken {
    /// Reads what is occupied within the scope.
    ///
    /// The database folds the cells of a part's half day into a sum of powers of two, so that a
    /// day of 200 spaces is some hundred numbers. Each sum is a query of its own within the query: it
    /// reads its stretch of the key and nothing else, on either engine, and nothing need be sorted to
    /// be grouped. Holds that have run out by `now` don't count.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn read(db: &Db, scope: Scope, now: DateTime<Utc>) -> Result<Self, DbError> {
        let Scope { span, facility, without } = scope;
        let rows = on!(db, c => sqlx::query_as(FOLDS)
            .bind(span.start().0).bind(span.end().0).bind(facility).fetch_all(c).await)?;
        let passable = on!(db, c => sqlx::query_as(PASSABLE)
            .bind(now).bind(span.start().0).bind(span.end().0).bind(without).fetch_all(c).await)?;
        Ok(Self::of(span, rows, passable))
    }

    /// The same within a transaction.
    pub(crate) async fn read_in(tx: &mut Tx, scope: Scope, now: DateTime<Utc>) -> Result<Self, DbError> {
        let Scope { span, facility, without } = scope;
        let rows = within!(&mut *tx, c => sqlx::query_as(FOLDS)
            .bind(span.start().0).bind(span.end().0).bind(facility).fetch_all(c).await)?;
        let passable = within!(tx, c => sqlx::query_as(PASSABLE)
            .bind(now).bind(span.start().0).bind(span.end().0).bind(without).fetch_all(c).await)?;
        Ok(Self::of(span, rows, passable))
    }

    fn of(span: Span, rows: Vec<(i64, i64, Option<i64>)>, passable: Vec<(i64, i64)>) -> Self {
        let (first, end) = (span.start().0, span.end().0);
        let count = usize::try_from((end - first + FOLD - 1) / FOLD).unwrap_or_default();
        let mut taken = Self { first, folds: HashMap::new(), count };
        for (part, fold, bits) in rows {
            let (Some(bits), Ok(fold)) = (bits, usize::try_from(fold)) else { continue };
            taken.folds.entry(part).or_insert_with(|| vec![0; count])[fold] = bits.unsigned_abs();
        }
        for (part, quarter) in passable {
            taken.mark(&[part], quarter..quarter + 1, false);
        }
        taken
    }

    /// Shows quarters of parts as taken or free, as far as they lie in what was read.
    pub(super) fn mark(&mut self, parts: &[i64], quarters: Range<i64>, taken: bool) {
        for part in parts {
            let folds = self.folds.entry(*part).or_insert_with(|| vec![0; self.count]);
            for offset in quarters.clone().map(|quarter| quarter - self.first) {
                let fold = usize::try_from(offset.div_euclid(FOLD)).ok();
                let Some(bits) = fold.and_then(|fold| folds.get_mut(fold)) else { continue };
                let bit = 1 << offset.rem_euclid(FOLD);
                if taken { *bits |= bit } else { *bits &= !bit }
            }
        }
    }

    /// The occupied quarters of any of the parts, in the window around the day that begins at `start`.
    #[must_use]
    pub fn window(&self, parts: &[i64], start: Quarter) -> QuarterSet {
        let ahead = start.0 - self.first;
        let places = (ahead + WINDOW_FROM).div_euclid(FOLD).max(0)..=(ahead + WINDOW_TO - 1).div_euclid(FOLD);
        let folds = parts.iter().filter_map(|part| self.folds.get(part));
        folds.fold(QuarterSet::EMPTY, |taken, folds| {
            places.clone().fold(taken, |taken, place| {
                match usize::try_from(place).ok().and_then(|place| folds.get(place)) {
                    Some(&bits) => taken.with_word(place * FOLD - ahead, bits),
                    None => taken,
                }
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_window_shows_the_cells(cells in prop::collection::vec((0i64..3, 0i64..400), 0..60), start in 0i64..400) {
            let mut taken = Taken { first: 1000, folds: HashMap::new(), count: 9 };
            for (part, offset) in &cells {
                taken.mark(&[*part], 1000 + offset..1001 + offset, true);
            }
            let window = taken.window(&[0, 2], Quarter(1000 + start));
            for quarter in WINDOW_FROM..WINDOW_TO {
                let occupied = cells.iter().any(|(part, offset)| *part != 1 && *offset == start + quarter);
                prop_assert_eq!(window.contains(quarter), occupied);
            }
        }
    }
}
