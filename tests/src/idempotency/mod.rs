//! The same request twice has one effect and one answer.

use tokio::task::JoinSet;
use vayla_services::{
    DbError,
    idempotency::{self, Answer, Attempt, Seen},
};

use crate::Town;

on_both_engines! {
    a_key_is_answered_once_and_then_repeated,
    of_many_with_one_key_one_does_the_work,
    a_request_whose_process_died_before_its_effect_is_taken_over,
    a_request_with_an_effect_is_never_done_again,
    whoever_was_overtaken_commits_nothing,
}

async fn begin(town: &Town, body: &str) -> Seen {
    idempotency::begin(&town.services, "key", body).await.expect("the database")
}

/// Begins, and is the one to do the work.
async fn begin_anew(town: &Town, body: &str) -> Attempt {
    match begin(town, body).await {
        Seen::New(attempt) => attempt,
        seen => panic!("not new: {seen:?}"),
    }
}

fn answer(status: u16, response: &str) -> Answer {
    Answer { status, response: response.to_owned(), etag: Some("\"1\"".to_owned()) }
}

async fn finish(town: &Town, attempt: &Attempt, answer: &Answer) {
    idempotency::finish(&town.services, attempt, answer).await.expect("the database");
}

/// Commits something for the request.
async fn work(town: &Town, attempt: &Attempt) -> Result<(), DbError> {
    attempt.clone().run(async { town.services.db.begin().await?.commit().await }).await
}

async fn a_key_is_answered_once_and_then_repeated(town: &Town) {
    let attempt = begin_anew(town, "body").await;
    assert_eq!(begin(town, "body").await, Seen::InProgress);
    assert_eq!(begin(town, "another body").await, Seen::Mismatch);
    work(town, &attempt).await.expect("its key");
    finish(town, &attempt, &answer(201, "{}")).await;
    let answered = Seen::Answered(answer(201, "{}"));
    assert_eq!(begin(town, "body").await, answered);
    assert_eq!(begin(town, "another body").await, Seen::Mismatch);
    town.clock.advance_minutes(48 * 60);
    assert_eq!(begin(town, "body").await, answered);
    town.clock.advance_minutes(1);
    let attempt = begin_anew(town, "body").await;
    finish(town, &attempt, &answer(503, "no database")).await; // may turn out well next time
    begin_anew(town, "body").await;
}

async fn of_many_with_one_key_one_does_the_work(town: &Town) {
    let mut asking = JoinSet::new();
    for _ in 0..16 {
        let services = town.services.clone();
        asking
            .spawn(async move { idempotency::begin(&services, "key", "body").await.expect("the database") });
    }
    let seen = asking.join_all().await;
    let new = seen.iter().filter(|seen| matches!(seen, Seen::New(_))).count();
    assert_eq!(new, 1, "{seen:?}");
    assert_eq!(seen.iter().filter(|seen| **seen == Seen::InProgress).count(), 15, "{seen:?}");
}

async fn a_request_whose_process_died_before_its_effect_is_taken_over(town: &Town) {
    begin_anew(town, "body").await;
    town.clock.advance_minutes(1);
    assert_eq!(begin(town, "body").await, Seen::InProgress);
    town.clock.advance_minutes(1);
    begin_anew(town, "body").await;
}

async fn a_request_with_an_effect_is_never_done_again(town: &Town) {
    let attempt = begin_anew(town, "body").await;
    work(town, &attempt).await.expect("its key");
    town.clock.advance_minutes(1);
    assert_eq!(begin(town, "body").await, Seen::InProgress);
    town.clock.advance_minutes(1);
    assert_eq!(begin(town, "body").await, Seen::Lost);
    // Nor where it could say that much.
    finish(town, &attempt, &answer(503, "no database")).await;
    assert_eq!(begin(town, "body").await, Seen::Lost);
}

async fn whoever_was_overtaken_commits_nothing(town: &Town) {
    let slow = begin_anew(town, "body").await;
    town.clock.advance_minutes(2);
    let next = begin_anew(town, "body").await;
    let refused = work(town, &slow).await.expect_err("the key is another's");
    assert!(matches!(refused, DbError::Overtaken), "{refused}");
    finish(town, &slow, &answer(503, "overtaken")).await;
    work(town, &next).await.expect("its key");
    finish(town, &next, &answer(201, "{}")).await;
    assert_eq!(begin(town, "body").await, Seen::Answered(answer(201, "{}")));
}
