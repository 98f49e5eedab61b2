//! What becomes of a change: the booking moves, or it stays where it is.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{
    Reason,
    booking::{BookingState, CancelRule},
    money::Money,
    time::Span,
};

use super::{Booking, Change, ChangeState, read::latest_change_in};
use crate::{
    Services,
    audit::{self, Actor},
    booking,
    catalogue::{Catalogue, Space},
    db::{DbError, Tx, within},
    grant, mail,
    occupancy::cells,
    payment,
    rate::RateRow,
};

/// Whose doing a move is, and what was paid for it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settled<'a> {
    pub by: Actor,
    /// Why, where it is the town's doing.
    pub reason: Option<&'a Reason>,
    pub paid: Option<Money>,
    pub now: DateTime<Utc>,
}

/// Moves the booking, and tells its booker: see [`apply_untold_in`]. Returns what goes back, by currency.
pub(crate) async fn apply_change_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    change: &Change,
    settled: Settled<'_>,
) -> Result<Vec<Money>, DbError> {
    let (after, refunds) = apply_untold_in(tx, services, booking, change, settled).await?;
    mail::moved_in(tx, services, &mail::Moved { before: booking, after: &after, refunds: &refunds, settled })
        .await?;
    Ok(refunds)
}

/// Moves the booking: its cells, time, price and version, and what goes back. The new time has been
/// occupied and the booking locked. Returns the booking after it, and what goes back, by currency.
pub(super) async fn apply_untold_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    change: &Change,
    settled: Settled<'_>,
) -> Result<(Booking, Vec<Money>), DbError> {
    let now = settled.now;
    update_in(tx, booking, change).await?;
    cells::swap_in(tx, booking.id, change, now).await?;
    end_in(tx, change.id, settled).await?;
    booking::changed_in(tx, booking.id, now).await?;
    let payer_left = payment::left_in(tx, booking).await?;
    let cheaper_by = grant::moved_in(tx, services, booking, change, payer_left, now).await?;
    let refunds = match cheaper_by.minor {
        ..=0 => Vec::new(),
        _ => payment::refund_moved_in(tx, booking, cheaper_by, now).await?,
    };
    let place = |space: Uuid, span: Span| (space, span.start().0, span.end().0);
    let (from, to) = (place(booking.space.id, booking.span), place(change.space.id, change.span));
    let note = (from, to, &refunds, settled.reason);
    audit::note_in(tx, now, settled.by, "moved", booking.id, &note).await?;
    let after = find_in(tx, &services.catalogue(), booking.id).await?;
    Ok((after, refunds))
}

async fn update_in(tx: &mut Tx, booking: &Booking, change: &Change) -> Result<(), DbError> {
    let money = change.other.as_ref().map(|(money, _)| money);
    let rate = RateRow::of(change.other.as_ref().and_then(|(_, rate)| rate.as_ref()));
    let rule = serde_json::to_string(&rule_after(booking, &change.space)).map_err(DbError::corrupt)?;
    let moved = within!(tx, c => sqlx::query(
        "UPDATE booking SET space_id = $2, start_quarter = $3, end_quarter = $4, total_minor = $5, other_minor = $6,
            other_currency = $7, rate_base = $8, rate_quote = $9, rate_value = $10, rate_date = $11, rate_source = $12,
            cancel_rule = $13, before_quarters = $14, after_quarters = $15, version = $16
         WHERE id = $1 AND state = $17 AND version = $18")
        .bind(booking.id).bind(change.space.id).bind(change.span.start().0).bind(change.span.end().0)
        .bind(change.total.minor)
        .bind(money.map(|money| money.minor)).bind(money.map(|money| money.currency.to_string()))
        .bind(rate.rate_base).bind(rate.rate_quote).bind(rate.rate_value).bind(rate.rate_date).bind(rate.rate_source)
        .bind(rule).bind(change.buffer.before).bind(change.buffer.after).bind(change.version)
        .bind(BookingState::Confirmed.code()).bind(change.from_version)
        .execute(c).await.map(|done| done.rows_affected()))?;
    if moved == 1 { Ok(()) } else { Err(DbError::corrupt("a change of another version")) }
}

/// The rule of the day of booking stays; a place with other rules has its own.
fn rule_after(booking: &Booking, space: &Space) -> CancelRule {
    let cancelling = &space.rules.cancelling;
    let same =
        booking.space.facility.id == space.facility.id && booking.space.rules.cancelling == *cancelling;
    match same {
        true => booking.cancel_rule.clone(),
        false => cancelling.rule(booking.use_of, booking.series.is_some()),
    }
}

async fn find_in(tx: &mut Tx, catalogue: &Catalogue, booking: Uuid) -> Result<Booking, DbError> {
    booking::find_in(tx, catalogue, booking).await?.ok_or_else(|| DbError::corrupt(booking))
}

async fn end_in(tx: &mut Tx, change: Uuid, settled: Settled<'_>) -> Result<(), DbError> {
    within!(tx, c => sqlx::query(
        "UPDATE booking_change SET state = $2, settled_at = $3, by_town = $4 WHERE id = $1")
        .bind(change).bind(ChangeState::Done.code()).bind(settled.now).bind(settled.by.is_town())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Its hold had run out, and now the money comes. If it could still be asked for, and its time is still
/// free, that time is taken again.
pub(crate) async fn reopen_change_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    change: &Change,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let latest = latest_change_in(tx, &services.catalogue(), booking.id).await?;
    let last_wish = latest.is_some_and(|latest| latest.id == change.id);
    let in_time = booking.check_move(now).is_ok() && change.span.start().start() > now;
    if !last_wish || !in_time || booking.version != change.from_version {
        return Ok(false);
    }
    let free = cells::occupy_beside_in(tx, services.new_id(), change, None).await?;
    if !free {
        cells::undo_in(tx, change.id).await?;
    }
    Ok(free)
}

/// Gives the time of an open change back: another is chosen, or the booking is gone. Names the claim that
/// keeps it for whoever waits.
pub(crate) async fn give_back_change_in(
    tx: &mut Tx,
    booking: Uuid,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, DbError> {
    let open: Option<Uuid> = within!(&mut *tx, c => sqlx::query_scalar(
        "UPDATE booking_change SET state = $2, settled_at = $3 WHERE booking_id = $1 AND state = 'open' RETURNING id")
        .bind(booking).bind(ChangeState::GivenBack.code()).bind(now).fetch_optional(c).await)?;
    let Some(change) = open else { return Ok(None) };
    let kept = cells::release_in(tx, change, now).await?;
    grant::release_change_in(tx, change, now).await?;
    audit::note_in(tx, now, by, "move_given_back", booking, &change).await?;
    Ok(kept)
}

/// Gives the times of changes back whose hold has run out; says how many.
pub(crate) async fn expire_changes_in(tx: &mut Tx, now: DateTime<Utc>) -> Result<usize, DbError> {
    let expired: Vec<(Uuid, Uuid)> = within!(&mut *tx, c => sqlx::query_as(
        "UPDATE booking_change SET state = $2, settled_at = $1 WHERE state = 'open' AND expires_at <= $1
         RETURNING id, booking_id")
        .bind(now).bind(ChangeState::Expired.code()).fetch_all(c).await)?;
    for (change, booking) in &expired {
        cells::release_in(tx, *change, now).await?;
        grant::release_change_in(tx, *change, now).await?;
        audit::note_in(tx, now, Actor::System, "move_expired", *booking, change).await?;
    }
    Ok(expired.len())
}
