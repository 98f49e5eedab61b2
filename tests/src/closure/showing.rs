//! What residents see of a closure.

use serde_json::json;
use vayla_services::closure::{ClosureKind, ClosurePlace, NewClosure};

use super::{around, from, new};
use crate::{Town, api::caller::asked};

on_both_engines! {
    availability_says_that_it_is_closed_and_why,
    whoever_asks_for_the_time_is_told_why,
    the_grid_and_the_facility_say_so_in_both_languages,
    a_block_is_only_taken,
}

async fn availability_says_that_it_is_closed_and_why(town: &Town) {
    let time = town.ice_in_tornio();
    town.shut(&new(around(&time), [])).await;
    let day = town.ask(&format!("/availability?space={}&date=2026-11-04", time.space.id)).await;
    let closed = day.is(200).body["closed"].as_array().expect("closed").clone();
    let [closure] = closed.iter().filter(|one| one["reason"] == "closure").collect::<Vec<_>>()[..] else {
        panic!("{closed:#?}");
    };
    assert_eq!(
        *closure,
        json!({
            "start": "2026-11-04T18:00:00+02:00", "end": "2026-11-04T19:00:00+02:00", "reason": "closure",
            "text": {"sv": "Ismaskinen är trasig.", "fi": "Jääkone on rikki."},
        })
    );
    assert_eq!(day.body["occupied"], json!([]));
}

async fn whoever_asks_for_the_time_is_told_why(town: &Town) {
    let time = town.ice_in_tornio();
    town.shut(&new(around(&time), [])).await;
    let refused = town.tell("/bookings", &asked(&time, vayla_domain::Language::Fi)).await;
    refused.is_problem(422, "closed");
    for text in ["Ismaskinen är trasig.", "Jääkone on rikki."] {
        let language = if text.starts_with('I') { "sv" } else { "fi" };
        let call = town.call(reqwest::Method::POST, "/bookings").header("accept-language", language);
        let refused = crate::api::caller::read(call.json(&asked(&time, vayla_domain::Language::Fi))).await;
        assert!(refused.text("detail").contains(text), "{refused:#?}");
        assert!(!refused.text("detail").contains(".."), "{refused:#?}");
    }
}

async fn the_grid_and_the_facility_say_so_in_both_languages(town: &Town) {
    let time = town.ice_in_tornio();
    town.shut(&new(from(&time), [])).await;
    let page = async |path: &str| {
        let answer = town.client.get(format!("{}{path}", town.base_url)).send().await.expect("an answer");
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        answer.text().await.expect("a page")
    };
    let day = page("/sv/dag/tornion-jaahalli/2026-11-04").await;
    assert!(day.contains("Tillfälligt stängt: Ismaskinen är trasig."), "{day}");
    let note = "Stängt från ons 4 nov. 18:00 tills vidare: Ismaskinen är trasig.";
    assert!(day.contains(note), "{day}");
    assert!(page("/sv/anlaggningar/tornion-jaahalli").await.contains(note));
    let note = "Suljettu ke 4.11. 18.00 alkaen toistaiseksi: Jääkone on rikki.";
    assert!(page("/fi/liikuntapaikat/tornion-jaahalli").await.contains(note));
    let day = page("/fi/paiva/tornion-jaahalli/2026-11-05").await;
    assert!(day.contains("Tilapäisesti suljettu: Jääkone on rikki.") && day.contains(note), "{day}");
    // The day before nothing is closed; on the other bank neither.
    assert!(!page("/fi/paiva/tornion-jaahalli/2026-11-03").await.contains("Jääkone"));
    assert!(!page("/fi/liikuntapaikat/norra-affars-arena").await.contains("Jääkone"));
}

async fn a_block_is_only_taken(town: &Town) {
    let time = town.ice_in_tornio();
    let place = ClosurePlace { parts: time.space.parts.clone(), ..around(&time) };
    town.shut(&NewClosure { kind: ClosureKind::Block, ..new(place, []) }).await;
    let day = town.ask(&format!("/availability?space={}&date=2026-11-04", time.space.id)).await;
    let taken = json!([{"start": "2026-11-04T18:00:00+02:00", "end": "2026-11-04T19:00:00+02:00"}]);
    assert_eq!(day.is(200).body["occupied"], taken);
    assert!(!day.body.to_string().contains("Jääkone"));
}
