//! Staff see who has booked what, and that they have looked is written down.

use serde_json::{Value, json};
use vayla_domain::{booking::Who, money::EURO};
use vayla_services::{
    payment::Outcome,
    staff::{Scope, Staff},
};

use crate::{Time, Town, aino, asa, sek};

on_both_engines! {
    staff_see_who_has_booked_what,
    days_are_those_of_the_facilitys_clock,
    pages_follow_one_another_also_when_one_is_cancelled,
    one_booking_is_seen_with_its_money_and_without_its_key,
    looking_is_written_down,
    what_is_asked_wrongly_is_refused,
}

fn list(time: &Time, rest: &str) -> String {
    format!("/bookings?facility={}{rest}", time.space.facility.id)
}

fn references(body: &Value) -> Vec<&str> {
    let items = body["items"].as_array().expect("items");
    items.iter().map(|item| item["reference"].as_str().expect("a reference")).collect()
}

async fn staff_see_who_has_booked_what(town: &Town) {
    let time = town.ice_in_tornio().later(-240);
    let phone = Some("+358 40 123 4567".to_owned());
    let who = Who { phone, purpose: Some("Bandyträning".to_owned()), people: Some(12), ..aino() };
    let later = town.book(&time.later(60), asa(), sek(0).currency).await;
    let first = town.book(&time, who, EURO).await;
    let cancelled = town.book(&time.later(120), asa(), EURO).await;
    town.cancel(cancelled.id).await;
    let given_back = town.hold(time.later(120).request_by(asa())).await;
    town.cancel(given_back.id).await;
    let expired = town.hold(time.later(180).request_by(asa())).await;
    town.open_payment(&expired, EURO).await;
    town.clock.advance_minutes(15);
    let held = town.hold(time.later(240).request()).await;
    town.book(&town.ice_in_haparanda(), asa(), EURO).await;

    let token = town.bookings_token().await;
    let seen = town.staff_ask(&token, &list(&time, "&from=2026-11-04")).await;
    let expected = [&first, &later, &cancelled, &held].map(|booking| booking.reference.as_str());
    assert_eq!(references(&seen.is(200).body), expected);
    assert_eq!(seen.body["next"], json!(null));
    let items = &seen.body["items"];
    assert_eq!(
        items[0],
        json!({
            "id": first.id, "reference": first.reference, "status": "confirmed",
            "space": time.space.id, "space_name": {"sv": "Hela isen", "fi": "Koko jää"},
            "start": "2026-11-04T14:00:00+02:00", "end": "2026-11-04T15:00:00+02:00",
            "booker": {"name": "Aino Näätänen", "email": "aino@example.fi", "phone": "+358 40 123 4567", "language": "fi"},
            "purpose": "Bandyträning", "people": 12,
        })
    );
    assert_eq!((&items[2]["status"], &items[3]["status"]), (&json!("cancelled"), &json!("held")));
    assert_eq!(items[3]["booker"], json!(null));
}

async fn days_are_those_of_the_facilitys_clock(town: &Town) {
    let court = "tornion-tenniskentat";
    let before = town.wall_time(court, "bana-1", "2026-11-03 23:00", 120);
    let first = town.wall_time(court, "bana-2", "2026-11-04 00:00", 60);
    let last = town.wall_time(court, "bana-1", "2026-11-05 23:30", 60);
    let after = town.wall_time(court, "bana-2", "2026-11-06 00:00", 60);
    let mut booked = Vec::new();
    for time in [&before, &first, &last, &after] {
        booked.push(town.book(time, aino(), EURO).await.reference);
    }
    let token = town.bookings_token().await;
    let seen = town.staff_ask(&token, &list(&first, "&from=2026-11-04&to=2026-11-05")).await;
    assert_eq!(references(&seen.is(200).body), booked[1..3], "those that begin on these days");
    let seen = town.staff_ask(&token, &list(&first, "&from=2026-11-03")).await;
    assert_eq!(references(&seen.body), booked[..1]);
}

async fn pages_follow_one_another_also_when_one_is_cancelled(town: &Town) {
    let time = town.wall_time("tornion-tenniskentat", "bana-1", "2026-11-04 10:00", 60);
    let other = town.wall_time("tornion-tenniskentat", "bana-2", "2026-11-04 10:00", 60);
    let mut booked = Vec::new();
    for hour in 0..3 {
        for time in [&time, &other] {
            booked.push(town.book(&time.later(60 * hour), aino(), EURO).await);
            town.clock.advance_minutes(1);
        }
    }
    let token = town.bookings_token().await;
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        // A page ends between two that begin at the same time.
        let page = town.staff_ask(&token, &list(&time, &format!("&from=2026-11-04&limit=3{after}"))).await;
        seen.extend(references(&page.is(200).body).into_iter().map(str::to_owned));
        let Some(next) = page.body["next"].as_str() else { break };
        after = format!("&after={next}");
        town.cancel(booked[seen.len() - 1].id).await;
    }
    let expected: Vec<&str> = booked.iter().map(|booking| booking.reference.as_str()).collect();
    assert_eq!(seen, expected);
}

async fn one_booking_is_seen_with_its_money_and_without_its_key(town: &Town) {
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    let payment = town.open_payment(&held, EURO).await;
    town.play(&payment, Outcome::Pay).await;
    let token = town.bookings_token().await;
    let seen = town.staff_ask(&token, &format!("/bookings/{}", held.id)).await;
    assert_eq!((seen.is(200).text("reference"), seen.text("status")), (held.reference.as_str(), "confirmed"));
    assert_eq!(seen.body["payments"][0]["amount"], json!({"amount": "125.00", "currency": "EUR"}));
    assert_eq!(seen.body["booker"]["email"], "aino@example.fi");
    assert!(!seen.body.to_string().contains(&town.services.secret.manage_token(held.id)));
}

async fn looking_is_written_down(town: &Town) {
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    town.book(&time.later(60), asa(), EURO).await;
    let (id, token) = town.new_token(&[Scope::Bookings], Some("tornio")).await;
    town.staff_ask(&token, &list(&time, "&from=2026-11-04&limit=1")).await.is(200);
    town.clock.advance_minutes(1);
    town.staff_ask(&token, &list(&time, "&from=2026-11-01&to=2026-11-30")).await.is(200);
    let notes = town.notes("bookings_seen").await;
    let counted: Vec<_> = notes.iter().map(|note| note.change["bookings"].as_u64()).collect();
    assert_eq!(counted, [Some(1), Some(2)], "as many as were shown");
    assert_eq!(notes[0].actor, format!("staff:{id}"));
    assert_eq!((notes[1].subject.as_str(), notes[1].subject_id), ("facility", time.space.facility.id));
    assert_eq!(notes[1].change, json!({"from": "2026-11-01", "to": "2026-11-30", "bookings": 2}));

    town.staff_ask(&token, &format!("/bookings/{}", booking.id)).await.is(200);
    town.clock.advance_minutes(1);
    let operator = Staff::operator();
    let seen = vayla_services::booking::find_for_staff(&town.services, &operator, booking.id).await;
    assert_eq!(seen.expect("the booking").id, booking.id);
    let notes = town.notes("seen").await;
    let actors: Vec<&str> = notes.iter().map(|note| note.actor.as_str()).collect();
    assert_eq!(actors, [&format!("staff:{id}"), "operator"]);
    assert!(notes.iter().all(|note| (note.subject.as_str(), note.subject_id) == ("booking", booking.id)));
}

async fn what_is_asked_wrongly_is_refused(town: &Town) {
    let time = town.ice_in_tornio();
    let token = town.bookings_token().await;
    let check = async |rest: &str, status, code: &str| {
        town.staff_ask(&token, &list(&time, rest)).await.is_problem(status, code);
    };
    check("", 400, "invalid").await;
    check("&from=2026-11-04&name=Aino", 400, "unknown_field").await;
    check("&from=2026-11-04&to=2026-11-03", 422, "invalid").await;
    check("&from=2026-11-04&after=nothing", 422, "invalid").await;
    check("&from=2026-11-04&limit=0", 400, "invalid").await;
    let nowhere = format!("/bookings?facility={}&from=2026-11-04", uuid::Uuid::nil());
    town.staff_ask(&token, &nowhere).await.is_problem(404, "not_found");
    town.staff_ask(&token, "/outbox?state=alive").await.is_problem(400, "invalid");
    town.staff_ask(&token, "/outbox?after=nothing").await.is_problem(422, "invalid");
}
