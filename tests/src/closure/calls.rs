//! Closing over the API.

use reqwest::Method;
use serde_json::{Value, json};
use vayla_domain::{booking::Who, money::EURO};
use vayla_services::staff::Scope;

use crate::{Time, Town, aino, api::caller::read, asa};

on_both_engines! {
    a_system_looks_decides_closes_and_ends,
    what_is_said_wrongly_closes_nothing,
    a_token_of_the_neighbour_closes_nothing,
}

fn asked(time: &Time) -> Value {
    json!({"facility": time.space.facility.id, "start": "2026-11-04T18:00", "end": "2026-11-04T20:00"})
}

fn closing(time: &Time, bookings: Value) -> Value {
    let mut body = asked(time);
    body["kind"] = "closure".into();
    body["reason"] = json!({"sv": "Ismaskinen är trasig.", "fi": "Jääkone on rikki."});
    body["bookings"] = bookings;
    body
}

async fn a_system_looks_decides_closes_and_ends(town: &Town) {
    let time = town.ice_in_tornio();
    let who = Who { phone: Some("+358 40 123 4567".to_owned()), ..aino() };
    let first = town.book(&time, who, EURO).await;
    let second = town.book(&time.later(60), asa(), EURO).await;
    let (_, token) = town.new_token(&[Scope::Closures], Some("tornio")).await;
    let seen = town.staff_tell(&token, "/closures/affected", &asked(&time)).await;
    let items = seen.is(200).body["items"].as_array().expect("items");
    assert_eq!(
        items[0],
        json!({
            "id": first.id, "reference": first.reference, "status": "confirmed", "space": time.space.id,
            "space_name": {"sv": "Hela isen", "fi": "Koko jää"},
            "start": "2026-11-04T18:00:00+02:00", "end": "2026-11-04T19:00:00+02:00",
        })
    );
    assert!(!seen.body.to_string().contains("Aino"), "who has booked is no matter of closing");

    let keep = json!({"booking": first.id, "fate": "keep"});
    let refused = town.staff_tell(&token, "/closures", &closing(&time, json!([keep]))).await;
    assert_eq!(refused.is_problem(409, "undecided").body["bookings"], json!([items[1]]));
    let moved =
        json!({"booking": second.id, "fate": "move", "space": time.space.id, "start": "2026-11-05T18:00"});
    let made = town.staff_tell(&token, "/closures", &closing(&time, json!([keep, moved]))).await;
    let counts = ["kept", "cancelled", "moved"].map(|name| made.is(201).body[name].as_u64());
    assert_eq!(counts, [Some(1), Some(0), Some(1)]);
    let closure = made.body["closure"].clone();
    assert_eq!(
        (&closure["start"], &closure["end"], &closure["kind"]),
        (&json!("2026-11-04T18:00:00+02:00"), &json!("2026-11-04T20:00:00+02:00"), &json!("closure"))
    );
    let path = format!("/closures?facility={}", time.space.facility.id);
    assert_eq!(town.staff_ask(&token, &path).await.is(200).body["items"], json!([closure]));

    let id = closure["id"].as_str().expect("an id");
    let end =
        async || read(town.call(Method::DELETE, &format!("/staff/closures/{id}")).bearer_auth(&token)).await;
    assert_eq!(end().await.is(200).body, closure);
    end().await.is_problem(409, "not_in_force");
    assert_eq!(town.staff_ask(&token, &path).await.body["items"], json!([]));
    town.hold(time.later(60).request()).await;
}

async fn what_is_said_wrongly_closes_nothing(town: &Town) {
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    let (_, token) = town.new_token(&[Scope::Closures], None).await;
    let check = async |field: &str, value: Value, status, code: &str| {
        let mut body = closing(&time, json!([{"booking": booking.id, "fate": "keep"}]));
        body[field] = value;
        town.staff_tell(&token, "/closures", &body).await.is_problem(status, code);
    };
    check("facility", json!(uuid::Uuid::nil()), 404, "not_found").await;
    check("parts", json!([7_000_000]), 422, "invalid").await;
    check("start", json!("2026-10-01T18:00"), 422, "invalid").await;
    check("start", json!("2027-03-28T03:30"), 422, "nonexistent_time").await;
    check("end", json!("2026-11-04T18:00"), 422, "invalid").await;
    check("end", json!("2027-10-31T03:30"), 422, "ambiguous_time").await;
    check("kind", json!("party"), 400, "invalid").await;
    check("reason", json!({"sv": "Trasig", "fi": " "}), 422, "invalid").await;
    check("bookings", json!([{"booking": booking.id, "fate": "move"}]), 422, "invalid").await;
    let same =
        json!({"booking": booking.id, "fate": "move", "space": time.space.id, "start": "2026-11-04T18:30"});
    check("bookings", json!([same]), 422, "cannot_move").await;
    assert_eq!(town.count("SELECT COUNT(*) FROM closure").await, 0);
}

async fn a_token_of_the_neighbour_closes_nothing(town: &Town) {
    let time = town.ice_in_tornio();
    let (_, neighbour) = town.new_token(&Scope::ALL, Some("haparanda")).await;
    let (_, other) = town.new_token(&[Scope::Bookings, Scope::Rules, Scope::Series], None).await;
    for token in [neighbour, other] {
        let path = format!("/closures?facility={}", time.space.facility.id);
        town.staff_ask(&token, &path).await.is_problem(403, "forbidden");
        town.staff_tell(&token, "/closures/affected", &asked(&time)).await.is_problem(403, "forbidden");
        town.staff_tell(&token, "/closures", &closing(&time, json!([]))).await.is_problem(403, "forbidden");
    }
    town.hold(time.request()).await;
}
