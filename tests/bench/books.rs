//! Bookings that are held, paid and put into the books; and the trial balance of a million postings. Beside the
//! same rows written, and the same sums made, by hand.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::QueryBuilder;
use uuid::Uuid;
use vayla_domain::money::EURO;
use vayla_services::{
    DbError, Services,
    booking::hold,
    ledger::{self, trial_balance},
    occupancy::Hit,
    payment::{self, Outcome},
    staff::Staff,
};
use vayla_tests::{instant, sql};

use crate::{
    commits,
    place::Place,
    table::{Figures, Goal, Table},
    within,
};

/// In the three seconds that are given to each measurement; fewer in less time.
const BOOKINGS: u128 = 10_000;
const POSTINGS: usize = 1_000_000;
/// Half of the bare engine's rate.
const GOAL: Goal = Goal::Share(50);
/// Both sides write in turns, so that neither has the emptier tables or the quieter machine.
const ROUNDS: usize = 4;

pub async fn measure(place: &Place, table: &mut Table, time: Duration) {
    paying(place, table, time).await;
    balancing(place, table, time).await;
}

async fn paying(place: &Place, table: &mut Table, time: Duration) {
    let count = usize::try_from(BOOKINGS * time.as_millis().min(3000) / 3000).unwrap_or_default();
    let (times, next) = (commits::free(&place.services).await, AtomicUsize::new(0));
    let (mut paid, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        for _ in 0..count / ROUNDS {
            let hit = &times[next.fetch_add(1, Ordering::Relaxed)];
            let start = Instant::now();
            book(&place.services, hit).await;
            paid.push(start.elapsed());
        }
        for _ in 0..count / ROUNDS {
            let hit = &times[next.fetch_add(1, Ordering::Relaxed)];
            let start = Instant::now();
            by_hand(&place.services, hit).await.expect("the rows to be written");
            bare.push(start.elapsed());
        }
    }
    let figures = |samples: Vec<Duration>| {
        let elapsed = samples.iter().sum();
        Figures::new(samples, elapsed)
    };
    let (paid, bare) = (figures(paid), figures(bare));
    table.row(&format!("{count} bookings held, paid, in the books"), &paid, Some(&bare), GOAL);
    table.row("  bare: the same rows", &bare, None, Goal::None);
}

async fn book(services: &Services, hit: &Hit) {
    let held = hold(services, commits::request(hit)).await.expect("a hold");
    let id = payment::start(services, &held, EURO, "http://localhost/").await;
    let payment = payment::find(services, id.expect("a payment")).await.expect("the database");
    payment::play(services, &payment.expect("a payment"), Outcome::Pay, None).await.expect("the terminal");
}

/// The rows of all that in three transactions, written straight.
async fn by_hand(services: &Services, hit: &Hit) -> Result<(), DbError> {
    let booking = commits::by_hand(services, hit).await?;
    let (payment, booked, now) = (Uuid::now_v7(), Uuid::now_v7(), services.clock.now());
    let mut tx = services.db.begin().await?;
    within!(&mut tx, c => sqlx::query(
        "INSERT INTO payment (id, booking_id, version, provider, state, surplus, minor, currency, gross_minor, vat_minor,
                              collector, return_url, created_at)
         VALUES ($1, $2, 1, 'sandbox', 'pending', $3, 12500, 'EUR', 12500, 1487, 'tornio', 'http://localhost/', $4)")
        .bind(payment).bind(booking).bind(false).bind(now).execute(c).await.map(drop))?;
    tx.commit().await?;
    let mut tx = services.db.begin().await?;
    within!(&mut tx, c => sqlx::query(
        "UPDATE payment SET state = 'paid', charge = $3, receipt_number = 1, settled_at = $2 WHERE id = $1")
        .bind(payment).bind(now).bind(payment.to_string()).execute(c).await.map(drop))?;
    within!(&mut tx, c => sqlx::query("UPDATE booking SET state = 'confirmed', confirmed_at = $2 WHERE id = $1")
        .bind(booking).bind(now).execute(c).await.map(drop))?;
    within!(&mut tx, c => sqlx::query("UPDATE claim SET expires_at = NULL WHERE booking_id = $1")
        .bind(booking).execute(c).await.map(drop))?;
    within!(&mut tx, c => sqlx::query(
        "INSERT INTO ledger_transaction (id, at, event, source, lines, booking_id, payment_id)
         VALUES ($1, $2, 'payment', $3, 2, $4, $5)")
        .bind(booked).bind(now).bind(format!("payment:{payment}")).bind(booking).bind(payment)
        .execute(c).await.map(drop))?;
    for (line, credit, minor) in [(1i64, "vat", 1487i64), (2, "income", 11013)] {
        within!(&mut tx, c => sqlx::query(
            "INSERT INTO posting (transaction_id, line, entity, debit, credit, minor, currency)
             VALUES ($1, $2, 'tornio', 'clearing', $3, $4, 'EUR')")
            .bind(booked).bind(line).bind(credit).bind(minor).execute(c).await.map(drop))?;
    }
    within!(&mut tx, c => sqlx::query(
        "INSERT INTO audit (id, at, actor, action, subject, subject_id, change)
         VALUES ($1, $2, 'provider', 'confirmed', 'booking', $3, '{}')")
        .bind(Uuid::now_v7()).bind(now).bind(booking).execute(c).await.map(drop))?;
    within!(&mut tx, c => sqlx::query(
        "INSERT INTO outbox (id, kind, payload, due_at, attempts) VALUES ($1, 'mail', $2, $3, 0)")
        .bind(Uuid::now_v7()).bind("x".repeat(3000)).bind(now).execute(c).await.map(drop))?;
    tx.commit().await
}

async fn balancing(place: &Place, table: &mut Table, time: Duration) {
    fill(place).await;
    let services = Arc::new(place.services.clone());
    let middle = instant(STARTS) + TimeDelta::minutes(i64::try_from(POSTINGS / 4).unwrap_or_default());
    let sums = Figures::of(time, async || {
        let sums: Vec<(String, String, String, String, i64)> = sql!(place, c => sqlx::query_as(
            "SELECT entity, debit, credit, currency, CAST(SUM(minor) AS BIGINT) FROM posting
             GROUP BY entity, debit, credit, currency").fetch_all(c).await)
        .expect("the sums");
        assert!(sums.len() >= 3);
    })
    .await;
    for (name, at) in [("now", services.clock.now()), ("half-way", middle)] {
        let balance = Figures::of(time, async || {
            let balance = trial_balance(&services, &Staff::operator(), at).await.expect("a balance");
            assert!(balance.lines.len() >= 4);
        })
        .await;
        table.row(&format!("trial balance of {POSTINGS} postings, {name}"), &balance, Some(&sums), GOAL);
    }
    table.row("  bare: the sums of all postings", &sums, None, Goal::None);
    let start = Instant::now();
    ledger::check(&services.db).await.expect("the rules to be looked at");
    table.note(format!("vayla ledger check over all of it: {} ms", start.elapsed().as_millis()));
}

/// A minute later each: the year before the measurement.
const STARTS: &str = "2025-11-02T09:00:00Z";
const ROWS: usize = 500;

/// Two postings a transaction, across the river.
async fn fill(place: &Place) {
    let mut tx = place.services.db.begin().await.expect("a transaction");
    let mut at = instant(STARTS);
    for _ in 0..POSTINGS / 2 / ROWS {
        let entries: Vec<(Uuid, DateTime<Utc>)> = (0..ROWS)
            .map(|_| {
                at += TimeDelta::minutes(1);
                (Uuid::now_v7(), at)
            })
            .collect();
        within!(&mut tx, c => {
            let mut rows = QueryBuilder::new("INSERT INTO ledger_transaction (id, at, event, source, lines) ");
            rows.push_values(&entries, |mut row, (id, at)| {
                row.push_bind(*id).push_bind(*at).push_bind("payment").push_bind(format!("bench:{id}")).push_bind(2i64);
            });
            rows.build().execute(c).await.map(drop)
        })
        .expect("transactions");
        within!(&mut tx, c => {
            let mut rows = QueryBuilder::new(
                "INSERT INTO posting (transaction_id, line, entity, debit, credit, minor, currency, contract_minor,
                                      contract_currency) ");
            rows.push_values(entries.iter().flat_map(|(id, _)| [(id, 1i64), (id, 2)]), |mut row, (id, line)| {
                let (entity, debit, credit, minor, currency) = match line {
                    1 => ("haparanda", "clearing", "due_to:tornio", 137_225i64, "SEK"),
                    _ => ("tornio", "due_from:haparanda", "income", 12_500, "EUR"),
                };
                row.push_bind(*id).push_bind(line).push_bind(entity).push_bind(debit).push_bind(credit)
                    .push_bind(minor).push_bind(currency).push_bind(12_500i64).push_bind("EUR");
            });
            rows.build().execute(c).await.map(drop)
        })
        .expect("postings");
    }
    tx.commit().await.expect("to be kept");
    if let vayla_services::Db::Postgres(pool) = &place.services.db {
        // As it would do by itself before long.
        sqlx::raw_sql("VACUUM ANALYZE").execute(pool).await.expect("statistics");
    }
}
