//! Whoever is overtaken by another writer tries again.

use serde_json::json;
use vayla_domain::money::{EURO, PriceGroup};
use vayla_services::{
    booking::{self, BookingState},
    payment::{self, StartError},
    series::{self, SeriesWish, Which},
    staff::Staff,
};

use super::{date, weekly, wish};
use crate::{Town, asa, waiting::shortcuts::broken};

on_both_engines! {
    staff_who_cancel_a_series_try_again,
    whoever_confirms_what_is_free_tries_again,
    whoever_asks_for_more_time_or_pays_tries_again,
    staff_who_move_a_booking_try_again,
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

async fn whoever_asks_for_more_time_or_pays_tries_again(town: &Town) {
    let services = town.easily_overtaken().await;
    let ice = town.open_always("tornion-jaahalli", "hela-isen").await;
    let list = json!({"dated_by": "booking", "series": [{"dates": 3, "percent": 10}], "prices": [
        {"groups": ["adult"], "unit": "hour", "price": {"EUR": "100.00"}}]});
    town.price(&ice, &list).await;
    services.refresh_catalogue().await.expect("the places");
    let wish = wish(&town.space("tornion-jaahalli", "hela-isen"), weekly("2026-11-03", 3));
    let series = town.hold_series(&wish, asa()).await;
    let last = series.bookings[2].id;
    let (own, held) = (services.clone(), series.clone());
    let extended = town.overtaken((TOUCH, last), async move { series::extend(&own, &held).await }).await;
    extended.expect("a little longer");
    assert!(town.booking(last).await.hold_extended);
    // Fewer cost more, which is written down while somebody else has the series in hand.
    let (own, two) = (services.clone(), series.bookings[..2].to_vec());
    let opened = town
        .overtaken((TOUCH, last), async move {
            payment::start_series(&own, &two, EURO, "http://localhost/").await
        })
        .await;
    assert!(matches!(opened, Err(StartError::Dearer)), "{opened:?}");
    let single = town.hold(town.ice_in_haparanda().request_by(asa())).await;
    let id = single.id;
    let extended =
        town.overtaken((TOUCH, id), async move { booking::extend(&services, &single).await }).await;
    extended.expect("a little longer");
}

async fn staff_who_move_a_booking_try_again(town: &Town) {
    let services = town.easily_overtaken().await;
    let (from, to) = (town.ice_in_tornio(), town.ice_in_tornio().later(60).target());
    let id = town.book(&from, asa(), EURO).await.id;
    let moved = town
        .overtaken((TOUCH, id), async move {
            booking::move_by_staff(&services, &Staff::operator(), id, &to, &broken()).await
        })
        .await;
    moved.expect("to move");
    assert_eq!(town.booking(id).await.starts_at(), from.later(60).start);
}
