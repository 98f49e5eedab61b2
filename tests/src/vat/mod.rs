//! Value added tax: by country, class, seller, use and day; changes in the midst of a season.

use serde_json::json;
use vayla_domain::money::{EURO, PriceGroup, TaxPoint, Use};
use vayla_services::{
    booking::{self, PriceFor},
    staff::Scope,
};

use crate::{Time, Town, aino, asa, eur, sek};

on_both_engines! {
    a_rate_that_changes_in_mid_season_holds_from_its_day_on,
    premises_and_use_decide_the_rate,
    what_is_in_force_is_never_changed,
}

async fn rate_of(town: &Town, time: &Time, use_of: Use) -> (String, String) {
    let span = vayla_domain::time::Span::between(time.start, time.end).expect("a span");
    let asked = PriceFor::new(PriceGroup::Adult, use_of);
    let quote = booking::quote(&town.services, &time.space, span, &asked).await.expect("a price");
    let tax = quote.lines[0].tax.expect("a reason");
    assert_eq!((tax.rate, tax.point), (quote.lines[0].vat_rate, TaxPoint::Payment));
    (tax.rate.to_string(), tax.since.to_string())
}

fn new_rate(from: &str, rate: &str) -> serde_json::Value {
    json!({"country": "FI", "class": "sports", "seller": "municipality", "use": "sport", "from": from, "rate": rate,
           "source": "Arvonlisäverolaki 85 a §"})
}

async fn a_rate_that_changes_in_mid_season_holds_from_its_day_on(town: &Town) {
    let (_, token) = town.new_token(&[Scope::Tariffs], Some("tornio")).await;
    let ice = town.ice_in_tornio();
    let before = town.book(&ice, asa(), sek(0).currency).await;
    town.staff_tell(&token, "/vat", &new_rate("2026-11-02", "20")).await.is(201);
    assert_eq!(rate_of(town, &ice.later(60), Use::Sport).await, ("13.5".to_owned(), "2026-01-01".to_owned()));
    town.clock.set("2026-11-01T21:59:00Z"); // a minute before midnight in Tornio
    assert_eq!(rate_of(town, &ice.later(60), Use::Sport).await.0, "13.5");
    town.clock.set("2026-11-01T22:00:00Z");
    assert_eq!(rate_of(town, &ice.later(60), Use::Sport).await, ("20".to_owned(), "2026-11-02".to_owned()));
    let after = town.book(&ice.later(60), aino(), EURO).await;
    let lines = booking::lines(&town.services.db, &after).await.expect("the lines");
    assert_eq!(
        (lines[0].vat, lines[0].tax.map(|tax| tax.on.to_string()).as_deref()),
        (eur(20_83), Some("2026-11-02"))
    );
    // What was paid before goes back with the tax that it was paid with.
    town.cancel(before.id).await;
    assert!(
        town.postings(before.id)
            .await
            .contains(&"tornio: vat / due_from:haparanda 14.87 EUR (14.87 EUR)".to_owned())
    );
}

async fn premises_and_use_decide_the_rate(town: &Town) {
    let time = |facility, space| town.wall_time(facility, space, "2026-11-04 18:00", 60);
    for (facility, space, use_of, expected) in [
        ("tornion-jaahalli", "hela-isen", Use::Sport, "13.5"),
        ("tornion-jaahalli", "hela-isen", Use::Teaching, "25.5"),
        ("tornion-jaahalli", "hela-isen", Use::Event, "25.5"),
        ("porthan", "salen", Use::Sport, "25.5"),
        ("norra-affars-arena", "hela-isen", Use::Sport, "exempt"),
        ("norra-affars-arena", "hela-isen", Use::Teaching, "25"),
        ("norra-affars-arena", "hela-isen", Use::Event, "exempt"),
    ] {
        assert_eq!(rate_of(town, &time(facility, space), use_of).await.0, expected, "{facility} {use_of:?}");
    }
    // Another seller than a municipality isn't exempt.
    crate::sql!(town, c => sqlx::query("UPDATE facility SET seller = 'other' WHERE slug = 'norra-affars-arena'")
        .execute(c).await.map(drop))
    .expect("the facility");
    crate::sql!(town, c => sqlx::query("UPDATE catalogue_version SET version = version + 1").execute(c).await.map(drop))
        .expect("the version");
    town.services.refresh_catalogue().await.expect("the places");
    assert_eq!(rate_of(town, &time("norra-affars-arena", "hela-isen"), Use::Sport).await.0, "6");
}

async fn what_is_in_force_is_never_changed(town: &Town) {
    let (_, token) = town.new_token(&[Scope::Tariffs], Some("tornio")).await;
    town.staff_tell(&token, "/vat", &new_rate("2026-10-30", "20")).await.is_problem(422, "in_the_past");
    town.staff_tell(&token, "/vat", &new_rate("2027-01-01", "20")).await.is(201);
    town.staff_tell(&token, "/vat", &new_rate("2027-01-01", "21")).await.is_problem(409, "exists");
    town.staff_tell(&token, "/vat", &new_rate("2027-01-02", "120")).await.is_problem(422, "invalid");
    let mut swedish = new_rate("2027-01-01", "12");
    swedish["country"] = json!("SE");
    town.staff_tell(&token, "/vat", &swedish).await.is_problem(403, "forbidden");
    swedish["country"] = json!("NO");
    town.staff_tell(&token, "/vat", &swedish).await.is_problem(422, "invalid");
    let listed = town.staff_ask(&token, "/vat").await;
    let items = listed.is(200).body["items"].as_array().expect("a list").clone();
    assert!(items.iter().all(|item| !item["source"].as_str().unwrap_or_default().is_empty()));
    assert_eq!(town.count("SELECT COUNT(*) FROM audit WHERE action = 'vat_added'").await, 1);
}
