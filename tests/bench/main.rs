//! Väylä under load, beside the bare engine it runs on. `tests/bench/run.sh` builds and starts it.
//!
//! Usage: `load [SECONDS]`, the time given to each measurement. PostgreSQL is measured where
//! `VAYLA_TEST_POSTGRES` names a server.

mod availability;
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

#[tokio::main]
async fn main() {
    let seconds = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(SECONDS);
    let time = Duration::from_secs(seconds);
    run(Engine::Sqlite, time).await;
    if std::env::var_os("VAYLA_TEST_POSTGRES").is_some() {
        run(Engine::Postgres, time).await;
    }
}

async fn run(engine: Engine, time: Duration) {
    let place = Place::open(engine).await;
    data::fill(&place).await;
    let mut table = Table::new(&format!("{engine:?}: {}", data::summary(&place).await));
    availability::measure(&place, &mut table, time).await;
    process::measure(&place, &mut table, time).await;
    commits::measure(&place, &mut table, time).await;
    series::measure(&place, &mut table, time).await;
    table.print();
    place.close().await;
}
