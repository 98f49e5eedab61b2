//! Waiting for a taken time, from the page that says so to the offer.

use vayla_domain::Language;

use super::{
    browser::{Form, Sheet, Visitor},
    contents::{contents, is_still},
};
use crate::{
    Town, asa,
    waiting::shortcuts::{exactly, person},
};

on_both_engines! {
    a_taken_time_leads_to_the_line_and_the_line_to_the_time,
    a_search_that_finds_nothing_leads_to_the_line,
    what_was_typed_comes_back_and_nothing_is_done,
    what_is_free_is_not_waited_for,
    the_switch_of_language_keeps_the_wish,
    a_place_opens_to_its_token_only,
}

fn wait_path(language: Language) -> &'static str {
    match language {
        Language::Sv => "/sv/ko",
        Language::Fi => "/fi/jono",
    }
}

/// The form to join the line for Tornio's ice, which is taken, as the page of the taken time leads to it.
async fn form_for_the_taken(visitor: &Visitor<'_>) -> Form {
    let back = visitor.send(&visitor.choose_form(&visitor.town.ice_in_tornio()).await).await;
    back.is_sent_back(visitor).says(&visitor.words().waiting_join());
    let path = wait_path(visitor.language);
    let page = visitor.get(&back.link(&format!("{path}?"))).await;
    page.is(200).says(visitor.town.ice_in_tornio().space.facility.name.get(visitor.language));
    page.says(&visitor.words().waiting_given_back());
    page.form(path)
}

fn named(form: Form) -> Form {
    form.with(&[("name", "Elsa <b>"), ("email", "elsa@example.org")])
}

async fn a_taken_time_leads_to_the_line_and_the_line_to_the_time(town: &Town) {
    for language in Language::ALL {
        let visitor = Visitor::new(town, language);
        let w = visitor.words();
        let time = town.ice_in_tornio();
        let held = town.hold(time.request_by(asa())).await;
        let before = contents(town).await;
        let form = form_for_the_taken(&visitor).await;
        is_still(town, &before).await;
        assert_eq!((form.value("space"), form.value("minutes")), ("tornion-jaahalli/hela-isen", "60"));
        let joined = visitor.send(&named(form.clone())).await;
        let again = visitor.send(&named(form)).await;
        assert_eq!(joined.location, again.location, "asked twice is one place in line");
        let place = visitor.follow(&joined).await;
        place.says(&w.waiting_in_line()).says(&w.waiting_place(1));
        town.cancel(held.id).await;
        town.deliver().await;
        let before = contents(town).await;
        let place = visitor.follow(&joined).await;
        place.says(&w.waiting_offered());
        is_still(town, &before).await;
        // The held time goes its way as any other.
        let step = match language {
            Language::Sv => "/uppgifter",
            Language::Fi => "/tiedot",
        };
        let details = visitor.get(&place.link(step)).await;
        assert_eq!(details.is(200).form(&details.address).value("email"), "elsa@example.org");
        details.says(&w.hold_minutes_left(120));
        // Leaving gives it back.
        let leave = place.form(place.address.as_str()).action;
        let left = visitor.post::<&str, &str>(&leave, &[]).await;
        visitor.follow(&left).await.says(&w.waiting_left()).says_not(&w.waiting_leave());
        town.deliver().await;
        assert!(town.is_free(&time).await);
    }
}

async fn a_search_that_finds_nothing_leads_to_the_line(town: &Town) {
    for language in Language::ALL {
        let visitor = Visitor::new(town, language);
        let home = format!("/{}/", language.code());
        let path = format!(
            "{home}?kind=ice&town=tornio&date=2026-11-05&from=23&to=23.30&minutes=30&until=2026-11-05"
        );
        let nothing = visitor.get(&path).await;
        nothing.is(200).says(&visitor.words().waiting_join());
        let page = visitor.get(&nothing.link(&format!("{}?", wait_path(language)))).await;
        let form = page.is(200).form(wait_path(language));
        for (name, value) in
            [("kind", "ice"), ("town", "tornio"), ("date", "2026-11-05"), ("from", "23"), ("minutes", "30")]
        {
            assert_eq!(form.value(name), value, "{name}");
        }
    }
}

async fn what_was_typed_comes_back_and_nothing_is_done(town: &Town) {
    for language in Language::ALL {
        let visitor = Visitor::new(town, language);
        let w = visitor.words();
        let held = town.hold(town.ice_in_tornio().request()).await;
        let form = form_for_the_taken(&visitor).await;
        let before = contents(town).await;
        let check = async |typed: &[(&str, &str)], expected: String| -> Sheet {
            let back = visitor.send(&named(form.clone()).with(typed)).await;
            back.is_sent_back(&visitor).says(&expected);
            let again = back.form(wait_path(language));
            for (name, value) in typed {
                assert_eq!(again.value(name), *value, "{name}");
            }
            assert!(!back.html.contains("<b>"), "{}", back.html);
            back
        };
        check(&[("name", ""), ("email", "elsa")], w.problem_name_missing())
            .await
            .says(&w.problem_email_format());
        check(&[("date", "någon <b>")], w.error_date("någon <b>")).await;
        check(&[("until", "2026-11-03")], w.search_until_before()).await;
        check(&[("minutes", "90")], w.problem_wait_no_room()).await;
        check(&[("date", "2026-10-29"), ("until", "2026-10-29")], w.problem_in_the_past()).await;
        is_still(town, &before).await;
        town.cancel(held.id).await;
    }
}

async fn what_is_free_is_not_waited_for(town: &Town) {
    let visitor = Visitor::new(town, Language::Sv);
    let held = town.hold(town.ice_in_tornio().request()).await;
    let form = form_for_the_taken(&visitor).await;
    town.cancel(held.id).await;
    let back = visitor.send(&named(form)).await;
    back.is_sent_back(&visitor).says(&visitor.words().problem_wait_free());
    visitor.get(&back.link("start=")).await.is(200);
}

async fn the_switch_of_language_keeps_the_wish(town: &Town) {
    let (visitor, reader) = (Visitor::new(town, Language::Sv), Visitor::new(town, Language::Fi));
    let page = visitor.get("/sv/ko?kind=ice&share=50&date=2026-11-05&from=17:00&d4=1").await;
    let mut form = page.is(200).form("/sv/ko").with(&[("name", "Elsa"), ("switch", "1")]);
    form.action = page.other_language();
    let switched = reader.send(&form).await;
    let again = switched.is(200).says(&reader.words().waiting_title()).form("/fi/jono");
    for (name, value) in [("kind", "ice"), ("share", "50"), ("from", "17:00"), ("d4", "1"), ("name", "Elsa")]
    {
        assert_eq!(again.value(name), value, "{name}");
    }
}

async fn a_place_opens_to_its_token_only(town: &Town) {
    let time = town.ice_in_tornio();
    let held = town.hold(time.request_by(asa())).await;
    let entry = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    let token = town.services.secret.waiting_token(entry.id);
    for language in Language::ALL {
        let visitor = Visitor::new(town, language);
        let path = wait_path(language);
        let before = contents(town).await;
        let booking = town.services.secret.manage_token(held.id);
        let unknown = town.services.secret.waiting_token(uuid::Uuid::from_u128(7));
        for forged in ["x", &entry.id.to_string(), &booking, &unknown, &token[1..]] {
            let path = format!("{path}/{forged}");
            visitor.get(&path).await.is(404).says_not("Elsa");
            visitor.post::<&str, &str>(&path, &[]).await.is(404);
            is_still(town, &before).await;
        }
        visitor.get(&visitor.page(&token, "")).await.is(404);
        visitor.get(&format!("{path}/{token}")).await.is(200);
    }
}
