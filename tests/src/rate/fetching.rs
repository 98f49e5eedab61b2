//! Rates that are fetched from the central bank when there should be something new.

use chrono::TimeDelta;
use vayla_services::rate::{FetchError, Fetched, fetch_due, fetch_now, import};

use super::{bank::FakeBank, rate_now};
use crate::Town;

const DAILY: &str = "eurofxref-daily.xml";
const LONG: &str = "eurofxref-hist-90d.xml";

on_both_engines! {
    a_days_rate_is_fetched_once_it_is_out,
    what_was_missed_comes_with_the_long_file,
    a_late_bank_is_asked_ever_less_often,
    nobody_is_asked_on_days_without_a_rate,
    of_two_servers_one_asks,
    a_corrected_rate_is_fetched_when_asked_for,
    a_figure_far_from_the_last_is_taken_by_hand_only,
}

async fn due(town: &Town, bank: &FakeBank) -> Fetched {
    fetch_due(&town.services, &bank.bank()).await.expect("the bank")
}

fn one(file: &str, status: u16) -> Vec<(String, u16)> {
    vec![(file.to_owned(), status)]
}

async fn a_days_rate_is_fetched_once_it_is_out(town: &Town) {
    let bank = FakeBank::open().await;
    bank.publish("2026-10-30", "10.978");
    assert_eq!(due(town, &bank).await, Fetched::NotDue, "that of the last day is on file");
    town.clock.set("2026-11-02T14:59:59Z");
    assert_eq!(due(town, &bank).await, Fetched::NotDue, "it isn't four in Frankfurt");
    assert_eq!(bank.asked(), []);
    bank.publish("2026-11-02", "11.0125");
    town.clock.set("2026-11-02T15:00:00Z");
    let latest = "2026-11-02".parse().expect("a date");
    assert_eq!(due(town, &bank).await, Fetched::New { latest, new: 1 });
    assert_eq!(rate_now(town).await.as_deref(), Ok("11.0125 of 2026-11-02"));
    assert_eq!(due(town, &bank).await, Fetched::NotDue);
    assert_eq!(bank.asked(), one(DAILY, 200));
    // Kept with where it comes from, what stood in the file, and when it came.
    let kept = "SELECT COUNT(*) FROM fixing WHERE fixing_date = '2026-11-02' AND source = 'ECB' AND LENGTH(file_hash) = 64";
    assert_eq!(town.count(kept).await, 1);
    // The next day's is asked for with what we have.
    town.clock.set("2026-11-03T15:00:00Z");
    assert_eq!(due(town, &bank).await, Fetched::Unchanged);
    assert_eq!(bank.asked(), one(DAILY, 304));
}

async fn what_was_missed_comes_with_the_long_file(town: &Town) {
    let bank = FakeBank::open().await;
    for (day, figure) in
        [("2026-10-29", "10.9995"), ("2026-10-30", "10.978"), ("2026-11-02", "11.0"), ("2026-11-03", "11.1")]
    {
        bank.publish(day, figure);
    }
    town.clock.set("2026-11-03T16:00:00Z");
    let latest = "2026-11-03".parse().expect("a date");
    assert_eq!(due(town, &bank).await, Fetched::New { latest, new: 2 });
    assert_eq!(bank.asked(), one(LONG, 200));
    assert_eq!(town.count("SELECT COUNT(*) FROM fixing WHERE fixing_date > '2026-10-30'").await, 2);
}

async fn a_late_bank_is_asked_ever_less_often(town: &Town) {
    let bank = FakeBank::open().await;
    bank.publish("2026-10-30", "10.978");
    bank.close(true);
    town.clock.set("2026-11-02T15:00:00Z");
    let refused = fetch_due(&town.services, &bank.bank()).await;
    assert!(matches!(refused, Err(FetchError::Unreached(_))), "{refused:?}");
    assert_eq!(bank.asked(), one(DAILY, 503));
    let mut tries = Vec::new();
    for minute in 1..=240 {
        town.clock.advance(TimeDelta::minutes(1));
        let _ = fetch_due(&town.services, &bank.bank()).await;
        if !bank.asked().is_empty() {
            tries.push(minute);
        }
        if minute == 100 {
            bank.close(false); // but Monday's rate isn't in the file yet
        }
    }
    assert_eq!(tries, [5, 15, 35, 75, 135, 195]);
    bank.publish("2026-11-02", "11.0125");
    town.clock.advance(TimeDelta::minutes(60));
    assert!(matches!(due(town, &bank).await, Fetched::New { new: 1, .. }));
    // The next day begins afresh.
    town.clock.set("2026-11-03T15:00:00Z");
    assert_eq!(due(town, &bank).await, Fetched::Unchanged);
    town.clock.advance(TimeDelta::minutes(5));
    bank.publish("2026-11-03", "11.02");
    assert!(matches!(due(town, &bank).await, Fetched::New { new: 1, .. }));
}

async fn nobody_is_asked_on_days_without_a_rate(town: &Town) {
    let bank = FakeBank::open().await;
    for (day, figure) in [("2026-12-23", "11.1"), ("2026-12-24", "11.2")] {
        bank.publish(day, figure);
    }
    town.clock.set("2026-12-24T15:00:00Z");
    due(town, &bank).await;
    bank.asked();
    // Christmas, the day after, and a weekend.
    for quarter in 0..4 * 24 * 4 - 1 {
        town.clock.advance(TimeDelta::minutes(15));
        assert_eq!(due(town, &bank).await, Fetched::NotDue, "quarter {quarter}");
    }
    assert_eq!(bank.asked(), []);
    town.clock.advance(TimeDelta::minutes(15)); // Monday at four, but nothing is out yet
    assert!(matches!(due(town, &bank).await, Fetched::New { new: 0, .. }));
    assert_eq!(bank.asked().len(), 1);
}

async fn of_two_servers_one_asks(town: &Town) {
    let bank = FakeBank::open().await;
    bank.publish("2026-11-02", "11.0125");
    town.clock.set("2026-11-02T15:00:00Z");
    let (second, one_bank) = (town.second().await, bank.bank());
    let (first, other) = tokio::join!(fetch_due(&town.services, &one_bank), fetch_due(&second, &one_bank));
    let done = [first.expect("the bank"), other.expect("the bank")];
    assert!(done.contains(&Fetched::NotDue), "{done:?}");
    assert_eq!(bank.asked(), one(DAILY, 200));
    second.db.close().await;
}

async fn a_corrected_rate_is_fetched_when_asked_for(town: &Town) {
    let bank = FakeBank::open().await;
    bank.publish("2026-10-30", "10.979");
    let latest = "2026-10-30".parse().expect("a date");
    assert_eq!(
        fetch_now(&town.services, &bank.bank()).await.expect("the bank"),
        Fetched::New { latest, new: 1 }
    );
    assert_eq!(rate_now(town).await.as_deref(), Ok("10.979 of 2026-10-30"));
    assert_eq!(
        fetch_now(&town.services, &bank.bank()).await.expect("the bank"),
        Fetched::New { latest, new: 0 }
    );
}

async fn a_figure_far_from_the_last_is_taken_by_hand_only(town: &Town) {
    let bank = FakeBank::open().await;
    for (day, figure) in [("2026-10-30", "10.978"), ("2026-11-02", "1.1012")] {
        bank.publish(day, figure);
    }
    town.clock.set("2026-11-02T15:00:00Z");
    let refused = fetch_due(&town.services, &bank.bank()).await;
    assert!(matches!(refused, Err(FetchError::Leap(..))), "{refused:?}");
    assert_eq!(rate_now(town).await.as_deref(), Ok("10.978 of 2026-10-30"));
    bank.publish("2026-11-02", "13.7");
    town.clock.advance(TimeDelta::minutes(5));
    assert!(matches!(due(town, &bank).await, Fetched::New { new: 1, .. }), "a quarter more may be");
    import(&town.services, "Date,SEK,\n2026-11-03,17.2,\n").await.expect("by hand");
    town.clock.set("2026-11-03T15:00:00Z");
    assert_eq!(rate_now(town).await.as_deref(), Ok("17.2 of 2026-11-03"));
}
