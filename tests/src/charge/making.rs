//! Staff charge a booking: under which list, when, who may, and what the booker reads.

use reqwest::Method;
use serde_json::{Value, json};
use vayla_domain::{
    Language,
    money::{EURO, Told},
};
use vayla_services::{
    booking::BookingState,
    charge::{self, Charging},
    staff::{Scope, Staff},
};

use super::{list, told_why, why};
use crate::{Town, aino, api::caller::read, asa, sek};

on_both_engines! {
    overtime_costs_each_hour_begun_and_is_taxed_as_the_use,
    the_actual_cost_is_what_staff_say_within_the_list,
    the_list_that_holds_for_the_booking_decides,
    nothing_is_charged_before_the_time_or_for_what_isnt_booked,
    what_doesnt_fit_is_refused_by_its_field_in_both_languages,
    whoever_may_not_charges_nothing,
    it_takes_one_connection,
}

fn body(charge: &str, more: &Value) -> Value {
    let mut body = json!({"charge": charge, "reason": told_why()});
    for (name, value) in more.as_object().expect("fields") {
        body[name] = value.clone();
    }
    body
}

async fn overtime_costs_each_hour_begun_and_is_taxed_as_the_use(town: &Town) {
    town.list_charges().await;
    for (place, (who, currency)) in [(asa(), sek(0).currency), (aino(), EURO)].into_iter().enumerate() {
        let time = town.ice_in_tornio().later(place as i64 * 24 * 60);
        let language = who.language;
        let booking = town.book(&time, who, currency).await;
        let before = town.postings(booking.id).await.len();
        town.after(&time);
        let (id, token) = town.new_token(&[Scope::Charges], Some("tornio")).await;
        let path = format!("/bookings/{}/charges", booking.id);
        let made = town.staff_tell(&token, &path, &body("overtime", &json!({"minutes": 70}))).await;
        let made = made.is(201).body.clone();
        assert_eq!((&made["status"], &made["number"]), (&json!("open"), &json!(1)));
        assert_eq!(made["total"], json!({"amount": "190.00", "currency": "EUR"}));
        // 190.00 · 13.5 / 113.5 = 22.599…
        assert_eq!((&made["vat"]["amount"], &made["vat_rate"]), (&json!("22.60"), &json!("13.5")));
        assert_eq!(made["vat_date"], json!(booking.date().to_string()));
        assert_eq!(
            made["text"],
            json!({"sv": "2 påbörjade timmar (1 tim 10 min), 95,00\u{a0}€ för varje",
                   "fi": "2 alkavaa tuntia (1 t 10 min), 95,00\u{a0}€ tunnilta"})
        );
        let booked = ["tornio: receivable / vat 22.60 EUR", "tornio: receivable / income 167.40 EUR"];
        assert_eq!(town.postings(booking.id).await[before..], booked);
        let listed = town.staff_ask(&token, &path).await.is(200).body.clone();
        assert_eq!(listed, json!([made]));
        let note = town.notes("charged").await.pop().expect("a note");
        assert_eq!((note.actor, note.subject_id), (format!("staff:{id}"), booking.id));
        assert_eq!(
            note.change,
            json!({"number": 1, "code": "overtime", "gross": {"minor": 19000, "currency": "EUR"}})
        );
        let letter = match language {
            Language::Sv => town.letter("Avgift: Tid utöver den bokade").await,
            Language::Fi => town.letter("Lisämaksu: Varatun ajan ylitys").await,
        };
        let said = match language {
            Language::Sv => [
                "Orsak: Nyckeln kom aldrig tillbaka.",
                "Att betala: 190,00\u{a0}€ eller 2\u{a0}085,82\u{a0}kr",
                "/sv/bokning/",
            ],
            Language::Fi => [
                "Syy: Avainta ei palautettu.",
                "Maksettavaa 190,00\u{a0}€ tai 2\u{a0}085,82\u{a0}kr",
                "/fi/varaus/",
            ],
        };
        for said in said {
            assert!(letter.text.contains(said), "{said} in {}", letter.text);
        }
        assert_eq!(town.state(booking.id).await, BookingState::Confirmed);
    }
}

async fn the_actual_cost_is_what_staff_say_within_the_list(town: &Town) {
    town.list_charges().await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    town.after(&time);
    let (_, token) = town.new_token(&[Scope::Charges], None).await;
    let path = format!("/bookings/{}/charges", booking.id);
    let cost = |amount: &str| body("alarm", &json!({"cost": {"amount": amount, "currency": "EUR"}}));
    let refused = town.staff_tell(&token, &path, &cost("800.01")).await;
    assert_eq!(refused.is_problem(422, "invalid").body["errors"][0]["field"], "cost");
    let made = town.staff_tell(&token, &path, &cost("312.40")).await;
    assert_eq!(made.is(201).body["total"]["amount"], "312.40");
    // Compensation is no sale.
    assert_eq!((&made.body["vat_rate"], &made.body["vat_since"]), (&json!("exempt"), &Value::Null));
}

async fn the_list_that_holds_for_the_booking_decides(town: &Town) {
    town.list_charges().await;
    let time = town.ice_in_tornio();
    let early = town.book(&time, aino(), EURO).await;
    let mut dearer = list();
    dearer["after_use"][0]["amount"] = json!({"fixed": {"EUR": "80.00"}});
    let place = vayla_services::tariff::Place::Space(town.ice_in_tornio().space);
    town.publish(&place, "2026-11-01", &dearer).await;
    town.clock.set("2026-11-02T08:00:00Z");
    let late = town.book(&time.later(60), aino(), EURO).await;
    town.after(&time.later(60));
    assert_eq!(town.charge(&early, "lost_key").await.gross.minor, 50_00, "as it was when it was booked");
    assert_eq!(town.charge(&late, "lost_key").await.gross.minor, 80_00);
}

async fn nothing_is_charged_before_the_time_or_for_what_isnt_booked(town: &Town) {
    town.list_charges().await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    let cancelled = town.book(&time.later(60), aino(), EURO).await;
    town.cancel(cancelled.id).await;
    let (_, token) = town.new_token(&[Scope::Charges], None).await;
    let of = |booking: &vayla_services::booking::Booking| format!("/bookings/{}/charges", booking.id);
    let key = body("lost_key", &json!({}));
    town.clock.set_to(time.start - chrono::TimeDelta::seconds(1));
    town.staff_tell(&token, &of(&booking), &key).await.is_problem(409, "not_begun");
    town.staff_tell(&token, &of(&cancelled), &key).await.is_problem(409, "not_booked");
    town.clock.set_to(time.start);
    town.staff_tell(&token, &of(&booking), &key).await.is(201);
    let no_show = body("no_show", &json!({}));
    town.staff_tell(&token, &of(&booking), &no_show).await.is_problem(409, "not_over");
    town.clock.set_to(time.end);
    town.staff_tell(&token, &of(&booking), &no_show).await.is(201);
    assert_eq!(town.state(booking.id).await, BookingState::NoShow);
    town.staff_tell(&token, &of(&booking), &no_show).await.is_problem(409, "no_show");
    for _ in 2..20 {
        town.staff_tell(&token, &of(&booking), &key).await.is(201);
    }
    town.staff_tell(&token, &of(&booking), &key).await.is_problem(409, "too_many");
}

async fn what_doesnt_fit_is_refused_by_its_field_in_both_languages(town: &Town) {
    town.list_charges().await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    let elsewhere = town.book(&town.ice_in_haparanda(), asa(), EURO).await;
    town.after(&time.later(60));
    let (_, token) = town.new_token(&[Scope::Charges], None).await;
    let path = |id| format!("/staff/bookings/{id}/charges");
    let euro = json!({"amount": "10.00", "currency": "EUR"});
    for (booking, charge, more, code, field, words) in [
        (booking.id, "broken", json!({}), "not_listed", "charge", ["lost_key", "lost_key"]),
        (
            elsewhere.id,
            "lost_key",
            json!({}),
            "not_listed",
            "charge",
            ["inga avgifter", "ei ole lisämaksuja"],
        ),
        (booking.id, "overtime", json!({}), "invalid", "minutes", ["hur många minuter", "kuinka monesta"]),
        (
            booking.id,
            "overtime",
            json!({"minutes": 0}),
            "invalid",
            "minutes",
            ["hur många minuter", "kuinka monesta"],
        ),
        (
            booking.id,
            "lost_key",
            json!({"minutes": 5}),
            "invalid",
            "minutes",
            ["Ta bort minuterna", "Poista minuutit"],
        ),
        (
            booking.id,
            "lost_key",
            json!({"cost": euro}),
            "invalid",
            "cost",
            ["Ta bort kostnaden", "Poista kulut"],
        ),
        (booking.id, "alarm", json!({}), "invalid", "cost", ["högst 800,00", "enintään 800,00"]),
    ] {
        for (language, word) in ["sv", "fi"].into_iter().zip(words) {
            let call = town.call(Method::POST, &path(booking)).bearer_auth(&token);
            let refused = read(call.header("accept-language", language).json(&body(charge, &more))).await;
            refused.is_problem(422, code);
            let error = &refused.body["errors"][0];
            assert_eq!(error["field"], field, "{error}");
            assert!(error["detail"].as_str().is_some_and(|detail| detail.contains(word)), "{error}");
        }
    }
    assert_eq!(town.count("SELECT COUNT(*) FROM use_charge").await, 0);
}

async fn whoever_may_not_charges_nothing(town: &Town) {
    town.list_charges().await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    town.after(&time);
    let made = town.charge(&booking, "lost_key").await;
    let path = format!("/bookings/{}/charges", booking.id);
    for (scope, municipality) in [(Scope::Tariffs, None), (Scope::Charges, Some("haparanda"))] {
        let (_, token) = town.new_token(&[scope], municipality).await;
        let asked = town.staff_tell(&token, &path, &body("lost_key", &json!({}))).await;
        asked.is_problem(403, "forbidden");
        town.staff_ask(&token, &path).await.is_problem(403, "forbidden");
        let (credit, reason) = (format!("/charges/{}/credit", made.id), json!({"reason": told_why()}));
        town.staff_tell(&token, &credit, &reason).await.is_problem(403, "forbidden");
    }
    assert_eq!(town.count("SELECT COUNT(*) FROM use_charge WHERE credited_at IS NULL").await, 1);
}

/// Many at once would wait for each other's second connections for ever.
async fn it_takes_one_connection(town: &Town) {
    town.list_charges().await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, asa(), sek(0).currency).await;
    town.after(&time);
    let (services, reason) = (town.of_one_connection().await, why());
    // The list says nothing of kronor: the rate is looked up.
    let charging = Charging { code: "unlocked", told: Told::default(), reason: &reason };
    let made = charge::make(&services, &Staff::operator(), booking.id, charging).await.expect("a charge").1;
    assert_eq!(made.other.expect("kronor").0, sek(768_46));
}
