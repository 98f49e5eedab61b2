//! Staff give a deposit back themselves.

use serde_json::json;
use vayla_domain::money::EURO;
use vayla_services::{
    deposit::return_by_staff,
    payment::StaffRefundError,
    staff::{Scope, Staff},
};

use super::figures;
use crate::{Town, aino, asa, charge::found, eur, sek};

on_both_engines! {
    a_part_goes_back_over_the_api_and_the_rest_by_itself,
    whoever_may_not_gives_none_back,
    of_two_at_once_nobody_gives_back_more_than_is_held,
    a_refund_of_the_price_leaves_it_alone,
    the_database_refuses_more_than_came,
}

async fn a_part_goes_back_over_the_api_and_the_rest_by_itself(town: &Town) {
    town.list_deposit().await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, asa(), sek(0).currency).await;
    let (id, token) = town.new_token(&[Scope::Refunds], Some("tornio")).await;
    let path = format!("/bookings/{}/deposit/returns", booking.id);
    let reason = json!({"sv": "Nyckeln är hittad.", "fi": "Avain löytyi."});
    let kronor = |amount: &str| json!({"amount": amount, "currency": "SEK"});
    let body = |amount: &str| json!({"amount": kronor(amount), "reason": reason});
    town.staff_tell(&token, &path, &body("500.01")).await.is_problem(422, "invalid");
    let euros = json!({"amount": {"amount": "1.00", "currency": "EUR"}, "reason": reason});
    town.staff_tell(&token, &path, &euros).await.is_problem(422, "invalid");
    let done = town.staff_tell(&token, &path, &body("200.00")).await;
    assert_eq!(done.is(200).body, json!({"refunds": [kronor("200.00")], "left": kronor("300.00")}));
    let letter = town.letter("Depositionen betalas tillbaka: ").await.text;
    assert!(letter.contains("Orsak: Nyckeln är hittad."), "{letter}");
    let [note] = town.notes("deposit_returned").await.try_into().expect("one note");
    assert_eq!((note.actor, &note.change["reason"]), (format!("staff:{id}"), &reason));
    town.days_after(&time, 3);
    assert_eq!(town.return_due().await, 1);
    town.staff_tell(&token, &path, &json!({"reason": reason})).await.is_problem(409, "nothing_left");
    assert_eq!(figures(&town.deposit(&booking).await), [sek(500_00), sek(0), sek(500_00)]);
}

async fn whoever_may_not_gives_none_back(town: &Town) {
    town.list_deposit().await;
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let path = format!("/bookings/{}/deposit/returns", booking.id);
    let body = json!({"reason": {"sv": "Nyckeln är hittad.", "fi": "Avain löytyi."}});
    for (scope, place) in [(Scope::Charges, "tornio"), (Scope::Refunds, "haparanda")] {
        let (_, token) = town.new_token(&[scope], Some(place)).await;
        town.staff_tell(&token, &path, &body).await.is_problem(403, "forbidden");
    }
    assert_eq!(town.deposit(&booking).await.left(), eur(50_00));
}

async fn of_two_at_once_nobody_gives_back_more_than_is_held(town: &Town) {
    town.list_deposit().await;
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let (operator, reason) = (Staff::operator(), found());
    let back = || return_by_staff(&town.services, &operator, booking.id, None, &reason);
    let (one, other) = tokio::join!(back(), back());
    assert_ne!(one.is_ok(), other.is_ok(), "{one:?} {other:?}");
    let lost = one.err().or(other.err()).expect("one who came too late");
    assert!(matches!(lost, StaffRefundError::NothingLeft), "{lost:?}");
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 1);
}

async fn a_refund_of_the_price_leaves_it_alone(town: &Town) {
    town.list_deposit().await;
    let booking = town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    let (operator, reason) = (Staff::operator(), found());
    let done = vayla_services::payment::refund_by_staff(&town.services, &operator, booking.id, None, &reason);
    assert_eq!(done.await.expect("to give back").refunds, [sek(1372_25)]);
    assert_eq!(town.deposit(&booking).await.left(), sek(500_00));
    assert_eq!(town.cancel(booking.id).await.refunds, [sek(500_00)]);
}

async fn the_database_refuses_more_than_came(town: &Town) {
    town.list_deposit().await;
    town.book(&town.ice_in_tornio(), aino(), EURO).await;
    for wrong in [
        "UPDATE deposit SET returned_minor = minor + 1",
        "UPDATE deposit SET kept_minor = 1, returned_minor = minor",
        "UPDATE deposit SET kept_minor = -1",
        "UPDATE payment SET deposit_minor = minor + 1",
    ] {
        let done = sql!(town, c => sqlx::query(wrong).execute(c).await.map(drop));
        assert!(done.is_err(), "{wrong}");
    }
}
