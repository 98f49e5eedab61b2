//! The whole way, from the search to the cancellation, across the river in each direction.

use vayla_domain::{Language, booking::BookingState};

use super::{browser::Visitor, shortcuts::token};
use crate::Town;

on_both_engines! {
    a_resident_of_haparanda_books_tornio_ice_in_swedish,
    a_resident_of_tornio_books_haparanda_ice_in_finnish,
    a_free_time_is_booked_without_payment,
}

async fn a_resident_of_haparanda_books_tornio_ice_in_swedish(town: &Town) {
    let asa = Visitor::new(town, Language::Sv);
    let found = asa.get("/sv/?kind=ice&town=tornio&date=4/11&from=18&minutes=60").await;
    found.is(200).says("ons 4 nov. 18:00–19:00 finsk tid 17:00–18:00 svensk tid Torneå ishall");
    found.says("Hela isen 125,00 € ≈ 1 372,25 kr Boka").says("1 € = 10,978 kr den 2026-10-30 (ECB)");
    assert_eq!(found.title(), "Lediga tider – Väylä");

    let choose = asa.get(&found.link("start=")).await;
    choose.is(200).says("onsdag 4 november 2026 18:00–19:00 finsk tid 17:00–18:00 svensk tid");
    choose.says("125,00 € ≈ 1 372,25 kr Varav moms 13,5 %: 14,87 €.");
    choose.says("1 € = 10,978 kr den 2026-10-30 (ECB)");
    assert_eq!(town.count("SELECT COUNT(*) FROM booking").await, 0, "looking takes nothing");

    let sent = asa.send(&choose.form("/hela-isen")).await;
    let token = token(&sent);
    let details = asa.follow(&sent).await;
    details.is(200).says("Torneå ishall – Hela isen onsdag 4 november 2026 18:00–19:00 finsk tid");
    details.says("Tiden är reserverad för dig till 19:15 finsk tid 15 minuter kvar");
    details.says("125,00 € 1 372,25 kr").says_not("≈");
    let typed = [
        ("name", "Åsa Lindström"),
        ("email", "asa@example.se"),
        ("phone", "+46 70 123 45 67"),
        ("purpose", "Träning"),
        ("people", "12"),
    ];
    let sent = asa.send(&details.form("/uppgifter").with(&typed)).await;

    let check = asa.follow(&sent).await;
    check.is(200).says("Namn Åsa Lindström").says("E-postadress asa@example.se");
    check.says("+46 70 123 45 67").says("Träning").says("12").says("Vuxna").says("Idrott och motion");
    check.says(
        "125,00 € eller 1 372,25 kr. 1 € = 10,978 kr den 2026-10-30 (ECB). Varav moms 13,5 %: 14,87 €.",
    );
    check.says("Du kan avboka utan kostnad till och med mån 2 nov. kl. 18:00 finsk tid (17:00 svensk tid).");

    let pay = asa.follow(&asa.send(&check.form("/granska")).await).await;
    pay.is(200).says("Betala 1 372,25 kr Betala 125,00 €");
    assert_eq!(pay.form("/betala").buttons[0].1, "SEK", "the payer's own currency comes first");
    assert_eq!(town.state(asa.id(&token)).await, BookingState::Held);

    let terminal = asa.follow(&asa.send(&pay.form("/betala").pressed("SEK")).await).await;
    terminal.is(200).says("Testbetalning 1 372,25 kr Till Haparanda kommun");
    let ticket = asa.play(&terminal, "pay").await;
    ticket.is(200).says("Tiden är din").says("Bekräftelsen skickas till asa@example.se.");
    ticket.says("i Haparanda 17:00–18:00 ons 4 nov. svensk tid");
    ticket.says("i Torneå 18:00–19:00 ons 4 nov. finsk tid");
    ticket.says("Betalt 1 372,25 kr för 125,00 €. 1 € = 10,978 kr den 2026-10-30 (ECB).");
    let booking = town.booking(asa.id(&token)).await;
    ticket.says(&booking.reference);
    let paid = [
        "haparanda: clearing / due_to:tornio 1372.25 SEK (125.00 EUR)",
        "tornio: due_from:haparanda / vat 14.87 EUR (14.87 EUR)",
        "tornio: due_from:haparanda / income 110.13 EUR (110.13 EUR)",
    ];
    assert_eq!(town.postings(booking.id).await, paid);

    let receipt = asa.get(&ticket.link("/kvitto")).await;
    receipt
        .is(200)
        .says("Kvitto TORNIO-1 Tornion kaupunki FO-nummer (finskt organisationsnummer) 0193524-6 Suensaarenkatu 4, 95400 Tornio");
    receipt.says("Betaldatum 2026-10-30 Kvittonummer TORNIO-1").says("Köpare Åsa Lindström");
    receipt.says("2026-11-04 18:00–19:00 finsk tid · 1 timme, 125,00 € i timmen (måndag–fredag 16:00–24:00) 110,13 € 13,5 % 125,00 € Summa 125,00 €");
    receipt.says("Moms 13,5 %: 14,87 € på 110,13 €.").says("Betalt: 1 372,25 kr till Haparanda kommun");
    receipt.says("1 € = 10,978 kr den 2026-10-30 (ECB)");

    let calendar = asa.get(&ticket.link("/kalender.ics")).await;
    calendar.is(200);
    assert_eq!(calendar.header("content-type"), "text/calendar; charset=utf-8");
    for line in [
        "DTSTART;TZID=Europe/Helsinki:20261104T180000\r\n",
        "DTEND;TZID=Europe/Helsinki:20261104T190000\r\n",
        "STATUS:CONFIRMED\r\n",
        "SUMMARY:Torneå ishall – Hela isen\r\n",
    ] {
        assert!(calendar.html.contains(line), "{line}: {}", calendar.html);
    }

    let cancel = asa.get(&ticket.link("/avboka")).await;
    cancel.is(200).says("Vill du avboka?").says("Du får tillbaka 1 372,25 kr.");
    assert_eq!(town.state(booking.id).await, BookingState::Confirmed, "a link never cancels");
    let ticket = asa.follow(&asa.send(&cancel.form("/avboka")).await).await;
    ticket.is(200).says("Avbokat").says("Tillbaka till dig: 1 372,25 kr.");
    assert!(ticket.links("/avboka").is_empty() && ticket.links("/kalender").is_empty());
    asa.get(&receipt.address).await.says("Återbetalt: 1 372,25 kr den 2026-10-30.");
    assert!(asa.get(&calendar.address).await.html.contains("STATUS:CANCELLED\r\n"));
    let postings = town.postings(booking.id).await;
    assert_eq!(postings[..3], paid);
    assert_eq!(
        postings[3..],
        [
            "haparanda: due_to:tornio / clearing 1372.25 SEK (125.00 EUR)",
            "tornio: vat / due_from:haparanda 14.87 EUR (14.87 EUR)",
            "tornio: income / due_from:haparanda 110.13 EUR (110.13 EUR)",
        ]
    );
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 0);
    asa.hold(&town.ice_in_tornio()).await;
}

async fn a_resident_of_tornio_books_haparanda_ice_in_finnish(town: &Town) {
    let aino = Visitor::new(town, Language::Fi);
    let found = aino.get("/fi/?kind=ice&town=haparanda&date=4.11.&from=18&minutes=60").await;
    found.is(200).says("ke 4.11. 18.00–19.00 Ruotsin aikaa 19.00–20.00 Suomen aikaa Norra Affärs Arena");
    found.says("Koko jää 825,00 kr ≈ 75,15 € Varaa").says("1 € = 10,978 kr, kurssi 30.10.2026 (ECB)");

    let choose = aino.get(&found.link("norra-affars-arena/hela-isen?start=")).await;
    choose.is(200).says("keskiviikko 4. marraskuuta 2026 18.00–19.00 Ruotsin aikaa 19.00–20.00 Suomen aikaa");
    choose.says("825,00 kr ≈ 75,15 € Arvonlisäveroton.");

    let sent = aino.send(&choose.form("/hela-isen")).await;
    let token = token(&sent);
    let details = aino.follow(&sent).await;
    details.is(200).says("Aika on varattuna sinulle klo 18.15 asti Ruotsin aikaa 15 minuuttia jäljellä");
    let typed = [("name", "Aino Näätänen"), ("email", "aino@example.fi")];
    let check = aino.follow(&aino.send(&details.form("/tiedot").with(&typed)).await).await;
    check.is(200).says("825,00 kr tai 75,15 €. 1 € = 10,978 kr, kurssi 30.10.2026 (ECB). Arvonlisäveroton.");
    check.says("Voit perua maksutta viimeistään ma 2.11. klo 18.00 Ruotsin aikaa (19.00 Suomen aikaa).");

    let pay = aino.follow(&aino.send(&check.form("/tarkista")).await).await;
    pay.is(200).says("Maksa 75,15 € Maksa 825,00 kr");
    let terminal = aino.follow(&aino.send(&pay.form("/maksa").pressed("EUR")).await).await;
    terminal.is(200).says("Testimaksu 75,15 € Saaja: Tornion kaupunki");
    let ticket = aino.play(&terminal, "pay").await;
    ticket.is(200).says("Vuoro on sinun").says("osoitteeseen aino@example.fi.");
    ticket.says("Haaparannalla 18.00–19.00 ke 4.11. Ruotsin aikaa");
    ticket.says("Torniossa 19.00–20.00 ke 4.11. Suomen aikaa");
    ticket.says("Maksettu 75,15 €, hinta 825,00 kr. 1 € = 10,978 kr, kurssi 30.10.2026 (ECB).");
    let booking = town.booking(aino.id(&token)).await;
    assert_eq!(
        town.postings(booking.id).await,
        [
            "tornio: clearing / due_to:haparanda 75.15 EUR (825.00 SEK)",
            "haparanda: due_from:tornio / income 825.00 SEK (825.00 SEK)",
        ]
    );

    let receipt = aino.get(&ticket.link("/kuitti")).await;
    receipt.is(200).says("Kuitti HAPARANDA-1 Haparanda kommun").says("Organisaationumero 212000-2775");
    receipt.says("Maksupäivä 30.10.2026 Kuitin numero HAPARANDA-1").says("Ostaja Aino Näätänen");
    receipt.says("4.11.2026 18.00–19.00 Ruotsin aikaa · 1 tunti, 825,00 kr tunnilta (maanantai–perjantai 16.00–24.00) 825,00 kr ei alv:a 825,00 kr Yhteensä 825,00 kr");
    receipt.says("Arvonlisäveroton.").says("Maksettu 75,15 €, saaja Tornion kaupunki.");
    receipt.says("1 € = 10,978 kr, kurssi 30.10.2026 (ECB)");

    let calendar = aino.get(&ticket.link("/kalenteri.ics")).await;
    assert!(calendar.html.contains("DTSTART;TZID=Europe/Stockholm:20261104T180000\r\n"), "{}", calendar.html);
    assert!(calendar.html.contains("SUMMARY:Norra Affärs Arena (jäähalli Kuben) – Koko jää\r\n"));

    // Less than two days before, half of it comes back.
    town.clock.set("2026-11-03T09:00:00Z");
    let cancel = aino.get(&ticket.link("/peru")).await;
    cancel.is(200).says("Saat takaisin 37,58 €.");
    let ticket = aino.follow(&aino.send(&cancel.form("/peru")).await).await;
    ticket.is(200).says("Peruttu").says("Sinulle palautetaan 37,58 €.");
    aino.get(&receipt.address).await.says("Palautettu 37,58 €, 3.11.2026.");
    assert_eq!(
        town.postings(booking.id).await[2..],
        [
            "tornio: due_to:haparanda / clearing 37.58 EUR (412.50 SEK)",
            "haparanda: income / due_from:tornio 412.50 SEK (412.50 SEK)",
        ]
    );
}

async fn a_free_time_is_booked_without_payment(town: &Town) {
    for (language, hour) in [(Language::Sv, "2026-11-04 18:00"), (Language::Fi, "2026-11-04 17:00")] {
        let visitor = Visitor::new(town, language);
        let w = visitor.words();
        let time = town.wall_time("strandplan-naridrottsplats", "beachvolley", hour, 60);
        let form = visitor.choose_form(&time).await.with(&[("group", "youth")]);
        let token = token(&visitor.send(&form).await);
        let check = visitor.tell_details(&token).await;
        check.says(&w.check_submit_free()).says(&w.price_free()).says_not("0,00");
        let path = visitor.page(&token, "/granska");
        let ticket = visitor.follow(&visitor.send(&check.form(&path)).await).await;
        ticket.is(200).says(&w.ticket_confirmed()).says(&w.price_free());
        assert!(
            ticket.links(&visitor.page(&token, "/kvitto")).is_empty(),
            "nothing is paid, nothing receipted"
        );
        visitor.get(&visitor.page(&token, "/kvitto")).await.is(404);
        assert_eq!(town.state(visitor.id(&token)).await, BookingState::Confirmed);
        assert_eq!(town.postings(visitor.id(&token)).await, [""; 0]);
        // Sent once more, or on to the payment: there is nothing left to do.
        assert_eq!(visitor.post::<&str, &str>(&path, &[]).await.location, Some(visitor.page(&token, "")));
        let pay = visitor.post(&visitor.page(&token, "/betala"), &[("currency", "EUR")]).await;
        assert_eq!(pay.location, Some(visitor.page(&token, "")));
        let cancel = visitor.get(&visitor.page(&token, "/avboka")).await;
        cancel.is(200).says_not("0,00");
        visitor
            .follow(&visitor.send(&cancel.form(&visitor.page(&token, "/avboka"))).await)
            .await
            .says(&w.ticket_cancelled());
    }
    assert_eq!(town.count("SELECT COUNT(*) FROM payment").await, 0);
    assert_eq!(town.letters().await.len(), 4);
}
