//! Letters that couldn't be delivered: seen by staff, and tried again.

use serde_json::json;
use uuid::Uuid;
use vayla_domain::money::EURO;
use vayla_services::staff::Scope;

use crate::{Town, aino, asa, sek};

on_both_engines! {
    a_dead_letter_is_seen_and_tried_again,
    staff_see_the_letters_of_their_town,
    letters_about_invoices_are_their_towns,
    a_message_that_nobody_can_read_is_seen_all_the_same,
}

async fn kill_letters(town: &Town) {
    crate::sql!(town, c => sqlx::query(
        "UPDATE outbox SET due_at = NULL, attempts = 10, last_error = 'no such user' WHERE done_at IS NULL")
        .execute(c).await.map(drop))
    .expect("the outbox");
}

async fn a_dead_letter_is_seen_and_tried_again(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let (id, token) = town.new_token(&[Scope::Bookings], Some("tornio")).await;
    assert_eq!(town.staff_ask(&token, "/outbox?state=dead").await.is(200).body["items"], json!([]));
    kill_letters(town).await;
    town.clock.advance_minutes(1);
    let seen = town.staff_ask(&token, "/outbox?state=dead").await;
    let [letter] = seen.is(200).body["items"].as_array().expect("items").as_slice() else {
        panic!("{seen:#?}")
    };
    assert_eq!(
        (
            &letter["kind"],
            &letter["to_name"],
            &letter["to_address"],
            &letter["attempts"],
            &letter["last_error"]
        ),
        (
            &json!("mail"),
            &json!("Aino Näätänen"),
            &json!("aino@example.fi"),
            &json!(10),
            &json!("no such user")
        )
    );
    assert!(letter["subject"].as_str().is_some_and(|subject| subject.starts_with("Varattu: ")), "{letter}");
    let key = town.services.secret.manage_token(booking.id);
    assert!(!seen.body.to_string().contains(&key), "the link that manages the booking is the booker's");
    let counted: Vec<_> =
        town.notes("dead_seen").await.into_iter().map(|note| note.change["messages"].as_u64()).collect();
    assert_eq!(counted, [Some(0), Some(1)]);

    let path = format!("/outbox/{}/retry", letter["id"].as_str().expect("an id"));
    assert_eq!(town.staff_tell(&token, &path, &json!({})).await.is(200).body["id"], letter["id"]);
    assert_eq!(town.letter("Varattu: ").await.to_address, "aino@example.fi");
    town.staff_tell(&token, &path, &json!({})).await.is_problem(409, "not_dead");
    let nothing = format!("/outbox/{}/retry", Uuid::nil());
    town.staff_tell(&token, &nothing, &json!({})).await.is_problem(404, "not_found");
    let [note] = town.notes("retried").await.try_into().expect("one note");
    assert_eq!((note.actor, note.subject.as_str()), (format!("staff:{id}"), "message"));
}

async fn staff_see_the_letters_of_their_town(town: &Town) {
    for hour in 0..3 {
        town.book(&town.ice_in_tornio().later(60 * hour), aino(), EURO).await;
    }
    town.book(&town.ice_in_haparanda(), asa(), sek(0).currency).await;
    kill_letters(town).await;
    let addresses = async |municipality, rest: &str| {
        let (_, token) = town.new_token(&[Scope::Bookings], municipality).await;
        let seen = town.staff_ask(&token, &format!("/outbox{rest}")).await;
        let items = seen.is(200).body["items"].as_array().expect("items").clone();
        let to: Vec<_> =
            items.iter().map(|item| item["to_address"].as_str().expect("one").to_owned()).collect();
        (to, seen.body["next"].as_str().map(str::to_owned))
    };
    assert_eq!(addresses(Some("haparanda"), "").await.0, ["asa@example.se"]);
    assert_eq!(addresses(Some("tornio"), "").await.0, ["aino@example.fi"; 3]);
    assert_eq!(addresses(None, "").await.0.len(), 4);
    let (first, next) = addresses(Some("tornio"), "?limit=2").await;
    let (rest, end) = addresses(Some("tornio"), &format!("?limit=2&after={}", next.expect("a page"))).await;
    assert_eq!((first.len(), rest.len(), end), (2, 1, None));
}

async fn letters_about_invoices_are_their_towns(town: &Town) {
    town.customer("tornio", crate::invoice::club(crate::eur(500_00))).await;
    kill_letters(town).await;
    for (municipality, seen) in [("tornio", 1), ("haparanda", 0)] {
        let (_, token) = town.new_token(&[Scope::Bookings], Some(municipality)).await;
        let listed = town.staff_ask(&token, "/outbox").await;
        assert_eq!(listed.is(200).body["items"].as_array().map(Vec::len), Some(seen), "{municipality}");
    }
}

async fn a_message_that_nobody_can_read_is_seen_all_the_same(town: &Town) {
    town.book(&town.ice_in_tornio(), aino(), EURO).await;
    crate::sql!(town, c => sqlx::query("UPDATE outbox SET payload = '{}', facility_id = NULL")
        .execute(c).await.map(drop))
    .expect("the outbox");
    kill_letters(town).await;
    let everywhere = town.bookings_token().await;
    let seen = town.staff_ask(&everywhere, "/outbox").await;
    let message = &seen.is(200).body["items"][0];
    assert_eq!((&message["to_name"], &message["subject"]), (&json!(null), &json!(null)));
    // It is no facility's: staff of one town have nothing to do with it.
    let path = format!("/outbox/{}/retry", message["id"].as_str().expect("an id"));
    let (_, tornio) = town.new_token(&[Scope::Bookings], Some("tornio")).await;
    assert_eq!(town.staff_ask(&tornio, "/outbox").await.is(200).body["items"], json!([]));
    town.staff_tell(&tornio, &path, &json!({})).await.is_problem(403, "forbidden");
    town.staff_tell(&everywhere, &path, &json!({})).await.is(200);
}
