//! Moves through the API: first what they come to, then the act.

use reqwest::Method;
use serde_json::{Value, json};
use vayla_domain::Language;

use super::caller::{Answer, Made, asked, read, with};
use crate::{Time, Town};

on_both_engines! {
    a_cheaper_time_is_quoted_and_then_had,
    a_dearer_time_is_held_until_it_is_paid,
    a_move_that_cannot_be_had_says_why,
    a_hold_becomes_another,
    what_goes_back_in_two_currencies_is_told_in_both,
}

fn at(time: &Time) -> Value {
    json!({"start": time.start.to_rfc3339(), "end": time.end.to_rfc3339()})
}

fn confirmed(body: Value) -> Value {
    with(body, "confirm", true)
}

impl Town {
    async fn patch(&self, made: &Made, body: &Value) -> Answer {
        read(self.about(made, Method::PATCH, "").json(body)).await
    }

    async fn paid(&self, time: &Time, language: Language, currency: &str) -> Made {
        let made = self.make(&asked(time, language)).await;
        self.at_terminal(&self.open_terminal(&made, currency).await, "pay").await;
        made
    }
}

async fn a_cheaper_time_is_quoted_and_then_had(town: &Town) {
    let (evening, day) = (town.ice_in_tornio(), town.ice_in_tornio().later(-240));
    let made = town.paid(&evening, Language::Sv, "SEK").await;
    // Only the start: it stays as long as it was.
    let quoted = town.patch(&made, &json!({"start": "2026-11-04T14:00"})).await;
    let change = &quoted.is(200).body["change"];
    assert_eq!(change["state"], "quoted");
    assert_eq!(
        (&change["from"]["start"], &change["to"]["start"]),
        (&json!("2026-11-04T18:00:00+02:00"), &json!("2026-11-04T14:00:00+02:00"))
    );
    assert_eq!(change["to"]["end"], "2026-11-04T15:00:00+02:00");
    assert_eq!(change["old_total"], json!({"amount": "125.00", "currency": "EUR"}));
    assert_eq!(change["new_total"], json!({"amount": "95.00", "currency": "EUR"}));
    assert_eq!(change["difference"], json!({"amount": "-30.00", "currency": "EUR"}));
    assert_eq!(change["difference_other"], json!({"amount": "-329.34", "currency": "SEK"}));
    assert_eq!(change["refunds"], json!([{"amount": "329.34", "currency": "SEK"}]));
    assert_eq!((&change["pay"], &change["expires_at"]), (&json!([]), &json!(null)));
    assert_eq!(quoted.body["start"], "2026-11-04T18:00:00+02:00", "nothing has been done");
    assert_eq!(town.count("SELECT COUNT(*) FROM booking_change").await, 0);

    let body = confirmed(with(at(&day), "quote", change["quote"].clone()));
    let done = town.patch(&made, &body).await;
    assert_eq!(done.is(200).body["change"]["state"], "done");
    assert_eq!(done.body["change"]["from"]["start"], "2026-11-04T18:00:00+02:00");
    assert_eq!(done.body["change"]["refunds"], change["refunds"]);
    assert_eq!(
        (&done.body["start"], &done.body["total"]["amount"]),
        (&json!("2026-11-04T14:00:00+02:00"), &json!("95.00"))
    );
    let payments = &done.body["payments"];
    assert_eq!(payments.as_array().map(Vec::len), Some(1));
    assert_eq!(payments[0]["refunds"][0]["reason"], "moved");
    assert_eq!(
        (&payments[0]["pays"]["amount"], &payments[0]["receipt_number"]),
        (&json!("125.00"), &json!(1))
    );
    // The same call again finds it done.
    let again = town.patch(&made, &body).await;
    assert_eq!(
        (again.is(200).body["change"]["state"].as_str(), &again.body["start"]),
        (Some("done"), &done.body["start"])
    );
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 1);
    assert_eq!(town.show(&made).await.body["change"], json!(null));
}

async fn a_dearer_time_is_held_until_it_is_paid(town: &Town) {
    let (evening, day) = (town.ice_in_tornio(), town.ice_in_tornio().later(-240));
    let made = town.paid(&day, Language::Fi, "EUR").await;
    let quoted = town.patch(&made, &at(&evening)).await;
    assert_eq!(
        quoted.is(200).body["change"]["pay"],
        json!([{"amount": "30.00", "currency": "EUR"}, {"amount": "329.34", "currency": "SEK"}])
    );
    let opened = town.patch(&made, &confirmed(at(&evening))).await;
    let change = &opened.is(200).body["change"];
    assert_eq!(
        (&change["state"], &change["expires_at"]),
        (&json!("open"), &json!("2026-10-30T19:15:00+02:00"))
    );
    assert_eq!((&change["pay"], &change["refunds"]), (&quoted.body["change"]["pay"], &json!([])));
    assert_eq!(opened.body["start"], "2026-11-04T14:00:00+02:00", "the old time is theirs as before");
    assert_eq!(&town.show(&made).await.body["change"], change);
    for time in [&day, &evening] {
        town.tell("/bookings", &asked(time, Language::Sv)).await.is_problem(409, "occupied");
    }
    let redirect_url = town.open_terminal(&made, "SEK").await;
    town.at_terminal(&redirect_url, "pay").await;
    let shown = town.show(&made).await;
    assert_eq!(
        (&shown.body["start"], &shown.body["change"]),
        (&json!("2026-11-04T18:00:00+02:00"), &json!(null))
    );
    let numbers: Vec<_> = shown.body["payments"]
        .as_array()
        .expect("payments")
        .iter()
        .map(|one| &one["receipt_number"])
        .collect();
    assert_eq!(numbers, [&json!(1), &json!(2)]);
    assert_eq!(shown.body["receipt_number"], 1);
    let body = json!({"currency": "SEK", "return_url": "https://example.fi/"});
    read(town.about(&made, Method::POST, "/payments").json(&body)).await.is_problem(409, "nothing_due");
}

async fn a_move_that_cannot_be_had_says_why(town: &Town) {
    let ice = town.ice_in_tornio();
    let made = town.paid(&ice, Language::Sv, "EUR").await;
    town.paid(&ice.later(60), Language::Fi, "EUR").await;
    let refused = town.patch(&made, &confirmed(at(&ice.later(30)))).await;
    refused.is_problem(409, "occupied");
    let others = refused.body["alternatives"].as_array().expect("alternatives");
    assert!(
        !others.is_empty() && others.iter().all(|other| other["facility_name"]["fi"] == "Tornion jäähalli")
    );
    town.patch(&made, &json!({})).await.is_problem(422, "unchanged");
    town.patch(&made, &json!({"space": town.ice_in_haparanda().space.id}))
        .await
        .is_problem(422, "other_town");
    town.patch(&made, &json!({"space": uuid::Uuid::nil()})).await.is_problem(404, "not_found");
    town.patch(&made, &json!({"start": "2027-03-28T03:30"})).await.is_problem(422, "nonexistent_time");
    town.patch(&made, &json!({"end": "2026-11-04T18:15"})).await.is_problem(422, "too_short");
    town.patch(&made, &json!({"begin": "2026-11-04T18:15"})).await.is_problem(400, "unknown_field");
    let stale = confirmed(with(at(&ice.later(-60)), "quote", "0".repeat(24)));
    town.patch(&made, &stale).await.is_problem(409, "quote_changed");
    read(town.call(Method::PATCH, &format!("/bookings/{}", made.id)).json(&at(&ice)))
        .await
        .is_problem(401, "token_missing");
    // A second after the last moment.
    town.clock.set("2026-11-02T16:00:01Z");
    for (accepted, said) in [
        ("sv", "till och med mån 2 nov. kl. 18:00 finsk tid (17:00 svensk tid)."),
        ("fi", "viimeistään ma 2.11. klo 18.00 Suomen aikaa (17.00 Ruotsin aikaa)."),
    ] {
        let request = town.about(&made, Method::PATCH, "").header("accept-language", accepted);
        let refused = read(request.json(&at(&ice.later(-60)))).await;
        refused.is_problem(409, "too_late_to_move");
        assert!(refused.text("detail").contains(said), "{refused:#?}");
    }
    read(town.about(&made, Method::DELETE, "")).await.is(200);
    town.patch(&made, &at(&ice.later(-60))).await.is_problem(409, "not_live");
}

async fn a_hold_becomes_another(town: &Town) {
    let ice = town.ice_in_tornio();
    let made = town.make(&asked(&ice, Language::Sv)).await;
    let quoted = town.patch(&made, &at(&ice.later(30))).await;
    assert_eq!(quoted.is(200).body["change"]["state"], "quoted");
    let moved = town.patch(&made, &confirmed(at(&ice.later(30)))).await;
    moved.is(200);
    assert_ne!(moved.text("id"), made.id);
    assert_eq!((moved.text("status"), moved.text("start")), ("held", "2026-11-04T18:30:00+02:00"));
    assert_eq!(town.show(&made).await.text("status"), "expired");
    let anew = Made {
        id: moved.text("id").to_owned(),
        token: moved.text("manage_token").to_owned(),
        body: moved.body.clone(),
    };
    town.at_terminal(&town.open_terminal(&anew, "EUR").await, "pay").await;
    assert_eq!(town.show(&anew).await.text("status"), "confirmed");
}

async fn what_goes_back_in_two_currencies_is_told_in_both(town: &Town) {
    let (evening, day) = (town.ice_in_tornio(), town.ice_in_tornio().later(-240));
    let made = town.paid(&day, Language::Sv, "EUR").await;
    town.patch(&made, &confirmed(at(&evening))).await.is(200);
    town.at_terminal(&town.open_terminal(&made, "SEK").await, "pay").await;
    let cancelled = read(town.about(&made, Method::DELETE, "")).await;
    let (euros, kronor) =
        (json!({"amount": "95.00", "currency": "EUR"}), json!({"amount": "329.34", "currency": "SEK"}));
    assert_eq!(cancelled.is(200).body["refunds"], json!([euros, kronor]));
    assert_eq!(cancelled.body["refund"], euros);
}
