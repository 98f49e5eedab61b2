//! A price list says what the deposit is, and its readers see it.

use reqwest::Method;
use serde_json::json;
use vayla_domain::{Language, money::EURO};
use vayla_services::{
    booking::PriceFor,
    staff::{Scope, Staff},
    tariff::{self, Place, PreviewAsked, change_text},
};

use super::list;
use crate::{Town, aino, api::caller::read, eur, pages::browser::Visitor};

on_both_engines! {
    a_list_is_compared_tried_and_shown,
    a_deposit_that_is_none_is_refused_by_its_field,
    a_quote_and_a_booking_tell_it_over_the_api,
}

async fn a_list_is_compared_tried_and_shown(town: &Town) {
    let ice = town.ice_in_tornio();
    let mut named = list();
    named["deposit"]["name"] = json!({"sv": "Nyckeldeposition", "fi": "Avaimen vakuusmaksu"});
    named["deposit"]["days"] = json!(1);
    let draft = town.draft(&Place::Space(ice.space.clone()), "2026-10-30", &named).await;
    let catalogue = town.services.catalogue();
    let texts = |language| -> Vec<String> {
        tariff::changes(&draft).iter().map(|change| change_text(language, &catalogue, change)).collect()
    };
    let said = "Nyckeldeposition: 50,00\u{a0}€ / 500,00\u{a0}kr, tillbaka 1 dag efter användningen (nytt)";
    assert!(texts(Language::Sv).iter().any(|text| text == said), "{:?}", texts(Language::Sv));
    assert!(texts(Language::Fi).iter().any(|text| text.starts_with("Avaimen vakuusmaksu: 50,00")));
    let price = PriceFor::new(vayla_domain::money::PriceGroup::Adult, vayla_domain::money::Use::Sport);
    let asked = PreviewAsked::new(ice.space.clone(), ice.start, ice.end, price).expect("a booking's length");
    let tried = tariff::preview(&town.services, &Staff::operator(), draft.id, &asked).await.expect("prices");
    assert_eq!(tried.now.map(|now| now.quote.to_pay().total()), Some(eur(125_00)));
    assert_eq!(tried.then.map(|then| then.quote.to_pay().total()), Some(eur(175_00)));
    tariff::publish(&town.services, &Staff::operator(), draft.id, None).await.expect("to be published");
    let page = Visitor::new(town, Language::Sv).get("/sv/anlaggningar/tornion-jaahalli").await;
    page.is(200)
        .says("Nyckeldeposition utöver priset: 50,00 € / 500,00 kr, tillbaka 1 dag efter användningen.");
    let page = Visitor::new(town, Language::Fi).get("/fi/liikuntapaikat/tornion-jaahalli").await;
    page.is(200).says("Avaimen vakuusmaksu hinnan lisäksi: 50,00 € / 500,00 kr");
    // It is a deposit of one day.
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    town.days_after(&time, 1);
    assert_eq!(town.return_due().await, 1);
    assert_eq!(town.deposit(&booking).await.left(), eur(0));
}

async fn a_deposit_that_is_none_is_refused_by_its_field(town: &Town) {
    let (_, token) = town.new_token(&[Scope::Tariffs], Some("tornio")).await;
    let path = format!("/staff/spaces/{}/tariffs", town.ice_in_tornio().space.id);
    let put = async |deposit: serde_json::Value| {
        let mut tariff = list();
        tariff["deposit"] = deposit;
        let body = json!({"valid_from": "2026-11-01", "tariff": tariff});
        read(town.call(Method::PUT, &path).bearer_auth(&token).json(&body)).await
    };
    let both = json!({"EUR": "50.00", "SEK": "500.00"});
    put(json!({"amount": both, "days": 14})).await.is(200);
    for (deposit, field) in [
        (json!({"amount": {"EUR": "50.00"}}), "tariff.deposit.amount"),
        (json!({"amount": {"EUR": "0.00", "SEK": "500.00"}}), "tariff.deposit.amount"),
        (json!({"amount": both, "days": 61}), "tariff.deposit.days"),
        (json!({"amount": both, "name": {"sv": "", "fi": "Avain"}}), "tariff.deposit.name"),
    ] {
        let refused = put(deposit).await;
        refused.is_problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["field"], field, "{:?}", refused.body);
    }
}

async fn a_quote_and_a_booking_tell_it_over_the_api(town: &Town) {
    town.list_deposit().await;
    let time = town.ice_in_tornio();
    let wanted = json!({"space": time.space.id, "start": time.start, "end": time.end, "pay_currency": "SEK"});
    let quote = read(town.call(Method::POST, "/quotes").json(&wanted)).await;
    let kronor = |amount: &str| json!({"amount": amount, "currency": "SEK"});
    assert_eq!(quote.is(200).body["pay_total"], kronor("1372.25"));
    assert_eq!(quote.body["to_pay"], kronor("1872.25"));
    assert_eq!(
        (&quote.body["deposit"]["amount_other"], &quote.body["deposit"]["days"]),
        (&kronor("500.00"), &json!(3))
    );
    let booking = town.book(&time, aino(), EURO).await;
    let token = town.services.secret.manage_token(booking.id);
    let seen = read(town.call(Method::GET, &format!("/bookings/{}", booking.id)).bearer_auth(&token)).await;
    let euros = |amount: &str| json!({"amount": amount, "currency": "EUR"});
    assert_eq!(seen.is(200).body["deposit_held"]["left"], euros("50.00"));
    assert_eq!((&seen.body["total"], &seen.body["to_pay"]), (&euros("125.00"), &euros("175.00")));
    let payment = &seen.body["payments"][0];
    assert_eq!((&payment["amount"], &payment["deposit"]), (&euros("175.00"), &euros("50.00")));
}
