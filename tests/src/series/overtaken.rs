//! Whoever is overtaken by another writer tries again.

use vayla_domain::money::{EURO, PriceGroup};
use vayla_services::{
    booking::BookingState,
    payment,
    series::{self, SeriesWish, Which},
    staff::Staff,
};

use super::{date, weekly, wish};
use crate::{Town, asa, waiting::shortcuts::broken};

on_both_engines! {
    staff_who_cancel_a_series_try_again,
    whoever_confirms_what_is_free_tries_again,
}

const TOUCH: &str = "UPDATE booking SET version = version WHERE id = $1";

async fn staff_who_cancel_a_series_try_again(town: &Town) {
    let series = town.paid_series(3, EURO).await;
    let (services, id) = (town.easily_overtaken().await, series.id);
    let cancelled = town
        .overtaken((TOUCH, series.bookings[2].id), async move {
            let rest = Which::From(date("2026-11-01"));
            series::cancel_by_staff(&services, &Staff::operator(), id, &rest, &broken()).await
        })
        .await;
    assert_eq!(cancelled.expect("to cancel").bookings.len(), 3);
    assert_eq!(town.states_of(&series).await, [BookingState::Cancelled; 3]);
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 3);
}

async fn whoever_confirms_what_is_free_tries_again(town: &Town) {
    let court = town.open_always("strandplan-naridrottsplats", "beachvolley").await;
    let free = |first| SeriesWish { price_group: PriceGroup::Youth, ..wish(&court, weekly(first, 2)) };
    let services = town.easily_overtaken().await;
    let held = town.hold_series(&free("2026-11-04"), asa()).await.bookings;
    let (own, last) = (services.clone(), held[1].id);
    let confirmed =
        town.overtaken((TOUCH, last), async move { payment::confirm_free_series(&own, &held).await }).await;
    confirmed.expect("to be confirmed");
    let held = town.hold_series(&free("2026-11-05"), asa()).await.bookings.swap_remove(0);
    let id = held.id;
    let confirmed =
        town.overtaken((TOUCH, id), async move { payment::confirm_free(&services, &held).await }).await;
    confirmed.expect("to be confirmed");
    assert_eq!(town.count("SELECT COUNT(*) FROM booking WHERE state = 'confirmed'").await, 3);
}
