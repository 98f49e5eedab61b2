//! A voucher pays a part, and the booker the rest.

use reqwest::Method;
use serde_json::json;
use vayla_domain::money::EURO;
use vayla_services::{
    booking::BookingState,
    grant::{self, PutError},
    payment::Outcome,
};

use super::{amount, half_by_haparanda, percent};
use crate::{
    Town, aino,
    api::caller::{asked, read, with},
    asa, eur, sek,
};

on_both_engines! {
    haparanda_pays_half_of_its_youths_ice_in_tornio,
    tornio_pays_half_of_its_own_in_haparanda,
    a_town_pays_a_part_of_its_own_price,
    a_code_comes_with_the_payment_call,
    a_grant_that_pays_all_leaves_nothing_to_pay,
    a_voucher_is_good_for_one_booking_or_for_an_amount,
    codes_that_are_none_are_counted,
    a_code_pays_for_what_its_grant_is_for,
    a_payment_that_was_opened_before_the_code_pays_all,
    a_payment_of_the_rest_alone_goes_back,
}

async fn haparanda_pays_half_of_its_youths_ice_in_tornio(town: &Town) {
    let grant = town.grant("haparanda", half_by_haparanda()).await;
    let held = town.hold(town.ice_in_tornio().request_by(asa())).await;
    town.put(&held, &town.voucher(&grant).await).await.expect("a part");
    let asked = town.open_payment(&held, sek(0).currency).await;
    assert_eq!((asked.amount, asked.gross, asked.vat), (sek(686_12), eur(62_50), eur(7_43)));
    town.play(&asked, Outcome::Pay).await;
    town.play(&asked, Outcome::Pay).await; // the provider tells again
    assert_eq!(
        town.postings(held.id).await,
        [
            "haparanda: clearing / due_to:tornio 686.12 SEK (62.50 EUR)",
            "tornio: due_from:haparanda / vat 7.43 EUR (7.43 EUR)",
            "tornio: due_from:haparanda / income 55.07 EUR (55.07 EUR)",
            "haparanda: subsidies / due_to:tornio 686.13 SEK (62.50 EUR)",
            "tornio: due_from:haparanda / vat 7.44 EUR (7.44 EUR)",
            "tornio: due_from:haparanda / income 55.06 EUR (55.06 EUR)",
        ]
    );
    assert_eq!(town.used(&grant).await, 686_13);
    assert!(town.letter("Bokat: ").await.text.contains("Haparanda betalar 62,50\u{a0}€ av priset"));
}

async fn tornio_pays_half_of_its_own_in_haparanda(town: &Town) {
    let grant = town.grant("tornio", percent(50, eur(1000_00))).await;
    let held = town.hold(town.ice_in_haparanda().request_by(aino())).await;
    let price = held.other.clone().expect("a price in euros").0;
    town.put(&held, &town.voucher(&grant).await).await.expect("a part");
    let paid = town.pay(&held, EURO).await;
    let granted = &town.granted(held.id).await[0];
    assert_eq!((granted.gross, paid.gross), (sek(412_50), sek(412_50)));
    assert_eq!(granted.paid.minor + paid.amount.minor, price.minor);
    assert!(granted.rate.is_some() && granted.paid.currency == EURO);
    let postings = town.postings(held.id).await;
    let due = format!("tornio: subsidies / due_to:haparanda {} EUR (412.50 SEK)", granted.paid.wire());
    assert!(postings.contains(&due), "{postings:?}");
    assert_eq!(town.used(&grant).await, granted.paid.minor);
}

async fn a_town_pays_a_part_of_its_own_price(town: &Town) {
    let grant = town.grant("tornio", amount(eur(100_00), eur(1000_00))).await;
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    town.put(&held, &town.voucher(&grant).await).await.expect("a part");
    town.pay(&held, EURO).await;
    assert_eq!(
        town.postings(held.id).await,
        [
            "tornio: clearing / vat 2.97 EUR",
            "tornio: clearing / income 22.03 EUR",
            "tornio: subsidies / vat 11.90 EUR",
            "tornio: subsidies / income 88.10 EUR",
        ]
    );
    assert_eq!(town.state(held.id).await, BookingState::Confirmed);
}

async fn a_code_comes_with_the_payment_call(town: &Town) {
    let grant = town.grant("haparanda", half_by_haparanda()).await;
    let code = town.voucher(&grant).await;
    let made = town.make(&asked(&town.ice_in_tornio(), vayla_domain::Language::Fi)).await;
    let body = json!({"currency": "EUR", "return_url": "https://example.fi/kiitos?a=1"});
    let pay = async |code: &str| {
        let body = with(body.clone(), "grant_code", code);
        read(town.about(&made, Method::POST, "/payments").json(&body)).await
    };
    let wrong = pay("K7MQ-2XRT-0BPA-9VEH").await;
    wrong.is_problem(422, "grant_code");
    assert_eq!(wrong.text("detail"), "Koodia ei ole. Tarkista, että kirjoitit sen oikein.");
    let opened = pay(&code).await;
    let seen = town.show(&made).await;
    assert_eq!(seen.body["to_pay"]["amount"], "62.50");
    assert_eq!(seen.body["to_pay_other"]["amount"], "686.12");
    assert_eq!(seen.body["grants"][0]["given"], false);
    town.at_terminal(opened.is(201).text("redirect_url"), "pay").await;
    let seen = town.show(&made).await;
    assert_eq!((seen.text("status"), &seen.body["grants"][0]["given"]), ("confirmed", &json!(true)));
    assert_eq!(seen.body["grants"][0]["costs"]["amount"], "686.13");
    // What is booked keeps it.
    read(town.about(&made, Method::DELETE, "/grant")).await.is(204);
    assert_eq!(town.used(&grant).await, 686_13);
}

async fn a_grant_that_pays_all_leaves_nothing_to_pay(town: &Town) {
    let grant = town.grant("haparanda", percent(100, sek(10_000_00))).await;
    let code = town.voucher(&grant).await;
    let made = town.make(&asked(&town.ice_in_tornio(), vayla_domain::Language::Sv)).await;
    let body = json!({"currency": "SEK", "return_url": "https://example.fi/kiitos", "grant_code": code});
    let paid = read(town.about(&made, Method::POST, "/payments").json(&body)).await;
    assert_eq!(
        (&paid.is(201).body["id"], paid.text("redirect_url")),
        (&json!(null), "https://example.fi/kiitos")
    );
    assert_eq!(town.show(&made).await.text("status"), "confirmed");
    assert_eq!(town.count("SELECT COUNT(*) FROM payment").await, 0);
    let id = made.id.parse().expect("an id");
    assert_eq!(town.postings(id).await[0], "haparanda: subsidies / due_to:tornio 1372.25 SEK (125.00 EUR)");
    let letter = town.letter("Bokat: ").await.text;
    assert!(letter.contains("Haparanda betalar 125,00\u{a0}€") && !letter.contains("gratis"), "{letter}");
}

async fn a_voucher_is_good_for_one_booking_or_for_an_amount(town: &Town) {
    let grant = town.grant("tornio", percent(100, eur(1000_00))).await;
    let (ice, later) = (town.ice_in_tornio(), town.ice_in_tornio().later(60));
    let (one, other) = (town.hold(ice.request_by(aino())).await, town.hold(later.request_by(aino())).await);
    let once = town.voucher(&grant).await;
    town.put(&one, &once).await.expect("a part");
    town.put(&one, &once).await.expect("the same again");
    assert!(matches!(town.put(&other, &once).await, Err(PutError::Used)));
    grant::take_off(&town.services, &[one.id]).await.expect("off");
    town.put(&other, &once).await.expect("good again");
    let amount = town.vouchers(&grant, 1, Some(eur(150_00))).await.pop().expect("a code");
    town.put(&one, &amount).await.expect("a part");
    town.put(&other, &amount).await.expect("what is left, instead of the other");
    let of = async |id| town.granted(id).await[0].gross;
    assert_eq!((of(one.id).await, of(other.id).await), (eur(125_00), eur(25_00)));
    assert_eq!(town.used(&grant).await, 150_00);
}

async fn codes_that_are_none_are_counted(town: &Town) {
    let grant = town.grant("tornio", percent(50, eur(1000_00))).await;
    let code = town.voucher(&grant).await;
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    for _ in 0..20 {
        assert!(matches!(town.put(&held, "K7MQ-2XRT-0BPA-9VEH").await, Err(PutError::Code)));
    }
    assert!(matches!(town.put(&held, &code).await, Err(PutError::TooOften)));
    let stored = town.count("SELECT COUNT(*) FROM grant_voucher WHERE LENGTH(code_hash) = 64").await;
    assert_eq!(stored, 1);
}

async fn a_code_pays_for_what_its_grant_is_for(town: &Town) {
    let mut fields = percent(50, eur(1000_00));
    fields.terms.facilities.insert("putaan-liikuntahalli".to_owned());
    let elsewhere = town.grant("tornio", fields).await;
    let mut fields = percent(50, eur(1000_00));
    fields.until = "2026-11-03".parse().expect("a day");
    let over = town.grant("tornio", fields).await;
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    for (grant, why) in [(&elsewhere, "not for this facility"), (&over, "only for times")] {
        let put = town.put(&held, &town.voucher(grant).await).await.expect_err("nothing").to_string();
        assert!(put.starts_with(why), "{put}");
    }
    assert_eq!(town.granted(held.id).await, []);
}

async fn a_payment_that_was_opened_before_the_code_pays_all(town: &Town) {
    let grant = town.grant("tornio", percent(50, eur(1000_00))).await;
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    let whole = town.open_payment(&held, EURO).await;
    town.put(&held, &town.voucher(&grant).await).await.expect("a part");
    town.play(&whole, Outcome::Pay).await;
    assert_eq!(town.state(held.id).await, BookingState::Confirmed);
    assert_eq!((town.used(&grant).await, town.granted(held.id).await.len()), (0, 0));
}

async fn a_payment_of_the_rest_alone_goes_back(town: &Town) {
    let grant = town.grant("tornio", percent(50, eur(1000_00))).await;
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    town.put(&held, &town.voucher(&grant).await).await.expect("a part");
    let rest = town.open_payment(&held, EURO).await;
    grant::take_off(&town.services, &[held.id]).await.expect("off");
    town.play(&rest, Outcome::Pay).await;
    assert_eq!(town.state(held.id).await, BookingState::Held);
    let back = town.payment(rest.id).await;
    assert!(back.surplus && back.refunds[0].amount == eur(62_50), "{back:?}");
    town.pay(&held, EURO).await;
    assert_eq!(town.state(held.id).await, BookingState::Confirmed);
}
