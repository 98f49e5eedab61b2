//! A price fixed in both currencies: across the river without a rate, and right in both towns' books.

use serde_json::json;
use vayla_domain::money::{Currency, EURO, PriceGroup};

use super::{hourly, sport};
use crate::{Town, aino, asa, eur, sek};

on_both_engines! {
    thirty_euros_or_three_hundred_kronor,
    a_fixed_price_needs_no_rate,
    a_move_between_fixed_prices_pays_what_lies_between_them,
}

const KRONA: Currency = Currency::from_code(b"SEK");

fn fixed(euros: &str, kronor: &str) -> serde_json::Value {
    let mut list = hourly("booking", "EUR", euros);
    list["prices"][0]["price"] = json!({"EUR": euros, "SEK": kronor});
    list
}

async fn thirty_euros_or_three_hundred_kronor(town: &Town) {
    town.price(&town.ice_in_tornio().space, &fixed("30.00", "300.00")).await;
    let booked = town.book(&town.ice_in_tornio(), asa(), KRONA).await;
    assert_eq!((booked.total, booked.other.clone()), (eur(30_00), Some((sek(300_00), None))));
    let books = [
        "haparanda: clearing / due_to:tornio 300.00 SEK (30.00 EUR)",
        "tornio: due_from:haparanda / vat 3.57 EUR (3.57 EUR)",
        "tornio: due_from:haparanda / income 26.43 EUR (26.43 EUR)",
    ];
    assert_eq!(town.postings(booked.id).await, books);
    assert_eq!(town.payments(booked.id).await[0].rate, None);
    // At home it is what it always was.
    let home = town.book(&town.ice_in_tornio().later(60), aino(), EURO).await;
    assert_eq!(town.payments(home.id).await[0].amount, eur(30_00));
    // It goes back as it came.
    assert_eq!(town.cancel(booked.id).await.refunds, [sek(300_00)]);
    assert_eq!(
        town.postings(booked.id).await[3..],
        [
            "haparanda: due_to:tornio / clearing 300.00 SEK (30.00 EUR)",
            "tornio: vat / due_from:haparanda 3.57 EUR (3.57 EUR)",
            "tornio: income / due_from:haparanda 26.43 EUR (26.43 EUR)",
        ]
    );
}

async fn a_fixed_price_needs_no_rate(town: &Town) {
    town.price(&town.ice_in_tornio().space, &fixed("30.00", "300.00")).await;
    town.clock.set("2026-12-01T12:00:00Z"); // the last fixing is a month old
    let later = town.ice_in_tornio().later(35 * 24 * 60);
    let quote = town.quote(&later, &sport(PriceGroup::Adult)).await.expect("a price");
    assert_eq!(quote.other.ok(), Some((sek(300_00), None)));
    let pool = town.wall_time("tornion-uimahalli", "hela-bassangen", "2026-12-09 18:00", 60);
    assert!(town.quote(&pool, &sport(PriceGroup::Adult)).await.expect("a price").other.is_err());
    let booked = town.book(&later, asa(), KRONA).await;
    assert_eq!(town.payments(booked.id).await[0].amount, sek(300_00));
}

async fn a_move_between_fixed_prices_pays_what_lies_between_them(town: &Town) {
    let prices = json!([
        {"groups": ["adult"], "unit": "hour", "price": {"EUR": "20", "SEK": "210"}},
        {"groups": ["adult"], "when": {"from": "20:00"}, "unit": "hour", "price": {"EUR": "30", "SEK": "300"}}]);
    town.price(&town.ice_in_tornio().space, &json!({"dated_by": "booking", "prices": prices})).await;
    let booked = town.book(&town.ice_in_tornio(), asa(), KRONA).await;
    let dearer = town.ice_in_tornio().later(120);
    let quote = town.quote_move(&booked, &dearer).await;
    assert_eq!((quote.difference.total, quote.difference.other), (eur(10_00), Some(sek(90_00))));
    town.try_move(booked.id, &dearer).await.expect("a move");
    let payment = town.open_payment(&town.booking(booked.id).await, KRONA).await;
    assert_eq!((payment.amount, payment.gross, payment.rate.clone()), (sek(90_00), eur(10_00), None));
    town.play(&payment, vayla_services::payment::Outcome::Pay).await;
    let moved = town.booking(booked.id).await;
    assert_eq!((moved.total, moved.other), (eur(30_00), Some((sek(300_00), None))));
}
