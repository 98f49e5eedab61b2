//! A booking is moved, as its booker sees it.

use vayla_domain::Language;

use super::{
    browser::{Form, Sheet, Visitor},
    contents::{contents, is_still},
};
use crate::Town;

on_both_engines! {
    a_resident_of_haparanda_moves_to_a_dearer_time_and_pays_in_kronor,
    a_resident_of_tornio_moves_to_a_cheaper_time_and_gets_euros_back,
    too_late_says_until_when_it_could,
    the_bank_takes_its_time_over_a_difference,
}

/// The page and its form with another time typed in, shown again with what that comes to.
pub async fn recount(visitor: &Visitor<'_>, token: &str, typed: &[(&str, &str)]) -> (Sheet, Form) {
    let path = visitor.page(token, "/flytta");
    let form = visitor.get(&path).await.form(&path).with(typed);
    let query: Vec<String> = form
        .fields
        .iter()
        .filter(|(name, _)| name != "quote")
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let shown = visitor.get(&format!("{path}?{}", query.join("&"))).await;
    let form = shown.form(&path);
    (shown, form)
}

pub async fn starts(town: &Town, visitor: &Visitor<'_>, token: &str) -> chrono::DateTime<chrono::Utc> {
    town.booking(visitor.id(token)).await.starts_at()
}

async fn a_resident_of_haparanda_moves_to_a_dearer_time_and_pays_in_kronor(town: &Town) {
    let asa = Visitor::new(town, Language::Sv);
    let day = town.ice_in_tornio().later(-240);
    let token = asa.book(&day, "SEK").await;
    let ticket = asa.get(&asa.page(&token, "")).await;
    let page = asa.get(&ticket.link("/flytta")).await;
    page.is(200).says("Flytta bokningen Torneå ishall – Hela isen Din tid nu: onsdag 4 november 2026 14:00–15:00 finsk tid 13:00–14:00 svensk tid");
    page.says("Du kan flytta bokningen till och med mån 2 nov. kl. 14:00 finsk tid (13:00 svensk tid).");
    assert_eq!(page.form("/flytta").value("time"), "14:00");
    page.says_not("Nytt pris"); // it is where it is

    let (shown, form) = recount(&asa, &token, &[("time", "18:00"), ("minutes", "90")]).await;
    shown.is(200).says("18:00–19:30 finsk tid 17:00–18:30 svensk tid");
    shown.says("Pris nu 95,00 € Nytt pris 187,50 € ≈ 2 058,38 kr Skillnad 92,50 € ≈ 1 015,47 kr");
    shown.says("Du betalar mellanskillnaden i nästa steg. Den nya tiden är reserverad för dig i 15 minuter");
    shown.says("1 € = 10,978 kr den 2026-10-30 (ECB)");
    assert_eq!(town.count("SELECT COUNT(*) FROM booking_change").await, 0, "looking takes nothing");

    let sent = asa.send(&form).await;
    assert_eq!(sent.location, Some(asa.page(&token, "/betala")));
    let pay = asa.follow(&sent).await;
    pay.is(200).says("Betala mellanskillnaden").says("onsdag 4 november 2026 18:00–19:30 finsk tid");
    pay.says("Tiden är reserverad för dig till 19:15 finsk tid 15 minuter kvar");
    pay.says("Tills du har betalat gäller tiden du har: Torneå ishall – Hela isen, onsdag 4 november 2026 14:00–15:00");
    pay.says("Betala 1 015,47 kr Betala 92,50 €");
    // Until it is paid the ticket shows the old time, and the new one that waits.
    let ticket = asa.get(&asa.page(&token, "")).await;
    ticket.says("Tiden är din").says("i Torneå 14:00–15:00 ons 4 nov. finsk tid");
    ticket.says("En ny tid är reserverad för dig till fre 30 okt. kl. 19:15 finsk tid (18:15 svensk tid).");
    assert!(!ticket.links("/betala").is_empty());

    let terminal = asa.follow(&asa.send(&pay.form("/betala").pressed("SEK")).await).await;
    terminal.is(200).says("1 015,47 kr");
    let ticket = asa.play(&terminal, "pay").await;
    ticket.is(200).says("Tiden är din").says("i Torneå 18:00–19:30 ons 4 nov. finsk tid");
    ticket.says("i Haparanda 17:00–18:30 ons 4 nov. svensk tid").says_not("En ny tid är reserverad");
    ticket.says("Betalt 1 042,91 kr för 95,00 €. 1 € = 10,978 kr den 2026-10-30 (ECB).");
    ticket.says("1 015,47 kr för 92,50 €. 1 € = 10,978 kr den 2026-10-30 (ECB).");

    let receipts = ticket.links("/kvitto");
    assert_eq!(receipts.len(), 2, "{receipts:?}");
    let first = asa.get(&receipts[0]).await;
    first
        .is(200)
        .says("Kvitto TORNIO-1")
        .says("2026-11-04 14:00–15:00 finsk tid · 1 timme, 95,00 € i timmen (måndag–fredag 00:00–16:00) 83,70 € 13,5 % 95,00 € Summa 95,00 €");
    first.says("Moms 13,5 %: 11,30 € på 83,70 €.").says("Betalt: 1 042,91 kr").says_not("Redan betalt");
    let second = asa.get(&receipts[1]).await;
    second
        .is(200)
        .says("Kvitto TORNIO-2")
        .says("18:00–19:30 finsk tid · 1 tim 30 min, 125,00 € i timmen (måndag–fredag 16:00–24:00) 165,20 € 13,5 % 187,50 € Summa 187,50 €");
    second.says("Redan betalt −95,00 € Mellanskillnad 92,50 €").says("Moms 13,5 %: 11,00 € på 81,50 €.");
    second.says("Betalt: 1 015,47 kr till Haparanda kommun");
    assert_eq!(asa.get(&asa.page(&token, "/kvitto")).await.title(), second.title(), "the latest");
    asa.get(&format!("{}/3", asa.page(&token, "/kvitto"))).await.is(404);
    let letter = town.letter("Flyttat: Torneå ishall – Hela isen, ons 4 nov. 18:00–19:30").await;
    assert!(
        letter.text.contains("Du har betalat mellanskillnaden, 1\u{a0}015,47\u{a0}kr."),
        "{}",
        letter.text
    );
    let calendar = asa.get(&ticket.link("/kalender.ics")).await;
    assert!(calendar.html.contains("SEQUENCE:1\r\n") && calendar.html.contains("20261104T193000"));
}

async fn a_resident_of_tornio_moves_to_a_cheaper_time_and_gets_euros_back(town: &Town) {
    let aino = Visitor::new(town, Language::Fi);
    let at = |space: &str| town.wall_time("putaan-liikuntahalli", space, "2026-11-07 12:00", 60);
    let token = aino.book(&at("u-hela"), "EUR").await;
    let typed = [("space", "u-halv-a"), ("time", "12.30")];
    let (shown, form) = recount(&aino, &token, &typed).await;
    shown.is(200).says("Nykyinen aikasi: lauantai 7. marraskuuta 2026 12.00–13.00 Suomen aikaa");
    shown.says("12.30–13.30 Suomen aikaa 11.30–12.30 Ruotsin aikaa");
    shown.says("Nykyinen hinta 96,15 € Uusi hinta 58,00 € ≈ 636,72 kr Erotus −38,15 €");
    shown.says("Palautamme 38,15 € samalla maksutavalla, jolla maksoit.");
    let ticket = aino.follow(&aino.send(&form).await).await;
    ticket.is(200).says("Vuoro on sinun").says("Torniossa 12.30–13.30 la 7.11. Suomen aikaa");
    ticket.says("Sinulle palautetaan 38,15 €.");
    let receipt = aino.get(&ticket.link("/kuitti")).await;
    receipt.says("Kuitti TORNIO-1").says("96,15 €").says("Palautettu 38,15 €, 30.10.2026.");
    let letter = town.letter("Siirretty: ").await;
    assert!(letter.text.contains("Palautamme 38,15\u{a0}€"), "{}", letter.text);
    // What is left goes back when it is cancelled.
    aino.get(&aino.page(&token, "/avboka")).await.says("Saat takaisin 58,00 €.");
}

async fn too_late_says_until_when_it_could(town: &Town) {
    for (language, minutes) in [(Language::Sv, 0), (Language::Fi, 60)] {
        town.clock.set("2026-10-30T17:00:00Z");
        let visitor = Visitor::new(town, language);
        let ice = town.ice_in_tornio().later(minutes);
        let token = visitor.book(&ice, "EUR").await;
        let (_, form) = recount(&visitor, &token, &[("time", "14")]).await;
        town.clock.set_to(ice.start - chrono::TimeDelta::hours(48) + chrono::TimeDelta::seconds(1));
        let before = contents(town).await;
        let ticket = visitor.get(&visitor.page(&token, "")).await;
        assert!(ticket.links(&visitor.page(&token, "/flytta")).is_empty());
        let said = match language {
            Language::Sv => {
                "till och med mån 2 nov. kl. 18:00 finsk tid (17:00 svensk tid). Nu går den bara att avboka."
            }
            Language::Fi => {
                "viimeistään ma 2.11. klo 19.00 Suomen aikaa (18.00 Ruotsin aikaa). Nyt sen voi vain perua."
            }
        };
        visitor.get(&visitor.page(&token, "/flytta")).await.is(422).says(said);
        visitor.send(&form).await.is(422).says(said);
        town.clock.set_to(ice.start);
        visitor.send(&form).await.is(422).says(&visitor.words().problem_move_begun());
        is_still(town, &before).await;
    }
}

async fn the_bank_takes_its_time_over_a_difference(town: &Town) {
    for (language, minutes) in [(Language::Sv, 0), (Language::Fi, 1440)] {
        let visitor = Visitor::new(town, language);
        let w = visitor.words();
        let ice = town.ice_in_tornio().later(minutes);
        let token = visitor.book(&ice.later(-240), "EUR").await;
        for taken in [true, false] {
            let (_, form) = recount(&visitor, &token, &[("time", "18")]).await;
            visitor.send(&form).await.is(303);
            let terminal = visitor.to_terminal(&token, "EUR").await;
            let waiting = visitor.play(&terminal, "late").await;
            waiting.is(200).says(&w.ticket_confirmed()).says(&w.move_waiting()).says(&w.ticket_look_again());
            let other = if taken { Some(visitor.book(&ice, "EUR").await) } else { None };
            town.clock.advance(chrono::TimeDelta::seconds(10));
            town.deliver().await;
            let page = visitor.get(&waiting.address).await;
            page.says(&w.ticket_confirmed())
                .says_not(&w.move_waiting())
                .says(&w.ticket_move_too_late("30,00 €"));
            let expected = if taken { ice.later(-240).start } else { ice.start };
            assert_eq!(starts(town, &visitor, &token).await, expected, "taken: {taken}");
            if let Some(other) = other {
                visitor.post::<&str, &str>(&visitor.page(&other, "/avboka"), &[]).await.is(303);
            }
        }
    }
}
