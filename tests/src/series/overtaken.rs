//! Whoever is overtaken by another writer tries again.

use serde_json::json;
use tokio::task::JoinHandle;
use uuid::Uuid;
use vayla_domain::money::{EURO, Money, PriceGroup};
use vayla_services::{
    booking::{self, BookingState},
    payment::{self, ChargeError, Outcome, StartError},
    series::{self, SeriesWish, Which},
    staff::Staff,
};

use super::{date, weekly, wish};
use crate::{Engine, Town, asa, eur, waiting::shortcuts::broken};

on_both_engines! {
    staff_who_cancel_a_series_try_again,
    whoever_confirms_what_is_free_tries_again,
    whoever_asks_for_more_time_or_pays_tries_again,
    staff_who_move_a_booking_try_again,
    of_two_who_price_a_date_at_once_one_price_holds,
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

/// What one date costs alone, and what two or three cost together: 100, 95 and 90 euros each.
async fn three_dates(town: &Town) -> [Uuid; 3] {
    let ice = town.open_always("tornion-jaahalli", "hela-isen").await;
    let list = json!({"dated_by": "booking", "series": [{"dates": 2, "percent": 5}, {"dates": 3, "percent": 10}],
        "prices": [{"groups": ["adult"], "unit": "hour", "price": {"EUR": "100.00"}}]});
    town.price(&ice, &list).await;
    let wish = wish(&town.space("tornion-jaahalli", "hela-isen"), weekly("2026-11-03", 3));
    let held = town.hold_series(&wish, asa()).await.bookings;
    [held[0].id, held[1].id, held[2].id]
}

/// The payer reads what they cost together, and then opens a payment of them.
async fn asks_for(town: &Town, dates: &[Uuid]) -> JoinHandle<Result<Uuid, StartError>> {
    let mut known = Vec::new();
    for id in dates {
        known.push(town.booking(*id).await);
    }
    let shown = series::priced_together(&town.services, known).await.expect("the database");
    let services = town.services.clone();
    tokio::spawn(async move { payment::start_series(&services, &shown, EURO, "http://localhost/").await })
}

/// They pay what the terminal shows them, and ask anew wherever something costs more than they were shown; so much.
async fn pays(town: &Town, dates: &[Uuid], mut opened: Result<Uuid, StartError>) -> Money {
    loop {
        match opened {
            Ok(id) => {
                let payment = town.payment(id).await;
                let shown = payment::amount_asked(&town.services, &payment).await.expect("a sum");
                match payment::play(&town.services, &payment, Outcome::Pay, Some(shown)).await {
                    Ok(()) => return shown,
                    Err(ChargeError::PriceChanged) => {}
                    Err(error) => panic!("{error}"),
                }
            }
            Err(StartError::Dearer) => {}
            Err(error) => panic!("{error}"),
        }
        opened = asks_for(town, dates).await.await.expect("to end");
    }
}

async fn of_two_who_price_a_date_at_once_one_price_holds(town: &Town) {
    let [first, second, _] = three_dates(town).await;
    // Both have read what the first costs, and neither has written what it is to cost.
    let mut hindrance = town.hindrance().await;
    hindrance.write(TOUCH, first).await;
    let alone = asks_for(town, &[first]).await;
    town.until_stopped(1).await;
    let both = asks_for(town, &[first, second]).await;
    town.until_stopped(2).await;
    hindrance.end().await;
    let (alone, both) = (alone.await.expect("to end"), both.await.expect("to end"));
    if town.engine == Engine::Postgres {
        assert!(alone.is_ok(), "{alone:?}");
        assert!(matches!(both, Err(StartError::Dearer)), "the first alone costs 100: {both:?}");
        let costs = (town.booking(first).await.total, town.booking(second).await.total);
        assert_eq!(costs, (eur(100_00), eur(95_00)));
        let priced = town.notes("repriced").await;
        assert_eq!(priced.iter().filter(|note| note.subject_id == first).count(), 1);
    }
    assert_eq!(pays(town, &[first], alone).await, eur(100_00), "as it was shown alone");
    let rest = asks_for(town, &[second]).await.await.expect("to end");
    assert_eq!(pays(town, &[second], rest).await, eur(95_00), "as the second of two");
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 0);
    assert_eq!(town.count("SELECT COUNT(*) FROM payment WHERE state = 'paid'").await, 2);
}
