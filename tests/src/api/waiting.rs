//! Waiting, for another town's system.

use reqwest::Method;
use serde_json::{Value, json};
use vayla_domain::Language;

use super::caller::{Answer, asked, read, with};
use crate::Town;

on_both_engines! {
    from_the_place_in_line_to_the_paid_time,
    leaving_by_the_api,
    what_can_not_be_waited_for_says_why,
    a_place_is_shown_to_its_token_only,
}

/// To wait for that very hour of Tornio's ice.
fn wanted(town: &Town) -> Value {
    json!({
        "space": town.ice_in_tornio().space.id, "from": "2026-11-04", "earliest": "18:00", "latest": "19:00",
        "minutes": 60, "booker": {"name": "Elsa", "email": "elsa@example.org", "language": "sv"},
    })
}

async fn about(town: &Town, method: Method, joined: &Answer) -> Answer {
    let call = town.call(method, &format!("/waiting/{}", joined.text("id")));
    read(call.bearer_auth(joined.text("manage_token"))).await
}

async fn from_the_place_in_line_to_the_paid_time(town: &Town) {
    let made = town.make(&asked(&town.ice_in_tornio(), Language::Fi)).await;
    let join = async || {
        read(town.call(Method::POST, "/waiting").header("idempotency-key", "w").json(&wanted(town))).await
    };
    let joined = join().await;
    joined.is(201);
    assert_eq!(
        (joined.text("status"), &joined.body["place"], &joined.body["offer"]),
        ("waiting", &json!(1), &json!(null))
    );
    assert_eq!(join().await.is(201).body, joined.body, "the same key is the same place");
    let shown = about(town, Method::GET, &joined).await;
    assert_eq!((shown.is(200).text("status"), shown.body.get("manage_token")), ("waiting", None));
    read(town.about(&made, Method::DELETE, "")).await.is(200);
    town.deliver().await;
    let shown = about(town, Method::GET, &joined).await;
    let offer = &shown.is(200).body["offer"];
    assert_eq!((shown.text("status"), &offer["start"]), ("offered", &json!("2026-11-04T18:00:00+02:00")));
    assert_eq!(offer["hold_expires_at"], "2026-10-30T21:00:00+02:00");
    let booking = super::caller::Made {
        id: offer["booking"].as_str().expect("an id").to_owned(),
        token: offer["manage_token"].as_str().expect("a token").to_owned(),
        body: offer.clone(),
    };
    let redirect_url = town.open_terminal(&booking, "EUR").await;
    town.at_terminal(&redirect_url, "pay").await;
    let shown = about(town, Method::GET, &joined).await;
    assert_eq!(
        (shown.text("status"), &shown.body["place"], &shown.body["offer"]),
        ("done", &json!(null), &json!(null))
    );
}

async fn leaving_by_the_api(town: &Town) {
    town.make(&asked(&town.ice_in_tornio(), Language::Fi)).await;
    let joined = town.tell("/waiting", &wanted(town)).await;
    joined.is(201);
    for _ in 0..2 {
        assert_eq!(about(town, Method::DELETE, &joined).await.is(200).text("status"), "withdrawn");
    }
}

async fn what_can_not_be_waited_for_says_why(town: &Town) {
    let refused = async |field: &str, value: Value, status: u16, code: &str| {
        let answer = town.tell("/waiting", &with(wanted(town), field, value)).await;
        answer.is_problem(status, code);
        answer
    };
    let free = refused("minutes", json!(60), 409, "free").await;
    assert_eq!(free.body["alternatives"][0]["start"], "2026-11-04T18:00:00+02:00");
    refused("minutes", json!(120), 422, "no_room").await;
    refused("minutes", json!(50), 422, "no_such_length").await;
    refused("from", json!("2026-10-29"), 422, "in_the_past").await;
    refused("to", json!("2026-11-03"), 422, "no_day").await;
    refused("to", json!("2026-12-31"), 422, "too_many_days").await;
    refused("from", json!("2028-11-04"), 422, "too_early").await;
    refused("weekdays", json!([1]), 422, "no_day").await;
    refused("weekdays", json!([0]), 400, "invalid").await;
    refused("latest", json!("25:00"), 400, "invalid").await;
    refused("kinds", json!("ice"), 400, "unknown_field").await;
    refused("booker", json!({"name": " ", "email": "elsa", "language": "sv"}), 422, "invalid").await;
    refused("space", json!(uuid::Uuid::from_u128(7)), 404, "not_found").await;
    assert_eq!(town.count("SELECT COUNT(*) FROM waiting").await, 0);
}

async fn a_place_is_shown_to_its_token_only(town: &Town) {
    let made = town.make(&asked(&town.ice_in_tornio(), Language::Fi)).await;
    let joined = town.tell("/waiting", &wanted(town)).await;
    let path = format!("/waiting/{}", joined.is(201).text("id"));
    town.ask(&path).await.is_problem(401, "token_missing");
    let other = town.services.secret.waiting_token(uuid::Uuid::from_u128(7));
    for (token, status, code) in [(made.token.as_str(), 401, "token_invalid"), (&other, 404, "not_found")] {
        for method in [Method::GET, Method::DELETE] {
            read(town.call(method, &path).bearer_auth(token)).await.is_problem(status, code);
        }
    }
    let own = joined.text("manage_token");
    read(town.call(Method::GET, &format!("/bookings/{}", made.id)).bearer_auth(own))
        .await
        .is_problem(401, "token_invalid");
}
