//! What is occupied in a stretch of time, as bits.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::time::{Quarter, QuarterSet, Span};

use crate::db::{Db, DbError, on};

/// Quarters that the database folds into one number: they and their sum fit 63 bits.
const FOLD: i64 = 48;

/// The occupied quarters of each part, from a first quarter on.
#[derive(Debug, Default)]
pub struct Taken {
    first: i64,
    folds: HashMap<(i64, i64), u64>,
}

impl Taken {
    /// Reads what is occupied within the span: in one facility, or everywhere.
    ///
    /// The database folds the cells of a part's half day into a sum of powers of two, so that a
    /// day of 200 spaces is some hundred numbers. Each sum is a query of its own within the query: it
    /// reads its stretch of the key and nothing else, on either engine, and nothing need be sorted to
    /// be grouped. Holds that have run out by `now` don't count.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn read(
        db: &Db,
        span: Span,
        facility: Option<Uuid>,
        now: DateTime<Utc>,
    ) -> Result<Self, DbError> {
        let (first, end) = (span.start().0, span.end().0);
        let folds: Vec<(i64, i64, Option<i64>)> = on!(db, c => sqlx::query_as(
            "WITH RECURSIVE folds (fold, first) AS (
                 SELECT CAST(0 AS BIGINT), CAST($1 AS BIGINT)
                 UNION ALL SELECT fold + 1, first + 48 FROM folds WHERE first + 48 < $2)
             SELECT part.id, folds.fold, (
                 SELECT CAST(SUM(CAST(1 AS BIGINT) << CAST(cell.quarter - folds.first AS INTEGER)) AS BIGINT)
                 FROM cell
                 WHERE cell.part_id = part.id AND cell.quarter >= folds.first AND cell.quarter < folds.first + 48
                   AND cell.quarter < $2)
             FROM part CROSS JOIN folds WHERE $3 IS NULL OR part.facility_id = $3")
            .bind(first).bind(end).bind(facility).fetch_all(c).await)?;
        let folds =
            folds.into_iter().filter_map(|(part, fold, bits)| Some(((part, fold), bits?.unsigned_abs())));
        let folds = folds.collect();
        let mut taken = Self { first, folds };
        taken.without_expired(db, span, now).await?;
        Ok(taken)
    }

    async fn without_expired(&mut self, db: &Db, span: Span, now: DateTime<Utc>) -> Result<(), DbError> {
        let cells: Vec<(i64, i64)> = on!(db, c => sqlx::query_as(
            "SELECT cell.part_id, cell.quarter FROM claim JOIN cell ON cell.claim_id = claim.id
             WHERE claim.expires_at <= $1 AND cell.quarter >= $2 AND cell.quarter < $3")
            .bind(now).bind(span.start().0).bind(span.end().0).fetch_all(c).await)?;
        for (part, quarter) in cells {
            let offset = quarter - self.first;
            if let Some(bits) = self.folds.get_mut(&(part, offset / FOLD)) {
                *bits &= !(1 << (offset % FOLD));
            }
        }
        Ok(())
    }

    /// The occupied quarters of any of the parts, in the window of 128 from `start` on.
    #[must_use]
    pub fn window(&self, parts: &[i64], start: Quarter) -> QuarterSet {
        let offset = start.0 - self.first;
        let (fold, skip) = (offset.div_euclid(FOLD), offset.rem_euclid(FOLD));
        let bits = parts.iter().fold(0, |bits, &part| {
            bits | (0..4).fold(0, |bits, next| match self.folds.get(&(part, fold + next)) {
                Some(&found) => bits | shifted(u128::from(found), next * FOLD - skip),
                None => bits,
            })
        });
        QuarterSet::from_bits(bits)
    }
}

fn shifted(bits: u128, left: i64) -> u128 {
    match u32::try_from(left) {
        Ok(left) => bits.checked_shl(left).unwrap_or(0),
        Err(_) => bits >> left.unsigned_abs(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_window_shows_the_cells(cells in prop::collection::vec((0i64..3, 0i64..400), 0..60), start in 0i64..270) {
            let mut taken = Taken { first: 1000, folds: HashMap::new() };
            for (part, offset) in &cells {
                *taken.folds.entry((*part, offset / FOLD)).or_default() |= 1 << (offset % FOLD);
            }
            let window = taken.window(&[0, 2], Quarter(1000 + start));
            for quarter in 0..128u32 {
                let occupied = cells.iter().any(|(part, offset)| *part != 1 && *offset == start + i64::from(quarter));
                prop_assert_eq!(window.contains(quarter), occupied);
            }
        }
    }
}
