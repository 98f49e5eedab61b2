//! Asks for a move: done at once, or held until the difference is paid.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use uuid::Uuid;
use vayla_domain::{
    booking::BookingState,
    money::{Money, Quote},
};

use super::{
    Booking, Change, ChangeQuote, ChangeState, Changed, MoveError, Target,
    apply::{Settled, apply_change_in, give_back_change_in},
    quote::{is_at, quote_change},
    read::{insert_in, latest_change, latest_change_in, next_version_in},
};
use crate::{
    Services,
    audit::{self, Actor},
    booking::{self, HOLD_MINUTES, HoldRequest, fingerprint, hold, lines, lines_of, locked_in},
    db::DbError,
    grant, invoice,
    occupancy::{alternatives_at, cells},
};

/// Tries against another writer who wins.
const TRIES: u32 = 4;

/// Moves a booking. `shown` is the fingerprint of the quote that was shown: another price is refused,
/// and the same call made twice has one effect.
///
/// A cheaper time, or one that costs the same, is the booking's at once. For a dearer one it is held
/// while the difference is paid.
///
/// # Errors
/// [`MoveError`]; then nothing has changed, and the booking is where it was.
pub async fn change(
    services: &Services,
    id: Uuid,
    target: &Target,
    shown: Option<&str>,
) -> Result<Changed, MoveError> {
    cells::sweep(services).await?;
    for _ in 0..TRIES {
        match try_change(services, id, target, shown).await {
            Ok(Some(changed)) => return Ok(changed),
            Ok(None) => {}
            Err(MoveError::Db(error)) if error.is_conflict() => {}
            Err(error) => return Err(error),
        }
    }
    Err(MoveError::QuoteChanged) // whoever changed the booking each time has changed what was shown
}

/// `None` when somebody else has changed the booking meanwhile.
async fn try_change(
    services: &Services,
    id: Uuid,
    target: &Target,
    shown: Option<&str>,
) -> Result<Option<Changed>, MoveError> {
    let now = services.clock.now();
    let booking = booking::find(services, id).await?.ok_or(MoveError::NotLive)?;
    let latest = latest_change(services, &booking).await?;
    if let Some(done) = asked_before(services, &booking, latest.as_ref(), target, shown).await? {
        return Ok(Some(done));
    }
    let quote = quote_change(services, &booking, target).await?;
    if shown.is_some_and(|shown| shown != quote.fingerprint()) {
        return Err(MoveError::QuoteChanged);
    }
    if booking.state_at(now) == BookingState::Held {
        let held = hold(services, held_anew(&booking, target)).await?;
        return Ok(Some(Changed::Held(Box::new(held))));
    }
    try_open(services, &booking, latest.map(|change| change.version), &quote, now).await
}

/// What the same call has led to before.
async fn asked_before(
    services: &Services,
    booking: &Booking,
    latest: Option<&Change>,
    target: &Target,
    shown: Option<&str>,
) -> Result<Option<Changed>, DbError> {
    let now = services.clock.now();
    if booking.state_at(now) != BookingState::Confirmed {
        return Ok(None);
    }
    if is_at(booking, target) {
        let price = Quote { deposit: None, ..booking.price(lines(&services.db, booking).await?) };
        let done = shown.is_some_and(|shown| shown == fingerprint(&booking.space, &price));
        return Ok(done.then_some(Changed::Done { refunds: Vec::new() }));
    }
    let open = latest.filter(|change| change.is_open(now) && change.leads_to(target));
    let Some(change) = open else { return Ok(None) };
    let (_, lines) = lines_of(services, booking, change.version).await?;
    let same_price = shown.is_none_or(|shown| shown == fingerprint(&change.space, &change.price(lines)));
    Ok(same_price.then(|| Changed::Open(Box::new(change.clone()))))
}

fn held_anew(booking: &Booking, target: &Target) -> HoldRequest {
    HoldRequest {
        space: target.space.clone(),
        start: target.start,
        end: target.end,
        price_group: booking.price_group,
        home: booking.home.clone(),
        use_of: booking.use_of,
        who: booking.who.clone(),
        quote: None,
        replaces: Some(booking.id),
        attempt: None,
        demo: booking.demo,
    }
}

/// `latest` is the version of the last change when the booking was read.
async fn try_open(
    services: &Services,
    booking: &Booking,
    latest: Option<i64>,
    quote: &ChangeQuote,
    now: DateTime<Utc>,
) -> Result<Option<Changed>, MoveError> {
    let mut tx = services.db.begin().await?;
    let catalogue = services.catalogue();
    if let Some(customer) = booking.customer {
        // The account before the booking, as wherever both are locked.
        if !invoice::may_owe_in(&mut tx, services, customer, quote.difference.total).await? {
            return Err(MoveError::Credit);
        }
    }
    let fresh = locked_in(&mut tx, &catalogue, booking.id).await?;
    let last = latest_change_in(&mut tx, &catalogue, booking.id).await?.map(|change| change.version);
    let as_it_was = |fresh: &Booking| {
        fresh.version == booking.version && fresh.state_at(now) == BookingState::Confirmed && last == latest
    };
    if !fresh.as_ref().is_some_and(as_it_was) {
        return Ok(None);
    }
    let kept = give_back_change_in(&mut tx, booking.id, Actor::Booker, now).await?;
    let version = next_version_in(&mut tx, booking.id).await?;
    let change = opened(services.new_id(), booking, quote, version, now);
    insert_in(&mut tx, &change, &quote.price.lines, now).await?;
    cells::yield_in(&mut tx, kept, &change.space, change.occupied()).await?;
    if !cells::occupy_beside_in(&mut tx, services.new_id(), &change, Some(change.expires_at)).await? {
        drop(tx);
        let alternatives = alternatives_at(services, &change.space, change.span, booking.party()).await?;
        return Err(MoveError::Occupied { alternatives });
    }
    if !grant::reserve_move_in(&mut tx, services, booking, quote, change.id, now).await? {
        return Err(MoveError::QuoteChanged);
    }
    if change.pay.minor > 0 && booking.customer.is_none() {
        audit::note_in(&mut tx, now, Actor::Booker, "move_opened", booking.id, &change.id).await?;
        tx.commit().await?;
        return Ok(Some(Changed::Open(Box::new(change))));
    }
    let settled = Settled { by: Actor::Booker, reason: None, paid: None, now };
    let refunds = apply_change_in(&mut tx, services, booking, &change, settled).await?;
    tx.commit().await?;
    Ok(Some(Changed::Done { refunds }))
}

pub(super) fn opened(
    id: Uuid,
    booking: &Booking,
    quote: &ChangeQuote,
    version: i64,
    now: DateTime<Utc>,
) -> Change {
    let difference = &quote.difference;
    let dearer = difference.total.minor > 0;
    let nothing = Money::new(0, booking.total.currency);
    // Once either time has begun there is nothing left to move.
    let expires_at = (now + TimeDelta::minutes(HOLD_MINUTES)).min(booking.starts_at());
    Change {
        id,
        booking: booking.id,
        from_version: booking.version,
        version,
        space: quote.space.clone(),
        span: quote.span,
        buffer: quote.space.rules.buffer,
        total: quote.price.total,
        other: quote.price.other.clone().ok(),
        pay: if dearer { difference.total } else { nothing },
        pay_vat: if dearer { difference.vat } else { nothing },
        pay_other: difference.other.filter(|_| dearer),
        state: ChangeState::Open,
        expires_at: expires_at.min(quote.span.start().start()).trunc_subsecs(6),
    }
}
