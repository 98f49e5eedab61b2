//! A dearer time is held beside the old one until the difference is paid.

use chrono::TimeDelta;
use vayla_domain::money::EURO;
use vayla_services::{
    booking::{self, BookingState, Change, Changed, HoldRequest, MoveError},
    payment::{self, Outcome, StartError},
};

use crate::{Time, Town, aino, eur, sek};

on_both_engines! {
    a_dearer_time_is_held_beside_the_old_one,
    asked_twice_is_held_once,
    another_wish_lets_the_first_go,
    the_hold_of_a_move_runs_out,
    who_cancels_while_a_move_is_open_has_neither_time,
    a_hold_is_held_anew,
}

/// The cells that somebody has.
const CELLS: &str = "SELECT COUNT(*) FROM cell";

fn is_done(changed: &Result<Changed, MoveError>) {
    assert!(matches!(changed, Ok(Changed::Done { .. })), "{changed:?}");
}

fn opened(changed: Result<Changed, MoveError>) -> Change {
    match changed {
        Ok(Changed::Open(change)) => *change,
        other => panic!("it should be open, and not {other:?}"),
    }
}

async fn a_dearer_time_is_held_beside_the_old_one(town: &Town) {
    let day = town.ice_by_day();
    let booking = town.book(&day, aino(), EURO).await;
    let evening = town.ice_in_tornio();
    let change = opened(town.try_move(booking.id, &evening).await);
    assert_eq!((change.pay, change.pay_other), (eur(30_00), Some(sek(329_34))));
    assert_eq!(change.expires_at, town.clock.now() + TimeDelta::minutes(15));
    town.is_taken(&day).await;
    town.is_taken(&evening).await;
    let still = town.booking(booking.id).await;
    assert_eq!((still.starts_at(), still.total, still.sequence), (day.start, eur(95_00), 0));
    assert_eq!(town.letters().await.len(), 1, "nothing is told before it is done");
    town.pay(&booking, EURO).await;
    let moved = town.booking(booking.id).await;
    assert_eq!((moved.starts_at(), moved.total, moved.sequence), (evening.start, eur(125_00), 1));
    town.is_taken(&evening).await;
    town.hold(day.request()).await;
    assert_eq!(town.receipts(booking.id).await, [1, 2]);
    let letter = town.letter("Siirretty: ").await;
    assert!(letter.text.contains("Maksoit hintojen erotuksen, 30,00\u{a0}€."), "{}", letter.text);
}

async fn asked_twice_is_held_once(town: &Town) {
    let day = town.ice_by_day();
    let booking = town.book(&day, aino(), EURO).await;
    let evening = town.ice_in_tornio();
    let shown = town.quote_move(&booking, &evening).await.fingerprint();
    let ask = async |time: &Time, shown: &str| {
        booking::change(&town.services, booking.id, &time.target(), Some(shown)).await
    };
    let (one, other) = tokio::join!(ask(&evening, &shown), ask(&evening, &shown));
    assert_eq!(opened(one).id, opened(other).id);
    assert_eq!(town.count(CELLS).await, 8);
    // One that is done at once is done once.
    let earlier = day.later(-60);
    let shown = town.quote_move(&booking, &earlier).await.fingerprint();
    let (one, other) = tokio::join!(ask(&earlier, &shown), ask(&earlier, &shown));
    is_done(&one);
    is_done(&other);
    is_done(&ask(&earlier, &shown).await);
    let moved = town.booking(booking.id).await;
    assert_eq!((moved.starts_at(), moved.sequence), (earlier.start, 1));
    assert_eq!(town.count(CELLS).await, 4, "what was held for the evening is let go");
    assert_eq!(town.letters().await.len(), 2);
    // Another price than the one that was shown isn't taken.
    let shown = town.quote_move(&moved, &evening).await.fingerprint();
    town.set_price(&booking.space, 150_00).await;
    let refused = ask(&town.ice_in_tornio(), &shown).await;
    assert!(matches!(refused, Err(MoveError::QuoteChanged)), "{refused:?}");
    assert_eq!(town.count(CELLS).await, 4);
}

async fn another_wish_lets_the_first_go(town: &Town) {
    let booking = town.book(&town.ice_by_day(), aino(), EURO).await;
    let evening = town.ice_in_tornio();
    let first = opened(town.try_move(booking.id, &evening).await);
    let second = opened(town.try_move(booking.id, &evening.later(30)).await);
    assert_ne!(first.id, second.id);
    assert_eq!(town.count(CELLS).await, 8);
    town.hold(evening.later(-30).request()).await; // half of it was the first wish
    town.pay(&booking, EURO).await;
    assert_eq!(town.booking(booking.id).await.starts_at(), evening.later(30).start);
    assert_eq!(town.count("SELECT COUNT(*) FROM booking_change WHERE state = 'given_back'").await, 1);
}

async fn the_hold_of_a_move_runs_out(town: &Town) {
    for swept in [true, false] {
        let day = town.ice_by_day().later(if swept { 0 } else { -60 });
        let booking = town.book(&day, aino(), EURO).await;
        let evening = town.ice_in_tornio();
        let change = opened(town.try_move(booking.id, &evening).await);
        town.clock.set_to(change.expires_at - TimeDelta::milliseconds(1));
        town.is_taken(&evening).await;
        town.clock.set_to(change.expires_at);
        if swept {
            assert_eq!(town.sweep().await, 1);
        }
        let other = town.hold(evening.request()).await;
        town.is_taken(&day).await;
        let still = town.booking(booking.id).await;
        assert_eq!((still.starts_at(), still.version, still.sequence), (day.start, 1, 0));
        let late = payment::start(&town.services, &still, EURO, "http://localhost/").await;
        assert!(matches!(late, Err(StartError::NothingDue)), "{late:?}");
        town.cancel(other.id).await;
    }
    assert_eq!(town.count("SELECT COUNT(*) FROM booking_change WHERE state = 'expired'").await, 2);
}

async fn who_cancels_while_a_move_is_open_has_neither_time(town: &Town) {
    let booking = town.book(&town.ice_by_day(), aino(), EURO).await;
    opened(town.try_move(booking.id, &town.ice_in_tornio()).await);
    let payment = town.open_payment(&booking, EURO).await;
    assert_eq!(town.cancel(booking.id).await.refunds, [eur(95_00)]);
    assert_eq!(town.count(CELLS).await, 0);
    town.play(&payment, Outcome::Pay).await;
    let payment = town.payment(payment.id).await;
    assert!(payment.surplus && payment.refunds[0].reason == "unwanted", "{payment:?}");
    assert_eq!(town.state(booking.id).await, BookingState::Cancelled);
    assert_eq!(town.count(CELLS).await, 0);
}

async fn a_hold_is_held_anew(town: &Town) {
    let ice = town.ice_in_tornio();
    let held = town.hold(HoldRequest { who: Some(aino()), ..ice.request() }).await;
    let changed = town.try_move(held.id, &ice.later(30)).await;
    let Ok(Changed::Held(anew)) = changed else { panic!("held anew, and not {changed:?}") };
    assert_eq!((anew.starts_at(), anew.who.clone()), (ice.later(30).start, Some(aino())));
    assert_eq!(town.state(held.id).await, BookingState::Expired);
    assert_eq!(town.count(CELLS).await, 4);
    town.pay(&anew, EURO).await;
    assert_eq!(town.state(anew.id).await, BookingState::Confirmed);
}
