//! Everything at once in one hall: nobody is told of a deadlock, and all adds up in the end.

use std::collections::HashMap;

use chrono::TimeDelta;
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use tokio::task::JoinSet;
use uuid::Uuid;
use vayla_domain::money::EURO;
use vayla_services::{
    DbError, Services,
    booking::{self, CancelError, Changed, DetailsError, HoldError, HoldRequest, MoveError, Target},
    occupancy,
    outbox::{self, Queue},
    payment::{self, ChargeError, StartError},
};

use crate::{TestClock, Time, Town, aino};

on_both_engines! {
    a_busy_hour_ends_with_everything_in_order,
}

const PEOPLE: u64 = 12;
const DEEDS: usize = 40;

async fn a_busy_hour_ends_with_everything_in_order(town: &Town) {
    let spaces = [
        "u-hela",
        "u-halv-a",
        "u-halv-b",
        "u-fjardedel-1",
        "u-fjardedel-2",
        "u-fjardedel-3",
        "u-fjardedel-4",
    ];
    let times: Vec<Time> = spaces
        .iter()
        .flat_map(|space| {
            let first = town.wall_time("putaan-liikuntahalli", space, "2026-11-07 10:00", 60);
            (0..6).map(move |half_hour| first.later(30 * half_hour))
        })
        .collect();
    let mut people = JoinSet::new();
    for seed in 0..PEOPLE {
        let (services, clock, times) = (town.services.clone(), town.clock.clone(), times.clone());
        people.spawn(async move { Person::new(seed).live(&services, &clock, &times).await });
    }
    let confirmed: usize = people.join_all().await.into_iter().sum();
    assert!(confirmed > 0, "nobody got anything");
    town.sweep().await;
    town.deliver().await;
    let cells: Vec<(i64, i64)> =
        sql!(town, c => sqlx::query_as("SELECT part_id, quarter FROM cell").fetch_all(c).await)
            .expect("the cells");
    let mut times_taken: HashMap<(i64, i64), u32> = HashMap::new();
    cells.into_iter().for_each(|cell| *times_taken.entry(cell).or_default() += 1);
    assert!(times_taken.values().all(|times| *times == 1));
    let gaps = "SELECT CAST(MAX(receipt_number) AS BIGINT) - COUNT(receipt_number) FROM payment";
    assert_eq!(town.count(gaps).await, 0);
}

struct Person {
    random: StdRng,
    holds: Vec<Uuid>,
}

impl Person {
    fn new(seed: u64) -> Self {
        Self { random: StdRng::seed_from_u64(seed), holds: Vec::new() }
    }

    /// Does one thing after the other; says how many charges have confirmed something.
    async fn live(mut self, services: &Services, clock: &TestClock, times: &[Time]) -> usize {
        let mut confirmed = 0;
        for _ in 0..DEEDS {
            clock.advance(TimeDelta::seconds(self.random.random_range(0..20)));
            let one = self.holds.choose(&mut self.random).copied();
            match (self.random.random_range(0..10), one) {
                (0, Some(id)) => fine(cancel(services, id).await),
                (1, Some(id)) => fine(extend(services, id).await),
                (2..=4, Some(id)) => confirmed += usize::from(self.pay(services, id).await),
                (5, _) => drop(occupancy::sweep(services).await.expect("a sweep")),
                (8.., Some(id)) => self.move_away(services, id, times).await,
                (6, _) => drop(outbox::deliver_due(services, Queue::Acts).await.expect("the outbox")),
                (_, replaces) => {
                    let replaces = replaces.filter(|_| self.random.random_ratio(1, 3));
                    let time = times.choose(&mut self.random).expect("a time");
                    let request = HoldRequest { replaces, ..time.request_by(aino()) };
                    match booking::hold(services, request).await {
                        Ok(held) => self.holds.push(held.id),
                        Err(HoldError::Occupied { .. }) => {}
                        Err(other) => panic!("a hold: {other:?}"),
                    }
                }
            }
        }
        confirmed
    }

    async fn pay(&mut self, services: &Services, id: Uuid) -> bool {
        let booking = booking::find(services, id).await.expect("the database").expect("a booking");
        let payment = match payment::start(services, &booking, EURO, "http://localhost/").await {
            Ok(payment) => payment,
            Err(StartError::Db(error)) => panic!("a payment: {error:?}"),
            Err(_) => return false,
        };
        // The provider tells twice at once, and now and then under two names.
        let second = if self.random.random_ratio(1, 4) { "2" } else { "1" };
        let (first, second) = (format!("{payment}-1"), format!("{payment}-{second}"));
        let told = tokio::join!(
            payment::charge(services, payment, &first),
            payment::charge(services, payment, &second)
        );
        [told.0, told.1]
            .into_iter()
            .any(|told: Result<_, ChargeError>| told.expect("noted") == payment::Charge::Confirmed)
    }

    /// To any other space and time; a dearer one is paid for by and by.
    async fn move_away(&mut self, services: &Services, id: Uuid, times: &[Time]) {
        let Time { space, start, end } = times.choose(&mut self.random).expect("a time").clone();
        match booking::change(services, id, &Target { space, start, end }, None).await {
            Ok(Changed::Held(held)) => self.holds.push(held.id),
            Err(MoveError::Db(error)) => panic!("a move: {error:?}"),
            Ok(Changed::Done { .. } | Changed::Open(_)) | Err(_) => {}
        }
    }
}

async fn cancel(services: &Services, id: Uuid) -> Result<(), DbError> {
    match booking::cancel(services, id).await {
        Err(CancelError::Db(error)) => Err(error),
        _ => Ok(()),
    }
}

async fn extend(services: &Services, id: Uuid) -> Result<(), DbError> {
    let booking = booking::find(services, id).await?.expect("a booking");
    match booking::extend(services, &booking).await {
        Err(DetailsError::Db(error)) => Err(error),
        _ => Ok(()),
    }
}

fn fine(done: Result<(), DbError>) {
    done.expect("no trouble in the database");
}
