//! The links to somebody's own calendar go to their own mail, and nowhere else.

use tokio::join;
use vayla_domain::{Language, booking::Who, money::EURO};
use vayla_services::feed::send_links;

use super::follower::{asking_path, follow, links_in, talkative};
use crate::{
    Town, aino, asa,
    pages::browser::{Visitor, read},
};

on_both_engines! {
    the_links_come_by_letter_in_the_language_of_the_page,
    a_hold_in_anothers_name_opens_nothing,
    a_letter_comes_at_most_once_an_hour,
    the_answer_is_the_same_for_everybody,
    the_form_says_what_to_correct,
    the_ticket_leads_there,
}

async fn the_links_come_by_letter_in_the_language_of_the_page(town: &Town) {
    town.book_for_club(&town.ice_in_tornio(), talkative()).await;
    for (language, subject, said) in [
        (
            Language::Sv,
            "Länk till dina bokningar i kalendern",
            ["Hej!\n", "Dina bokningar. ", "Föreningens tider. "],
        ),
        (Language::Fi, "Linkki varauksiisi kalenterissa", ["Hei!\n", "Omat varauksesi. ", "Seuran vuorot. "]),
    ] {
        let answer = town.ask_for_links(language, "asa@example.se").await;
        let w = Visitor::new(town, language).words();
        answer.is(200).says(&w.feeds_sent_lead("asa@example.se"));
        assert_eq!(links_in(&answer.html), Vec::<String>::new(), "the page itself leads nowhere");
        let letter = town.letter(subject).await;
        assert_eq!((letter.to_address.as_str(), letter.calendar), ("asa@example.se", None));
        for said in said {
            assert!(letter.text.contains(said), "{said} in {}", letter.text);
        }
        assert!(!letter.text.contains("Åsa"), "whoever asks may not be Åsa: {}", letter.text);
        let links = links_in(&letter.text);
        assert_eq!(links.len(), 2, "{}", letter.text);
        for link in links {
            assert!(link.starts_with(&town.base_url) && !link.contains("asa"), "{link}");
            assert_eq!(follow(town, &link).await.events().len(), 1);
        }
        town.clock.advance_minutes(60);
    }
}

async fn a_hold_in_anothers_name_opens_nothing(town: &Town) {
    let visitor = Visitor::new(town, Language::Sv);
    let as_aino = Who { name: "Mallory".to_owned(), ..aino() };
    let held = town.hold(town.ice_in_tornio().later(60).request_by(as_aino)).await;
    let token = town.services.secret.manage_token(held.id);
    // Nothing has been booked with the address: not even its owner gets a letter.
    town.ask_for_links(Language::Sv, "aino@example.fi").await.is(200);
    assert_eq!(town.letters().await, []);
    assert_eq!(town.count("SELECT COUNT(*) FROM feed").await, 0);
    // Once Aino has bookings, they are hers alone, and the hold isn't among them.
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let mallory = Who { email: "mallory@example.org".to_owned(), ..aino() };
    town.book(&town.ice_in_tornio().later(120), mallory, EURO).await;
    for page in ["", "/uppgifter", "/granska", "/betala"] {
        let shown = visitor.get(&format!("/sv/bokning/{token}{page}")).await;
        assert!(!shown.html.contains("/api/v1/feeds/"), "{}", shown.html);
    }
    let answer = town.ask_for_links(Language::Sv, "aino@example.fi").await;
    assert!(!answer.html.contains("/api/v1/feeds/"), "{}", answer.html);
    town.ask_for_links(Language::Sv, "mallory@example.org").await;
    let [own, others] =
        [town.link_letters("aino@example.fi").await, town.link_letters("mallory@example.org").await];
    assert_eq!((own.len(), others.len()), (1, 1));
    let event = follow(town, &links_in(&own[0].text)[0]).await.event();
    event.has(&format!("UID:{}@vayla", booking.id));
    let others = follow(town, &links_in(&others[0].text)[0]).await;
    others.event();
    assert!(!others.text.contains(&booking.id.to_string()), "{}", others.text);
}

async fn a_letter_comes_at_most_once_an_hour(town: &Town) {
    town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let (one, other) = join!(
        send_links(&town.services, "aino@example.fi", Language::Fi),
        send_links(&town.services, "aino@example.fi", Language::Fi)
    );
    one.and(other).expect("the database");
    let count = async || town.link_letters("aino@example.fi").await.len();
    assert_eq!(count().await, 1);
    for (language, email) in [(Language::Sv, "aino@example.fi"), (Language::Fi, "Aino@Example.fi")] {
        town.ask_for_links(language, email).await.is(200);
        assert_eq!(count().await, 1);
    }
    town.clock.advance(chrono::TimeDelta::minutes(60) - chrono::TimeDelta::milliseconds(1));
    town.ask_for_links(Language::Fi, "aino@example.fi").await;
    assert_eq!(count().await, 1);
    town.clock.advance(chrono::TimeDelta::milliseconds(1));
    town.ask_for_links(Language::Fi, "aino@example.fi").await;
    assert_eq!(count().await, 2);
    // The link stays the same, so that nobody need subscribe again.
    let letters = town.link_letters("aino@example.fi").await;
    assert_eq!(links_in(&letters[0].text), links_in(&letters[1].text));
    town.ask_for_links(Language::Fi, "aino@example.fi").await;
    assert_eq!(count().await, 2);
}

async fn the_answer_is_the_same_for_everybody(town: &Town) {
    town.book(&town.ice_in_tornio(), aino(), EURO).await;
    for language in Language::ALL {
        let booked = town.ask_for_links(language, "aino@example.fi").await;
        let unknown = town.ask_for_links(language, "olli@example.fi").await;
        assert_eq!((booked.status, unknown.status), (200, 200));
        assert_eq!(booked.text().replace("aino@", "olli@"), unknown.text());
    }
    assert_eq!(town.link_letters("olli@example.fi").await, []);
    assert_eq!(town.count("SELECT COUNT(*) FROM feed").await, 1, "whoever has no bookings isn't kept");
}

async fn the_form_says_what_to_correct(town: &Town) {
    for language in Language::ALL {
        let visitor = Visitor::new(town, language);
        let (w, path) = (visitor.words(), asking_path(language));
        let page = visitor.get(path).await;
        page.is(200).says(&w.feeds_title()).says(&w.feeds_how());
        for (typed, message) in [
            (" ", w.feeds_email_missing()),
            ("asa@<script>\"", w.problem_email_format()),
            (&"a".repeat(300), w.problem_email_too_long(254)),
        ] {
            let back = visitor.send(&page.form(path).with(&[("email", typed)])).await;
            back.is_sent_back(&visitor).says(&message);
            assert!(back.html.contains("href=\"#email\"") && back.html.contains("id=\"email-error\""));
            assert!(!back.html.contains("<script>"), "{}", back.html);
            assert_eq!(back.form(path).value("email"), typed);
        }
        // Switched to the other language, what was typed is kept and nothing is sent.
        let form = page.form(path).with(&[("email", "asa@example.se"), ("switch", "1")]);
        let other = Visitor::new(town, language.other());
        let switched = other.post(&page.other_language(), &form.fields).await;
        switched.is(200).says(&other.words().feeds_title());
        assert_eq!(switched.form(asking_path(language.other())).value("email"), "asa@example.se");
        // Nobody's browser is made to ask by another site.
        let url = format!("{}{path}", town.base_url);
        let request = town.client.post(url).form(&form.fields).header("sec-fetch-site", "cross-site");
        read(path, request).await.is(403);
    }
    assert_eq!(town.letters().await, []);
}

async fn the_ticket_leads_there(town: &Town) {
    for (who, language, ticket) in
        [(asa(), Language::Sv, "/sv/bokning/"), (aino(), Language::Fi, "/fi/varaus/")]
    {
        let time = town.ice_in_tornio().later(if language == Language::Sv { 0 } else { 60 });
        let booking = town.book(&time, who, EURO).await;
        let visitor = Visitor::new(town, language);
        let path = format!("{ticket}{}", town.services.secret.manage_token(booking.id));
        let shown = visitor.get(&path).await;
        let way: Vec<_> =
            shown.links(asking_path(language)).into_iter().filter(|link| !link.ends_with(".ics")).collect();
        assert_eq!(way, [asking_path(language)]);
        visitor.get(&way[0]).await.is(200);
    }
}
