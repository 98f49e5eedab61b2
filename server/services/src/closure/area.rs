//! What staff want to close.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::closure::{ClosureTime, ClosureTimeProblem};

use super::{Affected, MoveProblem};
use crate::{
    Services,
    catalogue::Facility,
    staff::{Forbidden, LookError, Scope, Staff, looks},
};

/// Parts and a time, as asked for.
#[derive(Debug, Clone)]
pub struct ClosurePlace {
    pub facility: Uuid,
    /// None: all of the facility.
    pub parts: Vec<i64>,
    pub start: DateTime<Utc>,
    /// `None`: until further notice.
    pub end: Option<DateTime<Utc>>,
}

/// Parts of one facility and a time to come, which the staff may close.
#[derive(Debug, Clone)]
pub struct Area {
    pub(super) facility: Arc<Facility>,
    /// In the order in which their cells are written.
    pub(super) parts: BTreeSet<i64>,
    pub(super) time: ClosureTime,
}

/// Why nothing is closed.
#[derive(Debug, thiserror::Error)]
pub enum ClosureError {
    #[error(transparent)]
    Look(#[from] LookError),
    #[error("it isn't a part of the facility")]
    Part,
    #[error(transparent)]
    Time(#[from] ClosureTimeProblem),
    /// These are booked there, and nothing has been said of what becomes of them.
    #[error("{} bookings are neither moved, cancelled nor kept", .0.len())]
    Undecided(Vec<Affected>),
    #[error("the booking {booking} can't be moved there: {why}")]
    Move { booking: Uuid, why: MoveProblem },
}

looks!(ClosureError);

impl From<Forbidden> for ClosureError {
    fn from(forbidden: Forbidden) -> Self {
        Self::Look(forbidden.into())
    }
}

impl Area {
    pub(super) fn of(
        services: &Services,
        staff: &Staff,
        asked: &ClosurePlace,
        now: DateTime<Utc>,
    ) -> Result<Self, ClosureError> {
        staff.has(Scope::Closures)?;
        let catalogue = services.catalogue();
        let facility = catalogue.facility(asked.facility).ok_or(LookError::Unknown)?;
        staff.may(Scope::Closures, facility)?;
        let all: BTreeSet<i64> = facility.parts.iter().map(|part| part.id).collect();
        let asked_for: BTreeSet<i64> = asked.parts.iter().copied().collect();
        if all.is_empty() || !asked_for.is_subset(&all) {
            return Err(ClosureError::Part);
        }
        let parts = if asked_for.is_empty() { all } else { asked_for };
        let time = ClosureTime::new(asked.start, asked.end, now)?;
        Ok(Self { facility: Arc::clone(facility), parts, time })
    }
}
