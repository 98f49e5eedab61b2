//! A grant pays its part of each date.

use uuid::Uuid;
use vayla_domain::money::EURO;
use vayla_services::{
    booking::BookingState,
    grant::{self, PutError},
    payment::{self, Outcome, Payment},
};

use super::percent;
use crate::{Town, aino, eur};

on_both_engines! {
    each_date_has_its_part,
    a_budget_that_ends_pays_what_it_has,
    a_series_that_a_grant_pays_whole_is_booked_without_a_payment,
}

/// Three Tuesdays, with a voucher put on, and the payment that is asked for the rest.
async fn asked_for(town: &Town, code: &str) -> (Vec<Uuid>, Payment) {
    let series = town.hold_series(&town.three_tuesdays().await, aino()).await;
    let held = series.held(town.clock.now());
    let ids: Vec<Uuid> = held.iter().map(|booking| booking.id).collect();
    grant::put_on(&town.services, &ids, code).await.expect("a part");
    let id = payment::start_series(&town.services, &held, EURO, "http://localhost/").await;
    (ids, town.payment(id.expect("a payment")).await)
}

async fn each_date_has_its_part(town: &Town) {
    let grant = town.grant("tornio", percent(20, eur(1000_00))).await;
    let code = town.vouchers(&grant, 1, Some(eur(1000_00))).await.pop().expect("a code");
    let (ids, asked) = asked_for(town, &code).await;
    let sum = payment::amount_asked(&town.services, &asked).await.expect("the sum");
    assert_eq!(sum, eur(300_00));
    town.play(&asked, Outcome::Pay).await;
    for id in &ids {
        assert_eq!(town.state(*id).await, BookingState::Confirmed);
        assert_eq!(town.granted(*id).await[0].gross, eur(25_00));
    }
    let letter = town.letters().await.pop().expect("a letter").text;
    assert!(letter.contains("Tornio maksaa hinnasta 75,00\u{a0}€"), "{letter}");
}

async fn a_budget_that_ends_pays_what_it_has(town: &Town) {
    let grant = town.grant("tornio", percent(100, eur(200_00))).await;
    let code = town.vouchers(&grant, 1, Some(eur(200_00))).await.pop().expect("a code");
    let (ids, asked) = asked_for(town, &code).await;
    assert_eq!(payment::amount_asked(&town.services, &asked).await.expect("the sum"), eur(175_00));
    town.play(&asked, Outcome::Pay).await;
    for id in &ids {
        assert_eq!(town.state(*id).await, BookingState::Confirmed);
    }
    // What the series gives back is there again.
    for id in ids {
        town.cancel(id).await;
    }
    assert_eq!(town.used(&grant).await, 0);
}

async fn a_series_that_a_grant_pays_whole_is_booked_without_a_payment(town: &Town) {
    let grant = town.grant("tornio", percent(100, eur(1000_00))).await;
    let once = town.voucher(&grant).await;
    let code = town.vouchers(&grant, 1, Some(eur(900_00))).await.pop().expect("a code");
    let series = town.hold_series(&town.three_tuesdays().await, aino()).await;
    let held = series.held(town.clock.now());
    let ids: Vec<_> = held.iter().map(|booking| booking.id).collect();
    grant::put_on(&town.services, &ids, &once).await.expect("one date");
    payment::confirm_free_series(&town.services, &held).await.expect_err("two are to be paid");
    assert_eq!(town.used(&grant).await, 125_00);
    grant::put_on(&town.services, &ids, &code).await.expect("all of it");
    payment::confirm_free_series(&town.services, &held).await.expect("booked");
    assert_eq!(town.used(&grant).await, 375_00);
    let none = grant::put_on(&town.services, &ids, &once).await;
    assert!(matches!(none, Err(PutError::NotHeld)), "{none:?}");
}
