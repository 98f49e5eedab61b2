//! Until further notice, and until it is taken back.

use chrono::{Days, TimeDelta};
use vayla_domain::money::EURO;
use vayla_services::{
    booking::BookingState,
    closure::{self, ClosurePlace, EndError, Fate},
    staff::Staff,
};

use super::{around, from, new};
use crate::{Time, Town, aino};
use vayla_domain::space::FacilityRules;

on_both_engines! {
    until_further_notice_is_as_far_as_anybody_can_book_also_later,
    what_was_kept_is_closed_when_it_goes,
    what_is_ended_is_free_again,
    two_closures_over_each_other_close_until_both_are_ended,
    whoever_cancels_while_one_closure_ends_leaves_the_time_to_the_other,
    what_new_rules_let_book_is_closed_too,
}

/// The court's first hour on the last day that can be booked.
fn last_day(town: &Town) -> Time {
    let first = town.wall_time("tornion-tenniskentat", "bana-1", "2026-11-02 12:00", 60);
    let last = first.space.rules.last_date(vayla_domain::money::PriceGroup::Adult, town.clock.now());
    let days = (last - first.start.date_naive()).num_days();
    let start = town.wall_time("tornion-tenniskentat", "bana-1", &format!("{last} 12:00"), 60);
    assert!(days > 100, "{days}");
    start
}

async fn until_further_notice_is_as_far_as_anybody_can_book_also_later(town: &Town) {
    let time = town.wall_time("tornion-tenniskentat", "bana-1", "2026-11-02 12:00", 60);
    let made = town.shut(&new(from(&time), [])).await;
    assert_eq!(made.closure.time.end(), None);
    town.is_closed(&time).await;
    town.is_closed(&last_day(town)).await;
    // The other courts are open.
    let other = town.wall_time("tornion-tenniskentat", "bana-2", "2026-11-02 12:00", 60);
    town.hold(other.request()).await;

    for _ in 0..3 {
        town.clock.advance(TimeDelta::days(40));
        assert_eq!(closure::extend(&town.services).await.expect("to go on"), 1);
        assert_eq!(closure::extend(&town.services).await.expect("to go on"), 0, "at once again");
        town.is_closed(&last_day(town)).await;
    }
    town.reopen(&made.closure).await;
    assert_eq!(closure::extend(&town.services).await.expect("nothing"), 0);
    town.hold(last_day(town).request()).await;
}

async fn what_was_kept_is_closed_when_it_goes(town: &Town) {
    let time = town.ice_in_tornio();
    let (cancelled, moved) =
        (town.book(&time, aino(), EURO).await, town.book(&time.later(60), aino(), EURO).await);
    let held = town.hold(time.later(120).request()).await;
    let place =
        ClosurePlace { start: time.later(-60).start, end: Some(time.later(180).end), ..around(&time) };
    let keep = [cancelled.id, moved.id, held.id].map(|id| (id, Fate::Keep));
    town.shut(&new(place, keep)).await;
    town.cancel(cancelled.id).await;
    town.is_closed(&time).await;
    town.clock.advance_minutes(16);
    town.sweep().await;
    assert_eq!(town.state(held.id).await, BookingState::Expired);
    town.is_closed(&time.later(120)).await;
    // Moved by a closure of its own, it leaves its old time to the first.
    let free = time.later(48 * 60);
    let fate = Fate::Move { space: free.space.clone(), start: free.start };
    town.shut(&new(around(&time.later(60)), [(moved.id, fate)])).await;
    town.is_closed(&time.later(60)).await;
    town.check_books().await;
}

async fn what_is_ended_is_free_again(town: &Town) {
    let time = town.ice_in_tornio();
    let kept = town.book(&time, aino(), EURO).await;
    let made = town.shut(&new(from(&time), [(kept.id, Fate::Keep)])).await;
    town.is_closed(&time.later(60)).await;
    let listed = async || {
        let staff = Staff::operator();
        closure::list(&town.services, &staff, &time.space.facility).await.expect("the closures")
    };
    assert_eq!(listed().await, std::slice::from_ref(&made.closure));
    town.reopen(&made.closure).await;
    town.hold(time.later(60).request()).await;
    town.is_taken(&time).await;
    assert_eq!(listed().await, []);
    let again = closure::end(&town.services, &Staff::operator(), made.closure.id).await;
    assert!(matches!(again, Err(EndError::NotInForce)), "{again:?}");
    let [note] = town.notes("closure_ended").await.try_into().expect("one note");
    assert_eq!((note.subject.as_str(), note.subject_id), ("closure", made.closure.id));

    let short = town.shut(&new(around(&time.later(120)), [])).await;
    town.clock.set_to(time.later(120).end + Days::new(1));
    let over = closure::end(&town.services, &Staff::operator(), short.closure.id).await;
    assert!(matches!(over, Err(EndError::NotInForce)), "{over:?}");
}

async fn two_closures_over_each_other_close_until_both_are_ended(town: &Town) {
    let time = town.ice_in_tornio();
    let first = town.shut(&new(around(&time), [])).await;
    let place = ClosurePlace { end: Some(time.later(60).end), ..around(&time) };
    let second = town.shut(&new(place, [])).await;
    town.reopen(&first.closure).await;
    town.is_closed(&time).await;
    town.is_closed(&time.later(60)).await;
    town.check_books().await;
    town.reopen(&second.closure).await;
    town.hold(time.request()).await;
}

async fn whoever_cancels_while_one_closure_ends_leaves_the_time_to_the_other(town: &Town) {
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    let first = town.shut(&new(around(&time), [(booking.id, Fate::Keep)])).await.closure;
    town.clock.advance_minutes(1); // cells go to the earliest closure over them, and ids sort by time
    town.shut(&new(around(&time), [(booking.id, Fate::Keep)])).await;
    let (services, other) = (town.services.clone(), town.services.clone());
    // The time is given to the first closure, and nobody sees so yet.
    let hindrance = town.hindrance_at("audit").await;
    let cancelled =
        tokio::spawn(async move { vayla_services::booking::cancel(&services, booking.id).await.map(drop) });
    town.until_stopped(1).await;
    let ended =
        tokio::spawn(async move { closure::end(&other, &Staff::operator(), first.id).await.map(drop) });
    town.until_stopped(2).await;
    hindrance.end().await;
    cancelled.await.expect("to end").expect("to cancel it");
    ended.await.expect("to end").expect("to end it");
    town.is_closed(&time).await;
}

async fn what_new_rules_let_book_is_closed_too(town: &Town) {
    let time = town.wall_time("tornion-tenniskentat", "bana-1", "2026-11-02 12:00", 60);
    let facility = time.space.facility.clone();
    let set = async |rules: &FacilityRules| {
        vayla_services::rules::set_facility(&town.services, &Staff::operator(), &facility, rules, None)
            .await
            .expect("the rules")
    };
    let booking = serde_json::from_str(r#"[{"horizon_days":30}]"#).expect("windows");
    set(&FacilityRules { booking, ..facility.rules.clone() }).await;
    town.shut(&new(from(&time), [])).await;
    set(&facility.rules).await;
    town.is_closed(&last_day(town)).await;
}
