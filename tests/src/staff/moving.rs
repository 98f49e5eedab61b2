//! Staff move others' bookings.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};
use vayla_domain::{Bilingual, Reason, booking::TooLateToMove, space::Refusal};
use vayla_services::{
    booking::{self, BookingState, MoveError, StaffMoveError},
    staff::{Forbidden, LookError, Scope, Staff},
};

use crate::{
    Time, Town, aino,
    api::caller::{read, with},
    asa, eur, sek,
};

on_both_engines! {
    a_booking_moves_at_its_price_whenever_and_however_long,
    what_the_booker_was_about_to_take_is_let_go,
    staff_of_another_town_move_nothing,
    their_system_moves_it_and_the_booker_is_told_why,
    what_cannot_be_moved_says_why,
}

fn reason() -> Reason {
    let text = Bilingual { sv: "Ismaskinen är trasig.".to_owned(), fi: "Jääkone on rikki.".to_owned() };
    Reason::parse(&text).expect("a reason")
}

async fn moved(town: &Town, booking: uuid::Uuid, time: &Time) -> Result<(), MoveError> {
    let staff = Staff::operator();
    match booking::move_by_staff(&town.services, &staff, booking, &time.target(), &reason()).await {
        Err(StaffMoveError::Move(error)) => Err(error),
        other => {
            other.expect("leave to move it");
            Ok(())
        }
    }
}

async fn a_booking_moves_at_its_price_whenever_and_however_long(town: &Town) {
    let ice = town.ice_in_tornio();
    let booking = town.book(&ice, asa(), sek(0).currency).await;
    // Long after its booker could, to a longer time, before it opens.
    town.clock.set_to(ice.start - TimeDelta::minutes(30));
    let (start, end) = (ice.start + TimeDelta::hours(11), ice.start + TimeDelta::hours(13));
    let early = Time { start, end, ..ice.clone() };
    moved(town, booking.id, &early).await.expect("a move");
    let after = town.booking(booking.id).await;
    assert_eq!((after.starts_at(), after.total, after.span.minutes()), (early.start, eur(125_00), 120));
    let lines = booking::lines(&town.services.db, &after).await.expect("lines");
    assert_eq!((lines.len(), lines[0].gross, lines[0].vat), (1, eur(125_00), eur(14_87)));
    assert_eq!(town.postings(booking.id).await.len(), 3, "no money has moved");
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 8);
    let letter = town.letter("Flyttat: Torneå ishall – Hela isen, tors 5 nov. 05:00–07:00").await;
    for said in [
        "Kommunen har behövt flytta din bokning",
        "Orsak: Ismaskinen är trasig.",
        "Tidigare: Torneå ishall – Hela isen, onsdag 4 november 2026 18:00–19:00, finsk tid",
        "Priset är detsamma.",
    ] {
        assert!(letter.text.contains(said), "{said} in {}", letter.text);
    }
    let notes = town.notes("moved").await;
    assert_eq!((notes.len(), notes[0].actor.as_str(), notes[0].subject_id), (1, "operator", booking.id));
    assert_eq!(notes[0].change[3]["fi"], "Jääkone on rikki.");
    // Not over somebody else, not to where it is, not into the past, not once it has begun.
    town.hold(early.later(120).request()).await;
    let taken = moved(town, booking.id, &early.later(60)).await;
    assert!(
        matches!(&taken, Err(MoveError::Occupied { alternatives }) if !alternatives.is_empty()),
        "{taken:?}"
    );
    assert!(matches!(moved(town, booking.id, &early).await, Err(MoveError::Unchanged)));
    let past = moved(town, booking.id, &early.later(-1440)).await;
    assert!(matches!(past, Err(MoveError::Refused(Refusal::InThePast))), "{past:?}");
    town.clock.set_to(early.start);
    let begun = moved(town, booking.id, &early.later(600)).await;
    assert!(matches!(begun, Err(MoveError::TooLate(TooLateToMove::Begun))), "{begun:?}");
    assert_eq!(town.booking(booking.id).await.starts_at(), early.start);
}

async fn what_the_booker_was_about_to_take_is_let_go(town: &Town) {
    let ice = town.ice_in_tornio();
    let booking = town.book(&ice, aino(), sek(0).currency).await;
    let longer = Time { end: ice.end + TimeDelta::minutes(30), ..ice.clone() };
    town.try_move(booking.id, &longer).await.expect("a longer time, held");
    let payment = town.open_payment(&booking, sek(0).currency).await;
    moved(town, booking.id, &ice.later(60)).await.expect("a move");
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 4);
    town.play(&payment, vayla_services::payment::Outcome::Pay).await;
    assert!(town.payment(payment.id).await.surplus, "what it was for is gone");
    assert_eq!(town.booking(booking.id).await.starts_at(), ice.later(60).start);
    // What is only held isn't moved.
    let held = town.hold(ice.later(180).request_by(aino())).await;
    assert!(matches!(moved(town, held.id, &ice.later(-60)).await, Err(MoveError::NotLive)));
    assert_eq!(town.state(held.id).await, BookingState::Held);
}

async fn staff_of_another_town_move_nothing(town: &Town) {
    let ice = town.ice_in_tornio();
    let booking = town.book(&ice, aino(), sek(0).currency).await;
    for (scopes, municipality, expected) in [
        (&[Scope::Bookings][..], Some("haparanda"), Forbidden::Town),
        (&[Scope::Rules][..], None, Forbidden::Scope(Scope::Bookings)),
    ] {
        let (_, token) = town.new_token(scopes, municipality).await;
        let staff = vayla_services::staff::token::find(&town.services, &token).await;
        let staff = staff.expect("the database").expect("staff");
        let target = ice.later(60).target();
        let refused = booking::move_by_staff(&town.services, &staff, booking.id, &target, &reason()).await;
        assert!(
            matches!(refused, Err(StaffMoveError::Look(LookError::Forbidden(why))) if why == expected),
            "{refused:?}"
        );
    }
    assert_eq!(town.booking(booking.id).await.version, 1);
}

/// What their system sends.
fn to(time: &Time) -> Value {
    let texts = reason().texts().clone();
    json!({"start": time.start, "end": time.end, "reason": {"sv": texts.sv, "fi": texts.fi}})
}

async fn their_system_moves_it_and_the_booker_is_told_why(town: &Town) {
    let ice = town.ice_in_tornio();
    let booking = town.book(&ice, aino(), sek(0).currency).await;
    let (id, token) = town.new_token(&[Scope::Bookings], Some("tornio")).await;
    let (path, body) = (format!("/staff/bookings/{}/move", booking.id), to(&ice.later(60)));
    let send = async || {
        let call = town.call(Method::POST, &path).bearer_auth(&token).header("idempotency-key", "k");
        read(call.json(&body)).await
    };
    let moved = send().await;
    assert_eq!(
        (moved.is(200).text("start"), moved.text("end")),
        ("2026-11-04T19:00:00+02:00", "2026-11-04T20:00:00+02:00")
    );
    assert_eq!(moved.body["total"], json!({"amount": "125.00", "currency": "EUR"}));
    assert_eq!(send().await.is(200).body, moved.body, "the same key has one effect");
    assert_eq!(town.booking(booking.id).await.starts_at(), ice.later(60).start);
    let letter = town.letter("Siirretty: Tornion jäähalli – Koko jää").await;
    assert!(letter.text.contains("Syy: Jääkone on rikki."), "{}", letter.text);
    let [note] = town.notes("moved").await.try_into().expect("one note");
    assert_eq!((note.actor, note.subject_id), (format!("staff:{id}"), booking.id));
}

async fn what_cannot_be_moved_says_why(town: &Town) {
    let ice = town.ice_in_tornio();
    let booking = town.book(&ice, aino(), sek(0).currency).await;
    town.hold(ice.later(120).request()).await;
    let path = format!("/bookings/{}/move", booking.id);
    let token = town.bookings_token().await;
    let send = async |body: &Value| town.staff_tell(&token, &path, body).await;
    let taken = send(&to(&ice.later(90))).await;
    taken.is_problem(409, "occupied");
    assert!(!taken.body["alternatives"].as_array().expect("alternatives").is_empty());
    send(&to(&ice)).await.is_problem(422, "unchanged");
    send(&to(&ice.later(7))).await.is_problem(422, "off_raster");
    let across = town.ice_in_haparanda().space.id.to_string();
    send(&with(to(&ice.later(60)), "space", across)).await.is_problem(422, "other_town");
    send(&with(to(&ice), "space", uuid::Uuid::nil().to_string())).await.is_problem(404, "not_found");
    send(&json!({"start": ice.start, "end": ice.end})).await.is_problem(400, "invalid");
    send(&with(to(&ice.later(60)), "price", 0)).await.is_problem(400, "unknown_field");
    let nobody = format!("/bookings/{}/move", uuid::Uuid::nil());
    town.staff_tell(&token, &nobody, &to(&ice.later(60))).await.is_problem(404, "not_found");
    for (scopes, municipality) in [(&Scope::ALL[..], Some("haparanda")), (&[Scope::Closures][..], None)] {
        let (_, other) = town.new_token(scopes, municipality).await;
        town.staff_tell(&other, &path, &to(&ice.later(60))).await.is_problem(403, "forbidden");
    }
    town.clock.set_to(ice.start);
    send(&to(&ice.later(600))).await.is_problem(409, "begun");
    assert_eq!(town.booking(booking.id).await.version, 1);
}
