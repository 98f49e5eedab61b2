//! A hold: the time is the booker's while they think and pay.

use std::sync::Arc;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use uuid::Uuid;
use vayla_domain::{
    booking::{BookingReference, BookingState, Who},
    money::{Buyer, Home, PriceGroup, Quote, Use},
    space::{Closed, Refusal},
    time::Span,
};

use super::{
    Booking, PriceFor, QuoteError, fingerprint,
    lines::{self, NewLines},
    quote, write,
};
use crate::{
    Services,
    audit::{self, Actor},
    catalogue::{Catalogue, Space},
    closure,
    db::{DbError, Tx, on, within},
    grant,
    occupancy::{Hit, Party, alternatives, cells, check_gaps},
    waiting,
};

/// How long a time is held.
pub const HOLD_MINUTES: i64 = 15;
/// Of a booking as it was made.
const FIRST_VERSION: i64 = 1;
/// References are drawn at random: another is drawn when one exists.
pub(crate) const DRAWS: u32 = 4;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct HoldRequest {
    pub space: Arc<Space>,
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    pub price_group: PriceGroup,
    /// Where the booker lives, as they say.
    pub home: Option<Home>,
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
    cells::sweep(services).await?;
    let mut draws = 1;
    loop {
        if let Some(before) = asked_before(services, request.attempt).await? {
            if before.state_at(now).is_live() && before.is_for(&request, span) {
                return Ok(before);
            }
            request.replaces = Some(before.id);
            request.attempt = None;
        }
        check_gaps(services, &space, span, request.replaces, now).await??;
        let asked = PriceFor { dates: dates(services, &request).await?, ..request.price_for() };
        let price = quote(services, &space, span, &asked).await?;
        if request.quote.as_ref().is_some_and(|shown| *shown != fingerprint(&space, &price)) {
            return Err(HoldError::QuoteChanged);
        }
        match try_hold(services, &request, (span, &price, asked.dates), now).await {
            Err(HoldError::Db(error)) if error.is_conflict() && draws < DRAWS => draws += 1,
            Err(HoldError::Occupied { .. }) => return Err(not_free(services, &request, span).await?),
            done => return done,
        }
    }
}

impl HoldRequest {
    /// For whom it is priced, by itself.
    fn price_for(&self) -> PriceFor {
        PriceFor::new(Buyer { group: self.price_group, home: self.home.clone() }, self.use_of)
    }
}

/// As one of how many dates it is priced: a date of a series that is chosen anew stays one of as many.
async fn dates(services: &Services, request: &HoldRequest) -> Result<u32, DbError> {
    let Some(earlier) = request.replaces else { return Ok(1) };
    let earlier = super::find(services, earlier).await?.filter(|earlier| earlier.series.is_some());
    let same_town = |earlier: &Booking| {
        earlier.space.facility.municipality.code == request.space.facility.municipality.code
    };
    Ok(earlier.filter(same_town).map_or(1, |earlier| earlier.dates))
}

/// A time that can't be had: closed, and why, or taken, and what else is free.
async fn not_free(services: &Services, request: &HoldRequest, span: Span) -> Result<HoldError, DbError> {
    let space = &request.space;
    let occupied = space.rules.buffer.around(span);
    if let Some(closure) = closure::in_the_way(&services.db, space, occupied).await? {
        return Ok(Refusal::Closed(Closed::Reason(closure.reason)).into());
    }
    let people = request.who.as_ref().and_then(|who| who.people);
    let party = Party { group: request.price_group, people };
    Ok(HoldError::Occupied { alternatives: alternatives(services, space, span, party).await? })
}

impl Booking {
    fn is_for(&self, request: &HoldRequest, span: Span) -> bool {
        let same_price = (self.price_group, &self.home, self.use_of)
            == (request.price_group, &request.home, request.use_of);
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
    (span, price, dates): (Span, &Quote, u32),
    now: DateTime<Utc>,
) -> Result<Booking, HoldError> {
    let mut tx = services.db.begin().await?;
    let (kept, series) = match request.replaces {
        Some(earlier) => {
            let kept = give_back_in(&mut tx, earlier, now).await?;
            (kept, series_in(&mut tx, services, earlier, &request.space).await?)
        }
        None => (None, None),
    };
    let terms = Terms { kept, series, dates, ..Terms::usual(span, price, now) };
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

/// The series of an earlier hold: a date that is chosen anew in the same town stays one of it, and is paid
/// with it.
async fn series_in(
    tx: &mut Tx,
    services: &Services,
    earlier: Uuid,
    space: &Space,
) -> Result<Option<Uuid>, DbError> {
    let earlier = super::find_in(tx, &services.catalogue(), earlier).await?;
    let same_town =
        |earlier: &Booking| earlier.space.facility.municipality.code == space.facility.municipality.code;
    Ok(earlier.filter(same_town).and_then(|earlier| earlier.series))
}

/// On what terms a time is held.
pub(crate) struct Terms<'a> {
    pub span: Span,
    pub price: &'a Quote,
    pub until: DateTime<Utc>,
    /// The claim that keeps the time for whoever waits, where it is theirs.
    pub kept: Option<Uuid>,
    /// The series that it is a date of.
    pub series: Option<Uuid>,
    /// As one of how many dates it was priced.
    pub dates: u32,
}

impl<'a> Terms<'a> {
    pub fn usual(span: Span, price: &'a Quote, now: DateTime<Utc>) -> Self {
        Self {
            span,
            price,
            until: now + TimeDelta::minutes(HOLD_MINUTES),
            kept: None,
            series: None,
            dates: 1,
        }
    }
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
    write::insert_in(tx, std::slice::from_ref(&booking), request.attempt).await?;
    cells::yield_in(tx, terms.kept, space, occupied).await?;
    let claim = services.new_id();
    if !cells::occupy_in(tx, claim, id, space, occupied, Some(booking.hold_expires_at)).await? {
        return Ok(None);
    }
    let lines = NewLines { booking: id, version: FIRST_VERSION, space: space.id, lines: &terms.price.lines };
    lines::insert_in(tx, &[lines]).await?;
    Ok(Some(booking))
}

/// The booking as it is about to be written, under a new id and reference.
pub(crate) fn held(
    services: &Services,
    request: &HoldRequest,
    terms: &Terms<'_>,
    now: DateTime<Utc>,
) -> Booking {
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
        home: request.home.clone(),
        use_of: request.use_of,
        dates: terms.dates,
        total: price.total,
        other: price.other.clone().ok(),
        cancel_rule: request.space.rules.cancelling.rule(request.use_of, terms.series.is_some()),
        deposit: price.deposit.clone(),
        series: terms.series,
        customer: None,
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
    grant::release_in(tx, booking, now).await?;
    super::forget_in(tx, booking).await?;
    audit::note_in(tx, now, Actor::Booker, "given_back", booking, &()).await?;
    Ok(kept)
}

fn reference(catalogue: &Catalogue, now: DateTime<Utc>) -> String {
    let prefix = catalogue.treaty(now.date_naive()).map_or("V", |treaty| &treaty.reference_prefix);
    BookingReference::from_random(prefix, rand::random()).to_string()
}
