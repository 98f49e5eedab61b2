//! Väylä under load, beside the bare engine it runs on. `tests/bench/run.sh` builds and starts it.
//!
//! Usage: `load [SECONDS] [PART]`, the time given to each measurement, and the only one to be made (by its
//! file's name). PostgreSQL is measured where `VAYLA_TEST_POSTGRES` names a server.

mod availability;
mod books;
mod commits;
mod data;
mod pages;
mod place;
mod process;
mod series;
mod table;

use std::time::Duration;

use place::Place;
use table::Table;
use vayla_tests::Engine;

const SECONDS: u64 = 3;
const PARTS: [&str; 5] = ["availability", "process", "commits", "series", "books"];

#[tokio::main]
async fn main() {
    let seconds = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(SECONDS);
    let time = Duration::from_secs(seconds);
    let only = std::env::args().skip(1).find(|argument| PARTS.contains(&argument.as_str()));
    run(Engine::Sqlite, time, only.as_deref()).await;
    if std::env::var_os("VAYLA_TEST_POSTGRES").is_some() {
        run(Engine::Postgres, time, only.as_deref()).await;
    }
}

async fn run(engine: Engine, time: Duration, only: Option<&str>) {
    let place = Place::open(engine).await;
    data::fill(&place).await;
    let mut table = Table::new(&format!("{engine:?}: {}", data::summary(&place).await));
    for part in PARTS.into_iter().filter(|part| only.is_none_or(|only| only == *part)) {
        match part {
            "availability" => availability::measure(&place, &mut table, time).await,
            "process" => process::measure(&place, &mut table, time).await,
            "commits" => commits::measure(&place, &mut table, time).await,
            "series" => series::measure(&place, &mut table, time).await,
            _ => books::measure(&place, &mut table, time).await,
        }
    }
    table.print();
    place.close().await;
}
