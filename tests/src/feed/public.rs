//! When a space or a facility is taken, for anybody.

use vayla_domain::{Language, money::EURO};

use super::follower::{Followed, follow, talkative};
use crate::{Town, aino, pages::browser::Visitor};

on_both_engines! {
    anybody_follows_when_a_space_is_taken_and_not_by_whom,
    a_hall_that_is_taken_is_taken_in_each_of_its_parts,
    the_api_leads_to_the_same_calendars,
}

/// The links on a facility's page: of the whole, then of each space.
pub(super) async fn links(town: &Town, language: Language, facility: &str) -> Vec<String> {
    let places = match language {
        Language::Sv => "sv/anlaggningar",
        Language::Fi => "fi/liikuntapaikat",
    };
    let page = Visitor::new(town, language).get(&format!("/{places}/{facility}")).await;
    page.is(200).links("/api/v1/feeds/")
}

fn starts(calendar: &Followed) -> Vec<String> {
    let start = "DTSTART;TZID=Europe/Helsinki";
    calendar.events().iter().map(|event| event.of(start).expect("a start").to_owned()).collect()
}

async fn anybody_follows_when_a_space_is_taken_and_not_by_whom(town: &Town) {
    let taken = town.book(&town.ice_in_tornio(), talkative(), EURO).await;
    town.book(&town.ice_in_haparanda(), talkative(), EURO).await;
    let cancelled = town.book(&town.ice_in_tornio().later(120), talkative(), EURO).await;
    town.hold(town.ice_in_tornio().later(60).request_by(talkative())).await;
    for (language, name, place, said) in [
        (Language::Sv, "Torneå ishall", "Torneå ishall – Hela isen", "Upptaget: Hela isen"),
        (Language::Fi, "Tornion jäähalli", "Tornion jäähalli – Koko jää", "Varattu: Koko jää"),
    ] {
        let links = links(town, language, "tornion-jaahalli").await;
        let [facility, space] = &links[..] else { panic!("two links, and not {links:?}") };
        for (link, name) in [(facility, name), (space, place)] {
            let calendar = follow(town, link).await;
            calendar.has(&format!("NAME:{name}")).has("METHOD:PUBLISH").tells_nothing_of(town, &taken);
            assert!(!calendar.text.contains("Träning"), "{}", calendar.text);
            let event = calendar.events().remove(0);
            event.has(&format!("SUMMARY:{said}")).has("DTSTART;TZID=Europe/Helsinki:20261104T180000");
            event.has("TRANSP:TRANSPARENT").has("STATUS:CONFIRMED");
            assert_eq!((event.of("DESCRIPTION"), event.of("URL")), (None, None));
            let expected: &[&str] = match language {
                Language::Sv => &["20261104T180000", "20261104T200000"],
                Language::Fi => &["20261104T180000"],
            };
            assert_eq!(starts(&calendar), expected, "confirmed, not held, not cancelled");
        }
        if language == Language::Sv {
            town.cancel(cancelled.id).await;
        }
    }
}

async fn a_hall_that_is_taken_is_taken_in_each_of_its_parts(town: &Town) {
    let time = |space, start| town.wall_time("tornion-jalkapallohalli", space, start, 60);
    town.book(&time("hela-planen", "2026-11-04 18:00"), aino(), EURO).await;
    town.book(&time("halva-1", "2026-11-04 19:00"), aino(), EURO).await;
    town.book(&time("halva-2", "2026-11-04 20:00"), aino(), EURO).await;
    let links = links(town, Language::Fi, "tornion-jalkapallohalli").await;
    let [facility, whole, one, other] = &links[..] else { panic!("four links, and not {links:?}") };
    let all: &[&str] = &["20261104T180000", "20261104T190000", "20261104T200000"];
    for (link, expected) in [(facility, all), (whole, all), (one, &all[..2]), (other, &[all[0], all[2]])] {
        assert_eq!(starts(&follow(town, link).await), expected);
    }
    let events = follow(town, one).await.events();
    events[0].has("SUMMARY:Varattu: Koko kenttä");
    events[1].has("SUMMARY:Varattu: Puoli kenttää\\, puolisko 1");
}

async fn the_api_leads_to_the_same_calendars(town: &Town) {
    let space = town.ice_in_tornio().space;
    let ask = async |path: String| {
        let url = format!("{}/api/v1{path}", town.base_url);
        town.client.get(url).send().await.expect("an answer").json::<serde_json::Value>().await.expect("JSON")
    };
    let facility = ask(format!("/facilities/{}", space.facility.id)).await;
    let space = ask(format!("/spaces/{}", space.id)).await;
    for language in Language::ALL {
        let links = links(town, language, "tornion-jaahalli").await;
        let code = language.code();
        assert_eq!(facility["calendar"][code], links[0].as_str());
        assert_eq!(space["calendar"][code], links[1].as_str());
    }
}
