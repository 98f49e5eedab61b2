//! A series, through the JSON API.

use reqwest::Method;
use serde_json::{Value, json};
use vayla_domain::money::EURO;

use super::caller::{Answer, read, with};
use crate::{Town, aino};

on_both_engines! {
    a_series_from_the_outline_to_the_refund,
    what_is_wrong_with_it_is_told_field_by_field,
    a_date_gone_meanwhile_is_named,
    its_token_opens_it_and_nothing_else_does,
    the_rest_is_moved_after_a_look,
}

/// Three Tuesdays at 18 on Tornio's ice.
fn tuesdays(town: &Town) -> Value {
    let space = town.space("tornion-jaahalli", "hela-isen").id;
    json!({"space": space, "first": "2026-11-03", "time": "18:00", "minutes": 60, "count": 3})
}

fn booked(series: &Value, outline: &Answer) -> Value {
    let free = |date: &&Value| date["status"] == "free";
    let dates = outline.body["dates"].as_array().expect("dates").iter().filter(free);
    let dates: Vec<Value> = dates.map(|date| json!({"date": date["date"], "quote": date["quote"]})).collect();
    let booker = json!({"name": "Aino Näätänen", "email": "aino@example.fi", "language": "fi"});
    json!({"series": series, "dates": dates, "purpose": "Luistelukoulu", "booker": booker})
}

async fn about(town: &Town, made: &Answer, method: Method, rest: &str, body: &Value) -> Answer {
    let path = format!("/series/{}{rest}", made.text("id"));
    let call = town.call(method.clone(), &path).bearer_auth(made.text("manage_token"));
    read(if method == Method::GET { call } else { call.json(body) }).await
}

async fn a_series_from_the_outline_to_the_refund(town: &Town) {
    town.book(&town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-10 18:00", 60), aino(), EURO).await;
    let series = tuesdays(town);
    let outline = town.tell("/series/outline", &series).await;
    outline.is(200);
    let dates = outline.body["dates"].as_array().expect("dates");
    let states: Vec<_> = dates.iter().map(|date| date["status"].as_str().expect("a status")).collect();
    assert_eq!(states, ["free", "taken", "free"]);
    assert_eq!(dates[0]["start"], "2026-11-03T18:00:00+02:00");
    assert_eq!(dates[0]["total_other"], json!({"amount": "1372.25", "currency": "SEK"}));
    assert_eq!(dates[1]["why"], json!({"code": "occupied", "text": {"sv": "Upptaget.", "fi": "Varattu."}}));
    assert!(!dates[1]["alternatives"].as_array().expect("alternatives").is_empty());
    assert_eq!(outline.body["total"], json!({"amount": "250.00", "currency": "EUR"}));

    let body = booked(&series, &outline);
    let key = "series-1";
    let call = || town.call(Method::POST, "/series").header("Idempotency-Key", key).json(&body);
    let made = read(call()).await;
    made.is(201);
    assert_eq!(read(call()).await.text("id"), made.text("id"));
    assert_eq!(made.body["bookings"].as_array().map(Vec::len), Some(2));
    assert_eq!(made.body["hold_expires_at"], "2026-10-30T19:15:00+02:00");

    let pay = json!({"currency": "SEK", "return_url": "https://example.fi/kiitos?a=1"});
    let opened = about(town, &made, Method::POST, "/payments", &pay).await;
    town.at_terminal(opened.is(201).text("redirect_url"), "pay").await;
    let shown = about(town, &made, Method::GET, "", &json!({})).await;
    shown.is(200);
    assert!(shown.body.get("manage_token").is_none(), "only in the answer that makes it");
    let bookings = shown.body["bookings"].as_array().expect("bookings");
    assert!(bookings.iter().all(|booking| booking["status"] == "confirmed"), "{bookings:?}");
    // Each is a booking like any other.
    let (id, token) = (bookings[0]["id"].as_str(), bookings[0]["manage_token"].as_str());
    let call = town
        .call(Method::GET, &format!("/bookings/{}", id.expect("an id")))
        .bearer_auth(token.expect("a token"));
    read(call).await.is(200);

    let one = json!({"bookings": [id]});
    let cancelled = about(town, &made, Method::POST, "/cancel", &one).await;
    assert_eq!(cancelled.is(200).body["refunds"], json!([{"amount": "1372.25", "currency": "SEK"}]));
    let rest = about(town, &made, Method::POST, "/cancel", &json!({"from": "2026-11-01"})).await;
    assert_eq!(rest.is(200).body["bookings"].as_array().map(Vec::len), Some(1));
    about(town, &made, Method::POST, "/cancel", &one).await.is_problem(409, "not_live");
    about(town, &made, Method::POST, "/payments", &pay).await.is_problem(409, "not_held");
    about(town, &made, Method::POST, "/cancel", &json!({})).await.is_problem(422, "bookings_or_from");
}

async fn what_is_wrong_with_it_is_told_field_by_field(town: &Town) {
    let wrong = json!({"space": tuesdays(town)["space"], "first": "2026-11-03", "time": "18:10", "minutes": 50,
        "every_weeks": 53, "count": 121});
    let refused = town.tell("/series/outline", &wrong).await;
    refused.is_problem(422, "invalid");
    let fields: Vec<_> =
        refused.body["errors"].as_array().expect("errors").iter().map(|error| &error["field"]).collect();
    assert_eq!(fields, ["time", "minutes", "every_weeks", "count"]);
    for until in [json!({}), json!({"until": "2026-12-01", "count": 3})] {
        let mut body = with(tuesdays(town), "count", Value::Null);
        body.as_object_mut().expect("a body").extend(until.as_object().expect("fields").clone());
        town.tell("/series/outline", &body).await.is_problem(422, "until_or_count");
    }
    town.tell("/series/outline", &with(tuesdays(town), "time", "6 pm")).await.is_problem(400, "invalid");
    town.tell("/series/outline", &with(tuesdays(town), "colour", "red"))
        .await
        .is_problem(400, "unknown_field");
    let outline = town.tell("/series/outline", &tuesdays(town)).await;
    let none = with(booked(&tuesdays(town), &outline), "dates", json!([]));
    town.tell("/series", &none).await.is_problem(422, "missing");
    let nested = with(booked(&wrong, &outline), "purpose", Value::Null);
    let refused = town.tell("/series", &nested).await;
    assert_eq!(refused.is_problem(422, "invalid").body["errors"][0]["field"], "series.time");
}

async fn a_date_gone_meanwhile_is_named(town: &Town) {
    let outline = town.tell("/series/outline", &tuesdays(town)).await;
    town.hold(town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-17 18:00", 60).request()).await;
    let refused = town.tell("/series", &booked(&tuesdays(town), &outline)).await;
    refused.is_problem(409, "series_changed");
    let errors = refused.body["errors"].as_array().expect("errors");
    assert_eq!(errors.len(), 1);
    assert_eq!((&errors[0]["field"], &errors[0]["code"]), (&json!("dates[2]"), &json!("occupied")));
    assert_eq!(town.count("SELECT COUNT(*) FROM series").await, 0);
}

async fn its_token_opens_it_and_nothing_else_does(town: &Town) {
    let outline = town.tell("/series/outline", &tuesdays(town)).await;
    let made = town.tell("/series", &booked(&tuesdays(town), &outline)).await;
    let path = format!("/series/{}", made.text("id"));
    town.ask(&path).await.is_problem(401, "token_missing");
    let with_token = async |token: &str| read(town.call(Method::GET, &path).bearer_auth(token)).await;
    let booking = &made.body["bookings"][0];
    with_token(booking["manage_token"].as_str().expect("a token")).await.is_problem(401, "token_invalid");
    let other = town.services.secret.series_token(uuid::Uuid::from_u128(7));
    with_token(&other).await.is_problem(404, "not_found");
    with_token(made.text("manage_token")).await.is(200);
}

async fn the_rest_is_moved_after_a_look(town: &Town) {
    let outline = town.tell("/series/outline", &tuesdays(town)).await;
    let made = town.tell("/series", &booked(&tuesdays(town), &outline)).await;
    let to = json!({"space": tuesdays(town)["space"], "weekday": "thursday", "time": "14:00", "minutes": 60});
    let asked = json!({"which": {"from": "2026-11-01"}, "to": to});
    about(town, &made, Method::PATCH, "", &asked).await.is_problem(409, "not_live"); // only held
    let pay = json!({"currency": "EUR", "return_url": "https://example.fi/kiitos?a=1"});
    let opened = about(town, &made, Method::POST, "/payments", &pay).await;
    town.at_terminal(opened.is(201).text("redirect_url"), "pay").await;

    let looked = about(town, &made, Method::PATCH, "", &asked).await;
    assert_eq!(looked.is(200).body["moved"], false);
    assert_eq!(looked.body["refunds"], json!([{"amount": "90.00", "currency": "EUR"}]));
    let first = &looked.body["dates"][0];
    assert_eq!((&first["status"], &first["start"]), (&json!("free"), &json!("2026-11-03T18:00:00+02:00")));
    assert_eq!(first["to"]["start"], "2026-11-05T14:00:00+02:00");
    assert_eq!(first["difference"], json!({"amount": "-30.00", "currency": "EUR"}));
    assert_eq!(first["why"], Value::Null);

    // Another's hold on one of them: none is moved, and which it is is told.
    let held =
        town.hold(town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-12 14:30", 60).request()).await;
    let quote = looked.text("quote");
    let confirmed = with(with(asked.clone(), "confirm", json!(true)), "quote", json!(quote));
    let refused = about(town, &made, Method::PATCH, "", &confirmed).await;
    let error = &refused.is_problem(409, "series_barred").body["errors"][0];
    let second = made.body["bookings"][1]["id"].as_str().expect("an id");
    assert_eq!(
        (&error["field"], &error["code"]),
        (&json!(format!("bookings[{second}]")), &json!("occupied"))
    );
    assert_eq!(about(town, &made, Method::PATCH, "", &asked).await.body["dates"][1]["status"], "barred");
    town.clock.set_to(held.hold_expires_at);

    let moved = about(town, &made, Method::PATCH, "", &confirmed).await;
    assert_eq!(
        (&moved.is(200).body["moved"], &moved.body["refunds"]),
        (&json!(true), &looked.body["refunds"])
    );
    assert_eq!(moved.body["series"]["bookings"][2]["start"], "2026-11-19T14:00:00+02:00");
    about(town, &made, Method::PATCH, "", &confirmed).await.is(200); // twice is once
    let plain = with(asked.clone(), "confirm", json!(true));
    about(town, &made, Method::PATCH, "", &plain).await.is_problem(422, "unchanged");
    let dearer = with(plain.clone(), "to", with(to.clone(), "minutes", json!(120)));
    let refused = about(town, &made, Method::PATCH, "", &dearer).await;
    assert_eq!(refused.is_problem(409, "series_barred").body["errors"][0]["code"], "dearer");

    let wrong = with(asked.clone(), "to", with(to.clone(), "time", json!("14:10")));
    let refused = about(town, &made, Method::PATCH, "", &wrong).await;
    assert_eq!(refused.is_problem(422, "invalid").body["errors"][0]["field"], "to.time");
    let wrong = with(asked.clone(), "to", with(to.clone(), "weekday", json!("torsdag")));
    about(town, &made, Method::PATCH, "", &wrong).await.is_problem(400, "invalid");
    let neither = with(asked, "which", json!({}));
    about(town, &made, Method::PATCH, "", &neither).await.is_problem(422, "bookings_or_from");
}
