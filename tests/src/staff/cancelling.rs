//! The town cancels: all comes back, and the booker is told why.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vayla_domain::{Bilingual, Reason, money::EURO};
use vayla_services::{
    booking::{BookingState, StaffCancelError, cancel_by_staff},
    payment::Outcome,
    staff::{Scope, Staff},
};

use crate::{Town, aino, asa, eur, sek};

on_both_engines! {
    all_comes_back_whatever_the_rule_and_the_booker_is_told_why,
    the_letter_speaks_the_bookers_language_and_says_whom_to_ask,
    across_the_border_all_comes_back_in_the_currency_it_came_in,
    a_time_that_has_begun_can_be_cut_short_but_not_one_that_is_over,
    of_two_who_cancel_at_once_one_does,
    a_hold_is_taken_away_without_a_letter,
    a_reason_is_given_in_both_languages,
}

fn broken() -> Value {
    json!({"reason": {"sv": "Ismaskinen är trasig.", "fi": "Jääkone on rikki."}})
}

fn reason() -> Reason {
    let typed = Bilingual { sv: "Ismaskinen är trasig.".to_owned(), fi: "Jääkone on rikki.".to_owned() };
    Reason::parse(&typed).expect("a reason")
}

async fn all_comes_back_whatever_the_rule_and_the_booker_is_told_why(town: &Town) {
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    // A day before, the booker would get back half.
    town.clock.set("2026-11-03T16:00:00Z");
    let (id, token) = town.new_token(&[Scope::Bookings], Some("tornio")).await;
    let path = format!("/bookings/{}/cancel", booking.id);
    let cancelled = town.staff_tell(&token, &path, &broken()).await;
    assert_eq!(
        cancelled.is(200).body,
        json!({"refund": {"amount": "125.00", "currency": "EUR"}, "refunds": [{"amount": "125.00", "currency": "EUR"}]})
    );
    assert_eq!(
        town.postings(booking.id).await[2..],
        ["tornio: vat / clearing 14.87 EUR", "tornio: income / clearing 110.13 EUR"]
    );
    let letter = town.letter("Vuorosi on peruttu: Tornion jäähalli – Koko jää, ").await;
    assert_eq!(letter.to_address, "aino@example.fi");
    for said in [&booking.reference, "Syy: Jääkone on rikki.", "Palautamme 125,00\u{a0}€ samalla"] {
        assert!(letter.text.contains(said), "{said} in {}", letter.text);
    }
    assert!(!letter.text.contains("Ismaskinen"), "{}", letter.text);
    let file = letter.calendar.expect("a calendar file");
    assert_eq!(file.method, "CANCEL");
    assert!(file.text.contains("SEQUENCE:1"), "{}", file.text);

    let [note] = town.notes("cancelled").await.try_into().expect("one note");
    assert_eq!((note.actor, note.subject_id), (format!("staff:{id}"), booking.id));
    assert_eq!(note.change["reason"], broken()["reason"]);
    town.hold(time.request()).await; // it is free again
    town.staff_tell(&token, &path, &broken()).await.is_problem(409, "not_live");
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 1);
}

async fn the_letter_speaks_the_bookers_language_and_says_whom_to_ask(town: &Town) {
    let booking = town.book(&town.ice_in_haparanda(), asa(), sek(0).currency).await;
    let done = cancel_by_staff(&town.services, &Staff::operator(), booking.id, &reason()).await;
    assert_eq!(done.expect("to cancel").refunds, [sek(825_00)]);
    let letter = town.letter("Inställt: Norra Affärs Arena").await;
    for said in ["Orsak: Ismaskinen är trasig.", "Du får tillbaka 825,00\u{a0}kr", "Frågor: Haparanda, "] {
        assert!(letter.text.contains(said), "{said} in {}", letter.text);
    }
    assert_eq!(town.notes("cancelled").await[0].actor, "operator");
}

async fn across_the_border_all_comes_back_in_the_currency_it_came_in(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    town.clock.set("2026-11-04T12:00:00Z");
    let done = cancel_by_staff(&town.services, &Staff::operator(), booking.id, &reason()).await;
    assert_eq!(done.expect("to cancel").refunds, [sek(1372_25)]);
    assert_eq!(
        town.postings(booking.id).await[3..],
        [
            "haparanda: due_to:tornio / clearing 1372.25 SEK (125.00 EUR)",
            "tornio: vat / due_from:haparanda 14.87 EUR (14.87 EUR)",
            "tornio: income / due_from:haparanda 110.13 EUR (110.13 EUR)",
        ]
    );
}

async fn a_time_that_has_begun_can_be_cut_short_but_not_one_that_is_over(town: &Town) {
    let time = town.ice_in_tornio();
    let (short, over) =
        (town.book(&time, aino(), EURO).await, town.book(&time.later(-60), aino(), EURO).await);
    town.clock.set_to(time.start + TimeDelta::minutes(30));
    let token = town.bookings_token().await;
    let cancel = async |id| town.staff_tell(&token, &format!("/bookings/{id}/cancel"), &broken()).await;
    cancel(over.id).await.is_problem(409, "over");
    assert_eq!(town.state(over.id).await, BookingState::Confirmed);
    assert_eq!(cancel(short.id).await.is(200).body["refund"]["amount"], "125.00");
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 1);
}

async fn of_two_who_cancel_at_once_one_does(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let (operator, reason) = (Staff::operator(), reason());
    let (staff, booker) = tokio::join!(
        cancel_by_staff(&town.services, &operator, booking.id, &reason),
        vayla_services::booking::cancel(&town.services, booking.id)
    );
    assert_ne!(staff.is_ok(), booker.is_ok(), "{staff:?} {booker:?}");
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 1);
    let letters = town.letters().await;
    assert_eq!(
        letters.iter().filter(|letter| letter.subject.contains("eruttu: ")).count(),
        1,
        "{letters:#?}"
    );
    let third = cancel_by_staff(&town.services, &operator, booking.id, &reason).await;
    assert!(matches!(third, Err(StaffCancelError::NotLive)), "{third:?}");
}

async fn a_hold_is_taken_away_without_a_letter(town: &Town) {
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    let payment = town.open_payment(&held, EURO).await;
    let done = cancel_by_staff(&town.services, &Staff::operator(), held.id, &reason()).await;
    assert_eq!(done.expect("to cancel").refunds, []);
    assert_eq!(town.letters().await, []);
    // Who was just about to pay gets it all back.
    town.play(&payment, Outcome::Pay).await;
    let refund = town.payment(payment.id).await.refunds.pop().expect("a refund");
    assert_eq!((refund.amount, refund.reason.as_str()), (eur(125_00), "unwanted"));
}

async fn a_reason_is_given_in_both_languages(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let token = town.bookings_token().await;
    let path = format!("/bookings/{}/cancel", booking.id);
    let check = async |body: Value, status, code: &str, fields: &[&str]| {
        let refused = town.staff_tell(&token, &path, &body).await;
        refused.is_problem(status, code);
        let errors = refused.body["errors"].as_array().cloned().unwrap_or_default();
        let named: Vec<_> = errors.iter().filter_map(|error| error["field"].as_str()).collect();
        assert_eq!(named, fields, "{body}");
    };
    check(json!({}), 400, "invalid", &["reason"]).await;
    check(json!({"reason": {"sv": "Trasig"}}), 400, "invalid", &["reason.fi"]).await;
    check(json!({"reason": {"sv": "Trasig", "fi": " \n"}}), 422, "invalid", &["reason.fi"]).await;
    let long = "ä".repeat(501);
    check(json!({"reason": {"sv": long, "fi": ""}}), 422, "invalid", &["reason.sv", "reason.fi"]).await;
    check(json!({"reason": broken()["reason"], "refund": 50}), 400, "unknown_field", &["refund"]).await;
    assert_eq!(town.state(booking.id).await, BookingState::Confirmed);
}
