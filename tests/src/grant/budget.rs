//! A budget is never overrun, and what isn't used of it is there for others.

use chrono::TimeDelta;
use tokio::task::JoinSet;
use vayla_domain::money::EURO;
use vayla_services::{
    booking::{Booking, BookingState},
    grant,
    payment::Outcome,
};

use super::percent;
use crate::{Town, aino, eur};

on_both_engines! {
    of_many_at_once_only_what_the_budget_has_is_granted,
    the_database_itself_keeps_the_budget,
    a_hold_that_runs_out_gives_its_part_back,
    late_money_has_its_part_again,
    late_money_whose_part_is_gone_goes_back,
}

const RACERS: i64 = 12;

/// Tennis in Tornio: an hour each, one after the other.
async fn hold(town: &Town, place: i64) -> Booking {
    let time = town.wall_time("tornion-tenniskentat", "bana-1", "2026-11-02 00:00", 60).later(60 * place);
    town.hold(time.request_by(aino())).await
}

async fn of_many_at_once_only_what_the_budget_has_is_granted(town: &Town) {
    let first = hold(town, 0).await;
    let price = first.total;
    // For four bookings and a half.
    let grant = town.grant("tornio", percent(100, eur(price.minor * 9 / 2))).await;
    let codes = town.vouchers(&grant, RACERS as usize, None).await;
    let second = town.second().await;
    let mut held = vec![first];
    for place in 1..RACERS {
        held.push(hold(town, place).await);
    }
    let mut running = JoinSet::new();
    for ((place, booking), code) in held.iter().map(|booking| booking.id).enumerate().zip(codes) {
        let services = if place % 2 == 0 { town.services.clone() } else { second.clone() };
        running.spawn(async move { grant::put_on(&services, &[booking], &code).await.is_ok() });
    }
    let granted = running.join_all().await.into_iter().filter(|put| *put).count();
    assert_eq!((granted, town.used(&grant).await), (5, price.minor * 9 / 2));
    second.db.close().await;
}

/// The proof that it isn't only our looking that keeps the promise.
async fn the_database_itself_keeps_the_budget(town: &Town) {
    let grant = town.grant("tornio", percent(100, eur(10_00))).await;
    let over = crate::sql!(town, c => sqlx::query("UPDATE town_grant SET used_minor = 1001 WHERE id = $1")
        .bind(grant.id).execute(c).await.map(drop));
    assert!(over.is_err_and(|error| error.to_string().contains("town_grant_budget")));
}

async fn a_hold_that_runs_out_gives_its_part_back(town: &Town) {
    let grant = town.grant("tornio", percent(100, eur(125_00))).await;
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    let codes = town.vouchers(&grant, 2, None).await;
    town.put(&held, &codes[0]).await.expect("a part");
    let other = town.hold(town.ice_in_tornio().later(60).request_by(aino())).await;
    town.put(&other, &codes[1]).await.expect_err("nothing is left");
    town.clock.advance(TimeDelta::minutes(16));
    assert_eq!(town.state(held.id).await, BookingState::Expired);
    let fresh = town.hold(town.ice_in_tornio().later(120).request_by(aino())).await;
    town.put(&fresh, &codes[0]).await.expect("the same voucher");
    assert_eq!((town.used(&grant).await, town.granted(held.id).await.len()), (125_00, 0));
}

async fn late_money_has_its_part_again(town: &Town) {
    let grant = town.grant("tornio", percent(50, eur(100_00))).await;
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    town.put(&held, &town.voucher(&grant).await).await.expect("a part");
    let late = town.open_payment(&held, EURO).await;
    town.clock.advance(TimeDelta::minutes(16));
    town.sweep().await;
    assert_eq!(town.used(&grant).await, 0);
    town.play(&late, Outcome::Pay).await;
    town.play(&late, Outcome::Pay).await;
    assert_eq!(town.state(held.id).await, BookingState::Confirmed);
    assert_eq!((town.used(&grant).await, town.granted(held.id).await[0].gross), (62_50, eur(62_50)));
}

async fn late_money_whose_part_is_gone_goes_back(town: &Town) {
    let grant = town.grant("tornio", percent(50, eur(62_50))).await;
    let held = town.hold(town.ice_in_tornio().request_by(aino())).await;
    let codes = town.vouchers(&grant, 2, None).await;
    town.put(&held, &codes[0]).await.expect("a part");
    let late = town.open_payment(&held, EURO).await;
    town.clock.advance(TimeDelta::minutes(16));
    let other = town.hold(town.ice_in_tornio().later(60).request_by(aino())).await;
    town.put(&other, &codes[1]).await.expect("a part");
    town.play(&late, Outcome::Pay).await;
    assert_eq!(town.state(held.id).await, BookingState::Expired);
    assert_eq!(town.payment(late.id).await.refunds[0].amount, eur(62_50));
}
