//! The pay page asks for a code, and shows who pays what.

use vayla_domain::{Language, money::EURO};
use vayla_services::{booking::BookingState, receipt};

use super::{half_by_haparanda, percent};
use crate::{Town, aino, asa, eur, pages::browser::Visitor};

on_both_engines! {
    a_code_is_typed_taken_off_and_typed_again,
    a_wrong_code_stays_in_its_field,
    what_a_grant_pays_whole_is_booked_with_one_button,
    the_receipt_says_who_paid_what,
}

async fn a_code_is_typed_taken_off_and_typed_again(town: &Town) {
    let grant = town.grant("haparanda", half_by_haparanda()).await;
    let code = town.voucher(&grant).await;
    let held = town.hold(town.ice_in_tornio().request_by(asa())).await;
    let (visitor, token) = (Visitor::new(town, Language::Sv), town.services.secret.manage_token(held.id));
    let pay = visitor.get(&format!("/sv/bokning/{token}/betala")).await;
    pay.is(200).says("Har du en bidragskod?").says("Betala 1 372,25 kr");
    let form = format!("/sv/bokning/{token}/bidrag");
    let put = visitor.follow(&visitor.post(&form, &[("grant", code.to_lowercase())]).await).await;
    put.is(200).says("Pris 125,00 € · 1 372,25 kr").says("Bidrag från Haparanda −62,50 € · −686,13 kr");
    put.says("Att betala 62,50 € · 686,12 kr").says("Betala 686,12 kr").says("Betala 62,50 €");
    let off = visitor.follow(&visitor.post(&form, &[("off", "1")]).await).await;
    off.is(200).says("Har du en bidragskod?").says("Betala 1 372,25 kr").says_not("Att betala");
    assert_eq!(town.used(&grant).await, 0);
    visitor.follow(&visitor.post(&form, &[("grant", code)]).await).await.says("Betala 686,12 kr");
}

async fn a_wrong_code_stays_in_its_field(town: &Town) {
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    let (visitor, token) = (Visitor::new(town, Language::Fi), town.services.secret.manage_token(held.id));
    let wrong = visitor.post(&format!("/fi/varaus/{token}/avustus"), &[("grant", "K7MQ")]).await;
    wrong.is_sent_back(&visitor).says("Koodia ei ole. Tarkista, että kirjoitit sen oikein.");
    assert!(wrong.html.contains("value=\"K7MQ\""), "what was typed is kept");
}

async fn what_a_grant_pays_whole_is_booked_with_one_button(town: &Town) {
    let grant = town.grant("tornio", percent(100, eur(1000_00))).await;
    let held = town.hold(town.ice_in_haparanda().request_by(aino())).await;
    let (visitor, token) = (Visitor::new(town, Language::Fi), town.services.secret.manage_token(held.id));
    let form = format!("/fi/varaus/{token}/avustus");
    let put = visitor.follow(&visitor.post(&form, &[("grant", town.voucher(&grant).await)]).await).await;
    put.is(200).says("Avustus kattaa koko hinnan.");
    let ticket = visitor.follow(&visitor.send(&put.form("/maksa")).await).await;
    ticket.is(200).says("825,00 kr, maksaja Tornio (Tila-avustus)").says_not("Maksuton");
    assert_eq!(town.state(held.id).await, BookingState::Confirmed);
    ticket.says("Maksutodistus");
    let proof = visitor.get(&format!("/fi/varaus/{token}/kuitti")).await;
    proof.is(200).says(&format!("Maksutodistus {}", held.reference)).says("Maksaja Tornio 825,00 kr");
    proof.says("Yhteensä 825,00 kr").says("Avustus (Tornio) −825,00 kr").says("Oma osuutesi 0,00 kr");
    visitor.get(&format!("/fi/varaus/{token}/kuitti/1")).await.is(404);
}

async fn the_receipt_says_who_paid_what(town: &Town) {
    let grant = town.grant("haparanda", half_by_haparanda()).await;
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    town.put(&held, &town.voucher(&grant).await).await.expect("a part");
    town.pay(&held, EURO).await;
    let (visitor, token) = (Visitor::new(town, Language::Fi), town.services.secret.manage_token(held.id));
    let paper = visitor.get(&format!("/fi/varaus/{token}/kuitti")).await;
    paper
        .is(200)
        .says("Yhteensä 125,00 €")
        .says("Avustus (Haaparanta) −62,50 €")
        .says("Oma osuutesi 62,50 €");
    paper
        .says("14,87 €")
        .says("Maksettu 62,50 €, saaja Tornion kaupunki.")
        .says("Haaparanta maksaa hinnasta 62,50 € (Tila-avustus).");
    let found = receipt::find(&town.services, town.booking(held.id).await, None).await.expect("the database");
    assert_eq!(found.expect("a receipt").earlier(), eur(0));
}
