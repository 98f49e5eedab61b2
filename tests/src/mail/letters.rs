//! What bookers read.

use vayla_domain::{Language, booking::Who, money::EURO};

use crate::{Town, aino, asa, sek};

on_both_engines! {
    a_letter_speaks_the_bookers_language,
    the_link_in_a_letter_opens_the_booking,
    names_of_all_kinds_come_through,
    a_calendar_file_comes_with_the_booking_and_with_its_end,
}

async fn a_letter_speaks_the_bookers_language(town: &Town) {
    town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    town.book(&town.ice_in_haparanda(), aino(), EURO).await;
    let swedish = town.letter("Bokat: Torneå ishall – Hela isen, ").await;
    assert_eq!((swedish.to_name.as_str(), swedish.to_address.as_str()), ("Åsa Lindström", "asa@example.se"));
    assert!(swedish.subject.ends_with("18:00–19:00"), "{}", swedish.subject);
    for said in
        ["Hej Åsa Lindström!", "18:00–19:00, finsk tid", "17:00–18:00, svensk tid", "1\u{a0}372,25\u{a0}kr"]
    {
        assert!(swedish.text.contains(said), "{said} in {}", swedish.text);
    }
    let finnish = town.letter("Varattu: Norra Affärs Arena (jäähalli Kuben) – Koko jää, ").await;
    assert_eq!(finnish.to_name, "Aino Näätänen");
    for said in
        ["Hei Aino Näätänen!", "18.00–19.00, Ruotsin aikaa", "19.00–20.00, Suomen aikaa", "75,15\u{a0}€"]
    {
        assert!(finnish.text.contains(said), "{said} in {}", finnish.text);
    }
}

async fn the_link_in_a_letter_opens_the_booking(town: &Town) {
    for (who, path) in [(asa(), "/sv/bokning/"), (aino(), "/fi/varaus/")] {
        let time = town.ice_in_tornio().later(if who.language == Language::Sv { 0 } else { 60 });
        let booking = town.book(&time, who.clone(), EURO).await;
        let begins = format!("{}{path}", town.base_url);
        let letters = town.letters().await;
        let letter = letters.iter().find(|letter| letter.to_address == who.email).expect("a letter");
        let token = letter.text.lines().find_map(|line| line.strip_prefix(&begins)).expect("a link");
        assert_eq!(town.services.secret.read_token(token), Some(booking.id));
    }
}

async fn names_of_all_kinds_come_through(town: &Town) {
    let names = [
        "Åsa <script>alert(1)</script>",
        "Näätänen",
        "🏒 Isbjörnarna",
        "O'Brien, \"Bob\" \\ (Oulu)",
        "Ääööåå ".repeat(14).trim().to_owned().leak(),
    ];
    for (place, name) in (0..).zip(names) {
        let email = format!("booker{place}@example.org");
        let who = Who { name: name.to_owned(), email: email.clone(), ..aino() };
        town.book(&town.ice_in_tornio().later(60 * place - 600), who, EURO).await;
        let letters = town.letters().await;
        let letter = letters.iter().find(|letter| letter.to_address == email).expect("a letter");
        assert_eq!(letter.to_name, name);
        assert!(letter.text.starts_with(&format!("Hei {name}!\n")), "{}", letter.text);
    }
    assert_eq!(town.letters().await.len(), names.len());
}

async fn a_calendar_file_comes_with_the_booking_and_with_its_end(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let file = town.letter("Varattu: ").await.calendar.expect("a calendar file");
    assert_eq!(file.method, "PUBLISH");
    let uid = format!("UID:{}@vayla", booking.id);
    for line in [uid.as_str(), "METHOD:PUBLISH", "SEQUENCE:0", "STATUS:CONFIRMED"] {
        assert!(file.text.contains(line), "{line} in {}", file.text);
    }
    assert!(file.text.contains("DTSTART;TZID=Europe/Helsinki:20261104T180000"), "{}", file.text);
    town.cancel(booking.id).await;
    let file = town.letter("Peruttu: ").await.calendar.expect("a calendar file");
    assert_eq!(file.method, "CANCEL", "the letter announces what the file is");
    for line in [uid.as_str(), "METHOD:CANCEL", "SEQUENCE:1", "STATUS:CANCELLED"] {
        assert!(file.text.contains(line), "{line} in {}", file.text);
    }
}
