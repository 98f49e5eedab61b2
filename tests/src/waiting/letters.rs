//! What those in line are written.

use vayla_domain::{Language, money::EURO};

use super::shortcuts::{exactly, person, thursday_evening};
use crate::{Town, aino};

on_both_engines! {
    those_in_line_are_written_to_in_their_own_language,
    whoever_joins_is_told_for_what,
}

async fn those_in_line_are_written_to_in_their_own_language(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    let first = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    let second = town.wait(exactly(&time), person("Eino", Language::Fi)).await;
    town.cancel(booked.id).await;
    let letter = town.letter("Din tur i kön: ").await;
    assert_eq!(letter.to_address, "elsa@example.org");
    let held = town.is_offered(&first, &time).await;
    let secret = &town.services.secret;
    let says = |text: &str, expected: &str| {
        let text = text.replace('\u{a0}', " ");
        assert!(text.contains(expected), "“{expected}” isn't in {text}");
    };
    says(&letter.text, "Hej Elsa!");
    says(&letter.text, "18:00–19:00, finsk tid");
    says(&letter.text, "17:00–18:00, svensk tid");
    says(&letter.text, "125,00 € eller 1 372,25 kr");
    // Two hours after seven in the evening.
    says(&letter.text, "Vi håller den åt dig till fre 30 okt. kl. 21:00 finsk tid.");
    says(&letter.text, &format!("/sv/bokning/{}", secret.manage_token(held.id)));
    says(&letter.text, &format!("/sv/ko/{}", secret.waiting_token(first.id)));
    town.cancel(held.id).await;
    let letter = town.letter("Sinulle on vapautunut aika: ").await;
    assert_eq!(letter.to_address, "eino@example.org");
    let held = town.is_offered(&second, &time).await;
    says(&letter.text, "Hei Eino!");
    says(&letter.text, "18.00–19.00, Suomen aikaa");
    says(&letter.text, "125,00 € tai 1 372,25 kr");
    says(&letter.text, "Vahvista varaus viimeistään pe 30.10. klo 21.00 Suomen aikaa.");
    says(&letter.text, &format!("/fi/varaus/{}", secret.manage_token(held.id)));
    says(&letter.text, &format!("/fi/jono/{}", secret.waiting_token(second.id)));
}

async fn whoever_joins_is_told_for_what(town: &Town) {
    let evening = town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-05 18:00", 180);
    town.book(&evening, aino(), EURO).await;
    town.wait(thursday_evening("tornio"), person("Elsa", Language::Sv)).await;
    let entry = town.wait(thursday_evening("tornio"), person("Eino", Language::Fi)).await;
    let letter = town.letter("Du står i kö: Is, Torneå").await;
    for line in ["nummer 1", "torsdag 5 november 2026", "18:00–21:00, 1 timme"] {
        assert!(letter.text.contains(line), "{line} in {}", letter.text);
    }
    let letter = town.letter("Olet jonossa: ").await;
    let link = format!("{}/fi/jono/{}", town.base_url, town.services.secret.waiting_token(entry.id));
    for line in ["sijalla 2", "18.00–21.00, 1 tunti", link.as_str()] {
        assert!(letter.text.contains(line), "{line} in {}", letter.text);
    }
}
