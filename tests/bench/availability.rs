//! Searching for free times, beside the bare reads of the same cells.

use std::time::Duration;

use chrono::{Days, NaiveDate};
use chrono_tz::Europe::{Helsinki, Stockholm};
use vayla_domain::{space::Weekdays, time::LocalDay};
use vayla_services::occupancy::{Wish, search};
use vayla_tests::sql;

use crate::{
    data::{CLOSES_QUARTER, OPENS_QUARTER, WEDNESDAY, WEEK},
    place::Place,
    table::{Figures, Goal, Table},
};

pub async fn measure(place: &Place, table: &mut Table, time: Duration) {
    days(place, table, time, [WEDNESDAY; 2], "one day", Goal::Median(Duration::from_millis(5))).await;
    days(place, table, time, WEEK, "seven days", Goal::None).await;
    measure_wish(place, table, time, &three_weeks(), "a wish over three weeks", Goal::Share(33)).await;
}

pub fn wish(from: NaiveDate, to: NaiveDate) -> Wish {
    Wish::any_time(from, to, 60)
}

/// Two hours, at least half a hall, Tuesday or Thursday after five, either town, for three weeks.
fn three_weeks() -> Wish {
    let from = WEEK[0].parse::<NaiveDate>().expect("a date");
    let weekdays = Weekdays::try_from(vec![2, 4]).expect("days of the week");
    Wish {
        weekdays,
        minute_from: 17 * 60,
        share_percent: 50,
        ..Wish::any_time(from, from + Days::new(20), 120)
    }
}

async fn days(place: &Place, table: &mut Table, time: Duration, dates: [&str; 2], name: &str, goal: Goal) {
    let [from, to] = dates.map(|date| date.parse::<NaiveDate>().expect("a date"));
    measure_wish(place, table, time, &wish(from, to), name, goal).await;
}

async fn measure_wish(place: &Place, table: &mut Table, time: Duration, wish: &Wish, name: &str, goal: Goal) {
    let (from, to) = (wish.from, wish.to);
    let hits = search(&place.services, wish).await.expect("the database").len();
    let first = LocalDay::new(from, Helsinki).span().start().0 + OPENS_QUARTER;
    let end = LocalDay::new(to, Stockholm).span().start().0 + CLOSES_QUARTER;
    let found = Figures::of(time, async || {
        assert_eq!(search(&place.services, wish).await.expect("the database").len(), hits);
    })
    .await;
    let fold = Figures::of(time, async || fold(place, first, end).await).await;
    let cells = scan(place, first, end).await;
    let scan = Figures::of(time, async || assert_eq!(scan(place, first, end).await, cells)).await;
    table.row(&format!("search, {name}: {hits} free starts"), &found, Some(&scan), goal);
    table.row("  bare: the cells as sums of bits", &fold, None, Goal::None);
    table.row(&format!("  bare: the {cells} cells one by one"), &scan, None, Goal::None);
}

async fn fold(place: &Place, first: i64, end: i64) {
    let _rows: Vec<(i64, i64, Option<i64>)> = sql!(place, c => sqlx::query_as(
        "WITH RECURSIVE folds (fold, first) AS (
             SELECT CAST(0 AS BIGINT), CAST($1 AS BIGINT)
             UNION ALL SELECT fold + 1, first + 48 FROM folds WHERE first + 48 < $2)
         SELECT part.id, folds.fold, (
             SELECT CAST(SUM(CAST(1 AS BIGINT) << CAST(cell.quarter - folds.first AS INTEGER)) AS BIGINT) FROM cell
             WHERE cell.part_id = part.id AND cell.quarter >= folds.first AND cell.quarter < folds.first + 48
               AND cell.quarter < $2)
         FROM part CROSS JOIN folds")
        .bind(first).bind(end).fetch_all(c).await)
    .expect("the database");
}

async fn scan(place: &Place, first: i64, end: i64) -> usize {
    let rows: Vec<(i64, i64)> = sql!(place, c => sqlx::query_as(
        "SELECT cell.part_id, cell.quarter FROM part CROSS JOIN cell
         WHERE cell.part_id = part.id AND cell.quarter >= $1 AND cell.quarter < $2")
        .bind(first).bind(end).fetch_all(c).await)
    .expect("the database");
    rows.len()
}
