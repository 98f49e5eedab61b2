use reqwest::Method;
use serde_json::json;
use vayla_domain::{Language, money::PriceGroup};
use vayla_services::{
    booking::{Booking, BookingState, HoldRequest, MoveError},
    invoice::{self, OnAccountError},
    staff::{Scope, Staff},
};

use super::{club, company};
use crate::{Town, aino, api::caller::read, asa, eur, pages::browser::Visitor, sek};

on_both_engines! {
    a_club_books_with_its_code_and_pays_nothing_now,
    a_booker_types_the_code_on_the_page,
    a_code_books_in_its_own_town_at_its_own_price_within_its_credit,
    of_two_at_once_only_what_the_credit_allows_is_booked,
    staff_put_a_held_booking_on_an_account,
    a_dearer_time_on_account_is_moved_to_at_once,
    a_dearer_time_is_not_moved_to_beyond_the_credit,
    who_cancels_on_account_reads_what_is_invoiced,
    a_fee_for_cancelling_on_account_is_invoiced,
}

async fn a_club_books_with_its_code_and_pays_nothing_now(town: &Town) {
    let account = town.customer("tornio", club(eur(500_00))).await;
    let letter = town.letter("Asiakaskoodinne: Tornion kaupunki").await;
    assert_eq!(letter.to_address, "kassa@example.fi");
    let code = town.services.secret.customer_code(account.id);
    for said in [code.as_str(), "Maksuaika on 21", "500,00\u{a0}€"] {
        assert!(letter.text.to_lowercase().contains(&said.to_lowercase()), "{said} in {}", letter.text);
    }
    let held = town
        .hold(HoldRequest { price_group: PriceGroup::Club, ..town.ice_in_tornio().request_by(aino()) })
        .await;
    let path = format!("/bookings/{}/account", held.id);
    let token = town.services.secret.manage_token(held.id);
    let put = async |code: &str| {
        read(town.call(Method::POST, &path).bearer_auth(&token).json(&json!({"account": code}))).await
    };
    put("abc").await.is_problem(422, "no_account");
    put(&code).await.is(204);
    put(&code).await.is_problem(409, "not_held");
    assert_eq!(town.state(held.id).await, BookingState::Confirmed);
    assert_eq!(town.postings(held.id).await, Vec::<String>::new());
    let letter = town.letter("Varattu: ").await;
    assert!(letter.text.contains("laskutetaan asiakkaalta Tornion Palloveikot ry"), "{}", letter.text);
}

async fn a_booker_types_the_code_on_the_page(town: &Town) {
    let account = town.customer("haparanda", company()).await;
    let asked = HoldRequest { price_group: PriceGroup::Company, ..town.ice_in_haparanda().request_by(asa()) };
    let held = town.hold(asked).await;
    let (visitor, token) = (Visitor::new(town, Language::Sv), town.services.secret.manage_token(held.id));
    let pay = visitor.get(&format!("/sv/bokning/{token}/betala")).await;
    pay.is(200).says("Betala mot faktura").says("Kundkod");
    let form = format!("/sv/bokning/{token}/faktura");
    let wrong = visitor.post(&form, &[("code", "fel")]).await;
    wrong.is_sent_back(&visitor).says("Kundkoden finns inte eller gäller inte längre.");
    assert!(wrong.html.contains("value=\"fel\""), "what was typed is kept: {}", wrong.html);
    let code = town.services.secret.customer_code(account.id);
    let ticket = visitor.follow(&visitor.post(&form, &[("code", format!(" {code} ").as_str())]).await).await;
    ticket.is(200).says("Tiden är din").says("1 200,00 kr, faktureras Bottenvikens Is AB");
    // Adults pay at once: they aren't asked.
    let adult = town.hold(town.ice_in_haparanda().later(120).request_by(asa())).await;
    let token = town.services.secret.manage_token(adult.id);
    visitor.get(&format!("/sv/bokning/{token}/betala")).await.is(200).says_not("Betala mot faktura");
}

async fn a_code_books_in_its_own_town_at_its_own_price_within_its_credit(town: &Town) {
    let account = town.customer("tornio", club(eur(100_00))).await;
    let code = town.services.secret.customer_code(account.id);
    let put = async |request: HoldRequest| {
        let held = town.hold(request).await;
        town.put_on(&held, &code).await
    };
    let of = |time: &crate::Time, price_group| HoldRequest { price_group, ..time.request_by(aino()) };
    let abroad = put(of(&town.ice_in_haparanda(), PriceGroup::Club)).await;
    assert!(matches!(abroad, Err(OnAccountError::OtherTown)), "{abroad:?}");
    let other = put(of(&town.ice_in_tornio().later(120), PriceGroup::Adult)).await;
    assert!(matches!(other, Err(OnAccountError::PriceGroup)), "{other:?}");
    let nobody = town
        .hold(HoldRequest { price_group: PriceGroup::Club, ..town.ice_in_tornio().later(180).request() })
        .await;
    let nobody = town.put_on(&nobody, &code).await;
    assert!(matches!(nobody, Err(OnAccountError::NoDetails)), "{nobody:?}");
    put(of(&town.ice_in_tornio(), PriceGroup::Club)).await.expect("within the credit");
    let more = put(of(&town.ice_in_tornio().later(60), PriceGroup::Club)).await;
    assert!(matches!(more, Err(OnAccountError::Credit)), "{more:?}");
    assert_eq!(town.count("SELECT COUNT(*) FROM booking WHERE state = 'confirmed'").await, 1);
}

async fn of_two_at_once_only_what_the_credit_allows_is_booked(town: &Town) {
    let account = town.customer("tornio", club(eur(100_00))).await;
    let code = town.services.secret.customer_code(account.id);
    let hold = async |minutes| {
        let time = town.ice_in_tornio().later(minutes);
        town.hold(HoldRequest { price_group: PriceGroup::Club, ..time.request_by(aino()) }).await
    };
    let (one, other) = (hold(0).await, hold(60).await);
    let (first, second) = tokio::join!(town.put_on(&one, &code), town.put_on(&other, &code));
    assert_ne!(first.is_ok(), second.is_ok(), "{first:?} {second:?}");
}

async fn staff_put_a_held_booking_on_an_account(town: &Town) {
    let account = town.customer("tornio", club(eur(500_00))).await;
    let held = town
        .hold(HoldRequest { price_group: PriceGroup::Club, ..town.ice_in_tornio().request_by(aino()) })
        .await;
    let path = format!("/bookings/{}/account", held.id);
    let body = json!({"customer": account.id});
    for (scope, municipality) in [(Scope::Bookings, None), (Scope::Invoices, Some("haparanda"))] {
        let (_, token) = town.new_token(&[scope], municipality).await;
        town.staff_tell(&token, &path, &body).await.is_problem(403, "forbidden");
    }
    let (_, token) = town.new_token(&[Scope::Invoices], Some("tornio")).await;
    town.staff_tell(&token, &path, &body).await.is(204);
    assert_eq!(town.state(held.id).await, BookingState::Confirmed);
    assert_eq!(sek(0).minor, 0);
    let again = invoice::put_on(&town.services, &Staff::operator(), held.id, account.id).await;
    assert!(matches!(again, Err(OnAccountError::NotHeld)), "{again:?}");
}

async fn a_dearer_time_on_account_is_moved_to_at_once(town: &Town) {
    let account = town.customer("tornio", club(eur(500_00))).await;
    let booking = town.book_on(&town.ice_by_day(), &account).await;
    town.try_move(booking.id, &town.ice_in_tornio()).await.expect("to move");
    let moved = town.booking(booking.id).await;
    assert_eq!(moved.starts_at(), town.ice_in_tornio().start);
    assert!(moved.total.minor >= booking.total.minor);
    assert_eq!(town.count("SELECT COUNT(*) FROM payment").await, 0);
}

async fn a_dearer_time_is_not_moved_to_beyond_the_credit(town: &Town) {
    let account = town.customer("tornio", club(eur(100_00))).await;
    let booking = town.book_on(&town.ice_by_day(), &account).await;
    let longer = town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-04 18:00", 120);
    let moved = town.try_move(booking.id, &longer).await;
    assert!(matches!(moved, Err(MoveError::Credit)), "{moved:?}");
    assert_eq!(town.booking(booking.id).await.total, booking.total);
    town.try_move(booking.id, &town.ice_in_tornio()).await.expect("within the credit");
}

async fn who_cancels_on_account_reads_what_is_invoiced(town: &Town) {
    let account = town.customer("tornio", club(eur(500_00))).await;
    let (early, late) = (town.ice_in_tornio(), town.ice_in_tornio().later(120));
    let (early, late) = (town.book_on(&early, &account).await, town.book_on(&late, &account).await);
    let page = async |booking: &Booking, language, path: &str| {
        let token = town.services.secret.manage_token(booking.id);
        let booking = if language == Language::Sv { "sv/bokning" } else { "fi/varaus" };
        Visitor::new(town, language).get(&format!("/{booking}/{token}{path}")).await
    };
    page(&early, Language::Sv, "").await.is(200).says("Efter det faktureras 50 procent av priset.");
    page(&early, Language::Fi, "/peru").await.is(200).says("Jos perut nyt, mitään ei laskuteta.");
    town.cancel(early.id).await;
    assert!(town.letter("Peruttu: ").await.text.contains("Varauksesta ei laskuteta mitään."));
    town.clock.set("2026-11-04T10:00:00Z");
    page(&late, Language::Sv, "/avboka")
        .await
        .says("Om du avbokar nu faktureras 40,00 €.")
        .says_not("tillbaka");
    town.cancel(late.id).await;
    let letters = town.letters().await;
    let told = letters.iter().any(|letter| letter.text.contains("Varauksesta laskutetaan 40,00\u{a0}€"));
    assert!(told, "{letters:?}");
}

async fn a_fee_for_cancelling_on_account_is_invoiced(town: &Town) {
    let rule = json!({"cancelling": [{
        "steps": [{"until": {"days": {"days": 1}}, "back": {"percent": 100}}],
        "then": {"percent": 100, "fee": {"EUR": "30.00", "SEK": "330.00"}}}]});
    town.lay_rules(&town.ice_in_tornio().space, &rule).await;
    let account = town.customer("tornio", club(eur(5000_00))).await;
    let booking = town.book_on(&town.ice_in_tornio(), &account).await;
    let page = async |language, path: &str| {
        let token = town.services.secret.manage_token(booking.id);
        let booking = if language == Language::Sv { "sv/bokning" } else { "fi/varaus" };
        Visitor::new(town, language).get(&format!("/{booking}/{token}{path}")).await
    };
    page(Language::Sv, "").await.is(200).says("Efter det faktureras en avgift på 30,00 €.");
    page(Language::Fi, "").await.is(200).says("Sen jälkeen laskutetaan peruutusmaksu 30,00 €.");
    town.clock.set("2026-11-04T10:00:00Z");
    page(Language::Sv, "/avboka").await.says("Om du avbokar nu faktureras 30,00 €.").says_not("tillbaka");
    assert_eq!(town.cancel(booking.id).await.refunds, []);
    let letter = town.letter("Peruttu: ").await;
    assert!(letter.text.contains("Varauksesta laskutetaan 30,00\u{a0}€"), "{}", letter.text);
    town.clock.set("2026-12-01T08:00:00Z");
    let invoice = town.issue("tornio", "2026-11-30").await.pop().expect("an invoice");
    // Of 80 euros, with the tax of the day of use.
    assert_eq!((invoice.gross, invoice.vat), (eur(30_00), eur(3_57)));
    let path = vayla_services::mail::invoice_url(&town.services, invoice.id, Language::Fi);
    let sheet = Visitor::new(town, Language::Fi).get(path.trim_start_matches(&*town.base_url)).await;
    sheet.is(200).says("peruttu myöhään, koko hinta oli 80,00 €");
}
