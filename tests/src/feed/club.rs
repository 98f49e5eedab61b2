//! A club's times, to be passed on to its members.

use vayla_domain::{Language, money::EURO};

use super::follower::{follow, talkative};
use crate::{Town, asa};

on_both_engines! {
    a_clubs_times_are_passed_on_without_the_booker,
    members_see_what_is_cancelled,
}

async fn a_clubs_times_are_passed_on_without_the_booker(town: &Town) {
    let training = town.book_for_club(&town.ice_in_tornio(), talkative()).await;
    let unnamed = town.book_for_club(&town.ice_in_tornio().later(120), asa()).await;
    let own = town.book(&town.ice_in_tornio().later(60), talkative(), EURO).await;
    let links = town.links(Language::Sv, "asa@example.se").await;
    let [person, club] = &links[..] else { panic!("two links, and not {links:?}") };
    assert_eq!(follow(town, person).await.events().len(), 3);

    let calendar = follow(town, club).await;
    calendar.has("NAME:Föreningens tider – Väylä").has("METHOD:PUBLISH");
    for booking in [&training, &unnamed, &own] {
        calendar.tells_nothing_of(town, booking);
    }
    let events = calendar.events();
    assert_eq!(events.len(), 2, "{events:#?}");
    events[0].has("SUMMARY:Träning P12\\; mål\\, lek\\\\allvar – Torneå ishall – Hela isen");
    events[0].has("DTSTART;TZID=Europe/Helsinki:20261104T180000");
    assert_eq!((events[0].of("DESCRIPTION"), events[0].of("URL")), (None, None));
    events[1].has("SUMMARY:Torneå ishall – Hela isen");
}

async fn members_see_what_is_cancelled(town: &Town) {
    let training = town.book_for_club(&town.ice_in_tornio(), talkative()).await;
    let club = town.links(Language::Fi, "asa@example.se").await.remove(1);
    let before = follow(town, &club).await.event();
    town.cancel(training.id).await;
    let after = follow(town, &club).await;
    after.tells_nothing_of(town, &training);
    let after = after.event();
    assert_eq!(after.of("UID"), before.of("UID"));
    after.has("STATUS:CANCELLED").has("SEQUENCE:1");
    assert!(after.of("SUMMARY").is_some_and(|summary| summary.starts_with("Peruttu: Träning")), "{after:#?}");
}
