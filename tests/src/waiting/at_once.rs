//! Joining and leaving while a time is freed or offered.

use tokio::task::JoinHandle;
use vayla_domain::{
    Language,
    booking::Who,
    money::{EURO, Money},
};
use vayla_services::{
    booking,
    outbox::{self, Queue},
    waiting::{self, Entry, JoinError, JoinRequest, WaitingState, Wanted},
};

use super::shortcuts::{exactly, person};
use crate::{Time, Town, aino};

on_both_engines! {
    whoever_joins_while_a_time_is_freed_is_told,
    whoever_joins_while_others_are_asked_is_asked,
    whoever_joins_while_a_time_is_let_go_is_told,
    whoever_leaves_while_a_time_is_offered_keeps_nothing,
    whoever_is_overtaken_while_leaving_tries_again,
}

impl Town {
    fn joins(&self, wanted: Wanted, who: Who) -> JoinHandle<Result<Entry, JoinError>> {
        let services = self.services.clone();
        tokio::spawn(
            async move { waiting::join(&services, &JoinRequest { wanted, who, attempt: None }).await },
        )
    }

    fn passes_on(&self) -> JoinHandle<usize> {
        let services = self.services.clone();
        tokio::spawn(async move { outbox::deliver_due(&services, Queue::Acts).await.expect("the outbox") })
    }

    fn cancels(&self, id: uuid::Uuid) -> JoinHandle<Vec<Money>> {
        let services = self.services.clone();
        tokio::spawn(async move { booking::cancel(&services, id).await.expect("to cancel").refunds })
    }

    /// Asserts that whoever has asked to join has been told that the time is free, or is offered it.
    async fn has_heard(&self, joined: Result<Entry, JoinError>, time: &Time) {
        match joined {
            Err(JoinError::Free { hits }) => assert_eq!(hits[0].span.start().start(), time.start),
            Ok(entry) => {
                self.deliver().await;
                self.is_offered(&entry, time).await;
            }
            Err(error) => panic!("{error}"),
        }
    }
}

async fn whoever_joins_while_a_time_is_freed_is_told(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    // It has been looked who waits, and what is cancelled isn't written down yet.
    let hindrance = town.hindrance_at("audit").await;
    let cancelled = town.cancels(booked.id);
    town.until_stopped(1).await;
    let joined = town.joins(exactly(&time), person("Elsa", Language::Sv));
    town.until_stopped(2).await;
    hindrance.end().await;
    cancelled.await.expect("to end");
    town.has_heard(joined.await.expect("to end"), &time).await;
}

async fn whoever_joins_while_others_are_asked_is_asked(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    let first = town.wait(exactly(&time), person("Eino", Language::Fi)).await;
    town.deliver().await;
    town.cancel(booked.id).await;
    let mut hindrance = town.hindrance().await;
    hindrance.write("UPDATE waiting SET state = 'withdrawn' WHERE id = $1", first.id).await;
    let passed_on = town.passes_on();
    town.until_stopped(1).await;
    let joined = town.joins(exactly(&time), person("Elsa", Language::Sv));
    town.until_done(&joined).await;
    hindrance.end().await;
    passed_on.await.expect("to end");
    assert_eq!(town.waits(&first).await, WaitingState::Withdrawn);
    town.has_heard(joined.await.expect("to end"), &time).await;
}

async fn whoever_joins_while_a_time_is_let_go_is_told(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    let longer = Time { end: time.later(60).end, ..time.clone() };
    town.hold(time.later(60).request()).await;
    town.wait(exactly(&longer), person("Eino", Language::Fi)).await; // no use to him without the later hour
    town.deliver().await;
    town.cancel(booked.id).await;
    let kept = "SELECT id FROM claim WHERE booking_id IS NULL AND expires_at IS NOT NULL";
    let kept: uuid::Uuid =
        crate::sql!(town, c => sqlx::query_scalar(kept).fetch_one(c).await).expect("what is kept");
    let mut hindrance = town.hindrance().await;
    hindrance.write("UPDATE claim SET expires_at = expires_at WHERE id = $1", kept).await;
    let passed_on = town.passes_on();
    town.until_stopped(1).await;
    let joined = town.joins(exactly(&time), person("Elsa", Language::Sv));
    town.until_stopped(2).await;
    hindrance.end().await;
    passed_on.await.expect("to end");
    town.has_heard(joined.await.expect("to end"), &time).await;
    town.is_taken(&time.later(60)).await;
}

async fn whoever_leaves_while_a_time_is_offered_keeps_nothing(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    let first = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    let second = town.wait(exactly(&time), person("Eino", Language::Fi)).await;
    town.deliver().await;
    town.cancel(booked.id).await;
    let mut hindrance = town.hindrance().await;
    hindrance.write("UPDATE waiting SET state = state WHERE id = $1", first.id).await;
    let passed_on = town.passes_on();
    town.until_stopped(1).await;
    let services = town.services.clone();
    let left = tokio::spawn(async move { waiting::leave(&services, first.id).await });
    town.until_stopped(2).await; // it has looked what is held for her
    hindrance.end().await;
    left.await.expect("to end").expect("to leave");
    passed_on.await.expect("to end");
    assert_eq!(town.waits(&first).await, WaitingState::Withdrawn);
    town.is_not_offered(&first).await;
    town.deliver().await;
    town.is_offered(&second, &time).await;
}

async fn whoever_is_overtaken_while_leaving_tries_again(town: &Town) {
    let time = town.ice_in_tornio();
    town.book(&time, aino(), EURO).await;
    let entry = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    let (services, id) = (town.easily_overtaken().await, entry.id);
    let touch = "UPDATE waiting SET state = state WHERE id = $1";
    let left = town.overtaken((touch, id), async move { waiting::leave(&services, id).await }).await;
    left.expect("to leave");
    assert_eq!(town.waits(&entry).await, WaitingState::Withdrawn);
}
