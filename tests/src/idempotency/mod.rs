//! The same request twice has one effect and one answer.

use tokio::task::JoinSet;
use vayla_services::idempotency::{self, Answer, Seen};

use crate::Town;

on_both_engines! {
    a_key_is_answered_once_and_then_repeated,
    of_many_with_one_key_one_does_the_work,
    a_request_whose_process_died_is_taken_over,
}

async fn begin(town: &Town, body: &str) -> Seen {
    idempotency::begin(&town.services, "key", body).await.expect("the database")
}

fn answer(status: u16, response: &str) -> Answer {
    Answer { status, response: response.to_owned(), etag: Some("\"1\"".to_owned()) }
}

async fn finish(town: &Town, answer: &Answer) {
    idempotency::finish(&town.services, "key", answer).await.expect("the database");
}

async fn a_key_is_answered_once_and_then_repeated(town: &Town) {
    assert_eq!(begin(town, "body").await, Seen::New);
    assert_eq!(begin(town, "body").await, Seen::InProgress);
    assert_eq!(begin(town, "another body").await, Seen::Mismatch);
    finish(town, &answer(201, "{}")).await;
    let answered = Seen::Answered(answer(201, "{}"));
    assert_eq!(begin(town, "body").await, answered);
    assert_eq!(begin(town, "another body").await, Seen::Mismatch);
    town.clock.advance_minutes(48 * 60);
    assert_eq!(begin(town, "body").await, answered);
    town.clock.advance_minutes(1);
    assert_eq!(begin(town, "body").await, Seen::New);
    finish(town, &answer(503, "no database")).await; // may turn out well next time
    assert_eq!(begin(town, "body").await, Seen::New);
}

async fn of_many_with_one_key_one_does_the_work(town: &Town) {
    let mut asking = JoinSet::new();
    for _ in 0..16 {
        let services = town.services.clone();
        asking
            .spawn(async move { idempotency::begin(&services, "key", "body").await.expect("the database") });
    }
    let seen = asking.join_all().await;
    assert_eq!(seen.iter().filter(|seen| **seen == Seen::New).count(), 1, "{seen:?}");
    assert_eq!(seen.iter().filter(|seen| **seen == Seen::InProgress).count(), 15, "{seen:?}");
}

async fn a_request_whose_process_died_is_taken_over(town: &Town) {
    assert_eq!(begin(town, "body").await, Seen::New);
    town.clock.advance_minutes(1);
    assert_eq!(begin(town, "body").await, Seen::InProgress);
    town.clock.advance_minutes(1);
    assert_eq!(begin(town, "body").await, Seen::New);
}
