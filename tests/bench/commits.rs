//! Holds a second, beside a loop that writes the same rows by hand.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::{Days, NaiveDate, TimeDelta};
use uuid::Uuid;
use vayla_domain::{
    Language,
    booking::Who,
    money::{PriceGroup, Use},
};
use vayla_services::{
    Services,
    booking::{HoldRequest, hold},
    occupancy::{Hit, search},
};

use crate::{
    availability, data,
    place::Place,
    table::{Figures, Goal, Table},
    within,
};

/// Whoever comes next takes the next of the free times.
#[derive(Clone)]
struct Times {
    free: Arc<Vec<Hit>>,
    next: Arc<AtomicUsize>,
}

/// Half of the bare engine's rate.
const GOAL: Goal = Goal::Share(50);
/// Both sides write in turns, so that neither has the emptier tables or the quieter machine.
const ROUNDS: u32 = 4;

pub async fn measure(place: &Place, table: &mut Table, time: Duration) {
    let times = Times { free: Arc::new(free(&place.services).await), next: Arc::default() };
    for (tasks, name) in [(1, "one after the other"), (8, "8 at once")] {
        let (mut held, mut bare) = (Round::default(), Round::default());
        for _ in 0..ROUNDS {
            held.add(run(place, &times, tasks, time / ROUNDS, false).await);
            bare.add(run(place, &times, tasks, time / ROUNDS, true).await);
        }
        let (held, bare) =
            (Figures::new(held.samples, held.elapsed), Figures::new(bare.samples, bare.elapsed));
        table.row(&format!("holds, {name}"), &held, Some(&bare), GOAL);
        table.row("  bare: the same rows", &bare, None, Goal::None);
    }
}

#[derive(Default)]
struct Round {
    samples: Vec<Duration>,
    elapsed: Duration,
}

impl Round {
    fn add(&mut self, other: Self) {
        self.samples.extend(other.samples);
        self.elapsed += other.elapsed;
    }
}

/// Hours of the halves after the full week, as far as one may book: no two of them meet.
pub async fn free(services: &Services) -> Vec<Hit> {
    let mut from = data::WEEK[1].parse::<NaiveDate>().expect("a date") + Days::new(1);
    let mut times = Vec::new();
    for _ in 0..5 {
        let wish = availability::wish(from, from + Days::new(30));
        times.extend(search(services, &wish).await.expect("the database"));
        from = from + Days::new(31);
    }
    times.retain(|hit| hit.space.slug.starts_with("half") && hit.span.start().0 % 4 == 0);
    times
}

async fn run(place: &Place, times: &Times, tasks: usize, time: Duration, bare: bool) -> Round {
    let began = Instant::now();
    let running: Vec<_> = (0..tasks)
        .map(|_| {
            let (services, times) = (place.services.clone(), times.clone());
            tokio::spawn(async move {
                let mut samples = Vec::new();
                while began.elapsed() < time {
                    let hit = &times.free[times.next.fetch_add(1, Ordering::Relaxed)];
                    let start = Instant::now();
                    if bare {
                        by_hand(&services, hit).await.expect("the rows to be written");
                    } else {
                        hold(&services, request(hit)).await.expect("a hold");
                    }
                    samples.push(start.elapsed());
                }
                samples
            })
        })
        .collect();
    let mut samples = Vec::new();
    for task in running {
        samples.extend(task.await.expect("a task that doesn't panic"));
    }
    Round { samples, elapsed: began.elapsed() }
}

pub fn request(hit: &Hit) -> HoldRequest {
    let who = Who {
        name: "Aino Näätänen".to_owned(),
        email: "aino@example.fi".to_owned(),
        phone: None,
        language: Language::Fi,
        purpose: None,
        people: None,
    };
    HoldRequest {
        space: Arc::clone(&hit.space),
        start: hit.span.start().start(),
        end: hit.span.end().start(),
        price_group: PriceGroup::Adult,
        home: None,
        use_of: Use::Sport,
        who: Some(who),
        quote: None,
        replaces: None,
        attempt: None,
        demo: false,
    }
}

/// The rows of a hold, written straight: no rule, price, rate or language is looked at. The booking's id.
pub async fn by_hand(services: &Services, hit: &Hit) -> Result<Uuid, vayla_services::DbError> {
    let (id, claim, now) = (Uuid::now_v7(), Uuid::now_v7(), services.clock.now());
    let (start, end, expires) = (hit.span.start().0, hit.span.end().0, now + TimeDelta::minutes(15));
    let mut tx = services.db.begin().await?;
    within!(&mut tx, c => sqlx::query(
        "INSERT INTO booking (id, reference, space_id, start_quarter, end_quarter, state, created_at, hold_expires_at,
            hold_extended, demo, price_group, use_of, total_minor, total_currency, other_minor, other_currency,
            rate_base, rate_quote, rate_value, rate_date, rate_source, cancel_rule,
            booker_name, booker_email, booker_phone, booker_language, purpose, people)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
            $23, $24, $25, $26, $27, $28)")
        .bind(id).bind(id.to_string()).bind(hit.space.id).bind(start).bind(end).bind("held").bind(now).bind(expires)
        .bind(false).bind(false).bind("adult").bind("sport").bind(12500i64).bind("EUR").bind(137225i64).bind("SEK")
        .bind("EUR").bind("SEK").bind("10.978").bind(now.date_naive()).bind("ECB").bind(data::CANCEL_RULE)
        .bind("Aino Näätänen").bind("aino@example.fi").bind(None::<&str>).bind("fi").bind(None::<&str>)
        .bind(None::<i64>).execute(c).await.map(drop))?;
    within!(&mut tx, c => sqlx::query("INSERT INTO claim (id, booking_id, expires_at) VALUES ($1, $2, $3)")
        .bind(claim).bind(id).bind(expires).execute(c).await.map(drop))?;
    let first = hit.space.parts[0];
    within!(&mut tx, c => sqlx::query(FOUR_PARTS_FOUR_QUARTERS)
        .bind(claim).bind(first).bind(start).execute(c).await.map(drop))?;
    within!(&mut tx, c => sqlx::query(
        "INSERT INTO booking_line (booking_id, version, line, space_id, start_quarter, end_quarter, basis,
                                   net_minor, vat_rate, vat_minor, gross_minor)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
        .bind(id).bind(1i64).bind(1i64).bind(hit.space.id).bind(start).bind(end).bind(data::BASIS).bind(10964i64).bind("14").bind(1536i64)
        .bind(12500i64).execute(c).await.map(drop))?;
    within!(&mut tx, c => sqlx::query(
        "INSERT INTO audit (id, at, actor, action, subject, subject_id, change)
         VALUES ($1, $2, 'booker', 'held', 'booking', $3, $4)")
        .bind(Uuid::now_v7()).bind(now).bind(id).bind(format!("[{start},{end}]")).execute(c).await.map(drop))?;
    tx.commit().await?;
    Ok(id)
}

/// A half has four parts in a row, and the times are hours.
const FOUR_PARTS_FOUR_QUARTERS: &str = "INSERT INTO cell (part_id, quarter, claim_id) VALUES
    ($2, $3, $1), ($2, $3 + 1, $1), ($2, $3 + 2, $1), ($2, $3 + 3, $1),
    ($2 + 1, $3, $1), ($2 + 1, $3 + 1, $1), ($2 + 1, $3 + 2, $1), ($2 + 1, $3 + 3, $1),
    ($2 + 2, $3, $1), ($2 + 2, $3 + 1, $1), ($2 + 2, $3 + 2, $1), ($2 + 2, $3 + 3, $1),
    ($2 + 3, $3, $1), ($2 + 3, $3 + 1, $1), ($2 + 3, $3 + 2, $1), ($2 + 3, $3 + 3, $1)";
