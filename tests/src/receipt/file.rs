use reqwest::{Method, Response};
use vayla_domain::{Language, money::EURO};
use vayla_services::booking::Booking;

use super::{pdf_fact, pdf_text, says_in_order};
use crate::{Town, aino, api::caller::read, asa, sek};

on_both_engines! {
    across_the_border_each_figure_stands_on_it_in_order,
    at_home_without_tax_in_the_other_language,
    what_has_gone_back_is_shown_with_its_tax,
    a_difference_has_a_receipt_of_its_own,
    it_is_tagged_and_the_same_each_time,
    only_who_may_see_the_booking_sees_it,
}

impl Town {
    async fn receipt_file(&self, booking: &Booking, language: Language) -> Response {
        let path = format!("/bookings/{}/receipt.pdf", booking.id);
        let token = self.services.secret.manage_token(booking.id);
        let asked = self.call(Method::GET, &path).bearer_auth(token);
        asked.header("Accept-Language", language.code()).send().await.expect("an answer")
    }

    async fn receipt_text(&self, booking: &Booking, language: Language) -> String {
        let answer = self.receipt_file(booking, language).await;
        assert_eq!(answer.status(), 200);
        pdf_text(&answer.bytes().await.expect("a file"))
    }
}

async fn across_the_border_each_figure_stands_on_it_in_order(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    says_in_order(
        &town.receipt_text(&booking, Language::Sv).await,
        &[
            "Kvitto TORNIO-1",
            "Tornion kaupunki FO-nummer (finskt organisationsnummer) 0193524-6 Suensaarenkatu 4, 95400 Tornio",
            "Betaldatum 2026-10-30 Kvittonummer TORNIO-1",
            &booking.reference,
            "Köpare Åsa Lindström",
            "Betalt 1 372,25 kr",
            "Vad du har betalat för Vad Utan moms Moms Med moms",
            "Torneå ishall – Hela isen 2026-11-04 18:00–19:00 finsk tid · 1 timme, 125,00 € i timmen (måndag–fredag 16:00–24:00) 110,13 € 13,5 % 125,00 €",
            "Summa 125,00 €",
            "Moms 13,5 %: 14,87 € på 110,13 €.",
            "Betalt: 1 372,25 kr till Haparanda kommun",
            "1 € = 10,978 kr den 2026-10-30 (ECB)",
            "Tornion kaupunki · Kvitto TORNIO-1 1 (1)",
        ],
    );
    // And to whoever else reads it.
    let finnish = town.receipt_text(&booking, Language::Fi).await;
    says_in_order(&finnish, &["Kuitti TORNIO-1", "Maksettu 1 372,25 kr", "Arvonlisävero 13,5 %: 14,87 €"]);
}

async fn at_home_without_tax_in_the_other_language(town: &Town) {
    let booking = town.book(&town.ice_in_haparanda(), aino(), EURO).await;
    says_in_order(
        &town.receipt_text(&booking, Language::Fi).await,
        &[
            "Kuitti HAPARANDA-1",
            "Haparanda kommun (Haparanda stad) Organisaationumero 212000-2775 Torget 9, Haparanda",
            "kommunen@haparanda.se",
            "+46 922 260 00",
            "Maksupäivä 30.10.2026 Kuitin numero HAPARANDA-1",
            "Ostaja Aino Näätänen",
            "Maksettu 75,15 €",
            "4.11.2026 18.00–19.00 Ruotsin aikaa · 1 tunti, 825,00 kr tunnilta (maanantai–perjantai 16.00–24.00) 825,00 kr ei alv:a 825,00 kr",
            "Yhteensä 825,00 kr",
            "Arvonlisäveroton.",
            "Maksettu 75,15 €, saaja Tornion kaupunki.",
            "1 € = 10,978 kr, kurssi 30.10.2026 (ECB)",
        ],
    );
}

async fn what_has_gone_back_is_shown_with_its_tax(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    let before = town.receipt_file(&booking, Language::Sv).await.bytes().await.expect("a file");
    town.clock.set("2026-11-03T16:00:00Z");
    assert_eq!(town.cancel(booking.id).await.refunds, [sek(686_13)]);
    let after = town.receipt_file(&booking, Language::Sv).await.bytes().await.expect("a file");
    assert_ne!(before, after);
    let back = [
        "Kvitto TORNIO-1",
        "Betalt: 1 372,25 kr till Haparanda kommun",
        "Återbetalt: 686,13 kr den 2026-11-03.",
        "Det motsvarar 62,50 € av priset, varav moms 13,5 %: 7,44 €.",
    ];
    says_in_order(&pdf_text(&after), &back);
}

async fn a_difference_has_a_receipt_of_its_own(town: &Town) {
    let booking = town.book(&town.ice_by_day(), aino(), EURO).await;
    town.try_move(booking.id, &town.ice_in_tornio()).await.expect("a time to pay for");
    town.pay(&booking, EURO).await;
    let moved = town.booking(booking.id).await;
    says_in_order(
        &town.receipt_text(&moved, Language::Fi).await,
        &[
            "Kuitti TORNIO-2",
            "Maksettu 30,00 €",
            "18.00–19.00 Suomen aikaa · 1 tunti, 125,00 € tunnilta (maanantai–perjantai 16.00–24.00) 110,13 € 13,5 % 125,00 €",
            "Yhteensä 125,00 € Maksettu aiemmin −95,00 € Erotus 30,00 €",
            "Arvonlisävero 13,5 %: 3,57 €, veroton hinta 26,43 €.",
        ],
    );
    // The first stands on the pages as it was.
    let token = town.services.secret.manage_token(booking.id);
    let address = format!("{}/fi/varaus/{token}/kuitti/1.pdf", town.base_url);
    let first = town.client.get(address).send().await.expect("an answer");
    assert_eq!(first.headers()["content-type"], "application/pdf");
    assert_eq!(first.headers()["content-disposition"], "inline; filename=\"TORNIO-1.pdf\"");
    let first = pdf_text(&first.bytes().await.expect("a file"));
    says_in_order(
        &first,
        &[
            "Kuitti TORNIO-1",
            "Maksettu 95,00 €",
            "14.00–15.00 Suomen aikaa · 1 tunti, 95,00 € tunnilta (maanantai–perjantai 0.00–16.00) 83,70 € 13,5 % 95,00 €",
        ],
    );
}

async fn it_is_tagged_and_the_same_each_time(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let answer = town.receipt_file(&booking, Language::Fi).await;
    assert_eq!(answer.headers()["content-type"], "application/pdf");
    let tag = answer.headers()["etag"].to_str().expect("a tag").to_owned();
    let file = answer.bytes().await.expect("a file");
    assert_eq!(pdf_fact(&file, "Tagged"), "yes");
    assert_eq!(pdf_fact(&file, "Title"), "Kuitti TORNIO-1");
    assert_eq!(pdf_fact(&file, "Pages"), "1");
    assert!(file.len() < 60_000, "{} bytes", file.len());
    assert_eq!(town.receipt_file(&booking, Language::Fi).await.bytes().await.expect("a file"), file);
    let path = format!("/bookings/{}/receipt.pdf", booking.id);
    let token = town.services.secret.manage_token(booking.id);
    let again = town.call(Method::GET, &path).bearer_auth(token).header("If-None-Match", tag);
    read(again.header("Accept-Language", "fi")).await.is(304);
}

async fn only_who_may_see_the_booking_sees_it(town: &Town) {
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    assert_eq!(town.receipt_file(&held, Language::Sv).await.status(), 404, "nothing is paid");
    let booking = town.book(&town.ice_by_day(), aino(), EURO).await;
    let path = format!("/bookings/{}/receipt.pdf", booking.id);
    town.ask(&path).await.is_problem(401, "token_missing");
    let another = town.services.secret.manage_token(held.id);
    read(town.call(Method::GET, &path).bearer_auth(another)).await.is_problem(404, "not_found");
}
