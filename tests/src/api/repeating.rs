//! Calls that are sent again.

use reqwest::Method;
use serde_json::json;
use tokio::task::JoinSet;
use vayla_domain::Language;
use vayla_services::staff::Scope;

use super::caller::{asked, read};
use crate::Town;

on_both_engines! {
    the_same_key_gives_the_same_answer,
    the_same_key_with_another_body_is_refused,
    many_calls_at_once_with_one_key_make_one_booking,
    a_refusal_is_repeated_too,
    what_is_repeated_names_its_version,
}

async fn the_same_key_gives_the_same_answer(town: &Town) {
    let body = asked(&town.ice_in_tornio(), Language::Fi);
    let send = async || {
        read(town.call(Method::POST, "/bookings").header("idempotency-key", "k-1").json(&body)).await
    };
    let first = send().await;
    first.is(201);
    town.clock.advance_minutes(60);
    let again = send().await;
    again.is(201);
    assert_eq!(
        (again.body, again.headers.get("content-type")),
        (first.body.clone(), first.headers.get("content-type"))
    );
    assert_eq!(town.count("SELECT COUNT(*) FROM booking").await, 1);

    let made = town.make(&asked(&town.ice_in_haparanda(), Language::Sv)).await;
    let body = json!({"currency": "SEK", "return_url": "https://example.fi/"});
    let pay = async || {
        read(town.about(&made, Method::POST, "/payments").header("idempotency-key", "k-2").json(&body)).await
    };
    let (first, again) = (pay().await, pay().await);
    assert_eq!(
        (first.is(201).text("id"), first.text("redirect_url")),
        (again.text("id"), again.text("redirect_url"))
    );
    assert_eq!(town.count("SELECT COUNT(*) FROM payment").await, 1);
}

async fn the_same_key_with_another_body_is_refused(town: &Town) {
    let send = async |body| {
        read(town.call(Method::POST, "/bookings").header("idempotency-key", "k").json(&body)).await
    };
    send(asked(&town.ice_in_tornio(), Language::Fi)).await.is(201);
    send(asked(&town.ice_in_haparanda(), Language::Fi)).await.is_problem(422, "idempotency_mismatch");
    assert_eq!(town.count("SELECT COUNT(*) FROM booking").await, 1);
    for key in ["", "a b", "å"] {
        let body = asked(&town.ice_in_haparanda(), Language::Fi);
        let request = town.call(Method::POST, "/bookings").json(&body);
        let key = reqwest::header::HeaderValue::from_bytes(key.as_bytes()).expect("a header");
        read(request.header("idempotency-key", key)).await.is_problem(400, "idempotency_key");
    }
}

async fn many_calls_at_once_with_one_key_make_one_booking(town: &Town) {
    let body = asked(&town.ice_in_tornio(), Language::Fi);
    let mut calls = JoinSet::new();
    for _ in 0..12 {
        let request = town.call(Method::POST, "/bookings").header("idempotency-key", "k").json(&body);
        calls.spawn(read(request));
    }
    let answers = calls.join_all().await;
    for answer in answers.iter().filter(|answer| answer.status != 201) {
        answer.is_problem(409, "in_progress");
    }
    let mut ids: Vec<_> =
        answers.iter().filter(|answer| answer.status == 201).map(|answer| answer.text("id")).collect();
    assert!(!ids.is_empty());
    ids.dedup();
    assert_eq!(ids.len(), 1);
    assert_eq!(town.count("SELECT COUNT(*) FROM booking").await, 1);
}

async fn a_refusal_is_repeated_too(town: &Town) {
    let time = town.ice_in_tornio();
    let held = town.make(&asked(&time, Language::Fi)).await;
    let body = asked(&time, Language::Sv);
    let send =
        async || read(town.call(Method::POST, "/bookings").header("idempotency-key", "k").json(&body)).await;
    send().await.is_problem(409, "occupied");
    read(town.about(&held, Method::DELETE, "")).await.is(200);
    send().await.is_problem(409, "occupied");
    town.make(&body).await;
}

async fn what_is_repeated_names_its_version(town: &Town) {
    let (_, token) = town.new_token(&[Scope::Rules], None).await;
    let path = format!("/staff/spaces/{}/rules", town.ice_in_tornio().space.id);
    let body = json!({"after_minutes": 15});
    let set = async || {
        let call = town.call(Method::PUT, &path).bearer_auth(&token).header("idempotency-key", "k");
        read(call.header("if-match", "\"0\"").json(&body)).await
    };
    let (first, again) = (set().await, set().await);
    assert_eq!((first.is(200).header("etag"), again.is(200).header("etag")), ("\"1\"", "\"1\""));
    assert_eq!(first.body, again.body);
}
