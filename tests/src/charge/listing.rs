//! What may be charged after use stands in the price list: compared, tried, shown.

use serde_json::json;
use vayla_domain::Language;
use vayla_services::{staff::Scope, tariff::Place};

use super::list;
use crate::{Town, api::caller::read, pages::browser::Visitor};

on_both_engines! {
    what_may_be_charged_is_compared_and_tried_before_it_is_published,
    the_page_of_a_place_says_what_may_be_charged,
    a_charge_that_is_none_is_refused_by_its_field,
}

async fn what_may_be_charged_is_compared_and_tried_before_it_is_published(town: &Town) {
    town.list_charges().await;
    let ice = town.ice_in_tornio();
    let (_, token) = town.new_token(&[Scope::Tariffs], Some("tornio")).await;
    let mut next = list();
    next["after_use"][0]["amount"] = json!({"fixed": {"EUR": "60.00"}});
    next["after_use"][5]["amount"] = json!({"per_quarter": {"EUR": "30.00"}});
    next["after_use"].as_array_mut().expect("entries").remove(6);
    let path = format!("/staff/spaces/{}/tariffs", ice.space.id);
    let put = town.call(reqwest::Method::PUT, &path).bearer_auth(&token);
    let put = read(put.json(&json!({"valid_from": "2027-01-01", "tariff": next}))).await;
    assert_eq!(put.is(200).body["tariff"]["after_use"], next["after_use"]);
    let path = format!("/tariffs/{}", put.text("id"));
    let diff = town.staff_ask(&token, &format!("{path}/diff")).await;
    let texts: Vec<(String, String)> = diff.is(200).body["items"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|item| item["code"] == "after_use")
        .map(|item| (item["text"]["sv"].to_string(), item["text"]["fi"].to_string()))
        .collect();
    let expected = [
        (
            "Borttappad nyckel: från 50,00\u{a0}€ / 500,00\u{a0}kr, ersättning utan moms till 60,00\u{a0}€, ersättning utan moms",
            "Kadonnut avain: ennen 50,00\u{a0}€ / 500,00\u{a0}kr, korvaus, ei arvonlisäveroa, nyt 60,00\u{a0}€, korvaus, ei arvonlisäveroa",
        ),
        (
            "Tid utöver den bokade: från 95,00\u{a0}€ för varje påbörjad timme, moms som för användningen till 30,00\u{a0}€ för varje påbörjad kvart, moms som för användningen",
            "Varatun ajan ylitys: ennen 95,00\u{a0}€ jokaiselta alkavalta tunnilta, arvonlisävero kuten käytöstä, nyt 30,00\u{a0}€ jokaiselta alkavalta vartilta, arvonlisävero kuten käytöstä",
        ),
        (
            "Outnyttjad bokning: tas bort (förut 100\u{a0}% av bokningens pris, moms som för användningen)",
            "Käyttämättä jätetty varaus: poistuu (ennen 100\u{a0}% varauksen hinnasta, arvonlisävero kuten käytöstä)",
        ),
    ];
    let expected = expected.map(|(sv, fi)| (format!("\"{sv}\""), format!("\"{fi}\"")));
    assert_eq!(texts, expected);
    let asked = json!({"space": ice.space.id, "start": "2027-01-13T18:00", "end": "2027-01-13T19:00"});
    let preview = town.staff_tell(&token, &format!("{path}/preview"), &asked).await;
    let said = |when: &str, place: usize| preview.body[when]["after_use"][place].clone();
    preview.is(200);
    assert_eq!(
        said("now", 0),
        json!({"sv": "Borttappad nyckel: 50,00\u{a0}€ / 500,00\u{a0}kr", "fi": "Kadonnut avain: 50,00\u{a0}€ / 500,00\u{a0}kr"})
    );
    assert_eq!(
        said("then", 0),
        json!({"sv": "Borttappad nyckel: 60,00\u{a0}€", "fi": "Kadonnut avain: 60,00\u{a0}€"})
    );
    assert_eq!(
        said("now", 4),
        json!({"sv": "Utryckning efter larm: den faktiska kostnaden, högst 800,00\u{a0}€",
                                      "fi": "Hälytyskäynti: todelliset kulut, enintään 800,00\u{a0}€"})
    );
}

async fn the_page_of_a_place_says_what_may_be_charged(town: &Town) {
    town.publish(&Place::Space(town.ice_in_tornio().space), "2026-10-30", &list()).await;
    let sv = Visitor::new(town, Language::Sv).get("/sv/anlaggningar/tornion-jaahalli").await;
    sv.is(200).says("Det här kan tillkomma efter användningen Borttappad nyckel 50,00 € / 500,00 kr");
    sv.says("Städning av omklädningsrum 90,00 €").says("Outnyttjad bokning 100 % av bokningens pris");
    let fi = Visitor::new(town, Language::Fi).get("/fi/liikuntapaikat/tornion-jaahalli").await;
    fi.is(200).says("Nämä voidaan periä käytön jälkeen Kadonnut avain 50,00 € / 500,00 kr");
    fi.says("Varatun ajan ylitys 95,00 € jokaiselta alkavalta tunnilta");
}

async fn a_charge_that_is_none_is_refused_by_its_field(town: &Town) {
    let (_, token) = town.new_token(&[Scope::Tariffs], None).await;
    let path = format!("/staff/spaces/{}/tariffs", town.ice_in_tornio().space.id);
    let key = json!({"kind": "lost_key", "amount": {"fixed": {"EUR": "50.00"}}});
    for (entries, field) in [
        (json!([key, key]), "tariff.after_use[1].code"),
        (json!([{"kind": "other", "amount": {"fixed": {"EUR": "50.00"}}}]), "tariff.after_use[0].name"),
        (json!([{"kind": "no_show", "amount": {"price_percent": 0}}]), "tariff.after_use[0].amount"),
        (
            json!([{"kind": "alarm", "amount": {"cost_up_to": {"SEK": "50.00"}}}]),
            "tariff.after_use[0].amount",
        ),
    ] {
        let mut wrong = list();
        wrong["after_use"] = entries;
        for language in ["sv", "fi"] {
            let call = town
                .call(reqwest::Method::PUT, &path)
                .bearer_auth(&token)
                .header("accept-language", language);
            let refused = read(call.json(&json!({"valid_from": "2027-01-01", "tariff": wrong}))).await;
            refused.is_problem(422, "invalid");
            assert_eq!(refused.body["errors"][0]["field"], field);
        }
    }
}
