//! Receipts are numbered without gaps, in each municipality by itself.

use tokio::task::JoinSet;
use vayla_domain::money::EURO;
use vayla_services::payment::{self, Charge};

use crate::{Town, aino, sek};

on_both_engines! {
    receipts_of_many_payments_at_once_have_no_gap,
    each_municipality_numbers_its_own,
}

async fn receipts_of_many_payments_at_once_have_no_gap(town: &Town) {
    let first = town.wall_time("tornion-tenniskentat", "bana-1", "2026-11-02 00:00", 60);
    let mut paying = JoinSet::new();
    for hour in 0..32 {
        let held = town.hold(first.later(60 * hour).request_by(aino())).await;
        let opened = town.open_payment(&held, EURO).await;
        let services = town.services.clone();
        paying.spawn(async move {
            payment::charge(&services, opened.id, &opened.id.to_string()).await.expect("noted")
        });
    }
    assert!(paying.join_all().await.iter().all(|charge| *charge == Charge::Confirmed));
    let numbers: Vec<i64> = crate::sql!(town, c => sqlx::query_scalar(
        "SELECT receipt_number FROM payment ORDER BY receipt_number").fetch_all(c).await)
    .expect("the numbers");
    assert_eq!(numbers, (1..=32).collect::<Vec<i64>>());
}

async fn each_municipality_numbers_its_own(town: &Town) {
    let (east, west) = (town.ice_in_tornio(), town.ice_in_haparanda());
    // The seller numbers, whoever takes the money in.
    let mut numbers = Vec::new();
    for time in [&east, &west, &east.later(60), &west.later(60)] {
        let booking = town.book(time, aino(), sek(0).currency).await;
        numbers.push((booking.space.facility.municipality.code.clone(), town.receipts(booking.id).await));
    }
    let expected = [("tornio", 1), ("haparanda", 1), ("tornio", 2), ("haparanda", 2)];
    assert_eq!(numbers, expected.map(|(town, number)| (town.to_owned(), vec![number])));
}
