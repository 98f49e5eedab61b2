//! Books a series: all that was shown as free, or nothing.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;
use vayla_domain::{booking::Who, money::Quote, time::Span};

use super::{Outline, Series, SeriesWish, outline};
use crate::{
    Services,
    audit::{self, Actor, Subject},
    booking::{self, Booking, DRAWS, HoldRequest, NewLines, QuoteError, Terms, write},
    db::{DbError, Tx, on, retried, within},
    occupancy::cells,
};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct SeriesRequest {
    pub wish: SeriesWish,
    pub who: Who,
    /// The dates that were shown as free: these are booked, and no others.
    pub shown: Vec<Shown>,
    /// Names the asking: the same one again gets the series that it got before.
    pub attempt: Option<Uuid>,
}

/// A date that was shown as free.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub date: NaiveDate,
    /// The price that was shown, by its fingerprint: another price is refused.
    pub quote: Option<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum SeriesError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    NoPrice(QuoteError),
    #[error("no date is asked for")]
    Nothing,
    /// A date is gone, or its price is another: look at it as it is now.
    #[error("it isn't as it was shown")]
    Changed(Box<Outline>),
}

impl From<QuoteError> for SeriesError {
    fn from(error: QuoteError) -> Self {
        match error {
            QuoteError::Db(error) => Self::Db(error),
            other => Self::NoPrice(other),
        }
    }
}

/// Holds all dates that were shown as free, with their prices locked, in one transaction.
///
/// # Errors
/// [`SeriesError`]; then nothing has changed.
pub async fn book(services: &Services, request: &SeriesRequest) -> Result<Series, SeriesError> {
    if request.shown.is_empty() {
        return Err(SeriesError::Nothing);
    }
    cells::sweep(services).await?;
    for _ in 0..DRAWS {
        if let Some(known) = asked_before(services, request.attempt).await? {
            if known.is_for(request, services.clock.now()) {
                return Ok(known);
            }
            retried(|| give_back(services, &known)).await?;
        }
        let outline = outline(services, &request.wish).await?;
        let Some(times) = as_shown(&outline, &request.shown) else {
            return Err(SeriesError::Changed(Box::new(outline)));
        };
        match try_book(services, request, &times).await {
            Ok(Some(series)) => return Ok(series),
            // Taken in this moment: the next outline tells which.
            Ok(None) => {}
            Err(error) if error.is_conflict() => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(SeriesError::Changed(Box::new(outline(services, &request.wish).await?)))
}

/// What the same attempt has led to before.
async fn asked_before(services: &Services, attempt: Option<Uuid>) -> Result<Option<Series>, DbError> {
    let Some(attempt) = attempt else { return Ok(None) };
    let id: Option<Uuid> = on!(&services.db, c => sqlx::query_scalar("SELECT id FROM series WHERE attempt = $1")
        .bind(attempt).fetch_optional(c).await)?;
    match id {
        Some(id) => super::find(services, id).await,
        None => Ok(None),
    }
}

impl Series {
    /// Whether it is what is asked for, and there still.
    fn is_for(&self, request: &SeriesRequest, now: DateTime<Utc>) -> bool {
        let wish = &request.wish;
        let same_terms = (self.price_group, self.use_of) == (wish.price_group, wish.use_of);
        let same = self.space.id == wish.space.id && self.plan == wish.plan && same_terms;
        let live = self.bookings.iter().any(|booking| booking.state_at(now).is_live());
        same && live && self.who() == Some(&request.who)
    }
}

/// Gives back what is still held of what the same asking has led to before: now it asks for something else.
async fn give_back(services: &Services, series: &Series) -> Result<(), DbError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    booking::lock_series_in(&mut tx, series.id).await?;
    for booking in series.held(now) {
        booking::give_back_in(&mut tx, booking.id, now).await?;
    }
    within!(&mut tx, c => sqlx::query("UPDATE series SET attempt = NULL WHERE id = $1")
        .bind(series.id).execute(c).await.map(drop))?;
    tx.commit().await
}

/// The times of the dates that were shown, in order; `None` where one isn't free any more or costs
/// something else.
fn as_shown<'a>(outline: &'a Outline, shown: &[Shown]) -> Option<Vec<(Span, &'a Quote)>> {
    let free: HashMap<NaiveDate, (Span, &Quote, &str)> =
        outline.free().map(|(date, span, price, quote)| (date, (span, price, quote))).collect();
    let mut times = shown
        .iter()
        .map(|shown| {
            let (span, price, quote) = free.get(&shown.date)?;
            let same = shown.quote.as_ref().is_none_or(|shown| shown == quote);
            same.then_some((*span, *price))
        })
        .collect::<Option<Vec<_>>>()?;
    times.sort_by_key(|(span, _)| span.start());
    times.dedup_by_key(|(span, _)| span.start()); // named twice is booked once
    Some(times)
}

/// `None` where a cell is taken.
async fn try_book(
    services: &Services,
    request: &SeriesRequest,
    times: &[(Span, &Quote)],
) -> Result<Option<Series>, DbError> {
    let (now, series) = (services.clock.now(), services.new_id());
    let bookings: Vec<Booking> =
        times.iter().map(|(span, price)| held(services, request, series, *span, price, now)).collect();
    let priced = bookings.iter().zip(times).map(|(booking, (_, price))| {
        let Booking { id, version, space, .. } = booking;
        NewLines { booking: *id, version: *version, space: space.id, lines: &price.lines }
    });
    let lines: Vec<NewLines<'_>> = priced.collect();
    let notes: Vec<(Uuid, (i64, i64))> =
        bookings.iter().map(|booking| (booking.id, (booking.span.start().0, booking.span.end().0))).collect();
    let mut tx = services.db.begin().await?;
    insert_series_in(&mut tx, series, request, now).await?;
    write::insert_in(&mut tx, &bookings, None).await?;
    if !cells::occupy_series_in(&mut tx, series, &bookings).await? {
        return Ok(None);
    }
    booking::insert_lines_in(&mut tx, &lines).await?;
    audit::note_all_in(&mut tx, now, Actor::Booker, "held", &notes).await?;
    let about = Subject::Series(series);
    audit::note_about_in(&mut tx, now, Actor::Booker, "held", about, request.wish.plan.fields()).await?;
    tx.commit().await?;
    let SeriesWish { space, plan, price_group, use_of } = request.wish.clone();
    Ok(Some(Series { id: series, space, plan, price_group, use_of, created_at: now, bookings }))
}

fn held(
    services: &Services,
    request: &SeriesRequest,
    series: Uuid,
    span: Span,
    price: &Quote,
    now: DateTime<Utc>,
) -> Booking {
    let wish = &request.wish;
    let single = HoldRequest {
        space: Arc::clone(&wish.space),
        start: span.start().start(),
        end: span.end().start(),
        price_group: wish.price_group,
        use_of: wish.use_of,
        who: Some(request.who.clone()),
        quote: None,
        replaces: None,
        attempt: None,
        demo: false,
    };
    let terms = Terms { series: Some(series), ..Terms::usual(span, price, now) };
    booking::held(services, &single, &terms, now)
}

async fn insert_series_in(
    tx: &mut Tx,
    id: Uuid,
    request: &SeriesRequest,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let wish = &request.wish;
    let plan = serde_json::to_string(wish.plan.fields()).map_err(DbError::corrupt)?;
    within!(tx, c => sqlx::query(
        "INSERT INTO series (id, space_id, plan, price_group, use_of, created_at, attempt)
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(id).bind(wish.space.id).bind(plan).bind(wish.price_group.code()).bind(wish.use_of.code()).bind(now)
        .bind(request.attempt).execute(c).await.map(drop))?;
    Ok(())
}
