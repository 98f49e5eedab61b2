//! What the town takes back nobody has given back: they are told, and wait as before.

use uuid::Uuid;
use vayla_domain::{Language, money::EURO};
use vayla_services::{
    booking::{self, Booking, BookingState},
    closure::{self, Fate},
    staff::Staff,
    waiting::{Entry, WaitingState},
};

use super::shortcuts::{broken, exactly, person};
use crate::{Letter, Time, Town, aino, asa};

on_both_engines! {
    whoever_loses_an_offered_hold_through_staff_is_told_and_asked_again,
    whoever_loses_an_offered_hold_through_a_closure_is_told_and_asked_when_it_ends,
    whoever_loses_what_an_offer_led_to_is_in_line_as_before,
    whoever_the_town_moves_away_is_asked_about_the_old_time,
    what_has_begun_is_waited_for_no_more,
}

impl Town {
    /// Somebody's offer of a time that has been cancelled.
    async fn offered(&self, time: &Time, entry: &Entry, booked: &Booking) -> Booking {
        self.cancel(booked.id).await;
        self.deliver().await;
        self.is_offered(entry, time).await
    }

    async fn takes_back(&self, booking: Uuid) {
        let staff = Staff::operator();
        booking::cancel_by_staff(&self.services, &staff, booking, &broken()).await.expect("to cancel it");
    }

    fn has_link_of(&self, letter: &Letter, path: &str, entry: &Entry) {
        let link = format!("{path}{}", self.services.secret.waiting_token(entry.id));
        assert!(letter.text.contains(&link), "{link} in {}", letter.text);
    }
}

async fn whoever_loses_an_offered_hold_through_staff_is_told_and_asked_again(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    let first = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    let second = town.wait(exactly(&time), person("Eino", Language::Fi)).await;
    let held = town.offered(&time, &first, &booked).await;
    town.takes_back(held.id).await;
    assert!(!town.is_free(&time).await, "it is kept for those in line, and she is the first");
    let letter = town.letter("Inställt: Torneå ishall – Hela isen, ").await;
    assert_eq!(letter.to_address, "elsa@example.org");
    for said in
        ["ta tillbaka tiden som vi höll åt dig", "Orsak: Ismaskinen är trasig.", "samma plats som förut"]
    {
        assert!(letter.text.contains(said), "{said} in {}", letter.text);
    }
    assert!(letter.calendar.is_none(), "no calendar has it");
    town.has_link_of(&letter, "/sv/ko/", &first);
    town.is_offered(&first, &time).await;
    town.is_not_offered(&second).await;
}

async fn whoever_loses_an_offered_hold_through_a_closure_is_told_and_asked_when_it_ends(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, asa(), EURO).await;
    let entry = town.wait(exactly(&time), person("Eino", Language::Fi)).await;
    let held = town.offered(&time, &entry, &booked).await;
    let closure = town.close_around(&time, [(held.id, Fate::Cancel)]).await;
    let letter = town.letter("Vuorosi on peruttu: Tornion jäähalli – Koko jää, ").await;
    assert_eq!(letter.to_address, "eino@example.org");
    for said in ["joka oli varattuna sinulle", "Syy: Jääkone on rikki.", "samalla paikalla kuin ennen"] {
        assert!(letter.text.contains(said), "{said} in {}", letter.text);
    }
    town.has_link_of(&letter, "/fi/jono/", &entry);
    assert_eq!(town.waits(&entry).await, WaitingState::Waiting);
    closure::end(&town.services, &Staff::operator(), closure.id).await.expect("to end it");
    town.deliver().await;
    town.is_offered(&entry, &time).await;
}

async fn whoever_loses_what_an_offer_led_to_is_in_line_as_before(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, asa(), EURO).await;
    let first = town.wait(exactly(&time), person("Eino", Language::Fi)).await;
    let second = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    let held = town.offered(&time, &first, &booked).await;
    town.pay(&held, EURO).await;
    assert_eq!(town.waits(&first).await, WaitingState::Done);
    let closure = town.close_around(&time, [(held.id, Fate::Cancel)]).await;
    assert_eq!(town.state(held.id).await, BookingState::Cancelled);
    let letter = town.letter("Vuorosi on peruttu: Tornion jäähalli – Koko jää, ").await;
    for said in [held.reference.as_str(), "125,00\u{a0}€", "samalla paikalla kuin ennen"] {
        assert!(letter.text.contains(said), "{said} in {}", letter.text);
    }
    assert_eq!(letter.calendar.as_ref().map(|file| file.method.as_str()), Some("CANCEL"));
    town.has_link_of(&letter, "/fi/jono/", &first);
    assert_eq!(town.waits(&first).await, WaitingState::Waiting);
    closure::end(&town.services, &Staff::operator(), closure.id).await.expect("to end it");
    town.deliver().await;
    let again = town.is_offered(&first, &time).await;
    town.is_not_offered(&second).await;
    // What they give back themselves they aren't asked about again.
    town.pay(&again, EURO).await;
    town.cancel(again.id).await;
    assert_eq!(town.waits(&first).await, WaitingState::Done);
    town.deliver().await;
    town.is_offered(&second, &time).await;
}

async fn whoever_the_town_moves_away_is_asked_about_the_old_time(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, person("Elsa", Language::Sv), EURO).await;
    let entry = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    let to = time.later(60).target();
    booking::move_by_staff(&town.services, &Staff::operator(), booked.id, &to, &broken())
        .await
        .expect("a move");
    town.deliver().await;
    town.is_offered(&entry, &time).await;
}

async fn what_has_begun_is_waited_for_no_more(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    let entry = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    let held = town.offered(&time, &entry, &booked).await;
    town.pay(&held, EURO).await;
    town.clock.set_to(time.start + chrono::TimeDelta::minutes(30));
    town.takes_back(held.id).await; // the lights go out
    assert_eq!(town.waits(&entry).await, WaitingState::Done);
    assert!(!town.letter("Inställt: ").await.text.contains("/sv/ko/"));
}
