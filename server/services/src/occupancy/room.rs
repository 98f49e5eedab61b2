//! What the times around a wish say to it.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{
    money::PriceGroup,
    space::Refusal,
    time::{LocalDay, QuarterSet, Span},
};

use super::{Scope, Taken, day::times};
use crate::{Services, catalogue::Space, db::DbError};

/// Whether a booking would leave a gap beside it, where the space refuses that. Two who book at once may
/// together leave one: a gap is a nuisance, not a wrong. `without` is a booking that is to be moved.
///
/// # Errors
/// The outer one when the database can't be read.
pub(crate) async fn check_gaps(
    services: &Services,
    space: &Space,
    span: Span,
    without: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Result<(), Refusal>, DbError> {
    if !space.rules.no_gaps {
        return Ok(Ok(()));
    }
    let day = LocalDay::of(span.start().start(), space.zone());
    let scope = Scope { span: day.window(), facility: Some(space.facility.id), without };
    let taken = Taken::read(&services.db, scope, now).await?;
    let hours = space.rules.opening.on_day(&day);
    let times = times(space, &day, hours, (&taken, QuarterSet::EMPTY), PriceGroup::Adult, now);
    Ok(space.rules.check_room(&day, &times, span).map(drop))
}
