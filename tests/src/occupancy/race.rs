//! Many want one time at the same moment.

use std::collections::HashSet;

use tokio::task::JoinSet;
use vayla_services::{
    Services,
    booking::{self, Booking, HoldError, HoldRequest},
    occupancy::Hit,
};

use crate::{Engine, Time, Town};

on_both_engines! {
    of_many_who_want_one_time_exactly_one_gets_it,
    whole_halves_and_quarters_in_a_race_never_overlap,
    two_machines_race_on_one_database,
    without_the_key_of_the_cells_the_race_is_lost,
}

const ROUNDS: i64 = 100;
const RACERS: usize = 32;

/// Sets all off at once; says what each got.
async fn race(racers: Vec<(Services, HoldRequest)>) -> (Vec<Booking>, Vec<Vec<Hit>>) {
    let start = std::sync::Arc::new(tokio::sync::Barrier::new(racers.len()));
    let mut running = JoinSet::new();
    for (services, request) in racers {
        let start = std::sync::Arc::clone(&start);
        running.spawn(async move {
            start.wait().await;
            booking::hold(&services, request).await
        });
    }
    let (mut winners, mut losers) = (Vec::new(), Vec::new());
    for done in running.join_all().await {
        match done {
            Ok(booking) => winners.push(booking),
            Err(HoldError::Occupied { alternatives }) => losers.push(alternatives),
            Err(other) => panic!("neither had nor taken: {other:?}"),
        }
    }
    (winners, losers)
}

/// A time of its own for each round, open around the clock.
fn tennis(town: &Town, round: i64) -> Time {
    town.wall_time("tornion-tenniskentat", "bana-1", "2026-11-02 00:00", 60).later(60 * round)
}

async fn of_many_who_want_one_time_exactly_one_gets_it(town: &Town) {
    for round in 0..ROUNDS {
        let time = tennis(town, round);
        let racers = (0..RACERS).map(|_| (town.services.clone(), time.request())).collect();
        let (winners, losers) = race(racers).await;
        assert_eq!((winners.len(), losers.len()), (1, RACERS - 1), "round {round}");
        for alternatives in losers {
            assert!(!alternatives.is_empty(), "round {round}: nothing else is offered");
            let same = |hit: &Hit| hit.space.id == time.space.id && hit.span == winners[0].span;
            assert!(!alternatives.iter().any(same), "round {round}: the taken time is offered");
        }
    }
    assert_eq!(town.count("SELECT COUNT(*) FROM booking").await, ROUNDS);
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 4 * ROUNDS);
}

async fn whole_halves_and_quarters_in_a_race_never_overlap(town: &Town) {
    let spaces = [
        "u-hela",
        "u-halv-a",
        "u-halv-b",
        "u-fjardedel-1",
        "u-fjardedel-2",
        "u-fjardedel-3",
        "u-fjardedel-4",
    ];
    for round in 0..20 {
        let day =
            town.wall_time("putaan-liikuntahalli", "u-hela", "2026-11-02 16:00", 60).later(round * 24 * 60);
        // Spaces and starts in another order each round, so that the races cross each other.
        let request = |racer: usize| {
            let space =
                town.space("putaan-liikuntahalli", spaces[(racer * 3 + round as usize) % spaces.len()]);
            let start = i64::try_from(racer % 3).expect("small") * 30;
            (town.services.clone(), Time { space, ..day.later(start) }.request())
        };
        let (winners, _) = race((0..RACERS).map(request).collect()).await;
        let mut cells = HashSet::new();
        for booking in &winners {
            for part in &booking.space.parts {
                for quarter in booking.span.iter() {
                    assert!(cells.insert((*part, quarter)), "round {round}: {part} twice at {quarter:?}");
                }
            }
        }
        assert!(!winners.is_empty(), "round {round}: nobody won");
    }
}

async fn two_machines_race_on_one_database(town: &Town) {
    let other = town.second().await;
    for round in 0..20 {
        let time = tennis(town, round);
        let services = |racer| if racer % 2 == 0 { town.services.clone() } else { other.clone() };
        let (winners, _) = race((0..RACERS).map(|racer| (services(racer), time.request())).collect()).await;
        assert_eq!(winners.len(), 1, "round {round}");
    }
    other.db.close().await;
}

/// The proof that the key is what keeps the promise: in a database without it, the same race has
/// several winners.
async fn without_the_key_of_the_cells_the_race_is_lost(town: &Town) {
    let without: &[&str] = match town.engine {
        Engine::Postgres => &["ALTER TABLE cell DROP CONSTRAINT cell_pk"],
        Engine::Sqlite => &[
            "ALTER TABLE cell RENAME TO cell_with_key",
            "CREATE TABLE cell (part_id BIGINT NOT NULL, quarter BIGINT NOT NULL, claim_id UUID NOT NULL)",
            "DROP TABLE cell_with_key",
        ],
    };
    for statement in without {
        sql!(town, c => sqlx::query(*statement).execute(c).await.map(drop)).expect(statement);
    }
    let mut most = 0;
    for round in 0..5 {
        let time = tennis(town, round);
        let racers = (0..RACERS).map(|_| (town.services.clone(), time.request())).collect();
        most = most.max(race(racers).await.0.len());
    }
    assert!(most > 1, "nobody was let in twice: something else than the key holds the promise");
    // Nothing of this should be found by the check of the books.
    sql!(town, c => sqlx::query("DELETE FROM cell").execute(c).await.map(drop)).expect("no cells");
    sql!(town, c => sqlx::query("UPDATE booking SET state = 'expired'").execute(c).await.map(drop))
        .expect("no holds");
}
