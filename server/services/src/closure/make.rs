//! Closing parts, and what becomes of the bookings there: all in one transaction.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, SubsecRound, Utc};
use serde::Serialize;
use uuid::Uuid;
use vayla_domain::{
    Reason,
    closure::{ClosureKind, ClosureTime},
};

use super::{
    Affected, Area, Closure, ClosureError, ClosurePlace, Fate, LOCK,
    affected::{affected_in, give_back_moves_in, lock_in},
    fate::Making,
    fill::{fill_in, horizon_days},
};
use crate::{
    Services,
    audit::{self, Subject},
    db::{DbError, Tx, retried, within},
    occupancy::cells,
    staff::Staff,
};

/// What is to be closed.
#[derive(Debug, Clone)]
pub struct NewClosure {
    pub place: ClosurePlace,
    pub kind: ClosureKind,
    pub reason: Reason,
    /// What becomes of each booking there; those that aren't there any more are passed over.
    pub fates: HashMap<Uuid, Fate>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    pub closure: Closure,
    pub settled: Settled,
}

/// How many bookings were treated how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Settled {
    pub kept: usize,
    pub cancelled: usize,
    pub moved: usize,
}

/// Closes parts for a time, moves, cancels or keeps what is booked there, and tells each booker.
///
/// The cells are written before it is looked who is in the way: from then on nobody can come in
/// between, and what is found is all there is.
///
/// # Errors
/// [`ClosureError`]; then nothing has changed. [`ClosureError::Undecided`] also when somebody has booked
/// since staff looked.
pub async fn make(services: &Services, staff: &Staff, new: &NewClosure) -> Result<Made, ClosureError> {
    let now = services.clock.now().trunc_subsecs(6); // as finely as the database keeps it
    let area = Area::of(services, staff, &new.place, now)?;
    cells::sweep(services).await?;
    retried(|| try_make(services, staff, new, &area, now)).await
}

async fn try_make(
    services: &Services,
    staff: &Staff,
    new: &NewClosure,
    area: &Area,
    now: DateTime<Utc>,
) -> Result<Made, ClosureError> {
    let catalogue = services.catalogue();
    let mut tx = services.db.begin().await?;
    tx.lock(LOCK).await?;
    let before = affected_in(&mut tx, &catalogue, area, now).await?;
    all_decided(&before, new)?;
    lock_in(&mut tx, area, &before).await?;
    let closure = insert_in(&mut tx, services, staff, new, area, now).await?;
    give_back_moves_in(&mut tx, area, staff.actor(), now).await?;
    let affected = affected_in(&mut tx, &catalogue, area, now).await?;
    all_decided(&affected, new)?;
    let making = Making { services, staff, closure: &closure, reason: &new.reason, now };
    let mut settled = Settled::default();
    for booking in &affected {
        if let Some(fate) = new.fates.get(&booking.id) {
            making.settle_in(&mut tx, booking, fate).await?;
            settled.count(fate);
        }
    }
    let change = Change::of(&closure, new, settled);
    audit::note_about_in(&mut tx, now, staff.actor(), "closed", Subject::Closure(closure.id), &change)
        .await?;
    tx.commit().await?;
    Ok(Made { closure, settled })
}

fn all_decided(affected: &[Affected], new: &NewClosure) -> Result<(), ClosureError> {
    let undecided = affected.iter().filter(|booking| !new.fates.contains_key(&booking.id));
    let undecided: Vec<Affected> = undecided.cloned().collect();
    if undecided.is_empty() { Ok(()) } else { Err(ClosureError::Undecided(undecided)) }
}

impl Settled {
    fn count(&mut self, fate: &Fate) {
        match fate {
            Fate::Keep => self.kept += 1,
            Fate::Cancel => self.cancelled += 1,
            Fate::Move { .. } => self.moved += 1,
        }
    }
}

/// As the audit log has it.
#[derive(Serialize)]
struct Change<'a> {
    kind: ClosureKind,
    time: ClosureTime,
    parts: &'a [i64],
    reason: &'a Reason,
    settled: Settled,
}

impl<'a> Change<'a> {
    fn of(closure: &'a Closure, new: &'a NewClosure, settled: Settled) -> Self {
        Self { kind: new.kind, time: closure.time, parts: &closure.parts, reason: &new.reason, settled }
    }
}

/// Writes the closure down, and its cells around what is booked.
async fn insert_in(
    tx: &mut Tx,
    services: &Services,
    staff: &Staff,
    new: &NewClosure,
    area: &Area,
    now: DateTime<Utc>,
) -> Result<Closure, DbError> {
    let (id, claim, facility) = (services.new_id(), services.new_id(), Arc::clone(&area.facility));
    let reach = area.time.reach(now, horizon_days(&services.catalogue(), facility.id));
    let reason = new.reason.texts();
    within!(&mut *tx, c => sqlx::query(
        "INSERT INTO closure (id, facility_id, kind, start_quarter, end_quarter, reach_quarter, reason_sv, reason_fi,
                              created_at, created_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
        .bind(id).bind(facility.id).bind(new.kind.code()).bind(area.time.start().0)
        .bind(area.time.end().map(|end| end.0)).bind(reach.0).bind(&reason.sv).bind(&reason.fi).bind(now)
        .bind(staff.actor().to_string()).execute(c).await.map(drop))?;
    for part in &area.parts {
        within!(&mut *tx, c => sqlx::query("INSERT INTO closure_part (closure_id, part_id) VALUES ($1, $2)")
            .bind(id).bind(part).execute(c).await.map(drop))?;
    }
    within!(&mut *tx, c => sqlx::query("INSERT INTO claim (id, closure_id) VALUES ($1, $2)")
        .bind(claim).bind(id).execute(c).await.map(drop))?;
    fill_in(tx, claim, &area.parts, area.time.start(), reach).await?;
    Ok(Closure {
        id,
        facility: facility.id,
        kind: new.kind,
        parts: area.parts.iter().copied().collect(),
        time: area.time,
        reason: reason.clone(),
        created_at: now,
        ended_at: None,
    })
}
