//! Letters wait in the outbox until they have gone.

use chrono::TimeDelta;
use tokio::task::JoinSet;
use vayla_domain::money::EURO;
use vayla_services::{
    Services,
    mail::Post,
    outbox::{self, Queue},
};

use crate::{Town, aino};

on_both_engines! {
    a_letter_goes_out_once,
    two_who_deliver_at_once_send_each_letter_once,
    a_letter_that_fails_is_tried_later_and_later_and_then_kept,
    a_letter_cut_short_by_a_crash_goes_out_after_the_lease,
    what_has_gone_out_is_forgotten_in_time,
}

async fn a_letter_goes_out_once(town: &Town) {
    town.book(&town.ice_in_tornio(), aino(), EURO).await;
    assert_eq!(town.count("SELECT COUNT(*) FROM outbox WHERE due_at IS NOT NULL").await, 1);
    assert_eq!(town.deliver().await, 1);
    assert_eq!(town.deliver().await, 0);
    town.clock.advance(TimeDelta::days(1));
    assert_eq!(town.deliver().await, 0);
    assert_eq!(town.letters().await.len(), 1);
    assert_eq!(town.count("SELECT COUNT(*) FROM outbox WHERE done_at IS NOT NULL").await, 1);
}

async fn two_who_deliver_at_once_send_each_letter_once(town: &Town) {
    for hour in 0..8 {
        town.book(&town.ice_in_tornio().later(-60 * hour), aino(), EURO).await;
    }
    let mut delivering = JoinSet::new();
    for _ in 0..4 {
        let services = town.services.clone();
        delivering
            .spawn(async move { outbox::deliver_due(&services, Queue::Letters).await.expect("the outbox") });
    }
    delivering.join_all().await;
    let letters = town.letters().await;
    let ids: std::collections::HashSet<&str> =
        letters.iter().map(|letter| letter.message_id.as_str()).collect();
    assert_eq!((letters.len(), ids.len()), (8, 8));
}

async fn a_letter_that_fails_is_tried_later_and_later_and_then_kept(town: &Town) {
    town.book(&town.ice_in_tornio(), aino(), EURO).await;
    // A file stands where the folder should be.
    let blocked = std::env::current_exe().expect("a file").join("mail");
    let post = Post::folder(blocked, "vayla@example.org").expect("a sender");
    let broken = Services::open(
        town.services.db.clone(),
        town.clock.clock(),
        town.services.secret.clone(),
        "http://b",
        post,
    );
    let broken = broken.await.expect("the places");
    let mut waits = Vec::new();
    for _ in 0..10 {
        assert_eq!(outbox::deliver_due(&broken, Queue::Letters).await.expect("the outbox"), 1);
        let before = town.clock.now();
        let due: Option<chrono::DateTime<chrono::Utc>> =
            crate::sql!(town, c => sqlx::query_scalar("SELECT due_at FROM outbox").fetch_one(c).await)
                .expect("one");
        let Some(due) = due else { break };
        waits.push((due - before).num_seconds());
        town.clock.set_to(due - TimeDelta::milliseconds(1));
        assert_eq!(outbox::deliver_due(&broken, Queue::Letters).await.expect("the outbox"), 0, "too soon");
        town.clock.set_to(due);
    }
    assert_eq!(waits, [10, 20, 40, 80, 160, 320, 640, 1280, 2560]);
    town.clock.advance(TimeDelta::days(40));
    assert_eq!(outbox::deliver_due(&town.services, Queue::Letters).await.expect("the outbox"), 0);
    let kept = "SELECT COUNT(*) FROM outbox WHERE due_at IS NULL AND done_at IS NULL AND last_error <> '' AND attempts = 10";
    assert_eq!(town.count(kept).await, 1);
}

async fn a_letter_cut_short_by_a_crash_goes_out_after_the_lease(town: &Town) {
    town.book(&town.ice_in_tornio(), aino(), EURO).await;
    // As a process leaves it that dies between taking a letter and sending it.
    let lease = town.clock.now() + TimeDelta::seconds(120);
    crate::sql!(town, c => sqlx::query("UPDATE outbox SET attempts = 1, due_at = $1").bind(lease).execute(c).await.map(drop))
        .expect("the outbox");
    assert_eq!(town.deliver().await, 0);
    town.clock.set_to(lease);
    assert_eq!(town.deliver().await, 1);
    let sent = town.letters().await;
    assert_eq!((sent.len(), sent[0].sent_at), (1, lease));
    // It had gone out after all before the process died: the second is known as the same.
    crate::sql!(town, c => sqlx::query("UPDATE outbox SET done_at = NULL, due_at = $1")
        .bind(lease).execute(c).await.map(drop))
    .expect("the outbox");
    assert_eq!(town.deliver().await, 1);
    // The same file, and to a mail server the same Message-ID.
    let [again] = town.letters().await.try_into().expect("one letter");
    assert!(
        again.message_id.ends_with("@example.org") && again.message_id == sent[0].message_id,
        "{again:?}"
    );
}

async fn what_has_gone_out_is_forgotten_in_time(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    town.deliver().await;
    town.clock.advance(TimeDelta::days(3));
    town.cancel(booking.id).await;
    town.deliver().await;
    assert_eq!(town.count("SELECT COUNT(*) FROM outbox").await, 2);
    town.clock.advance(TimeDelta::days(28));
    town.book(&town.wall_time("tornion-jaahalli", "hela-isen", "2026-12-09 18:00", 60), aino(), EURO).await;
    town.deliver().await;
    assert_eq!(town.count("SELECT COUNT(*) FROM outbox").await, 2); // the first one is gone
}
