//! Joining the line.

use chrono::{DateTime, SubsecRound, Utc};
use uuid::Uuid;
use vayla_domain::{booking::Who, time::Span, waiting::WaitingState};

use super::{
    Entry, LOCK, Wanted, WantedProblem,
    entry::{asked_before_in, write_weekdays},
    place,
};
use crate::{
    Services,
    audit::{self, Actor, Subject},
    db::{DbError, Tx, within},
    mail,
    occupancy::{Hit, Wish, rank, search_among, search_among_in},
};

/// So many places in line may one mail address have at a time.
pub const LIVE_MAX: i64 = 10;
/// How many of the times that are free already are shown.
const FREE: usize = 4;

/// Who wants to wait for what.
#[derive(Debug, Clone)]
pub struct JoinRequest {
    pub wanted: Wanted,
    pub who: Who,
    /// Names the asking: the same one again gets the place that it got before.
    pub attempt: Option<Uuid>,
}

#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Refused(#[from] WantedProblem),
    /// There is no need to wait: the best of what is free.
    #[error("it is free")]
    Free { hits: Vec<Hit> },
    #[error("waits for {LIVE_MAX} times already")]
    TooMany,
}

/// Gives somebody a place in line and writes to them.
///
/// # Errors
/// [`JoinError`]; then nothing has changed.
pub async fn join(services: &Services, request: &JoinRequest) -> Result<Entry, JoinError> {
    let (now, catalogue) = (services.clock.now(), services.catalogue());
    let (wish, spaces) = (&request.wanted.wish, request.wanted.spaces(&catalogue));
    let reach = request.wanted.check(&catalogue, now)?;
    nothing_free(wish, search_among(services, wish, &spaces, None).await?)?;
    let entry = entry(services, request, reach, now);
    let place = place(services, &entry).await?;
    let mut tx = services.db.begin().await?;
    tx.lock(LOCK).await?;
    // Freed since it was looked; from here on whoever frees a time sees this place.
    nothing_free(wish, search_among_in(&mut tx, wish, &spaces, now).await?)?;
    if let Some(before) = asked_before_in(&mut tx, &catalogue, request.attempt).await? {
        if before.is_for(request) {
            return Ok(before);
        }
        // Both wishes stand; the asking is the later one's from now on.
        within!(&mut tx, c => sqlx::query("UPDATE waiting SET attempt = NULL WHERE id = $1")
            .bind(before.id).execute(c).await.map(drop))
        .map_err(DbError::from)?;
    }
    if live_in(&mut tx, &request.who.email, now).await? >= LIVE_MAX {
        return Err(JoinError::TooMany);
    }
    insert_in(&mut tx, &entry, request.attempt).await?;
    audit::note_about_in(&mut tx, now, Actor::Booker, "joined", Subject::Waiting(entry.id), &()).await?;
    mail::joined_in(&mut tx, services, &entry, place).await?;
    tx.commit().await?;
    Ok(entry)
}

fn nothing_free(wish: &Wish, mut hits: Vec<Hit>) -> Result<(), JoinError> {
    if hits.is_empty() {
        return Ok(());
    }
    rank(wish, &mut hits);
    hits.truncate(FREE);
    Err(JoinError::Free { hits })
}

fn entry(services: &Services, request: &JoinRequest, reach: Span, now: DateTime<Utc>) -> Entry {
    Entry {
        id: services.new_id(),
        wanted: request.wanted.clone(),
        who: request.who.clone(),
        created_at: now.trunc_subsecs(6), // as finely as the database keeps it
        state: WaitingState::Waiting,
        reach,
    }
}

impl Entry {
    fn is_for(&self, request: &JoinRequest) -> bool {
        let (own, asked) = (&self.wanted, &request.wanted);
        let space = |wanted: &Wanted| wanted.space.as_ref().map(|space| space.id);
        let same_wish = (space(own), &own.wish, own.use_of) == (space(asked), &asked.wish, asked.use_of);
        same_wish && self.who == request.who
    }
}

async fn live_in(tx: &mut Tx, email: &str, now: DateTime<Utc>) -> Result<i64, DbError> {
    let quarter = vayla_domain::time::Quarter::containing(now).0;
    Ok(within!(tx, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM waiting WHERE LOWER(email) = LOWER($1) AND state IN ($2, $3) AND to_quarter > $4")
        .bind(email).bind(WaitingState::Waiting.code()).bind(WaitingState::Offered.code()).bind(quarter)
        .fetch_one(c).await)?)
}

async fn insert_in(tx: &mut Tx, entry: &Entry, attempt: Option<Uuid>) -> Result<(), DbError> {
    let (Wanted { space, wish, use_of }, who) = (&entry.wanted, &entry.who);
    within!(tx, c => sqlx::query(
        "INSERT INTO waiting (id, attempt, space_id, kind, municipality, share_percent, from_date, to_date, weekdays,
             minute_from, minute_to, minutes, people, price_group, use_of, from_quarter, to_quarter, name, email,
             phone, language, created_at, state)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
             $23)")
        .bind(entry.id).bind(attempt).bind(space.as_ref().map(|space| space.id)).bind(wish.kind.clone())
        .bind(wish.municipality.clone()).bind(wish.share_percent).bind(wish.from).bind(wish.to)
        .bind(write_weekdays(wish.weekdays)).bind(i64::from(wish.minute_from))
        .bind(wish.minute_to.map(i64::from)).bind(wish.minutes).bind(who.people).bind(wish.group.code())
        .bind(use_of.code()).bind(entry.reach.start().0).bind(entry.reach.end().0).bind(&who.name)
        .bind(&who.email).bind(&who.phone).bind(who.language.code()).bind(entry.created_at)
        .bind(entry.state.code()).execute(c).await.map(drop))?;
    Ok(())
}
