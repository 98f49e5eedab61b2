//! What payers see of price lists.

use serde_json::json;
use vayla_domain::{Language, money::EURO};
use vayla_services::tariff::Place;

use super::hourly;
use crate::{Town, aino, pages::browser::Visitor};

on_both_engines! {
    the_page_of_a_place_shows_its_lists_and_those_to_come,
    whoever_books_is_asked_where_they_live_where_it_matters,
    a_receipt_says_why_it_came_to_that,
}

fn place_of(language: Language) -> &'static str {
    match language {
        Language::Sv => "/sv/anlaggningar/tornion-jaahalli",
        Language::Fi => "/fi/liikuntapaikat/tornion-jaahalli",
    }
}

async fn the_page_of_a_place_shows_its_lists_and_those_to_come(town: &Town) {
    let ice = town.ice_in_tornio();
    let list = json!({"dated_by": "use", "minimum": {"EUR": "44.00"}, "series": [{"dates": 10, "percent": 15}], "prices": [
        {"groups": ["adult"], "home": ["tornio"], "unit": "occasion", "price": {"EUR": "33.00", "SEK": "333.00"}}]});
    town.publish(&Place::Space(ice.space.clone()), "2027-02-01", &list).await;
    for (language, words) in [
        (
            Language::Sv,
            ["2027-02-01", "Boende i Torneå", "33,00\u{a0}€ / 333,00\u{a0}kr per gång", "44,00", "15\u{a0}%"],
        ),
        (
            Language::Fi,
            ["1.2.2027", "Kotikunta Tornio", "33,00\u{a0}€ / 333,00\u{a0}kr kerralta", "44,00", "15\u{a0}%"],
        ),
    ] {
        let page = Visitor::new(town, language).get(place_of(language)).await;
        assert_eq!(page.status, 200);
        assert!(page.html.contains("125,00"), "what holds now");
        for word in words {
            assert!(page.html.contains(word), "{word} in {}", page.html);
        }
    }
}

async fn whoever_books_is_asked_where_they_live_where_it_matters(town: &Town) {
    for language in Language::ALL {
        let visitor = Visitor::new(town, language);
        let form = visitor.choose_form(&town.ice_in_tornio()).await;
        assert!(!form.fields.iter().any(|(name, _)| name == "home"), "it makes no difference");
    }
    let list = json!({"dated_by": "booking", "prices": [
        {"groups": ["adult"], "unit": "hour", "price": {"EUR": "100"}},
        {"groups": ["adult"], "home": ["tornio"], "unit": "hour", "price": {"EUR": "80"}}]});
    town.price(&town.ice_in_tornio().space, &list).await;
    for (place, language) in Language::ALL.into_iter().enumerate() {
        let visitor = Visitor::new(town, language);
        let time = town.ice_in_tornio().later(60 * place as i64);
        let mut form = visitor.choose_form(&time).await;
        assert_eq!(form.value("home"), "", "elsewhere");
        form.set("home", "tornio");
        // The lower price is taken without asking again.
        let sent = visitor.send(&form).await;
        assert_eq!(sent.status, 303, "{}", sent.html);
        assert_eq!(
            town.count("SELECT COUNT(*) FROM booking WHERE total_minor = 8000 AND home = 'tornio'").await,
            place as i64 + 1
        );
    }
}

async fn a_receipt_says_why_it_came_to_that(town: &Town) {
    let mut list = hourly("booking", "EUR", "10.00");
    list["minimum"] = json!({"EUR": "12.00"});
    town.price(&town.ice_in_tornio().space, &list).await;
    let booked = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let token = town.services.secret.manage_token(booked.id);
    for (language, words) in [
        (
            Language::Sv,
            [
                "10,00\u{a0}€ i timmen",
                "Tillägg upp till lägsta priset, 12,00\u{a0}€",
                "Skattesatsen gäller sedan 2026-01-01",
            ],
        ),
        (
            Language::Fi,
            [
                "10,00\u{a0}€ tunnilta",
                "Korotus vähimmäishintaan 12,00\u{a0}€",
                "Verokanta on ollut voimassa 1.1.2026 alkaen",
            ],
        ),
    ] {
        let visitor = Visitor::new(town, language);
        let page = visitor.get(&visitor.page(&token, "/kvitto")).await;
        for word in words {
            assert!(page.html.contains(word), "{word} in {}", page.html);
        }
    }
}
