//! A series is paid once; its books stay those of each booking.

use chrono::TimeDelta;
use vayla_domain::money::{Currency, EURO, PriceGroup};
use vayla_services::{
    booking::BookingState,
    payment::{self, FreeError, LATE_SECONDS, Outcome, Payment, StartError},
    series::{Series, SeriesWish},
};

use super::{weekly, wish};
use crate::{Town, aino, asa, sek};

on_both_engines! {
    it_is_paid_once_across_the_border,
    paid_twice_goes_back_once,
    late_money_has_what_is_still_free,
    a_refused_payment_leaves_the_hold,
    a_free_one_is_confirmed_at_once,
}

impl Town {
    /// Opens a payment of all that is held.
    async fn ask_for_series(&self, series: &Series, currency: Currency) -> Payment {
        let held = series.held(self.clock.now());
        let id = payment::start_series(&self.services, &held, currency, "http://localhost/").await;
        self.payment(id.expect("a payment")).await
    }

    async fn confirmed(&self, series: &Series) -> usize {
        self.series(series.id).await.in_state(BookingState::Confirmed, self.clock.now()).count()
    }
}

async fn it_is_paid_once_across_the_border(town: &Town) {
    let wish = town.three_tuesdays().await;
    let series = town.hold_series(&wish, asa()).await;
    let asked = town.ask_for_series(&series, sek(0).currency).await;
    assert_eq!(asked.amount, sek(1372_25));
    let sum = payment::amount_asked(&town.services, &asked).await.expect("the sum");
    assert_eq!(sum, sek(3 * 1372_25));
    town.play(&asked, Outcome::Pay).await;
    town.play(&asked, Outcome::Pay).await; // the provider tells again
    let series = town.series(series.id).await;
    let mut receipts = Vec::new();
    for booking in &series.bookings {
        assert_eq!(booking.state_at(town.clock.now()), BookingState::Confirmed);
        assert_eq!(
            town.postings(booking.id).await,
            [
                "haparanda: clearing / due_to:tornio 1372.25 SEK (125.00 EUR)",
                "tornio: due_from:haparanda / vat 14.87 EUR (14.87 EUR)",
                "tornio: due_from:haparanda / income 110.13 EUR (110.13 EUR)",
            ]
        );
        receipts.extend(town.receipts(booking.id).await);
    }
    receipts.sort_unstable();
    assert_eq!(receipts, [1, 2, 3]);
    assert_eq!(town.count("SELECT COUNT(*) FROM claim WHERE expires_at IS NULL").await, 3);
    // One letter with all dates, and one file with all events.
    let letters = town.letters().await;
    let [letter] = &letters[..] else { panic!("{letters:#?}") };
    assert!(letter.subject.contains("3 tider"), "{}", letter.subject);
    for text in
        ["tis 3 nov.", "tis 10 nov.", "tis 17 nov.", "18:00–19:00", "17:00–18:00", "4\u{a0}116,75\u{a0}kr"]
    {
        assert!(letter.text.contains(text), "{text}: {}", letter.text);
    }
    assert!(series.bookings.iter().all(|booking| letter.text.contains(&booking.reference)));
    assert!(letter.text.contains("/sv/serie/"), "{}", letter.text);
    let calendar = letter.calendar.as_ref().expect("a calendar file");
    assert_eq!((calendar.method.as_str(), calendar.text.matches("BEGIN:VEVENT").count()), ("PUBLISH", 3));
    assert_eq!(calendar.text.matches("BEGIN:VTIMEZONE").count(), 1);
}

async fn paid_twice_goes_back_once(town: &Town) {
    let wish = town.three_tuesdays().await;
    let series = town.hold_series(&wish, aino()).await;
    let asked = town.ask_for_series(&series, EURO).await;
    town.play(&asked, Outcome::Twice).await;
    assert_eq!(town.confirmed(&series).await, 3);
    assert_eq!(town.count("SELECT COUNT(*) FROM payment WHERE surplus").await, 3);
    assert_eq!(town.count("SELECT COUNT(*) FROM refund WHERE minor = 12500").await, 3);
    assert!(town.letter("Saat rahasi takaisin").await.text.contains("375,00"), "one letter, with the sum");
}

async fn late_money_has_what_is_still_free(town: &Town) {
    let wish = town.three_tuesdays().await;
    let series = town.hold_series(&wish, aino()).await;
    let asked = town.ask_for_series(&series, EURO).await;
    town.play(&asked, Outcome::Late).await;
    assert_eq!(town.series(series.id).await.held(town.clock.now()).len(), 0);
    town.hold(town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-10 18:00", 60).request()).await;
    town.clock.advance(TimeDelta::seconds(LATE_SECONDS));
    town.deliver().await;
    assert_eq!(town.confirmed(&series).await, 2);
    assert_eq!(
        town.count("SELECT COUNT(*) FROM refund WHERE minor = 12500 AND reason = 'too_late'").await,
        1
    );
    assert!(town.letter("Varattu: ").await.subject.contains("2 vuoroa"));
}

async fn a_refused_payment_leaves_the_hold(town: &Town) {
    let wish = town.three_tuesdays().await;
    let series = town.hold_series(&wish, aino()).await;
    let refused = town.ask_for_series(&series, EURO).await;
    town.play(&refused, Outcome::Refuse).await;
    assert_eq!(town.count("SELECT COUNT(*) FROM payment WHERE state = 'failed'").await, 3);
    assert_eq!(town.series(series.id).await.held(town.clock.now()).len(), 3);
    let asked = town.ask_for_series(&series, EURO).await;
    town.play(&asked, Outcome::Pay).await;
    assert_eq!(town.confirmed(&series).await, 3);
}

async fn a_free_one_is_confirmed_at_once(town: &Town) {
    let court = town.open_always("strandplan-naridrottsplats", "beachvolley").await;
    let wish = SeriesWish { price_group: PriceGroup::Youth, ..wish(&court, weekly("2026-11-04", 4)) };
    let series = town.hold_series(&wish, asa()).await;
    let held = series.held(town.clock.now());
    let started = payment::start_series(&town.services, &held, EURO, "http://localhost/").await;
    assert!(matches!(started, Err(StartError::Free)), "{started:?}");
    payment::confirm_free_series(&town.services, &held).await.expect("to be confirmed");
    assert_eq!(town.confirmed(&series).await, 4);
    let again = payment::confirm_free_series(&town.services, &town.series(series.id).await.bookings).await;
    assert!(matches!(again, Err(FreeError::NotHeld)), "{again:?}");
    assert!(town.letter("Bokat: ").await.text.contains("Pris: gratis"));
}
