//! One, some, or the rest from a date on: each by its own rule.

use vayla_domain::money::{Currency, EURO};
use vayla_services::{
    booking::{BookingState, CancelError},
    payment::{self, Outcome},
    series::{self, Series, Which},
};

use super::{date, weekly, wish};
use crate::{Town, aino, eur};

on_both_engines! {
    some_are_cancelled_and_the_others_stay,
    the_rest_is_cancelled_each_by_its_rule,
    what_is_held_is_given_back_without_a_letter,
    one_that_is_cancelled_by_itself_leaves_the_others,
}

impl Town {
    pub(super) async fn paid_series(&self, count: u32, currency: Currency) -> Series {
        let ice = self.open_always("tornion-jaahalli", "hela-isen").await;
        let series = self.hold_series(&wish(&ice, weekly("2026-11-03", count)), aino()).await;
        let held = series.held(self.clock.now());
        let id = payment::start_series(&self.services, &held, currency, "http://localhost/").await;
        self.play(&self.payment(id.expect("a payment")).await, Outcome::Pay).await;
        self.series(series.id).await
    }

    pub(super) async fn states_of(&self, series: &Series) -> Vec<BookingState> {
        let now = self.clock.now();
        self.series(series.id).await.bookings.iter().map(|booking| booking.state_at(now)).collect()
    }
}

const BOOKED: BookingState = BookingState::Confirmed;
const GONE: BookingState = BookingState::Cancelled;

async fn some_are_cancelled_and_the_others_stay(town: &Town) {
    let series = town.paid_series(4, EURO).await;
    let another = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let some = vec![series.bookings[0].id, series.bookings[2].id, another.id];
    let cancelled = series::cancel(&town.services, &series, &Which::Some(some.clone())).await.expect("two");
    assert_eq!(cancelled.bookings.iter().map(|booking| booking.id).collect::<Vec<_>>(), some[..2]);
    assert_eq!(cancelled.refunds, [eur(2 * 125_00)]);
    assert_eq!(town.states_of(&series).await, [GONE, BOOKED, GONE, BOOKED]);
    assert_eq!(town.state(another.id).await, BOOKED); // not one of its own
    let again = series::cancel(&town.services, &town.series(series.id).await, &Which::Some(some)).await;
    assert!(matches!(again, Err(CancelError::NotLive)), "{again:?}");
    let letter = town.letter("Peruttu: ").await;
    assert!(letter.subject.contains("2 vuoroa") && letter.text.contains("250,00"), "{letter:?}");
    let calendar = letter.calendar.expect("a calendar file");
    assert_eq!((calendar.method.as_str(), calendar.text.matches("STATUS:CANCELLED").count()), ("CANCEL", 2));
}

async fn the_rest_is_cancelled_each_by_its_rule(town: &Town) {
    let series = town.paid_series(4, EURO).await;
    // The first is over; for the second it is too late to have all of it back.
    town.clock.set("2026-11-10T12:00:00Z");
    let cancelled =
        series::cancel(&town.services, &series, &Which::From(date("2026-11-01"))).await.expect("the rest");
    assert_eq!(cancelled.bookings.len(), 3);
    let late = eur(125_00).percent(50);
    assert_eq!(cancelled.refunds, [eur(late.minor + 2 * 125_00)]);
    assert_eq!(town.states_of(&series).await, [BOOKED, GONE, GONE, GONE]);
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 4);

    let later = town.paid_series_from("2026-11-17").await;
    let which = Which::From(date("2026-11-24"));
    series::cancel(&town.services, &later, &which).await.expect("from a date on");
    assert_eq!(town.states_of(&later).await, [BOOKED, GONE]);
}

impl Town {
    async fn paid_series_from(&self, first: &str) -> Series {
        let ice = self.space("tornion-jaahalli", "hela-isen");
        let series = self.hold_series(&wish(&ice, weekly(first, 2)), aino()).await;
        let held = series.held(self.clock.now());
        let id = payment::start_series(&self.services, &held, EURO, "http://localhost/").await;
        self.play(&self.payment(id.expect("a payment")).await, Outcome::Pay).await;
        self.series(series.id).await
    }
}

async fn what_is_held_is_given_back_without_a_letter(town: &Town) {
    let wish = town.three_tuesdays().await;
    let series = town.hold_series(&wish, aino()).await;
    let all = Which::From(date("2026-11-01"));
    let given_back = series::cancel(&town.services, &series, &all).await.expect("all of it");
    assert_eq!((given_back.bookings.len(), &given_back.refunds[..]), (3, &[][..]));
    assert_eq!(town.letters().await, []);
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 0);
}

async fn one_that_is_cancelled_by_itself_leaves_the_others(town: &Town) {
    let series = town.paid_series(3, EURO).await;
    assert_eq!(town.cancel(series.bookings[1].id).await.refunds, [eur(125_00)]);
    assert_eq!(town.states_of(&series).await, [BOOKED, GONE, BOOKED]);
    town.hold(town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-10 18:00", 60).request()).await;
}
