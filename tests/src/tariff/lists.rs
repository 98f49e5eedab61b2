//! Which list holds, who sees it, and that it never changes.

use reqwest::Method;
use serde_json::json;
use vayla_domain::{Language, money::EURO};
use vayla_services::{
    staff::{Scope, Staff},
    tariff::{self, Place, TariffError, change_text},
};

use super::{date, hourly};
use crate::{Town, aino, api::caller::read, eur};

on_both_engines! {
    a_season_begins_by_the_day_of_booking_or_of_use,
    a_draft_is_seen_by_nobody_until_it_is_published,
    what_is_published_never_changes,
    a_list_is_compared_and_tried_before_it_is_published,
    staff_lay_lists_in_over_the_api,
    a_list_that_is_none_is_refused_by_its_field,
    a_draft_that_was_replaced_since_it_was_looked_at_is_not_published,
}

async fn a_season_begins_by_the_day_of_booking_or_of_use(town: &Town) {
    let (ice, pool) =
        (town.ice_in_tornio(), town.wall_time("tornion-uimahalli", "hela-bassangen", "2026-11-11 18:00", 60));
    let (ice_place, pool_place) = (Place::Space(ice.space.clone()), Place::Space(pool.space.clone()));
    town.publish(&ice_place, "2026-11-04", &hourly("use", "EUR", "140.00")).await;
    town.publish(&pool_place, "2026-11-04", &hourly("booking", "EUR", "140.00")).await;
    assert_eq!(town.costs(&ice.later(-24 * 60)).await, Some(125_00), "used the day before");
    assert_eq!(town.costs(&ice).await, Some(140_00), "used on its first day");
    assert_eq!(town.costs(&pool).await, Some(95_00), "booked before it");
    let early = town.book(&pool, aino(), EURO).await;
    town.clock.set("2026-11-03T23:00:00Z"); // already the 4th in Tornio
    assert_eq!(town.costs(&pool.later(60)).await, Some(140_00));
    // What was booked before keeps its list when it moves.
    let moved = town.quote_move(&early, &pool.later(24 * 60)).await;
    assert_eq!((moved.price.total, moved.difference.total), (eur(95_00), eur(0)));
}

async fn a_draft_is_seen_by_nobody_until_it_is_published(town: &Town) {
    let ice = town.ice_in_tornio();
    let draft =
        town.draft(&Place::Space(ice.space.clone()), "2026-10-30", &hourly("use", "EUR", "1.00")).await;
    town.services.refresh_catalogue().await.expect("the places");
    assert_eq!(town.costs(&ice).await, Some(125_00));
    for page in ["/sv/anlaggningar/tornion-jaahalli", "/fi/liikuntapaikat/tornion-jaahalli"] {
        let html = read_page(town, page).await;
        assert!(html.contains("125,00") && !html.contains("1,00\u{a0}€</td>"), "{page}");
    }
    tariff::publish(&town.services, &Staff::operator(), draft.id, None).await.expect("to be published");
    assert_eq!(town.costs(&ice).await, Some(1_00));
    // Another machine notices, too.
    let second = town.second().await;
    let space = second.catalogue().space(ice.space.id).cloned().expect("the space");
    assert!(
        space
            .tariff_now(town.clock.now())
            .is_some_and(|applied| applied.lowest(EURO).is_some_and(|(_, money)| money == eur(1_00)))
    );
}

async fn read_page(town: &Town, path: &str) -> String {
    let answer = town.client.get(format!("{}{path}", town.base_url)).send().await.expect("an answer");
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.expect("a page")
}

async fn what_is_published_never_changes(town: &Town) {
    let (place, operator) = (Place::Space(town.ice_in_tornio().space), Staff::operator());
    town.publish(&place, "2026-11-01", &hourly("use", "EUR", "130.00")).await;
    let list = tariff::list(&town.services, &operator, &place).await.expect("the lists").remove(0);
    let again = super::document(&hourly("use", "EUR", "1.00"));
    let drafted = tariff::draft(&town.services, &operator, &place, list.from, &again).await;
    assert!(matches!(drafted, Err(TariffError::Published)), "{drafted:?}");
    let removed = tariff::remove(&town.services, &operator, list.id).await;
    assert!(matches!(removed, Err(TariffError::Published)), "{removed:?}");
    let published = tariff::publish(&town.services, &operator, list.id, None).await;
    assert!(matches!(published, Err(TariffError::Published)), "{published:?}");
    // Nor does one begin in the past.
    let past = town.draft(&place, "2026-10-29", &hourly("use", "EUR", "1.00")).await;
    let published = tariff::publish(&town.services, &operator, past.id, None).await;
    assert!(matches!(published, Err(TariffError::Past)), "{published:?}");
    tariff::remove(&town.services, &operator, past.id).await.expect("a draft goes");
    // The seed leaves staff's lists alone.
    vayla_services::catalogue::seed(&town.services, false).await.expect("to seed");
    assert_eq!(tariff::list(&town.services, &operator, &place).await.expect("the lists").len(), 2);
}

async fn a_list_is_compared_and_tried_before_it_is_published(town: &Town) {
    let ice = town.ice_in_tornio();
    let (_, token) = town.new_token(&[Scope::Tariffs], Some("tornio")).await;
    let list = json!({"dated_by": "booking", "minimum": {"EUR": "50"}, "prices": [
        {"groups": ["adult"], "when": {"days": [1, 2, 3, 4, 5], "from": "16:00"}, "unit": "hour", "price": {"EUR": "150"}}]});
    let draft = town.draft(&Place::Space(ice.space.clone()), "2027-01-01", &list).await;
    let path = format!("/tariffs/{}", draft.id);
    let diff = town.staff_ask(&token, &format!("{path}/diff")).await;
    let items = diff.is(200).body["items"].as_array().expect("a list").clone();
    let adult =
        items.iter().find(|item| item["group"] == "adult" && !item["after"].is_null()).expect("a change");
    assert_eq!(adult["before"]["price"]["EUR"], "125.00");
    assert_eq!(adult["after"]["price"]["EUR"], "150.00");
    assert_eq!(
        adult["text"]["sv"],
        "Vuxna, måndag–fredag 16:00–24:00: från 125,00\u{a0}€ i timmen till 150,00\u{a0}€ i timmen"
    );
    assert_eq!(
        adult["text"]["fi"],
        "Aikuiset, maanantai–perjantai 16.00–24.00: ennen 125,00\u{a0}€ tunnilta, nyt 150,00\u{a0}€ tunnilta"
    );
    assert!(items.iter().any(|item| item["code"] == "minimum" && item["before"].is_null()));
    // Youth, clubs and companies lose what they had in three bands each, adults in two.
    assert_eq!(items.iter().filter(|item| item["code"] == "price" && item["after"].is_null()).count(), 11);

    let preview = |start: &str, group: &str| {
        let body = json!({"space": ice.space.id, "start": start, "end": format!("{}19:00", &start[..11]), "price_group": group});
        let (path, token) = (format!("{path}/preview"), token.clone());
        async move { town.staff_tell(&token, &path, &body).await.is(200).body.clone() }
    };
    let evening = preview("2027-01-13T18:00", "adult").await;
    assert_eq!(
        (&evening["now"]["total"]["amount"], &evening["then"]["total"]["amount"]),
        (&json!("125.00"), &json!("150.00"))
    );
    let club = preview("2027-01-13T18:00", "club").await;
    assert_eq!((&club["now"]["total"]["amount"], club["then"].is_null()), (&json!("80.00"), true));
    // Whoever pays by the list pays when it holds: with the tax of then.
    assert_eq!(evening["then"]["lines"][0]["vat_date"], "2027-01-01");
    assert_eq!(town.costs(&ice).await, Some(125_00), "looking changes nothing");
    let changes = tariff::changes(&draft);
    let text = change_text(Language::Sv, &town.services.catalogue(), changes.last().expect("a change"));
    assert_eq!(text, "Lägsta pris för en bokning: 50,00\u{a0}€ (nytt)");
}

async fn staff_lay_lists_in_over_the_api(town: &Town) {
    let ice = town.ice_in_tornio();
    let (_, token) = town.new_token(&[Scope::Tariffs], Some("tornio")).await;
    let path = format!("/staff/facilities/{}/tariffs", ice.space.facility.id);
    let put = |list: serde_json::Value| {
        let call = town.call(Method::PUT, &path).bearer_auth(&token);
        let body = json!({"valid_from": "2026-11-01", "tariff": list});
        async move { read(call.json(&body)).await }
    };
    let first = put(hourly("use", "EUR", "60.00")).await.is(200).body.clone();
    let second = put(hourly("use", "EUR", "70.00")).await.is(200).body.clone();
    assert_eq!(first["id"], second["id"], "one draft a day");
    assert!(second["published_at"].is_null());
    let id = second["id"].as_str().expect("an id");
    town.staff_tell(&token, &format!("/tariffs/{id}/publish"), &json!({})).await.is(200);
    put(hourly("use", "EUR", "1.00")).await.is_problem(409, "published");
    let listed = town.staff_ask(&token, &format!("/facilities/{}/tariffs", ice.space.facility.id)).await;
    assert_eq!(listed.is(200).body["items"][0]["tariff"]["prices"][0]["price"]["EUR"], "70.00");
    // The space's own list stands before it.
    assert_eq!(town.costs(&ice).await, Some(125_00));
    let (_, neighbour) = town.new_token(&[Scope::Tariffs], Some("haparanda")).await;
    town.staff_ask(&neighbour, &format!("/tariffs/{id}")).await.is_problem(403, "forbidden");
    let (_, rules) = town.new_token(&[Scope::Rules], None).await;
    town.staff_ask(&rules, &format!("/tariffs/{id}")).await.is_problem(403, "forbidden");
    let notes =
        town.count("SELECT COUNT(*) FROM audit WHERE action IN ('tariff_drafted', 'tariff_published')").await;
    assert_eq!(notes, 3);
    assert_eq!(date("2026-11-01").to_string(), second["valid_from"]);
}

async fn a_list_that_is_none_is_refused_by_its_field(town: &Town) {
    let ice = town.ice_in_tornio();
    let (_, token) = town.new_token(&[Scope::Tariffs], None).await;
    let path = format!("/staff/spaces/{}/tariffs", ice.space.id);
    for (list, field) in [
        (json!({"dated_by": "use", "prices": []}), "tariff.prices"),
        (hourly("use", "SEK", "1.00"), "tariff.prices[0].price"),
        (json!({"dated_by": "use", "part_percent": 101}), "tariff.part_percent"),
        (json!({"dated_by": "full_moon"}), "tariff.dated_by"),
    ] {
        for (language, words) in [("sv", "ska|Ange|Värdet"), ("fi", "pitää|Anna|arvo")] {
            let call = town.call(Method::PUT, &path).bearer_auth(&token).header("accept-language", language);
            let refused = read(call.json(&json!({"valid_from": "2026-11-01", "tariff": list}))).await;
            refused.is_problem(422, "invalid");
            let error = &refused.body["errors"][0];
            assert_eq!(error["field"], field, "{error}");
            let detail = error["detail"].as_str().expect("a text");
            assert!(words.split('|').any(|word| detail.contains(word)), "{detail}");
        }
    }
}

async fn a_draft_that_was_replaced_since_it_was_looked_at_is_not_published(town: &Town) {
    let ice = town.ice_in_tornio();
    let place = Place::Space(ice.space.clone());
    let (_, token) = town.new_token(&[Scope::Tariffs], Some("tornio")).await;
    let draft = town.draft(&place, "2026-11-01", &hourly("use", "EUR", "60.00")).await;
    let path = format!("/tariffs/{}", draft.id);
    let body = json!({"space": ice.space.id, "start": "2026-11-04T18:00", "end": "2026-11-04T19:00"});
    let seen = [
        town.staff_ask(&token, &path).await,
        town.staff_ask(&token, &format!("{path}/diff")).await,
        town.staff_tell(&token, &format!("{path}/preview"), &body).await,
    ];
    let tags = seen.map(|answer| answer.is(200).header("etag").to_owned());
    assert_eq!(tags, [format!("\"{}\"", draft.version), tags[0].clone(), tags[0].clone()]);
    // Somebody else lays another one in its place.
    let replaced = town.draft(&place, "2026-11-01", &hourly("use", "EUR", "600.00")).await;
    assert_eq!(replaced.id, draft.id);
    let publish = |language: &'static str, tag: String| {
        let call = town.call(Method::POST, &format!("/staff{path}/publish")).bearer_auth(&token);
        async move { read(call.header("if-match", tag).header("accept-language", language)).await }
    };
    for (language, words) in [("sv", "bytts ut"), ("fi", "vaihdettu")] {
        let refused = publish(language, tags[0].clone()).await;
        refused.is_problem(412, "stale");
        assert!(refused.text("detail").contains(words), "{refused:?}");
    }
    assert_eq!(town.costs(&ice).await, Some(125_00));
    let published = publish("sv", format!("\"{}\"", replaced.version)).await;
    assert_ne!(published.is(200).header("etag"), tags[0]);
    assert_eq!(town.costs(&ice).await, Some(600_00));
}
