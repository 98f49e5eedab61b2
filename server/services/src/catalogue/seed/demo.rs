//! A plausible fortnight of bookings, marked as demo.

use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Timelike};
use uuid::Uuid;
use vayla_domain::{
    booking::BookingState,
    money::{PriceGroup, Use},
    time::LocalDay,
};

use crate::{
    Services,
    audit::{self, Actor},
    booking::{HoldError, HoldRequest, hold},
    catalogue::Space,
    db::{Db, DbError, on, within},
};

const DAYS: u64 = 14;

/// Books times as clubs and schools would. A day that has demo bookings is left as it is.
pub(super) async fn book(services: &Services) -> Result<usize, DbError> {
    let (catalogue, now, mut booked) = (services.catalogue(), services.clock.now(), 0);
    for space in &catalogue.spaces {
        let today = now.with_timezone(&space.zone()).date_naive();
        if has_demo(&services.db, space, today).await? {
            continue;
        }
        for date in today.iter_days().take_while(|date| *date < today + Days::new(DAYS)) {
            for (start_minute, minutes) in pattern(space, date) {
                booked += usize::from(try_book(services, space, date, start_minute, minutes).await?);
            }
        }
    }
    Ok(booked)
}

async fn has_demo(db: &Db, space: &Space, from: NaiveDate) -> Result<bool, DbError> {
    let first = LocalDay::new(from, space.zone()).span().start();
    let one: Option<i64> = on!(db, c => sqlx::query_scalar(
        "SELECT CAST(1 AS BIGINT) FROM booking WHERE space_id = $1 AND start_quarter >= $2 AND demo = $3 LIMIT 1")
        .bind(space.id).bind(first.0).bind(true).fetch_optional(c).await)?;
    Ok(one.is_some())
}

/// Starts in minutes after midnight and lengths: school by day, clubs in the evening, thinned by a
/// number made of space and date, so that each run gives the same picture.
fn pattern(space: &Space, date: NaiveDate) -> Vec<(i64, i64)> {
    let mix = space
        .slug
        .bytes()
        .chain(space.facility.slug.bytes())
        .fold(7u32, |mix, byte| mix.wrapping_mul(31).wrapping_add(u32::from(byte)));
    let day = mix.wrapping_add(date.num_days_from_ce().unsigned_abs().wrapping_mul(2_654_435_761));
    let weekend = date.weekday().num_days_from_monday() >= 5;
    let times: &[(i64, i64)] =
        if weekend { &[(10, 2), (13, 1), (16, 2)] } else { &[(9, 2), (12, 1), (17, 1), (18, 2), (20, 1)] };
    // Larger spaces are taken less often: their parts are.
    let rarity = 2 + u32::try_from(space.parts.len()).unwrap_or(1);
    let chosen = times.iter().enumerate().filter(|(place, _)| (day >> (3 * place)).is_multiple_of(rarity));
    chosen.map(|(_, (hour, hours))| (hour * 60, hours * 60)).collect()
}

async fn try_book(
    services: &Services,
    space: &Arc<Space>,
    date: NaiveDate,
    start_minute: i64,
    minutes: i64,
) -> Result<bool, DbError> {
    let day = LocalDay::new(date, space.zone());
    let minute = |index: i64| i64::from(day.wall(index).hour() * 60 + day.wall(index).minute());
    let Some(index) = (0..day.quarters()).find(|&index| minute(index) == start_minute) else {
        return Ok(false);
    };
    let start = (day.span().start() + index).start();
    let request = HoldRequest {
        space: Arc::clone(space),
        start,
        end: start + TimeDelta::minutes(minutes),
        price_group: PriceGroup::Club,
        home: None,
        use_of: Use::Sport,
        who: None,
        quote: None,
        replaces: None,
        attempt: None,
        demo: true,
    };
    match hold(services, request).await {
        Ok(booking) => confirm(services, booking.id).await.map(|()| true),
        Err(HoldError::Db(error)) => Err(error),
        Err(_) => Ok(false), // closed, or taken by another part of the pattern
    }
}

/// Demo bookings are nobody's: confirmed without payment or mail.
async fn confirm(services: &Services, booking: Uuid) -> Result<(), DbError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    within!(&mut tx, c => sqlx::query("UPDATE booking SET state = $2, confirmed_at = $3 WHERE id = $1")
        .bind(booking).bind(BookingState::Confirmed.code()).bind(now).execute(c).await.map(drop))?;
    within!(&mut tx, c => sqlx::query("UPDATE claim SET expires_at = NULL WHERE booking_id = $1")
        .bind(booking).execute(c).await.map(drop))?;
    audit::note_in(&mut tx, now, Actor::System, "demo", booking, &()).await?;
    tx.commit().await
}
