//! Staff lay down when a place is open: what is booked stands, and nobody writes over another's change.

use reqwest::Method;
use serde_json::{Value, json};
use vayla_domain::money::EURO;
use vayla_services::{booking::HoldError, catalogue::Space, staff::Scope};

use crate::{
    Town, aino,
    api::caller::{Answer, read},
};

on_both_engines! {
    new_hours_hold_at_once_and_what_is_booked_stands,
    nobody_writes_over_a_change_that_they_have_not_read,
    rules_that_are_none_change_nothing,
    a_space_has_rules_of_its_own,
    rules_of_cancelling_are_refused_with_the_field_and_shown_with_the_price,
}

async fn put(town: &Town, token: &str, path: &str, tag: Option<&str>, rules: &Value) -> Answer {
    let call = town.call(Method::PUT, &format!("/staff{path}")).bearer_auth(token).json(rules);
    read(match tag {
        Some(tag) => call.header("if-match", tag),
        None => call,
    })
    .await
}

impl Town {
    /// Lays down what holds in a space besides its facility's rules.
    pub(crate) async fn lay_rules(&self, space: &Space, rules: &Value) {
        let (_, token) = self.new_token(&[Scope::Rules], None).await;
        put(self, &token, &format!("/spaces/{}/rules", space.id), None, rules).await.is(200);
    }
}

/// Open from 7 until then.
fn until(closes: &str) -> Value {
    json!({"opening": [{"hours": [{"opens": "07:00", "closes": closes}]}]})
}

async fn new_hours_hold_at_once_and_what_is_booked_stands(town: &Town) {
    let time = town.ice_in_tornio();
    let late = town.book(&time.later(60), aino(), EURO).await;
    town.book(&time, aino(), EURO).await;
    let (id, token) = town.new_token(&[Scope::Rules], Some("tornio")).await;
    let path = format!("/facilities/{}/rules", time.space.facility.id);
    let changed = put(town, &token, &path, None, &until("19:00")).await;
    let outside = changed.is(200).body["outside"].as_array().expect("a list");
    assert_eq!(outside.len(), 1);
    assert_eq!(outside[0]["reference"], late.reference);
    let refused = town.try_hold(town.ice_in_tornio().later(24 * 60 + 60).request()).await;
    assert!(matches!(refused, Err(HoldError::Refused(_))), "{refused:?}");
    assert_eq!(town.booking(late.id).await.starts_at(), late.starts_at());
    let [note] = town.notes("rules_set").await.try_into().expect("one note");
    assert_eq!((note.actor, note.subject_id), (format!("staff:{id}"), time.space.facility.id));
    // The seed lays its own in no more.
    vayla_services::catalogue::seed(&town.services, false).await.expect("to seed");
    let refused = town.try_hold(town.ice_in_tornio().later(24 * 60 + 60).request()).await;
    assert!(matches!(refused, Err(HoldError::Refused(_))), "{refused:?}");
}

async fn nobody_writes_over_a_change_that_they_have_not_read(town: &Town) {
    let facility = town.ice_in_tornio().space.facility.id;
    let (_, token) = town.new_token(&[Scope::Rules], None).await;
    let path = format!("/facilities/{facility}/rules");
    let seen = town.staff_ask(&token, &path).await;
    assert_eq!(seen.is(200).header("etag"), "\"0\"");
    assert_eq!(seen.body["opening"][0]["hours"][0]["closes"], "22:30");
    let changed = put(town, &token, &path, Some("\"0\""), &until("21:00")).await;
    assert_eq!(changed.is(200).header("etag"), "\"1\"");
    for tag in ["\"0\"", "\"2\"", "1", "\"one\""] {
        put(town, &token, &path, Some(tag), &until("20:00")).await.is_problem(412, "stale");
    }
    assert_eq!(town.staff_ask(&token, &path).await.body["opening"][0]["hours"][0]["closes"], "21:00");
    put(town, &token, &path, Some("*"), &until("20:00")).await.is(200);
}

async fn rules_that_are_none_change_nothing(town: &Town) {
    let time = town.ice_in_tornio();
    let path = format!("/facilities/{}/rules", time.space.facility.id);
    let (_, token) = town.new_token(&[Scope::Rules], None).await;
    put(town, &token, &path, None, &json!({"opening": "always"})).await.is_problem(422, "invalid");
    put(town, &token, &path, None, &json!({"closing": []})).await.is_problem(400, "unknown_field");
    let nameless = json!({"opening": [{"hours": [], "reason": {"sv": "", "fi": "Kisat"}}]});
    put(town, &token, &path, None, &nameless).await.is_problem(422, "invalid");
    let (_, neighbour) = town.new_token(&Scope::ALL, Some("haparanda")).await;
    let (_, other) = town.new_token(&[Scope::Closures], None).await;
    for token in [neighbour, other] {
        put(town, &token, &path, None, &until("19:00")).await.is_problem(403, "forbidden");
        town.staff_ask(&token, &path).await.is_problem(403, "forbidden");
    }
    town.hold(time.later(120).request()).await;
}

async fn a_space_has_rules_of_its_own(town: &Town) {
    let time = town.ice_in_tornio();
    let path = format!("/spaces/{}/rules", time.space.id);
    let (_, token) = town.new_token(&[Scope::Rules], Some("tornio")).await;
    put(town, &token, &path, None, &json!({"after_minutes": 7})).await.is_problem(422, "invalid");
    put(town, &token, &path, Some("\"0\""), &json!({"after_minutes": 15})).await.is(200);
    assert_eq!(town.staff_ask(&token, &path).await.is(200).body["after_minutes"], 15);
    let held = town.hold(town.ice_in_tornio().request()).await;
    assert_eq!(held.buffer.after, 1);
}

async fn rules_of_cancelling_are_refused_with_the_field_and_shown_with_the_price(town: &Town) {
    let time = town.ice_in_tornio();
    let path = format!("/spaces/{}/rules", time.space.id);
    let (_, token) = town.new_token(&[Scope::Rules], Some("tornio")).await;
    let rule = |fee: Value| {
        let step = json!({"until": {"hours": 24}, "back": {"percent": 100}});
        json!({"cancelling": [{"use": ["match"]}, {"steps": [step], "then": {"percent": 50, "fee": fee}}]})
    };
    let refused = put(town, &token, &path, None, &rule(json!({"SEK": "500.00"}))).await;
    refused.is_problem(422, "invalid");
    assert_eq!(refused.body["errors"][0]["field"], "cancelling[1].then.fee");
    put(town, &token, &path, None, &rule(json!({"EUR": "45.00", "SEK": "500.00"}))).await.is(200);
    let shown = town.staff_ask(&token, &path).await;
    assert_eq!(shown.is(200).body["cancelling"][1]["then"]["fee"], json!({"EUR": "45.00", "SEK": "500.00"}));

    let asked = json!({"space": time.space.id, "start": "2026-11-04T18:00:00+02:00", "end": "2026-11-04T19:00:00+02:00"});
    let quote = read(town.call(Method::POST, "/quotes").json(&asked)).await;
    let steps = json!([
        {"until": "2026-11-03T18:00:00+02:00", "refund_percent": 100, "fee": []},
        {"until": "2026-11-04T18:00:00+02:00", "refund_percent": 50,
         "fee": [{"amount": "45.00", "currency": "EUR"}, {"amount": "500.00", "currency": "SEK"}]}]);
    assert_eq!(quote.is(200).body["cancel_steps"], steps);
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    town.clock.set("2026-11-04T10:00:00Z");
    let manage = town.services.secret.manage_token(booking.id);
    let about = |method| town.call(method, &format!("/bookings/{}", booking.id)).bearer_auth(&manage);
    let shown = read(about(Method::GET)).await;
    assert_eq!(shown.is(200).body["cancel_steps"], steps);
    assert_eq!(shown.body["cancel_free_until"], "2026-11-03T18:00:00+02:00");
    let cancelled = read(about(Method::DELETE)).await;
    assert_eq!(cancelled.is(200).body["refund"], json!({"amount": "17.50", "currency": "EUR"}));
    let rule = &cancelled.body["rule"];
    assert_eq!(
        (&rule["code"], &rule["refund_percent"], &rule["fee"]),
        (&json!("late"), &json!(50), &steps[1]["fee"])
    );
}
