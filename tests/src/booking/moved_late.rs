//! The difference comes late, or twice.

use chrono::TimeDelta;
use vayla_domain::money::{Currency, EURO, Money};
use vayla_services::{
    booking::{BookingState, Changed},
    payment::{self, Charge, Outcome, Payment},
};

use crate::{Time, Town, aino, asa, eur, sek};

on_both_engines! {
    money_that_comes_late_moves_to_a_time_that_is_still_free,
    money_that_comes_late_for_a_taken_time_goes_back_and_the_old_time_stays,
    money_that_comes_after_the_last_moment_goes_back,
    who_pays_the_difference_twice_gets_the_second_back,
}

const KRONA: Currency = sek(0).currency;

async fn moved(town: &Town, booking: uuid::Uuid, time: &Time) -> Vec<Money> {
    match town.try_move(booking, time).await {
        Ok(Changed::Done { refunds }) => refunds,
        other => panic!("it should be moved, and not {other:?}"),
    }
}

async fn is_open(town: &Town, booking: uuid::Uuid, time: &Time) {
    let asked = town.try_move(booking, time).await;
    assert!(matches!(asked, Ok(Changed::Open(_))), "{asked:?}");
}

fn back(payment: &Payment) -> Vec<(i64, &str)> {
    payment.refunds.iter().map(|refund| (refund.amount.minor, refund.reason.as_str())).collect()
}

async fn money_that_comes_late_moves_to_a_time_that_is_still_free(town: &Town) {
    let booking = town.book(&town.ice_by_day(), aino(), EURO).await;
    let evening = town.ice_in_tornio();
    is_open(town, booking.id, &evening).await;
    let payment = town.open_payment(&booking, EURO).await;
    town.play(&payment, Outcome::Late).await;
    assert_eq!(
        town.count("SELECT COUNT(*) FROM cell").await,
        4,
        "the new time is let go, the old one is kept"
    );
    town.clock.advance(TimeDelta::seconds(10));
    town.deliver().await;
    let after = town.booking(booking.id).await;
    assert_eq!((after.starts_at(), after.total), (evening.start, eur(125_00)));
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 4);
    assert!(town.payment(payment.id).await.pays());
    // The same for one whose hold has run out by itself, over its own time.
    let longer = Time { end: evening.end + TimeDelta::minutes(30), ..evening.clone() };
    is_open(town, booking.id, &longer).await;
    let payment = town.open_payment(&booking, EURO).await;
    town.clock.advance_minutes(20);
    let charged = payment::charge(&town.services, payment.id, "bank-1").await.expect("noted");
    assert_eq!(charged, Charge::Moved);
    assert_eq!(town.booking(booking.id).await.span.minutes(), 90);
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 6);
}

async fn money_that_comes_late_for_a_taken_time_goes_back_and_the_old_time_stays(town: &Town) {
    let booking = town.book(&town.ice_by_day(), asa(), KRONA).await;
    let evening = town.ice_in_tornio();
    is_open(town, booking.id, &evening).await;
    let payment = town.open_payment(&booking, KRONA).await;
    town.play(&payment, Outcome::Late).await;
    town.book(&evening.later(30), aino(), EURO).await; // half an hour of it is enough
    town.clock.advance(TimeDelta::seconds(10));
    town.deliver().await;
    let still = town.booking(booking.id).await;
    assert_eq!((still.starts_at(), still.version), (town.ice_by_day().start, 1));
    assert_eq!(town.state(booking.id).await, BookingState::Confirmed);
    let payment = town.payment(payment.id).await;
    assert!(payment.surplus && payment.receipt_number.is_none(), "{payment:?}");
    assert_eq!(back(&payment), [(329_34, "too_late")]);
    assert_eq!(town.count("SELECT COUNT(*) FROM cell").await, 8);
    let letter = town.letter("Du får pengarna tillbaka").await;
    assert!(letter.text.contains("329,34\u{a0}kr för en annan tid"), "{}", letter.text);
    assert!(letter.text.contains("Din bokning gäller som förut."), "{}", letter.text);
    // Money for a wish that the booker has given up goes back, too, even if its time is free.
    let day = town.ice_by_day();
    is_open(town, booking.id, &evening.later(90)).await;
    let given_up = town.open_payment(&booking, KRONA).await;
    moved(town, booking.id, &day.later(-60)).await;
    let charged = payment::charge(&town.services, given_up.id, "bank-2").await.expect("noted");
    assert_eq!(charged, Charge::TooLate);
    assert_eq!(town.booking(booking.id).await.starts_at(), day.later(-60).start);
}

/// Else moving would be the way around what cancelling costs.
async fn money_that_comes_after_the_last_moment_goes_back(town: &Town) {
    let day = town.ice_by_day();
    let booking = town.book(&day, aino(), EURO).await;
    let last = day.start - TimeDelta::hours(48);
    town.clock.set_to(last - TimeDelta::minutes(5));
    is_open(town, booking.id, &town.ice_in_tornio().later(1440)).await;
    let payment = town.open_payment(&booking, EURO).await;
    // While the new time is held, it was asked for in time.
    town.clock.set_to(last + TimeDelta::minutes(5));
    town.play(&payment, Outcome::Pay).await;
    assert_eq!(town.booking(booking.id).await.total, eur(125_00));
    // Once that has run out, it wasn't.
    let thursday = town.booking(booking.id).await;
    let last = thursday.starts_at() - TimeDelta::hours(48);
    town.clock.set_to(last - TimeDelta::minutes(5));
    let longer =
        Time { end: thursday.ends_at() + TimeDelta::minutes(30), ..town.ice_in_tornio().later(1440) };
    is_open(town, booking.id, &longer).await;
    let payment = town.open_payment(&booking, EURO).await;
    town.clock.set_to(last + TimeDelta::minutes(15));
    let charged = payment::charge(&town.services, payment.id, "bank-1").await.expect("noted");
    assert_eq!(charged, Charge::TooLate);
    assert_eq!(town.booking(booking.id).await.span, thursday.span);
}

async fn who_pays_the_difference_twice_gets_the_second_back(town: &Town) {
    let booking = town.book(&town.ice_by_day(), aino(), EURO).await;
    let evening = town.ice_in_tornio();
    is_open(town, booking.id, &evening).await;
    let euros = town.open_payment(&booking, EURO).await;
    let kronor = town.open_payment(&booking, KRONA).await;
    let (one, other) = tokio::join!(
        payment::charge(&town.services, euros.id, "paytrail-1"),
        payment::charge(&town.services, kronor.id, "swish-1"),
    );
    let mut done = [one.expect("noted"), other.expect("noted")];
    done.sort_by_key(|charge| *charge != Charge::Moved);
    assert_eq!(done, [Charge::Moved, Charge::PaidTwice]);
    // And a second time under another name.
    let paid = if town.payment(euros.id).await.pays() { &euros } else { &kronor };
    let again = payment::charge(&town.services, paid.id, "again").await.expect("noted");
    assert_eq!(again, Charge::PaidTwice);
    let payments = town.payments(booking.id).await;
    assert_eq!(payments.iter().filter(|payment| payment.pays()).count(), 2);
    for surplus in payments.iter().filter(|payment| payment.surplus) {
        assert_eq!(back(surplus), [(surplus.amount.minor, "paid_twice")]);
    }
    assert_eq!(town.receipts(booking.id).await.len(), 2);
    assert_eq!(town.booking(booking.id).await.sequence, 1);
}
