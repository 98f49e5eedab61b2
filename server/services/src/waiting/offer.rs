//! Offers what has become free to those in line, one after the other.

use std::{collections::HashSet, sync::Arc};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;
use vayla_domain::{
    money::Buyer,
    time::{Quarter, Span},
    waiting::{WaitingState, offer_until},
};

use super::{
    Entry, Freed, LOCK,
    entry::{DAY_QUARTERS, find},
    freed::{PLACES, Place},
};
use crate::{
    Services,
    audit::{self, Actor},
    booking::{self, Booking, HoldRequest, PriceFor, QuoteError, Terms, quote},
    catalogue::Space,
    db::{DbError, Tx, on, within},
    mail,
    occupancy::{FreeTimes, Hit, Wish, cells, rank},
};

/// So many of the times that suit are tried, should others be faster.
const TRIES: usize = 4;
/// So many in line are asked at a time; then other work has its turn.
const ASKED_MAX: usize = 200;
/// Longer than anybody waits to be written down.
const OVERTAKEN_SECONDS: i64 = 30;

/// What came of trying to offer a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tried {
    Offered,
    /// Somebody else was faster.
    Taken,
    /// They don't wait any more, or have been offered something else.
    NotWaiting,
}

impl Freed {
    /// Offers it to the first in line whom it suits, what is left of it to the next, and lets go of the rest
    /// once nobody has joined meanwhile. Doing it again offers nothing twice. Has the claim run out before,
    /// whatever is still free is offered. Of a long line the rest is asked later.
    pub async fn pass_on(&self, services: &Services) -> Result<(), DbError> {
        cells::sweep(services).await?;
        let (mut free, mut asked, mut after) = (self.free_times(services), HashSet::new(), self.after);
        loop {
            let line = self.next(services, &mut asked, after).await?;
            let Some(last) = line.last() else { return Ok(()) };
            after = after.max(Some(*last));
            for (_, id) in &line {
                let Some(entry) = find(services, *id).await? else { continue };
                self.offer_to(services, &entry, &mut free).await?;
            }
            if let Some(after) = after.filter(|_| asked.len() >= ASKED_MAX) {
                return self.go_on(services, after).await;
            }
        }
    }

    /// Some of those in line who haven't been asked; where there are none the claim is let go.
    async fn next(
        &self,
        services: &Services,
        asked: &mut HashSet<Uuid>,
        after: Option<Place>,
    ) -> Result<Vec<Place>, DbError> {
        let mut tx = services.db.begin().await?;
        tx.lock_shared(LOCK).await?;
        let mut line = self.line_in(&mut tx, after, PLACES).await?;
        if line.is_empty() {
            // Who joined a little before another may have been written down a little after.
            let before = after.map(|(at, _)| (at - TimeDelta::seconds(OVERTAKEN_SECONDS), Uuid::nil()));
            line = self.line_in(&mut tx, before, PLACES).await?;
        }
        line.retain(|(_, id)| asked.insert(*id));
        if line.is_empty() {
            within!(&mut tx, c => sqlx::query("DELETE FROM claim WHERE id = $1 AND booking_id IS NULL")
                .bind(self.claim).execute(c).await.map(drop))?;
        }
        tx.commit().await?;
        Ok(line)
    }

    /// What is free around the freed cells, of their facility: read once for all in line, and again after each
    /// offer.
    fn free_times(&self, services: &Services) -> FreeTimes {
        let catalogue = services.catalogue();
        let own = |space: &&Arc<Space>| space.parts.iter().any(|part| self.parts.contains(part));
        let facility = catalogue.spaces.iter().find(own).map(|space| space.facility.id);
        FreeTimes::new(facility, self.claim, self.dates())
    }

    async fn offer_to(
        &self,
        services: &Services,
        entry: &Entry,
        free: &mut FreeTimes,
    ) -> Result<(), DbError> {
        for hit in self.suiting(services, entry, free).await?.iter().take(TRIES) {
            let tried = self.try_offer(services, entry, hit).await?;
            free.forget();
            if tried != Tried::Taken {
                break;
            }
        }
        Ok(())
    }

    /// Times that need some of the freed cells and suit the entry, best first, without what it had before.
    async fn suiting(
        &self,
        services: &Services,
        entry: &Entry,
        free: &mut FreeTimes,
    ) -> Result<Vec<Hit>, DbError> {
        let catalogue = services.catalogue();
        let mut spaces = entry.wanted.spaces(&catalogue);
        spaces.retain(|space| space.parts.iter().any(|part| self.parts.contains(part)));
        let wish = &entry.wanted.wish;
        let mut hits = free.search(services, &self.nearby(wish), &spaces).await?;
        hits.retain(|hit| overlap(hit.space.rules.buffer.around(hit.span), self.span));
        if !hits.is_empty() {
            let had = self.had_before(services, entry).await?;
            hits.retain(|hit| {
                !had.iter().any(|(space, span)| !space.is_apart_from(&hit.space) && overlap(*span, hit.span))
            });
        }
        rank(wish, &mut hits);
        Ok(hits)
    }

    /// The first and the last of the days on which a time could need the freed cells.
    fn dates(&self) -> (NaiveDate, NaiveDate) {
        let (day, date) = (Days::new(1), |quarter: Quarter| quarter.start().date_naive());
        (date(self.span.start()) - day, date(self.span.end()) + day)
    }

    /// The wish on those of its days.
    fn nearby(&self, wish: &Wish) -> Wish {
        let (first, last) = self.dates();
        Wish { from: wish.from.max(first), to: wish.to.min(last), ..wish.clone() }
    }

    /// Near the freed cells, the times that the same person was offered since they wait, in whatever place in
    /// line, and those that they have cancelled or moved away from: but not what the town took from them.
    async fn had_before(
        &self,
        services: &Services,
        entry: &Entry,
    ) -> Result<Vec<(Arc<Space>, Span)>, DbError> {
        let (from, to) = (self.span.start().0 - DAY_QUARTERS, self.span.end().0 + DAY_QUARTERS);
        let rows: Vec<(Uuid, i64, i64)> = on!(&services.db, c => sqlx::query_as(
            "SELECT space_id, start_quarter, end_quarter FROM booking
             WHERE id IN (SELECT booking_id FROM waiting_offer JOIN waiting ON waiting.id = waiting_offer.waiting_id
                          WHERE LOWER(waiting.email) = LOWER($4) AND waiting_offer.offered_at > $3)
               AND start_quarter < $2 AND end_quarter > $1 AND NOT by_town
             UNION SELECT space_id, start_quarter, end_quarter FROM booking
             WHERE cancelled_at >= $3 AND NOT by_town AND LOWER(booker_email) = LOWER($4)
               AND start_quarter < $2 AND end_quarter > $1
             UNION SELECT line.space_id, line.start_quarter, line.end_quarter FROM booking
             JOIN booking_change AS moved ON moved.booking_id = booking.id AND moved.state = 'done'
             JOIN booking_line AS line ON line.booking_id = booking.id AND line.version = moved.from_version
             WHERE LOWER(booking.booker_email) = LOWER($4) AND moved.settled_at >= $3 AND NOT moved.by_town
               AND line.start_quarter < $2 AND line.end_quarter > $1")
            .bind(from).bind(to).bind(entry.created_at).bind(&entry.who.email)
            .fetch_all(c).await)?;
        let catalogue = services.catalogue();
        let known = rows.into_iter().filter_map(|(space, start, end)| {
            Some((Arc::clone(catalogue.space(space)?), Span::new(Quarter(start), Quarter(end))?))
        });
        Ok(known.collect())
    }

    /// Holds the time for the entry and writes to them, or does nothing at all.
    async fn try_offer(&self, services: &Services, entry: &Entry, hit: &Hit) -> Result<Tried, DbError> {
        let now = services.clock.now();
        let buyer = Buyer { group: entry.wanted.wish.group, home: entry.wanted.home.clone() };
        let asked = PriceFor::new(buyer, entry.wanted.use_of);
        let price = match quote(services, &hit.space, hit.span, &asked).await {
            Ok(price) => price,
            Err(QuoteError::Db(error)) => return Err(error),
            Err(QuoteError::NoPrice(_) | QuoteError::NoVat) => return Ok(Tried::Taken),
        };
        let until = offer_until(now, hit.span.start().start());
        let terms = Terms { until, kept: Some(self.claim), ..Terms::usual(hit.span, &price, now) };
        let mut tx = services.db.begin().await?;
        if !turn_in(&mut tx, entry.id).await? {
            return Ok(Tried::NotWaiting);
        }
        let held = booking::hold_in(&mut tx, services, &entry.request(hit), &terms, now).await?;
        let Some(booking) = held else { return Ok(Tried::Taken) };
        note_offer_in(&mut tx, entry, &booking, now).await?;
        mail::offered_in(&mut tx, services, entry, &booking).await?;
        tx.commit().await?;
        Ok(Tried::Offered)
    }
}

impl Entry {
    fn request(&self, hit: &Hit) -> HoldRequest {
        HoldRequest {
            space: Arc::clone(&hit.space),
            start: hit.span.start().start(),
            end: hit.span.end().start(),
            price_group: self.wanted.wish.group,
            home: self.wanted.home.clone(),
            use_of: self.wanted.use_of,
            who: Some(self.who.clone()),
            quote: None,
            replaces: None,
            attempt: None,
            demo: false,
        }
    }
}

fn overlap(one: Span, other: Span) -> bool {
    one.start() < other.end() && other.start() < one.end()
}

/// It is their turn; `false` where they don't wait. The update is the lock: of two machines one offers.
async fn turn_in(tx: &mut Tx, entry: Uuid) -> Result<bool, DbError> {
    let turned = within!(tx, c => sqlx::query("UPDATE waiting SET state = $2 WHERE id = $1 AND state = $3")
        .bind(entry).bind(WaitingState::Offered.code()).bind(WaitingState::Waiting.code())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(turned == 1)
}

async fn note_offer_in(
    tx: &mut Tx,
    entry: &Entry,
    booking: &Booking,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    within!(&mut *tx, c => sqlx::query(
        "INSERT INTO waiting_offer (booking_id, waiting_id, offered_at) VALUES ($1, $2, $3)")
        .bind(booking.id).bind(entry.id).bind(now).execute(c).await.map(drop))?;
    audit::note_in(tx, now, Actor::System, "offered", booking.id, &entry.id).await
}
