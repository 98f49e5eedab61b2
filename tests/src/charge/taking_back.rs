//! Charges are taken back, paid or not.

use serde_json::json;
use vayla_domain::{Language, money::EURO};
use vayla_services::{
    booking::BookingState,
    charge::{self, TakeBackError},
    payment::{self, Charge, StartError, start_use_charge},
    staff::{Scope, Staff},
};

use super::{found, page_of};
use crate::{Town, aino, asa, pages::browser::Visitor, sek};

on_both_engines! {
    before_it_is_paid_nothing_is_owed_any_more,
    after_it_was_paid_it_goes_back_as_it_came,
    money_that_comes_after_that_goes_back_too,
    of_two_at_once_one_takes_it_back,
    a_refund_of_the_price_leaves_the_charge_alone,
}

async fn before_it_is_paid_nothing_is_owed_any_more(town: &Town) {
    town.list_charges().await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, asa(), EURO).await;
    town.after(&time);
    let charge = town.charge(&booking, "no_show").await;
    assert_eq!(town.state(booking.id).await, BookingState::NoShow);
    let visitor = Visitor::new(town, Language::Sv);
    let ticket = format!("/sv/bokning/{}", town.services.secret.manage_token(booking.id));
    visitor.get(&ticket).await.is(200).says("Bokningen användes inte").says("125,00 €, att betala");
    let (id, token) = town.new_token(&[Scope::Charges], Some("tornio")).await;
    let path = format!("/charges/{}/credit", charge.id);
    let body = json!({"reason": {"sv": "Nyckeln är hittad.", "fi": "Avain löytyi."}});
    let done = town.staff_tell(&token, &path, &body).await;
    assert_eq!((done.is(200).text("status"), &done.body["taken_back"]), ("taken_back", &body["reason"]));
    town.staff_tell(&token, &path, &body).await.is_problem(409, "taken_back");
    assert_eq!(town.state(booking.id).await, BookingState::Confirmed, "they came after all");
    assert_eq!(town.balance_of("tornio", "receivable").await, 0);
    let note = town.notes("charge_taken_back").await.pop().expect("a note");
    assert_eq!((note.actor, &note.change["reason"]), (format!("staff:{id}"), &body["reason"]));
    let page = visitor.get(&page_of(town, &charge, Language::Sv)).await;
    page.is(200)
        .says("Avgiften är tillbakatagen.")
        .says("Nyckeln är hittad.")
        .says_not("Båda beloppen är fasta");
    let start = start_use_charge(&town.services, booking.id, charge.id, EURO, "https://example.fi/").await;
    assert!(matches!(start, Err(StartError::NothingDue)), "{start:?}");
    let letter = town.letter("Tillbakatagen avgift: Outnyttjad bokning").await;
    for said in ["Orsak: Nyckeln är hittad.", "Du behöver inte betala något."] {
        assert!(letter.text.contains(said), "{said} in {}", letter.text);
    }
}

async fn after_it_was_paid_it_goes_back_as_it_came(town: &Town) {
    town.list_charges().await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    town.after(&time);
    let told = vayla_domain::money::Told { minutes: Some(61), cost: None };
    let charge = town.charge_told(&booking, "overtime", told).await;
    let paid = town.pay_charge(&charge, sek(0).currency).await;
    // The rate is another one by then; it doesn't matter.
    town.clock.set("2026-12-10T12:00:00Z");
    town.take_back(&charge).await;
    let [back] = town.payment(paid.id).await.refunds.try_into().expect("one refund");
    assert_eq!((back.amount, back.gross, back.vat), (paid.amount, charge.gross, charge.vat));
    assert_eq!(back.reason, "charge_taken_back");
    assert_eq!(
        town.postings(booking.id).await[4..],
        [
            "haparanda: clearing / due_to:tornio 2085.82 SEK (190.00 EUR)",
            "tornio: due_from:haparanda / receivable 190.00 EUR (190.00 EUR)",
            "tornio: vat / receivable 22.60 EUR",
            "tornio: income / receivable 167.40 EUR",
            "haparanda: due_to:tornio / clearing 2085.82 SEK (190.00 EUR)",
            "tornio: receivable / due_from:haparanda 190.00 EUR (190.00 EUR)",
        ]
    );
    let letter = town.letter("Lisämaksu peruttu: Varatun ajan ylitys").await;
    for said in ["Syy: Avain löytyi.", "Palautamme 2\u{a0}085,82\u{a0}kr"] {
        assert!(letter.text.contains(said), "{said} in {}", letter.text);
    }
    let visitor = Visitor::new(town, Language::Fi);
    let page = visitor.get(&page_of(town, &charge, Language::Fi)).await;
    page.says("Lisämaksu on peruttu.").says("Palautamme 2 085,82 kr");
    let receipt = visitor.get(&page.link("/lisamaksu/1/kuitti")).await;
    receipt.says("Palautettu 2 085,82 kr, 10.12.2026").says("josta arvonlisäveroa 13,5 %: 22,60 €");
}

async fn money_that_comes_after_that_goes_back_too(town: &Town) {
    town.list_charges().await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, asa(), EURO).await;
    town.after(&time);
    let charge = town.charge(&booking, "lost_key").await;
    let open = town.open_charge(&charge, sek(0).currency).await;
    town.take_back(&charge).await;
    let late = payment::charge(&town.services, open.id, "late").await.expect("noted");
    assert_eq!(late, Charge::Unwanted);
    let payment = town.payment(open.id).await;
    assert!(payment.surplus && payment.refunds.iter().all(|refund| refund.amount == sek(500_00)));
    assert_eq!(town.balance_of("tornio", "receivable").await, 0);
    let letters = town.letters().await;
    let told = letters.iter().filter(|letter| letter.text.contains("redan var betald eller tillbakatagen"));
    assert_eq!(told.count(), 1);
}

async fn of_two_at_once_one_takes_it_back(town: &Town) {
    town.list_charges().await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, asa(), EURO).await;
    town.after(&time);
    let charge = town.charge(&booking, "lost_key").await;
    town.pay_charge(&charge, EURO).await;
    let (operator, reason) = (Staff::operator(), found());
    let back = || charge::take_back(&town.services, &operator, charge.id, &reason);
    let (one, other) = tokio::join!(back(), back());
    assert_ne!(one.is_ok(), other.is_ok(), "{one:?} {other:?}");
    let lost = one.err().or(other.err()).expect("one who came too late");
    assert!(matches!(lost, TakeBackError::Done), "{lost:?}");
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 1);
}

async fn a_refund_of_the_price_leaves_the_charge_alone(town: &Town) {
    town.list_charges().await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    town.after(&time);
    let charge = town.charge(&booking, "lost_key").await;
    town.pay_charge(&charge, EURO).await;
    let (operator, reason) = (Staff::operator(), found());
    let done = payment::refund_by_staff(&town.services, &operator, booking.id, None, &reason).await;
    assert_eq!(done.expect("to give back").refunds, [booking.total]);
    let paid = town.payments_of(charge.id).await;
    assert!(paid.iter().all(|payment| payment.refunds.is_empty()));
}
