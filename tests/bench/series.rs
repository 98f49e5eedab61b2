//! A series of 52 dates of 8 parts, beside the same rows written by hand.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{NaiveTime, TimeDelta};
use sqlx::QueryBuilder;
use uuid::Uuid;
use vayla_domain::{
    Language,
    booking::Who,
    money::{PriceGroup, Use},
    series::{SeriesFields, SeriesPlan, Skip, Until},
};
use vayla_services::{
    DbError, Services,
    catalogue::Space,
    series::{Series, SeriesRequest, SeriesWish, Shown, book, outline},
};
use vayla_tests::sql;

use crate::{
    data,
    place::Place,
    table::{Figures, Goal, Table},
    within,
};

const DATES: u32 = 52;
const MINUTES: i64 = 120;
/// Half of the bare engine's rate.
const GOAL: Goal = Goal::Share(50);

pub async fn measure(place: &Place, table: &mut Table, time: Duration) {
    let hall = empty_hall(place).await;
    let request = request(&place.services, &hall).await;
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    let began = Instant::now();
    // In turns, so that neither has the emptier tables or the quieter machine.
    while began.elapsed() < time {
        let start = Instant::now();
        let series = book(&place.services, &request).await.expect("a series");
        ours.push(start.elapsed());
        give_back(place, series.id).await;
        let start = Instant::now();
        let id = by_hand(&place.services, &series).await.expect("the rows to be written");
        bare.push(start.elapsed());
        give_back(place, id).await;
    }
    let figures = |samples: Vec<Duration>| {
        let elapsed = samples.iter().sum();
        Figures::new(samples, elapsed)
    };
    let (ours, bare) = (figures(ours), figures(bare));
    table.row("series of 52 dates of 8 parts", &ours, Some(&bare), GOAL);
    table.row("  bare: the same rows", &bare, None, Goal::None);
}

/// A hall of eight parts in which nothing is booked, for a year and a half ahead.
async fn empty_hall(place: &Place) -> Arc<Space> {
    let known = place.services.catalogue().space_by_slug(&data::slug(0), "whole").cloned().expect("a hall");
    sql!(place, c => sqlx::query(
        "DELETE FROM claim WHERE id IN (
             SELECT claim_id FROM cell WHERE part_id IN (SELECT part_id FROM space_part WHERE space_id = $1))")
        .bind(known.id).execute(c).await.map(drop))
    .expect("an empty hall");
    sql!(place, c => sqlx::query("UPDATE space SET horizon_days = 550 WHERE id = $1")
        .bind(known.id).execute(c).await.map(drop))
    .expect("the horizon");
    sql!(place, c => sqlx::query("UPDATE catalogue_version SET version = version + 1")
        .execute(c).await.map(drop))
    .expect("the version");
    place.services.refresh_catalogue().await.expect("the places");
    place.services.catalogue().space(known.id).cloned().expect("the hall")
}

async fn request(services: &Services, hall: &Arc<Space>) -> SeriesRequest {
    let fields = SeriesFields {
        first: data::WEEK[1].parse().expect("a date"),
        time: NaiveTime::from_hms_opt(18, 0, 0).expect("a time"),
        minutes: MINUTES,
        every_weeks: 1,
        until: Until::Count(DATES),
        which: None,
        skip: Skip::default(),
    };
    let wish = SeriesWish {
        space: Arc::clone(hall),
        plan: SeriesPlan::parse(fields).expect("a plan"),
        price_group: PriceGroup::Adult,
        home: None,
        use_of: Use::Sport,
    };
    let who = Who {
        name: "Aino Näätänen".to_owned(),
        email: "aino@example.fi".to_owned(),
        phone: None,
        language: Language::Fi,
        purpose: None,
        people: None,
    };
    let laid = outline(services, &wish).await.expect("an outline");
    let shown: Vec<Shown> =
        laid.free().map(|(date, .., quote)| Shown { date, quote: Some(quote.to_owned()) }).collect();
    assert_eq!((shown.len(), hall.parts.len()), (DATES as usize, 8));
    SeriesRequest { wish, who, shown, attempt: None }
}

/// Frees the cells; what else was written stays, as it does for both.
async fn give_back(place: &Place, series: Uuid) {
    sql!(place, c => sqlx::query("DELETE FROM claim WHERE booking_id IN (SELECT id FROM booking WHERE series_id = $1)")
        .bind(series).execute(c).await.map(drop))
    .expect("free cells");
    sql!(place, c => sqlx::query("UPDATE booking SET state = 'expired' WHERE series_id = $1")
        .bind(series).execute(c).await.map(drop))
    .expect("no holds");
}

/// The rows of the series, written straight in a statement a table: no rule, price, rate or language is
/// looked at.
async fn by_hand(services: &Services, like: &Series) -> Result<Uuid, DbError> {
    let (series, now) = (Uuid::now_v7(), services.clock.now());
    let expires = now + TimeDelta::minutes(15);
    let rows: Vec<(Uuid, i64, i64)> = like
        .bookings
        .iter()
        .map(|booking| (Uuid::now_v7(), booking.span.start().0, booking.span.end().0))
        .collect();
    let mut tx = services.db.begin().await?;
    within!(&mut tx, c => sqlx::query(
        "INSERT INTO series (id, space_id, plan, price_group, use_of, created_at)
         VALUES ($1, $2, '{}', 'adult', 'sport', $3)")
        .bind(series).bind(like.space.id).bind(now).execute(c).await.map(drop))?;
    within!(&mut tx, c => {
        let mut insert = QueryBuilder::new(
            "INSERT INTO booking (id, reference, space_id, start_quarter, end_quarter, state, created_at,
                hold_expires_at, hold_extended, demo, price_group, use_of, total_minor, total_currency, other_minor,
                other_currency, rate_base, rate_quote, rate_value, rate_date, rate_source, cancel_rule,
                booker_name, booker_email, booker_language, series_id) ");
        insert.push_values(&rows, |mut row, (id, start, end)| {
            row.push_bind(*id).push_bind(id.to_string()).push_bind(like.space.id).push_bind(*start).push_bind(*end)
                .push_bind("held").push_bind(now).push_bind(expires).push_bind(false).push_bind(false)
                .push_bind("adult").push_bind("sport").push_bind(25000i64).push_bind("EUR").push_bind(274450i64)
                .push_bind("SEK").push_bind("EUR").push_bind("SEK").push_bind("10.978").push_bind(now.date_naive())
                .push_bind("ECB").push_bind(data::CANCEL_RULE).push_bind("Aino Näätänen")
                .push_bind("aino@example.fi").push_bind("fi").push_bind(series);
        });
        insert.build().execute(c).await.map(drop)
    })?;
    within!(&mut tx, c => {
        let mut insert = QueryBuilder::new("INSERT INTO claim (id, booking_id, expires_at) ");
        insert.push_values(&rows, |mut row, (id, ..)| {
            row.push_bind(*id).push_bind(*id).push_bind(expires);
        });
        insert.build().execute(c).await.map(drop)
    })?;
    let cell = |part: &i64| {
        let part = *part;
        rows.iter().flat_map(move |(id, start, end)| (*start..*end).map(move |quarter| (part, quarter, *id)))
    };
    let cells: Vec<(i64, i64, Uuid)> = like.space.parts.iter().flat_map(cell).collect();
    within!(&mut tx, c => {
        let mut insert = QueryBuilder::new("INSERT INTO cell (part_id, quarter, claim_id) ");
        insert.push_values(&cells, |mut row, (part, quarter, claim)| {
            row.push_bind(*part).push_bind(*quarter).push_bind(*claim);
        });
        insert.build().execute(c).await.map(drop)
    })?;
    within!(&mut tx, c => {
        let mut insert = QueryBuilder::new(
            "INSERT INTO booking_line (booking_id, version, line, space_id, start_quarter, end_quarter, basis,
                                       net_minor, vat_rate, vat_minor, gross_minor) ");
        insert.push_values(&rows, |mut row, (id, start, end)| {
            row.push_bind(*id).push_bind(1i64).push_bind(1i64).push_bind(like.space.id).push_bind(*start)
                .push_bind(*end).push_bind(data::BASIS).push_bind(21928i64).push_bind("14").push_bind(3072i64).push_bind(25000i64);
        });
        insert.build().execute(c).await.map(drop)
    })?;
    within!(&mut tx, c => {
        let mut insert = QueryBuilder::new(
            "INSERT INTO audit (id, at, actor, action, subject, subject_id, change) ");
        insert.push_values(&rows, |mut row, (id, start, end)| {
            row.push_bind(Uuid::now_v7()).push_bind(now).push_bind("booker").push_bind("held").push_bind("booking")
                .push_bind(*id).push_bind(format!("[{start},{end}]"));
        });
        insert.build().execute(c).await.map(drop)
    })?;
    tx.commit().await?;
    Ok(series)
}
