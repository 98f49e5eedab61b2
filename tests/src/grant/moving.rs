//! A grant covers another time by the same rule as long as it holds, and otherwise keeps what it gave.

use chrono::TimeDelta;
use vayla_domain::money::EURO;
use vayla_services::{
    booking::{Booking, Changed},
    grant::{self, TownGrant},
    payment::Outcome,
    staff::Staff,
};

use super::{half_by_haparanda, percent};
use crate::{Time, Town, aino, eur};

on_both_engines! {
    a_dearer_time_has_its_half_too,
    a_cheaper_time_gives_each_their_half_back,
    a_closed_grant_keeps_what_it_gave,
    a_move_that_runs_out_gives_its_part_back,
    a_grant_of_all_pays_a_dearer_time_at_once,
}

async fn booked(town: &Town, time: &Time, grant: &TownGrant) -> Booking {
    let held = town.hold(time.request_by(aino())).await;
    town.put(&held, &town.voucher(grant).await).await.expect("a part");
    town.pay(&held, EURO).await;
    town.booking(held.id).await
}

async fn given(town: &Town, booking: &Booking) -> i64 {
    let granted = town.granted(booking.id).await;
    granted.iter().map(|granted| granted.standing().left().gross.minor).sum()
}

async fn a_dearer_time_has_its_half_too(town: &Town) {
    let grant = town.grant("haparanda", half_by_haparanda()).await;
    let booking = booked(town, &town.ice_by_day(), &grant).await;
    let quote = town.quote_move(&booking, &town.ice_in_tornio()).await;
    assert_eq!(quote.difference.total, eur(15_00));
    let Ok(Changed::Open(change)) = town.try_move(booking.id, &town.ice_in_tornio()).await else {
        panic!("to be paid first")
    };
    assert_eq!(change.pay, eur(15_00));
    let payment = town.open_payment(&booking, EURO).await;
    town.play(&payment, Outcome::Pay).await;
    town.play(&payment, Outcome::Pay).await;
    let moved = town.booking(booking.id).await;
    assert_eq!((moved.total, given(town, &moved).await), (eur(125_00), 62_50));
}

async fn a_cheaper_time_gives_each_their_half_back(town: &Town) {
    let grant = town.grant("haparanda", half_by_haparanda()).await;
    let booking = booked(town, &town.ice_in_tornio(), &grant).await;
    assert_eq!(town.quote_move(&booking, &town.ice_by_day()).await.refunds, [eur(15_00)]);
    let Ok(Changed::Done { refunds }) = town.try_move(booking.id, &town.ice_by_day()).await else {
        panic!("at once")
    };
    assert_eq!((refunds, given(town, &booking).await), (vec![eur(15_00)], 47_50));
}

async fn a_closed_grant_keeps_what_it_gave(town: &Town) {
    let grant = town.grant("haparanda", half_by_haparanda()).await;
    let booking = booked(town, &town.ice_in_tornio(), &grant).await;
    grant::close(&town.services, &Staff::operator(), grant.id).await.expect("closed");
    let Ok(Changed::Done { refunds }) = town.try_move(booking.id, &town.ice_by_day()).await else {
        panic!("at once")
    };
    assert_eq!((refunds, given(town, &booking).await), (vec![eur(30_00)], 62_50));
    let back = town.quote_move(&town.booking(booking.id).await, &town.ice_in_tornio()).await;
    assert_eq!(back.difference.total, eur(30_00));
}

async fn a_move_that_runs_out_gives_its_part_back(town: &Town) {
    let grant = town.grant("tornio", percent(50, eur(1000_00))).await;
    let booking = booked(town, &town.ice_by_day(), &grant).await;
    town.try_move(booking.id, &town.ice_in_tornio()).await.expect("to move");
    assert_eq!(town.used(&grant).await, 62_50);
    let late = town.open_payment(&booking, EURO).await;
    town.clock.advance(TimeDelta::minutes(16));
    town.sweep().await;
    assert_eq!(town.used(&grant).await, 47_50);
    town.play(&late, Outcome::Pay).await; // still free, and the grant has it again
    assert_eq!((town.booking(booking.id).await.total, town.used(&grant).await), (eur(125_00), 62_50));
}

async fn a_grant_of_all_pays_a_dearer_time_at_once(town: &Town) {
    let grant = town.grant("tornio", percent(100, eur(1000_00))).await;
    let held = town.hold(town.ice_by_day().request_by(aino())).await;
    town.put(&held, &town.voucher(&grant).await).await.expect("all of it");
    vayla_services::payment::confirm_free(&town.services, &held).await.expect("booked");
    assert!(matches!(town.try_move(held.id, &town.ice_in_tornio()).await, Ok(Changed::Done { .. })));
    assert_eq!(town.used(&grant).await, 125_00);
}
