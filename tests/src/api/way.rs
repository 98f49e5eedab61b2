//! From the quote to the refund.

use reqwest::Method;
use serde_json::json;
use vayla_domain::Language;

use super::caller::{asked, priced, read, with};
use crate::Town;

on_both_engines! {
    from_the_quote_to_the_refund,
    in_the_other_direction_without_vat,
    a_free_booking_is_confirmed_at_once,
    a_refused_payment_leaves_the_hold,
    a_late_and_a_double_payment_are_told,
}

async fn from_the_quote_to_the_refund(town: &Town) {
    let time = town.ice_in_tornio();
    let quote = town.tell("/quotes", &with(priced(&time), "pay_currency", "SEK")).await;
    quote.is(200);
    assert_eq!(quote.body["total"], json!({"amount": "125.00", "currency": "EUR"}));
    assert_eq!(quote.body["pay_total"], json!({"amount": "1372.25", "currency": "SEK"}));
    assert_eq!(quote.body["vat"], json!({"amount": "14.87", "currency": "EUR"}));
    assert_eq!(
        quote.body["rate"],
        json!({"base": "EUR", "quote": "SEK", "value": "10.978", "date": "2026-10-30", "source": "ECB"})
    );
    assert_eq!(quote.text("start"), "2026-11-04T18:00:00+02:00");
    assert_eq!(town.count("SELECT COUNT(*) FROM booking").await, 0);

    let made = town.make(&with(asked(&time, Language::Sv), "quote", quote.text("quote"))).await;
    assert_eq!(made.body["status"], "held");
    assert_eq!(made.body["hold_expires_at"], "2026-10-30T19:15:00+02:00");
    let clocks: Vec<_> = made.body["times"]
        .as_array()
        .expect("times")
        .iter()
        .map(|time| (time["country"].as_str(), time["start"].as_str()))
        .collect();
    assert_eq!(
        clocks,
        [(Some("FI"), Some("2026-11-04T18:00:00+02:00")), (Some("SE"), Some("2026-11-04T17:00:00+01:00")),]
    );
    let redirect_url = town.open_terminal(&made, "SEK").await;
    town.at_terminal(&redirect_url, "pay").await;
    town.at_terminal(&redirect_url, "pay").await; // once more has no effect

    let shown = town.show(&made).await;
    shown.is(200);
    assert_eq!((shown.text("status"), &shown.body["receipt_number"]), ("confirmed", &json!(1)));
    assert!(shown.body.get("manage_token").is_none(), "only in the answer that makes it");
    let payments = shown.body["payments"].as_array().expect("payments");
    assert_eq!(payments.len(), 1);
    assert_eq!(payments[0]["amount"], json!({"amount": "1372.25", "currency": "SEK"}));
    let id = made.id.parse().expect("an id");
    assert_eq!(town.postings(id).await.len(), 3);

    let cancelled = read(town.about(&made, Method::DELETE, "")).await;
    cancelled.is(200);
    assert_eq!(cancelled.body["refund"], json!({"amount": "1372.25", "currency": "SEK"}));
    assert_eq!(cancelled.body["rule"]["code"], "full");
    let shown = town.show(&made).await;
    assert_eq!(shown.text("status"), "cancelled");
    assert_eq!(shown.body["payments"][0]["refunds"][0]["reason"], "cancelled");
    assert_eq!(town.postings(id).await.len(), 6);
    read(town.about(&made, Method::DELETE, "")).await.is_problem(409, "not_live");
}

async fn in_the_other_direction_without_vat(town: &Town) {
    let time = town.ice_in_haparanda();
    let made = town.make(&asked(&time, Language::Fi)).await;
    assert_eq!(made.body["total"], json!({"amount": "825.00", "currency": "SEK"}));
    assert_eq!(made.body["total_other"], json!({"amount": "75.15", "currency": "EUR"}));
    let redirect_url = town.open_terminal(&made, "EUR").await;
    assert!(redirect_url.contains("/fi/terminal/"), "{redirect_url}");
    town.at_terminal(&redirect_url, "pay").await;
    assert_eq!(
        town.postings(made.id.parse().expect("an id")).await,
        [
            "tornio: clearing / due_to:haparanda 75.15 EUR (825.00 SEK)",
            "haparanda: due_from:tornio / income 825.00 SEK (825.00 SEK)",
        ]
    );
    // Late: half of it comes back.
    town.clock.set("2026-11-03T09:00:00Z");
    let cancelled = read(town.about(&made, Method::DELETE, "")).await;
    assert_eq!(cancelled.body["refund"], json!({"amount": "37.58", "currency": "EUR"}));
    assert_eq!(
        (&cancelled.body["rule"]["code"], &cancelled.body["rule"]["refund_percent"]),
        (&json!("late"), &json!(50))
    );
}

async fn a_free_booking_is_confirmed_at_once(town: &Town) {
    let time = town.wall_time("strandplan-naridrottsplats", "beachvolley", "2026-11-04 17:00", 60);
    let made = town.make(&with(asked(&time, Language::Sv), "price_group", "youth")).await;
    assert_eq!((&made.body["status"], &made.body["receipt_number"]), (&json!("confirmed"), &json!(null)));
    let body = json!({"currency": "SEK", "return_url": "https://example.fi/"});
    let refused = read(town.about(&made, Method::POST, "/payments").json(&body)).await;
    assert_eq!(refused.status, 409, "{refused:#?}");
    let cancelled = read(town.about(&made, Method::DELETE, "")).await;
    assert_eq!(cancelled.body["refund"], json!({"amount": "0.00", "currency": "SEK"}));
    assert_eq!(cancelled.body["rule"]["code"], "unpaid");
}

async fn a_refused_payment_leaves_the_hold(town: &Town) {
    let made = town.make(&asked(&town.ice_in_tornio(), Language::Fi)).await;
    for outcome in ["refuse", "abandon"] {
        town.at_terminal(&town.open_terminal(&made, "EUR").await, outcome).await;
        assert_eq!(town.show(&made).await.text("status"), "held", "{outcome}");
    }
    town.clock.advance_minutes(15);
    assert_eq!(town.show(&made).await.text("status"), "expired");
    let body = json!({"currency": "EUR", "return_url": "https://example.fi/"});
    read(town.about(&made, Method::POST, "/payments").json(&body)).await.is_problem(409, "not_held");
}

async fn a_late_and_a_double_payment_are_told(town: &Town) {
    let twice = town.make(&asked(&town.ice_in_tornio(), Language::Fi)).await;
    town.at_terminal(&town.open_terminal(&twice, "EUR").await, "twice").await;
    let shown = town.show(&twice).await;
    let surplus: Vec<_> = shown.body["payments"]
        .as_array()
        .expect("payments")
        .iter()
        .map(|payment| (payment["surplus"].as_bool(), payment["refunds"][0]["reason"].as_str()))
        .collect();
    assert!(surplus.contains(&(Some(true), Some("paid_twice"))) && surplus.contains(&(Some(false), None)));

    let time = town.ice_in_haparanda();
    let late = town.make(&asked(&time, Language::Sv)).await;
    town.at_terminal(&town.open_terminal(&late, "SEK").await, "late").await;
    assert_eq!(town.show(&late).await.text("status"), "expired");
    town.make(&asked(&time, Language::Fi)).await;
    let other = town.make(&asked(&time.later(60), Language::Fi)).await;
    assert_eq!(other.body["status"], "held");
    town.clock.advance_minutes(1);
    town.deliver().await;
    // The other's hold isn't a booking yet: only what is still free goes to the late payer.
    let shown = town.show(&late).await;
    assert_eq!(shown.text("status"), "expired");
    assert_eq!(shown.body["payments"][0]["refunds"][0]["reason"], "too_late");
}
