//! What is booked outside the hours.

use std::sync::Arc;

use uuid::Uuid;
use vayla_domain::time::{Quarter, Span};

use crate::{
    Services,
    closure::Affected,
    db::{DbError, on},
};

type Row = (Uuid, String, i64, i64, String);

/// The bookings of the spaces that begin when it isn't open, or last until then: those to come, space by
/// space.
pub(super) async fn outside(services: &Services, spaces: &[Uuid]) -> Result<Vec<Affected>, DbError> {
    let (catalogue, now) = (services.catalogue(), Quarter::containing(services.clock.now()));
    let mut found = Vec::new();
    for space in spaces.iter().filter_map(|id| catalogue.space(*id)) {
        let rows: Vec<Row> = on!(&services.db, c => sqlx::query_as(
            "SELECT id, reference, start_quarter, end_quarter, state FROM booking
             WHERE space_id = $1 AND start_quarter > $2 AND state IN ('held', 'confirmed')
             ORDER BY start_quarter, id")
            .bind(space.id).bind(now.0).fetch_all(c).await)?;
        for (id, reference, start, end, state) in rows {
            let span = Span::new(Quarter(start), Quarter(end)).ok_or_else(|| DbError::corrupt(id))?;
            if !space.rules.opening.covers(span) {
                let state = state.parse().map_err(DbError::corrupt)?;
                found.push(Affected { id, reference, space: Arc::clone(space), span, state });
            }
        }
    }
    Ok(found)
}
