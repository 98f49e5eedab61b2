//! A hold: the time is the booker's while they think and pay.

use std::sync::Arc;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use uuid::Uuid;
use vayla_domain::{
    booking::{BookingReference, BookingState, Who},
    money::{PriceGroup, Quote, Use},
    space::{Closed, Refusal},
    time::Span,
};

use super::{Booking, QuoteError, fingerprint, lines, quote};
use crate::{
    Services,
    audit::{self, Actor},
    catalogue::{Catalogue, Space},
    closure,
    db::{DbError, Tx, on, within},
    occupancy::{Hit, alternatives, cells, check_gaps},
    waiting,
};

/// How long a time is held.
pub const HOLD_MINUTES: i64 = 15;
/// Of a booking as it was made.
const FIRST_VERSION: i64 = 1;
/// References are drawn at random: another is drawn when one exists.
const DRAWS: u32 = 4;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct HoldRequest {
    pub space: Arc<Space>,
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    pub price_group: PriceGroup,
    pub use_of: Use,
    pub who: Option<Who>,
    /// The quote that was shown, by its fingerprint: another price is refused.
    pub quote: Option<String>,
    /// An earlier hold of the same booker: given back in the moment the new one is had.
    pub replaces: Option<Uuid>,
    /// Names the asking: the same one again gets the hold that it got before, and one that asks for
    /// another time now gives that hold back.
    pub attempt: Option<Uuid>,
    pub demo: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum HoldError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("the time is taken")]
    Occupied { alternatives: Vec<Hit> },
    #[error("the price has changed")]
    QuoteChanged,
    #[error(transparent)]
    NoPrice(QuoteError),
}

impl From<QuoteError> for HoldError {
    fn from(error: QuoteError) -> Self {
        match error {
            QuoteError::Db(error) => Self::Db(error),
            other => Self::NoPrice(other),
        }
    }
}

/// Holds a time, with its price locked.
///
/// # Errors
/// [`HoldError`]; then nothing has changed, and an earlier hold is still there.
pub async fn hold(services: &Services, mut request: HoldRequest) -> Result<Booking, HoldError> {
    let (now, space) = (services.clock.now(), Arc::clone(&request.space));
    let span = space.rules.check(request.start, request.end, request.price_group, now)?;
    check_gaps(services, &space, span, request.replaces, now).await??;
    let price = quote(services, &space, span, request.price_group, request.use_of).await?;
    if request.quote.as_ref().is_some_and(|shown| *shown != fingerprint(&space, &price)) {
        return Err(HoldError::QuoteChanged);
    }
    cells::sweep(services).await?;
    for _ in 0..DRAWS {
        if let Some(before) = asked_before(services, request.attempt).await? {
            if before.state_at(now).is_live() && before.is_for(&request, span) {
                return Ok(before);
            }
            request.replaces = Some(before.id);
            request.attempt = None;
        }
        match try_hold(services, &request, span, &price, now).await {
            Err(HoldError::Db(error)) if error.is_conflict() => {}
            Err(HoldError::Occupied { .. }) => return Err(not_free(services, &space, span).await?),
            done => return done,
        }
    }
    Err(HoldError::Db(DbError::corrupt("no free reference")))
}

/// A time that can't be had: closed, and why, or taken, and what else is free.
async fn not_free(services: &Services, space: &Space, span: Span) -> Result<HoldError, DbError> {
    let occupied = space.rules.buffer.around(span);
    if let Some(closure) = closure::in_the_way(&services.db, space, occupied).await? {
        return Ok(Refusal::Closed(Closed::Reason(closure.reason)).into());
    }
    Ok(HoldError::Occupied { alternatives: alternatives(services, space, span).await? })
}

impl Booking {
    fn is_for(&self, request: &HoldRequest, span: Span) -> bool {
        let same_price = (self.price_group, self.use_of) == (request.price_group, request.use_of);
        self.space.id == request.space.id && self.span == span && same_price
    }
}

/// What the same attempt has led to before.
async fn asked_before(services: &Services, attempt: Option<Uuid>) -> Result<Option<Booking>, DbError> {
    let Some(attempt) = attempt else { return Ok(None) };
    let id: Option<Uuid> = on!(&services.db, c => sqlx::query_scalar("SELECT id FROM booking WHERE attempt = $1")
        .bind(attempt).fetch_optional(c).await)?;
    match id {
        Some(id) => super::find(services, id).await,
        None => Ok(None),
    }
}

async fn try_hold(
    services: &Services,
    request: &HoldRequest,
    span: Span,
    price: &Quote,
    now: DateTime<Utc>,
) -> Result<Booking, HoldError> {
    let mut tx = services.db.begin().await?;
    let kept = match request.replaces {
        Some(earlier) => give_back_in(&mut tx, earlier, now).await?,
        None => None,
    };
    let terms = Terms { span, price, until: now + TimeDelta::minutes(HOLD_MINUTES), kept };
    let booking = hold_in(&mut tx, services, request, &terms, now).await?;
    let booking = booking.ok_or(HoldError::Occupied { alternatives: Vec::new() })?;
    if let Some(earlier) = request.replaces {
        waiting::follow_in(&mut tx, earlier, booking.id, now).await?;
    }
    let quarters = (span.start().0, span.end().0);
    audit::note_in(&mut tx, now, Actor::Booker, "held", booking.id, &quarters).await?;
    tx.commit().await?;
    Ok(booking)
}

/// On what terms a time is held.
pub(crate) struct Terms<'a> {
    pub span: Span,
    pub price: &'a Quote,
    pub until: DateTime<Utc>,
    /// The claim that keeps the time for whoever waits, where it is theirs.
    pub kept: Option<Uuid>,
}

/// Writes a hold with its cells and its price; `None` where a cell is taken: then the caller rolls back.
pub(crate) async fn hold_in(
    tx: &mut Tx,
    services: &Services,
    request: &HoldRequest,
    terms: &Terms<'_>,
    now: DateTime<Utc>,
) -> Result<Option<Booking>, DbError> {
    let booking = held(services, request, terms, now);
    let (id, space, occupied) = (booking.id, &booking.space, booking.occupied());
    insert_booking(tx, &booking, request.attempt).await?;
    cells::yield_in(tx, terms.kept, space, occupied).await?;
    let claim = services.new_id();
    if !cells::occupy_in(tx, claim, id, space, occupied, Some(booking.hold_expires_at)).await? {
        return Ok(None);
    }
    lines::insert_in(tx, id, FIRST_VERSION, space, &terms.price.lines).await?;
    Ok(Some(booking))
}

/// The booking as it is about to be written, under a new id and reference.
fn held(services: &Services, request: &HoldRequest, terms: &Terms<'_>, now: DateTime<Utc>) -> Booking {
    let (now, price) = (now.trunc_subsecs(6), terms.price); // as finely as the database keeps it
    Booking {
        id: services.new_id(),
        reference: reference(&services.catalogue(), now),
        space: Arc::clone(&request.space),
        span: terms.span,
        buffer: request.space.rules.buffer,
        state: BookingState::Held,
        created_at: now,
        hold_expires_at: terms.until.trunc_subsecs(6),
        hold_extended: false,
        demo: request.demo,
        price_group: request.price_group,
        use_of: request.use_of,
        total: price.total,
        other: price.other.clone().ok(),
        cancel_rule: request.space.facility.cancel,
        who: request.who.clone(),
        confirmed_at: None,
        cancelled_at: None,
        version: FIRST_VERSION,
        sequence: 0,
        changed_at: None,
    }
}

/// Releases a hold that its booker no longer wants. Anything but a hold stays. Names the claim that keeps
/// its time for whoever waits.
pub(crate) async fn give_back_in(
    tx: &mut Tx,
    booking: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, DbError> {
    let held = within!(&mut *tx, c => sqlx::query("UPDATE booking SET state = $2 WHERE id = $1 AND state = $3")
        .bind(booking).bind(BookingState::Expired.code()).bind(BookingState::Held.code())
        .execute(c).await.map(|done| done.rows_affected()))?;
    if held == 0 {
        return Ok(None);
    }
    let kept = cells::release_in(tx, booking, now).await?;
    audit::note_in(tx, now, Actor::Booker, "given_back", booking, &()).await?;
    Ok(kept)
}

fn reference(catalogue: &Catalogue, now: DateTime<Utc>) -> String {
    let prefix = catalogue.treaty(now.date_naive()).map_or("V", |treaty| &treaty.reference_prefix);
    BookingReference::from_random(prefix, rand::random()).to_string()
}

async fn insert_booking(tx: &mut Tx, booking: &Booking, attempt: Option<Uuid>) -> Result<(), DbError> {
    let (money, rate) = booking.other.as_ref().map(|(money, rate)| (money, rate)).unzip();
    let who = booking.who.as_ref();
    within!(tx, c => sqlx::query(
        "INSERT INTO booking (id, reference, space_id, start_quarter, end_quarter, state, created_at, hold_expires_at,
            hold_extended, demo, price_group, use_of, total_minor, total_currency, other_minor, other_currency,
            rate_base, rate_quote, rate_value, rate_date, rate_source, cancel_free_hours, cancel_late_percent,
            booker_name, booker_email, booker_phone, booker_language, purpose, people, attempt, before_quarters,
            after_quarters)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
            $23, $24, $25, $26, $27, $28, $29, $30, $31, $32)")
        .bind(booking.id).bind(&booking.reference).bind(booking.space.id)
        .bind(booking.span.start().0).bind(booking.span.end().0).bind(booking.state.code())
        .bind(booking.created_at).bind(booking.hold_expires_at).bind(booking.hold_extended).bind(booking.demo)
        .bind(booking.price_group.code()).bind(booking.use_of.code())
        .bind(booking.total.minor).bind(booking.total.currency.code())
        .bind(money.map(|money| money.minor)).bind(money.map(|money| money.currency.to_string()))
        .bind(rate.map(|rate| rate.base.to_string())).bind(rate.map(|rate| rate.quote.to_string()))
        .bind(rate.map(|rate| rate.value.to_string())).bind(rate.map(|rate| rate.date))
        .bind(rate.map(|rate| rate.source.clone()))
        .bind(booking.cancel_rule.free_hours).bind(booking.cancel_rule.late_refund_percent)
        .bind(who.map(|who| who.name.clone())).bind(who.map(|who| who.email.clone()))
        .bind(who.and_then(|who| who.phone.clone())).bind(who.map(|who| who.language.code()))
        .bind(who.and_then(|who| who.purpose.clone())).bind(who.and_then(|who| who.people)).bind(attempt)
        .bind(booking.buffer.before).bind(booking.buffer.after)
        .execute(c).await.map(drop))?;
    Ok(())
}
