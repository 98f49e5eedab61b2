//! What becomes of a booking where something is closed.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;
use vayla_domain::{
    Reason,
    booking::BookingState,
    space::Refusal,
    time::{Quarter, Span},
};

use super::{Affected, Closure, ClosureError, read::over_in};
use crate::{
    Services, audit,
    booking::{self, Booking, MoveError, Target},
    catalogue::Space,
    db::{DbError, Tx},
    mail,
    staff::{Scope, Staff},
};

/// What staff have decided.
#[derive(Debug, Clone)]
pub enum Fate {
    /// It stands, and the place is closed around it.
    Keep,
    /// All that was paid goes back.
    Cancel,
    /// As long as it is, at the price that it has.
    Move { space: Arc<Space>, start: DateTime<Utc> },
}

/// Why a booking can't be moved there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoveProblem {
    #[error("the time is taken")]
    Occupied,
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Whoever holds a time is about to pay for that one.
    #[error("it isn't confirmed")]
    NotConfirmed,
    /// The books know whose income it is.
    #[error("it is another town's")]
    OtherTown,
}

/// A closure that is being made, and by whom.
pub(super) struct Making<'a> {
    pub services: &'a Services,
    pub staff: &'a Staff,
    pub closure: &'a Closure,
    pub reason: &'a Reason,
    pub now: DateTime<Utc>,
}

/// As the audit log has it.
#[derive(Serialize)]
struct ByClosure {
    closure: Uuid,
}

impl Making<'_> {
    /// Does with a booking what has been decided, and tells its booker.
    pub(super) async fn settle_in(
        &self,
        tx: &mut Tx,
        affected: &Affected,
        fate: &Fate,
    ) -> Result<(), ClosureError> {
        match fate {
            Fate::Keep => Ok(self.keep_in(tx, affected.id).await?),
            Fate::Cancel => {
                let (actor, reason) = (self.staff.actor(), self.reason);
                booking::withdraw_in(tx, self.services, actor, affected.id, reason, self.now).await?;
                Ok(())
            }
            Fate::Move { space, start } => {
                self.staff.may(Scope::Closures, &space.facility)?;
                let moved = self.move_in(tx, affected, space, *start).await?;
                moved.map_err(|why| ClosureError::Move { booking: affected.id, why })
            }
        }
    }

    async fn find_in(&self, tx: &mut Tx, id: Uuid) -> Result<Booking, DbError> {
        let found = booking::find_in(tx, &self.services.catalogue(), id).await?;
        found.ok_or_else(|| DbError::corrupt(id))
    }

    async fn note_in(&self, tx: &mut Tx, action: &str, booking: Uuid) -> Result<(), DbError> {
        let change = ByClosure { closure: self.closure.id };
        audit::note_in(tx, self.now, self.staff.actor(), action, booking, &change).await
    }

    /// A hold's booker is told once it is confirmed, with [`tell_kept_in`].
    async fn keep_in(&self, tx: &mut Tx, id: Uuid) -> Result<(), DbError> {
        let booking = self.find_in(tx, id).await?;
        self.note_in(tx, "kept", id).await?;
        if booking.confirmed_at.is_some() && self.closure.is_told() {
            mail::kept_in(tx, self.services, &booking, self.closure).await?;
        }
        Ok(())
    }

    async fn move_in(
        &self,
        tx: &mut Tx,
        affected: &Affected,
        space: &Arc<Space>,
        start: DateTime<Utc>,
    ) -> Result<Result<(), MoveProblem>, DbError> {
        let before = self.find_in(tx, affected.id).await?;
        let span = match self.target(&before, space, start) {
            Ok(span) => span,
            Err(problem) => return Ok(Err(problem)),
        };
        let target =
            Target { space: Arc::clone(space), start: span.start().start(), end: span.end().start() };
        let moved =
            booking::move_by_staff_in(tx, self.services, before.id, &target, self.staff.actor(), self.reason)
                .await;
        match moved {
            Ok(()) => self.note_in(tx, "moved_for_closure", before.id).await.map(Ok),
            Err(error) => problem(error).map(Err),
        }
    }

    /// The new time: nobody must come when it is closed or has begun; lengths and lead times don't bind.
    fn target(&self, booking: &Booking, space: &Space, start: DateTime<Utc>) -> Result<Span, MoveProblem> {
        if booking.state_at(self.now) != BookingState::Confirmed {
            return Err(MoveProblem::NotConfirmed);
        }
        if space.facility.municipality.code != booking.space.facility.municipality.code {
            return Err(MoveProblem::OtherTown);
        }
        if start < self.now {
            return Err(Refusal::InThePast.into());
        }
        let first = Quarter::starting_at(start);
        let span = first.and_then(|first| Span::new(first, first + booking.span.quarters()));
        let span = span.ok_or(Refusal::OffRaster { step_minutes: Quarter::MINUTES })?;
        space.rules.check_open(span)?;
        Ok(span)
    }
}

/// Whoever confirms a hold that was kept where something is closed is told so, as those were who had
/// confirmed before.
pub(crate) async fn tell_kept_in(tx: &mut Tx, services: &Services, booking: &Booking) -> Result<(), DbError> {
    for closure in over_in(tx, &booking.space, booking.occupied()).await? {
        if closure.is_told() {
            mail::kept_in(tx, services, booking, &closure).await?;
        }
    }
    Ok(())
}

/// Why a move comes to nothing, in the terms of whoever closes; the error where the database is to blame.
fn problem(error: MoveError) -> Result<MoveProblem, DbError> {
    match error {
        MoveError::Db(error) => Err(error),
        MoveError::Refused(refusal) => Ok(MoveProblem::Refused(refusal)),
        MoveError::TooLate(_) => Ok(MoveProblem::Refused(Refusal::InThePast)),
        MoveError::NotLive => Ok(MoveProblem::NotConfirmed),
        MoveError::OtherTown => Ok(MoveProblem::OtherTown),
        MoveError::Occupied { .. }
        | MoveError::Unchanged
        | MoveError::TooMany { .. }
        | MoveError::QuoteChanged
        | MoveError::Credit
        | MoveError::NoPrice(_) => Ok(MoveProblem::Occupied),
    }
}
