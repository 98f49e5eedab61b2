//! 200 spaces of 400 parts, and two years of bookings in about a million cells: the same each time.
//!
//! The week that is measured is a full one: more than half of all that is open is taken. The rest of the
//! cells is spread over the year before and the year after.

use std::ops::Range;

use chrono::{Days, NaiveDate};
use uuid::Uuid;
use vayla_domain::time::LocalDay;
use vayla_services::db::Tx;
use vayla_tests::{instant, sql};

use crate::place::{BEGINS, Place};

/// The full week; its Wednesday is the day that pages show.
pub const WEEK: [&str; 2] = ["2026-11-03", "2026-11-09"];
pub const WEDNESDAY: &str = "2026-11-04";
pub const FACILITIES: usize = 50;

const PARTS: i64 = 8;
/// Four spaces share a facility's parts.
const SPACES: [(&str, Range<i64>); 4] =
    [("whole", 0..8), ("half-a", 0..4), ("half-b", 4..8), ("corner", 0..2)];
const OPEN: &str = r#"{"opening":[{"hours":[{"opens":"07:00","closes":"23:00"}]}]}"#;
pub const OPENS_QUARTER: i64 = 28;
pub const CLOSES_QUARTER: i64 = 92;
/// Of 1,000 times, how many are booked.
const BUSY: u64 = 600;
const QUIET: u64 = 53;

/// Runs one SQL text in a transaction of either engine.
#[macro_export]
macro_rules! within {
    ($tx:expr, $c:ident => $run:expr) => {
        match $tx {
            ::vayla_services::db::Tx::Sqlite(tx) => {
                let $c = &mut **tx;
                $run
            }
            ::vayla_services::db::Tx::Postgres(tx) => {
                let $c = &mut **tx;
                $run
            }
        }
    };
}

/// Splitmix64: small, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn id(&mut self) -> Uuid {
        let half = |dice: &mut Self| u128::from(dice.roll(u64::MAX));
        Uuid::from_u128(half(self) << 64 | half(self))
    }
}

/// Fills the tables and has the places read again.
pub async fn fill(place: &Place) {
    let mut dice = Dice(7);
    let mut tx = place.services.db.begin().await.expect("a transaction");
    let details: String = within!(&mut tx, c => sqlx::query_scalar("SELECT details FROM facility LIMIT 1")
        .fetch_one(c).await)
    .expect("a seeded facility");
    for statement in
        ["tariff", "space_part", "space", "part", "facility"].map(|table| format!("DELETE FROM {table}"))
    {
        run(&mut tx, statement).await;
    }
    for number in 0..FACILITIES {
        let spaces = facility(&mut tx, number, &details, &mut dice).await;
        bookings(&mut tx, zone(number), &spaces, &mut dice).await;
    }
    for statement in THE_REST {
        run(&mut tx, statement.to_owned()).await;
    }
    tx.commit().await.expect("to be kept");
    if let vayla_services::Db::Postgres(pool) = &place.services.db {
        // As it would do by itself before long.
        sqlx::raw_sql("VACUUM ANALYZE").execute(pool).await.expect("statistics");
    }
    place.services.refresh_catalogue().await.expect("the new places");
}

pub async fn summary(place: &Place) -> String {
    let count = async |sql: &'static str| -> i64 {
        sql!(place, c => sqlx::query_scalar(sql).fetch_one(c).await).expect("a number")
    };
    format!(
        "{} spaces of {} parts, {} bookings in {} cells",
        count("SELECT COUNT(*) FROM space").await,
        count("SELECT COUNT(*) FROM part").await,
        count("SELECT COUNT(*) FROM booking").await,
        count("SELECT COUNT(*) FROM cell").await
    )
}

/// The address of a facility's pages.
pub fn slug(number: usize) -> String {
    format!("bench-{number:02}")
}

fn town(number: usize) -> &'static str {
    if number < FACILITIES / 2 { "haparanda" } else { "tornio" }
}

fn zone(number: usize) -> chrono_tz::Tz {
    if town(number) == "haparanda" { chrono_tz::Europe::Stockholm } else { chrono_tz::Europe::Helsinki }
}

async fn facility(tx: &mut Tx, number: usize, details: &str, dice: &mut Dice) -> Vec<Uuid> {
    let (id, first_part) = (dice.id(), number as i64 * PARTS + 1);
    let name = format!("Hall {number}");
    let kind = ["ice", "hall", "court", "field"][number % 4];
    within!(&mut *tx, c => sqlx::query(
        "INSERT INTO facility (id, slug, municipality, position, kind, name_sv, name_fi, text_sv, text_fi,
                               details, rules)
         VALUES ($1, $2, $3, $4, $5, $6, $6, '', '', $7, $8)")
        .bind(id).bind(slug(number)).bind(town(number)).bind(number as i64).bind(kind).bind(&name).bind(details)
        .bind(OPEN).execute(c).await.map(drop)).expect("a facility");
    for part in 0..PARTS {
        within!(&mut *tx, c => sqlx::query(
            "INSERT INTO part (id, facility_id, slug, name_sv, name_fi, x, y, w, h)
             VALUES ($1, $2, $3, $3, $3, $4, 0, 1, 1)")
            .bind(first_part + part).bind(id).bind(format!("part-{part}")).bind(part)
            .execute(c).await.map(drop))
        .expect("a part");
    }
    let mut spaces = Vec::new();
    for (position, (slug, parts)) in (0i64..).zip(SPACES) {
        let space = dice.id();
        within!(&mut *tx, c => sqlx::query(
            "INSERT INTO space (id, facility_id, slug, position, name_sv, name_fi, capacity, minutes_min, minutes_max,
                                step_minutes, horizon_days)
             VALUES ($1, $2, $3, $4, $3, $3, 30, 60, 240, 30, 180)")
            .bind(space).bind(id).bind(slug).bind(position).execute(c).await.map(drop)).expect("a space");
        for part in parts {
            within!(&mut *tx, c => sqlx::query("INSERT INTO space_part (space_id, part_id) VALUES ($1, $2)")
                .bind(space).bind(first_part + part).execute(c).await.map(drop))
            .expect("its parts");
        }
        within!(&mut *tx, c => sqlx::query(
            "INSERT INTO tariff (id, space_id, valid_from, document, created_at, published_at)
             VALUES ($1, $2, '1970-01-01', $3, $4, $4)")
            .bind(dice.id()).bind(space).bind(PRICES).bind(instant(BEGINS)).execute(c).await.map(drop))
        .expect("its prices");
        spaces.push(space);
    }
    spaces
}

async fn bookings(tx: &mut Tx, zone: chrono_tz::Tz, spaces: &[Uuid], dice: &mut Dice) {
    let today = instant(BEGINS).date_naive();
    let week: [NaiveDate; 2] = WEEK.map(|date| date.parse().expect("a date"));
    for date in (today - Days::new(365)).iter_days().take(730) {
        let midnight = LocalDay::new(date, zone).span().start().0;
        let booked = if (week[0]..=week[1]).contains(&date) { BUSY } else { QUIET };
        let mut quarter = OPENS_QUARTER;
        while quarter < CLOSES_QUARTER {
            if dice.roll(1000) >= booked {
                quarter += 4;
                continue;
            }
            let end = (quarter + [4, 6, 8][dice.roll(3) as usize]).min(CLOSES_QUARTER);
            // The whole hall, one of its halves, or both apart.
            let taken: &[usize] = [&[0][..], &[1], &[2], &[1, 2]][dice.roll(4) as usize];
            for &space in taken {
                booking(tx, dice, spaces[space], midnight + quarter, midnight + end).await;
            }
            quarter = end;
        }
    }
}

async fn booking(tx: &mut Tx, dice: &mut Dice, space: Uuid, start: i64, end: i64) {
    let (id, then) = (dice.id(), instant(BEGINS) - Days::new(400));
    within!(tx, c => sqlx::query(
        "INSERT INTO booking (id, reference, space_id, start_quarter, end_quarter, state, created_at, hold_expires_at,
            hold_extended, demo, price_group, use_of, total_minor, total_currency, cancel_rule,
            booker_name, booker_email, booker_language)
         VALUES ($1, $2, $3, $4, $5, 'confirmed', $6, $6, false, false, 'adult', 'sport', 12500, 'EUR', $7,
            'Aino Näätänen', 'aino@example.fi', 'fi')")
        .bind(id).bind(id.to_string()).bind(space).bind(start).bind(end).bind(then).bind(CANCEL_RULE)
        .execute(c).await.map(drop)).expect("a booking");
}

/// What a booking is made under.
pub const CANCEL_RULE: &str =
    r#"{"steps":[{"until":{"hours":48},"back":{"percent":100}}],"then":{"percent":50}}"#;

/// Of every space, for everybody, at any time.
const PRICES: &str = r#"{"dated_by":"booking","prices":[
    {"groups":["adult","youth","club","company"],"unit":"hour","price":{"EUR":"125.00","SEK":"1250.00"}}]}"#;

/// Of a line at that price.
pub const BASIS: &str = r#"{"kind":"price","unit":"hour","price":{"minor":12500,"currency":"EUR"}}"#;

/// What hangs on the bookings. A claim and a note take their booking's id.
const THE_REST: [&str; 5] = [
    "INSERT INTO claim (id, booking_id, expires_at) SELECT id, id, NULL FROM booking",
    "WITH RECURSIVE steps (step) AS (SELECT 0 UNION ALL SELECT step + 1 FROM steps WHERE step < 7)
     INSERT INTO cell (part_id, quarter, claim_id)
     SELECT space_part.part_id, booking.start_quarter + steps.step, booking.id
     FROM booking JOIN space_part ON space_part.space_id = booking.space_id
                  JOIN steps ON booking.start_quarter + steps.step < booking.end_quarter
     ORDER BY 1, 2",
    r#"INSERT INTO booking_line (booking_id, version, line, space_id, start_quarter, end_quarter, basis, net_minor,
                                 vat_rate, vat_minor, gross_minor)
       SELECT id, 1, 1, space_id, start_quarter, end_quarter,
              '{"kind":"price","unit":"hour","price":{"minor":12500,"currency":"EUR"}}', 10964, '14', 1536, 12500
       FROM booking"#,
    "INSERT INTO audit (id, at, actor, action, subject, subject_id, change)
     SELECT id, created_at, 'booker', 'held', 'booking', id, '[]' FROM booking",
    "UPDATE catalogue_version SET version = version + 1",
];

async fn run(tx: &mut Tx, sql: String) {
    let shown = sql.clone();
    within!(tx, c => sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(c).await.map(drop))
        .unwrap_or_else(|error| panic!("{shown}: {error}"));
}
