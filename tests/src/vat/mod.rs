//! Value added tax: by country, class, seller, use and day; changes in the midst of a season.

use serde_json::json;
use vayla_domain::{
    Language,
    money::{EURO, PriceGroup, Seller, Supply, TaxPoint, Use, VatClass},
};
use vayla_services::{
    booking::{self, Booking, PriceFor},
    payment::{self, Outcome},
    receipt,
    staff::Scope,
};

use crate::{Time, Town, aino, asa, eur, sek};

on_both_engines! {
    a_rate_that_changes_in_mid_season_holds_from_its_day_on,
    premises_and_use_decide_the_rate,
    the_rates_that_are_laid_in_change_when_the_law_did,
    what_is_in_force_is_never_changed,
    a_hold_paid_after_midnight_has_the_tax_of_the_day_of_payment,
    a_series_across_a_change_has_the_tax_of_the_day_on_which_it_is_paid,
}

async fn rate_of(town: &Town, time: &Time, use_of: Use) -> (String, String) {
    let span = vayla_domain::time::Span::between(time.start, time.end).expect("a span");
    let asked = PriceFor::new(PriceGroup::Adult, use_of);
    let quote = booking::quote(&town.services, &time.space, span, &asked).await.expect("a price");
    let tax = quote.lines[0].tax.expect("a reason");
    assert_eq!((tax.rate, tax.point), (quote.lines[0].vat_rate, TaxPoint::Payment));
    (tax.rate.to_string(), tax.since.to_string())
}

/// What staff lay in.
pub(crate) fn new_rate(from: &str, rate: &str) -> serde_json::Value {
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

/// The rate, the tax and the day that decided it, of a booking's price.
async fn taxed(town: &Town, booking: &Booking) -> (String, i64, String) {
    let lines = booking::lines(&town.services.db, booking).await.expect("the lines");
    let on = lines[0].tax.expect("a reason").on.to_string();
    (lines[0].vat_rate.to_string(), lines.iter().map(|line| line.vat.minor).sum(), on)
}

async fn the_rates_that_are_laid_in_change_when_the_law_did(town: &Town) {
    let catalogue = town.services.catalogue();
    for (country, class, use_of, on, expected) in [
        ("FI", VatClass::Sports, Use::Sport, "2024-12-31", "10"),
        ("FI", VatClass::Sports, Use::Sport, "2025-01-01", "14"),
        ("FI", VatClass::Sports, Use::Sport, "2025-12-31", "14"),
        ("FI", VatClass::Sports, Use::Sport, "2026-01-01", "13.5"),
        ("FI", VatClass::General, Use::Event, "2024-08-31", "24"),
        ("FI", VatClass::General, Use::Event, "2024-09-01", "25.5"),
        ("SE", VatClass::Sports, Use::Sport, "2026-01-01", "exempt"),
        ("SE", VatClass::Sports, Use::Teaching, "2026-01-01", "25"),
    ] {
        let supply = Supply { country, class, seller: Seller::Municipality, use_of };
        let tax = catalogue.vat.tax(supply, TaxPoint::Use, on.parse().expect("a date"));
        assert_eq!(
            tax.map(|tax| tax.rate.to_string()).as_deref(),
            Some(expected),
            "{country} {class:?} {on}"
        );
    }
}

async fn a_hold_paid_after_midnight_has_the_tax_of_the_day_of_payment(town: &Town) {
    let (_, token) = town.new_token(&[Scope::Tariffs], Some("tornio")).await;
    town.staff_tell(&token, "/vat", &new_rate("2026-10-31", "20")).await.is(201);
    town.clock.set("2026-10-30T21:55:00Z"); // five to midnight in Tornio
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    let asked = town.open_payment(&held, EURO).await;
    assert_eq!(taxed(town, &held).await, ("13.5".to_owned(), 14_87, "2026-10-30".to_owned()));
    town.clock.set("2026-10-30T22:05:00Z");
    town.play(&asked, Outcome::Pay).await;
    let paid = town.payment(asked.id).await;
    assert_eq!((paid.amount, paid.gross, paid.vat), (eur(125_00), eur(125_00), eur(20_83)));
    assert_eq!(taxed(town, &held).await, ("20".to_owned(), 20_83, "2026-10-31".to_owned()));
    assert_eq!(
        town.postings(held.id).await,
        ["tornio: clearing / vat 20.83 EUR", "tornio: clearing / income 104.17 EUR"]
    );
    let found = receipt::find(&town.services, town.booking(held.id).await, None).await.expect("the database");
    let found = found.expect("a receipt");
    for (language, day) in [(Language::Sv, "2026-10-31"), (Language::Fi, "31.10.2026")] {
        let paper = receipt::paper(language, &town.services.catalogue(), &found);
        assert_eq!(paper.table.rows[0].figures[1], "20\u{a0}%");
        assert!(paper.notes.iter().any(|note| note.text.contains(day)), "{:?}", paper.notes);
    }
    // What goes back has the tax that was paid, and so has the difference to a dearer time of its own day.
    town.cancel(held.id).await;
    assert!(town.postings(held.id).await.contains(&"tornio: vat / clearing 20.83 EUR".to_owned()));
    let cheap = town.book(&town.ice_by_day(), aino(), EURO).await;
    town.staff_tell(&token, "/vat", &new_rate("2026-11-01", "10")).await.is(201);
    town.clock.set("2026-10-31T21:55:00Z");
    town.try_move(cheap.id, &town.ice_in_tornio()).await.expect("a dearer time");
    let asked = town.open_payment(&town.booking(cheap.id).await, EURO).await;
    assert_eq!((asked.gross, asked.vat), (eur(30_00), eur(5_00)));
    town.clock.set("2026-10-31T22:05:00Z");
    town.play(&asked, Outcome::Pay).await;
    assert_eq!(town.payment(asked.id).await.vat, eur(2_73));
    assert_eq!(taxed(town, &town.booking(cheap.id).await).await.0, "10");
}

async fn a_series_across_a_change_has_the_tax_of_the_day_on_which_it_is_paid(town: &Town) {
    let (_, token) = town.new_token(&[Scope::Tariffs], Some("tornio")).await;
    town.staff_tell(&token, "/vat", &new_rate("2026-11-08", "20")).await.is(201);
    let wish = town.three_tuesdays().await;
    let series = town.hold_series(&wish, aino()).await;
    let id = payment::start_series(&town.services, &series.bookings, EURO, "http://localhost/").await;
    town.play(&town.payment(id.expect("a payment")).await, Outcome::Pay).await;
    for booking in &series.bookings {
        assert_eq!(taxed(town, booking).await, ("13.5".to_owned(), 14_87, "2026-10-30".to_owned()));
        assert!(town.postings(booking.id).await.contains(&"tornio: clearing / vat 14.87 EUR".to_owned()));
    }
    town.clock.set("2026-11-09T12:00:00Z");
    town.cancel(series.bookings[2].id).await;
    let back = town.postings(series.bookings[2].id).await;
    assert!(back.contains(&"tornio: vat / clearing 14.87 EUR".to_owned()), "{back:?}");
}
