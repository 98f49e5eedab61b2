//! Staff give grants, hand out vouchers and close them, each in their own town.

use serde_json::{Value, json};
use vayla_services::staff::Scope;

use crate::{Town, aino};

on_both_engines! {
    staff_of_a_town_give_its_grants,
    what_cannot_be_a_grant_says_why,
}

fn half() -> Value {
    json!({
        "municipality": "haparanda",
        "name": {"sv": "Lokalbidrag för ungdomar", "fi": "Nuorten tila-avustus"},
        "percent": 50,
        "budget": {"amount": "50000.00", "currency": "SEK"},
        "from": "2026-08-01",
        "until": "2027-05-31",
        "municipalities": ["tornio"],
    })
}

async fn staff_of_a_town_give_its_grants(town: &Town) {
    let (_, others) = town.new_token(&[Scope::Grants], Some("tornio")).await;
    let (_, bookings) = town.new_token(&[Scope::Bookings], Some("haparanda")).await;
    for token in [&others, &bookings] {
        town.staff_tell(token, "/grants", &half()).await.is_problem(403, "forbidden");
        town.staff_ask(token, "/grants?municipality=haparanda").await.is_problem(403, "forbidden");
    }
    let (_, token) = town.new_token(&[Scope::Grants], Some("haparanda")).await;
    let made = town.staff_tell(&token, "/grants", &half()).await;
    let id = made.is(201).text("id").to_owned();
    let path = format!("/grants/{id}/vouchers");
    town.staff_tell(&others, &path, &json!({"count": 1})).await.is_problem(403, "forbidden");
    let codes = town.staff_tell(&token, &path, &json!({"count": 3})).await;
    let codes = codes.is(201).body["codes"].as_array().expect("codes").clone();
    assert_eq!(codes.len(), 3);
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    town.put(&held, codes[0].as_str().expect("a code")).await.expect("a part");
    let listed = town.staff_ask(&token, "/grants?municipality=haparanda").await;
    let listed = &listed.is(200).body[0];
    assert_eq!(
        (&listed["used"]["amount"], &listed["left"]["amount"]),
        (&json!("686.13"), &json!("49313.87"))
    );
    town.staff_tell(&token, &format!("/grants/{id}/close"), &json!({})).await.is(204);
    town.staff_tell(&token, &path, &json!({"count": 1})).await.is_problem(409, "closed");
    town.put(&held, codes[1].as_str().expect("a code")).await.expect_err("it is closed");
    let notes = town.notes("vouchers_made").await;
    assert_eq!((notes[0].subject.as_str(), &notes[0].change["count"]), ("grant", &json!(3)));
}

async fn what_cannot_be_a_grant_says_why(town: &Town) {
    let (_, token) = town.new_token(&[Scope::Grants], Some("haparanda")).await;
    let with = |field: &str, value: Value| {
        let mut body = half();
        body[field] = value;
        body
    };
    let refused = [
        (with("percent", json!(0)), "percent"),
        (with("amount", json!({"amount": "10.00", "currency": "SEK"})), "percent"),
        (with("budget", json!({"amount": "10.00", "currency": "EUR"})), "budget"),
        (with("until", json!("2026-07-31")), "until"),
        (with("municipalities", json!(["kemi"])), "municipalities"),
        (with("customer", json!("0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e")), "customer"),
    ];
    for (body, field) in refused {
        let answer = town.staff_tell(&token, "/grants", &body).await;
        answer.is_problem(422, "invalid");
        assert_eq!(answer.body["errors"][0]["field"], field);
    }
    assert_eq!(town.count("SELECT COUNT(*) FROM town_grant").await, 0);
}
