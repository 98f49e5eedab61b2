//! What the API refuses, and in which words.

use reqwest::Method;
use serde_json::json;
use vayla_domain::Language;
use vayla_locales::words;
use vayla_services::rate;

use super::caller::{Answer, asked, priced, read, with};
use crate::Town;

on_both_engines! {
    a_taken_time_names_others,
    the_missing_and_the_doubled_hour_are_not_guessed,
    a_quote_whose_rate_has_changed_is_refused,
    problems_speak_the_callers_language,
    what_cannot_be_read_is_named,
    a_booking_opens_to_its_token_only,
}

async fn a_taken_time_names_others(town: &Town) {
    let time = town.ice_in_tornio();
    town.make(&asked(&time, Language::Fi)).await;
    let refused = town.tell("/bookings", &asked(&time.later(15), Language::Sv)).await;
    refused.is_problem(409, "occupied");
    let others = refused.body["alternatives"].as_array().expect("alternatives").clone();
    assert!(!others.is_empty());
    for other in &others {
        let mut body = asked(&time, Language::Sv);
        for field in ["space", "start", "end"] {
            body[field] = other[field].clone();
        }
        let made = town.make(&body).await;
        read(town.about(&made, Method::DELETE, "")).await.is(200);
    }
}

async fn the_missing_and_the_doubled_hour_are_not_guessed(town: &Town) {
    let space = town.space("tornion-tenniskentat", "bana-1");
    let body = |start: &str, end: &str| json!({"space": space.id, "start": start, "end": end});
    let refused = town.tell("/quotes", &body("2027-03-28T03:30:00", "2027-03-28T05:00:00")).await;
    refused.is_problem(422, "nonexistent_time");
    assert_eq!(refused.body["errors"][0]["field"], "start");
    assert_eq!(refused.text("detail"), words(Language::Fi).problem_nonexistent_time("3.30"));
    let quote = town.tell("/quotes", &body("2027-03-28T02:00:00", "2027-03-28T05:00:00")).await;
    assert_eq!(quote.is(200).body["total"]["amount"], "28.40", "two hours, not three");

    town.clock.set("2027-10-01T09:00:00Z");
    rate::import(&town.services, "Date,SEK,\n2027-09-30,11.0,\n").await.expect("a rates file");
    let refused = town.tell("/quotes", &body("2027-10-31T03:00:00", "2027-10-31T05:00:00")).await;
    refused.is_problem(422, "ambiguous_time");
    let hint = refused.body["errors"][0]["detail"].as_str().expect("a hint");
    assert!(
        hint.contains("2027-10-31T03:00:00+03:00") && hint.contains("2027-10-31T03:00:00+02:00"),
        "{hint}"
    );
    for (start, end) in [
        ("2027-10-31T03:00:00+03:00", "2027-10-31T03:00:00+02:00"),
        ("2027-10-31T03:00:00+02:00", "2027-10-31T04:00:00+02:00"),
    ] {
        let mut body = asked(&town.ice_in_tornio(), Language::Fi);
        body["space"] = json!(space.id);
        (body["start"], body["end"]) = (json!(start), json!(end));
        let made = town.make(&body).await;
        assert_eq!((made.body["start"].as_str(), made.body["end"].as_str()), (Some(start), Some(end)));
        assert_eq!(made.body["total"]["amount"], "14.20");
    }
}

async fn a_quote_whose_rate_has_changed_is_refused(town: &Town) {
    let time = town.ice_in_tornio();
    let quote = town.tell("/quotes", &priced(&time)).await;
    let name = quote.is(200).text("quote").to_owned();
    town.clock.advance_minutes(1);
    rate::import(&town.services, "Date,SEK,\n2026-10-30,11.5,\n").await.expect("a rates file");
    let body = with(asked(&time, Language::Fi), "quote", name);
    town.tell("/bookings", &body).await.is_problem(409, "quote_changed");
    assert_eq!(town.count("SELECT COUNT(*) FROM booking").await, 0);
    let quote = town.tell("/quotes", &priced(&time)).await;
    assert_eq!(quote.body["pay_total"]["amount"], "1437.50");
    let made = town.make(&with(body, "quote", quote.text("quote"))).await;
    assert_eq!(made.body["total_other"]["amount"], "1437.50");
}

async fn problems_speak_the_callers_language(town: &Town) {
    let (east, west) = (town.ice_in_tornio(), town.ice_in_haparanda());
    town.make(&asked(&east, Language::Fi)).await;
    town.make(&asked(&west, Language::Fi)).await;
    for (time, accepted, language) in [
        (&east, Some("sv-FI,sv;q=0.8"), Language::Sv),
        (&east, Some("fi"), Language::Fi),
        (&west, Some("en;q=0.9,fi;q=0.3"), Language::Fi),
        // None of ours: the facility's town's.
        (&east, Some("de"), Language::Fi),
        (&west, None, Language::Sv),
    ] {
        let mut request = town.call(Method::POST, "/bookings").json(&asked(time, Language::Sv));
        if let Some(accepted) = accepted {
            request = request.header("accept-language", accepted);
        }
        let refused = read(request).await;
        refused.is_problem(409, "occupied");
        assert_eq!(refused.text("detail"), words(language).problem_occupied(), "{accepted:?}");
        assert_eq!(refused.header("content-language"), language.code());
    }
}

fn names_field(answer: &Answer, code: &str, field: &str) {
    answer.is_problem(400, code);
    assert_eq!(answer.body["errors"][0]["field"], field, "{answer:#?}");
}

async fn what_cannot_be_read_is_named(town: &Town) {
    let good = asked(&town.ice_in_tornio(), Language::Fi);
    names_field(&town.tell("/bookings", &with(good.clone(), "price", 1)).await, "unknown_field", "price");
    let mut nested = good.clone();
    nested["booker"]["admin"] = json!(true);
    names_field(&town.tell("/bookings", &nested).await, "unknown_field", "booker.admin");
    names_field(&town.ask("/spaces?colour=red").await, "unknown_field", "colour");
    let mut missing = good.clone();
    missing.as_object_mut().expect("an object").remove("start");
    names_field(&town.tell("/bookings", &missing).await, "invalid", "start");
    names_field(&town.tell("/bookings", &with(good.clone(), "start", "tomorrow")).await, "invalid", "start");

    let large = with(good.clone(), "purpose", "a".repeat(1024 * 1024));
    town.tell("/bookings", &large).await.is_problem(413, "too_large");
    let keyed = town.call(Method::POST, "/bookings").header("idempotency-key", "large").json(&large);
    read(keyed).await.is_problem(413, "too_large");
    let bare = town.call(Method::POST, "/bookings").body("{}");
    read(bare).await.is_problem(415, "not_json");
    let broken = town.call(Method::POST, "/bookings").header("content-type", "application/json").body("{");
    read(broken).await.is_problem(400, "bad_json");
    town.ask("/nothing").await.is_problem(404, "not_found");
    read(town.call(Method::PUT, "/bookings")).await.is_problem(405, "method_not_allowed");
    let past =
        with(with(good.clone(), "start", "2026-10-30T18:00:00+02:00"), "end", "2026-10-30T19:00:00+02:00");
    town.tell("/bookings", &past).await.is_problem(422, "in_the_past");
    let who = with(good, "booker", json!({"name": "", "email": "x", "language": "fi"}));
    let refused = town.tell("/bookings", &who).await;
    assert_eq!(refused.status, 422, "{refused:#?}");
    assert_eq!(refused.body["errors"].as_array().map(Vec::len), Some(2), "{refused:#?}");
    assert_eq!(town.count("SELECT COUNT(*) FROM booking").await, 0);
}

async fn a_booking_opens_to_its_token_only(town: &Town) {
    let made = town.make(&asked(&town.ice_in_tornio(), Language::Fi)).await;
    let other = town.make(&asked(&town.ice_in_haparanda(), Language::Sv)).await;
    let pay = json!({"currency": "EUR", "return_url": "https://example.fi/"});
    for (method, rest) in
        [(Method::GET, ""), (Method::DELETE, ""), (Method::GET, "/calendar.ics"), (Method::POST, "/payments")]
    {
        let path = format!("/bookings/{}{rest}", made.id);
        let call = || town.call(method.clone(), &path).json(&pay);
        read(call()).await.is_problem(401, "token_missing");
        for token in ["x", &made.id, &made.token[1..]] {
            let refused = read(call().bearer_auth(token)).await;
            refused.is_problem(401, "token_invalid");
            assert!(!refused.body.to_string().contains("Aino"), "{refused:#?}");
        }
        let refused = read(call().bearer_auth(&other.token)).await;
        assert_eq!(refused.status, 404, "{refused:#?}");
    }
    assert_eq!(town.show(&made).await.text("status"), "held");
    let nobody = town.ask("/availability?date=2026-11-04&space=00000000-0000-0000-0000-000000000000").await;
    assert_eq!(nobody.status, 404, "{nobody:#?}");
    let day =
        town.ask(&format!("/availability?date=2026-11-04&space={}", town.ice_in_tornio().space.id)).await;
    assert!(day.is(200).body["occupied"].as_array().is_some_and(|taken| taken.len() == 1), "{day:#?}");
    assert!(!day.body.to_string().contains("Aino") && !day.body.to_string().contains(&made.id));
}
