//! Moves: the old time is never lost before the new one is had.

use chrono::TimeDelta;
use vayla_domain::{booking::TooLateToMove, money::EURO, space::Refusal};
use vayla_services::booking::{self, BookingState, Change, Changed, HoldRequest, MoveError};

use crate::{Time, Town, aino, asa, eur, sek};

on_both_engines! {
    a_booking_moves_to_a_time_that_costs_the_same,
    it_moves_by_half_an_hour_over_its_own_time,
    it_moves_to_a_larger_and_a_smaller_space_over_its_own_parts,
    a_taken_time_names_others_and_leaves_the_booking_where_it_is,
    it_moves_until_the_exact_last_moment_and_no_longer,
    what_cannot_be_moved_says_why,
    a_free_time_stays_free,
    each_move_is_told_to_calendars,
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

async fn a_booking_moves_to_a_time_that_costs_the_same(town: &Town) {
    let ice = town.ice_in_tornio();
    let before = town.book(&ice, aino(), EURO).await;
    is_done(&town.try_move(before.id, &ice.later(60)).await);
    let after = town.booking(before.id).await;
    assert_eq!((after.starts_at(), after.total), (ice.later(60).start, eur(125_00)));
    assert_eq!((&after.reference, after.version), (&before.reference, 2));
    assert_eq!(town.state(after.id).await, BookingState::Confirmed);
    town.hold(ice.request()).await; // the old time is free
    town.is_taken(&ice.later(60)).await;
    assert_eq!(town.postings(after.id).await.len(), 2, "no money has moved");
    assert_eq!(town.receipts(after.id).await, [1]);
    let letter = town.letter("Siirretty: Tornion jäähalli – Koko jää, ke 4.11. 19.00–20.00").await;
    for said in [
        "keskiviikko 4. marraskuuta 2026 19.00–20.00, Suomen aikaa",
        "18.00–19.00, Ruotsin aikaa",
        "Aiemmin: Tornion jäähalli – Koko jää, keskiviikko 4. marraskuuta 2026 18.00–19.00, Suomen aikaa",
        "17.00–18.00, Ruotsin aikaa",
        "Hinta on sama kuin ennen.",
    ] {
        assert!(letter.text.contains(said), "{said} in {}", letter.text);
    }
    let file = letter.calendar.expect("a calendar file").text;
    assert!(file.contains("DTSTART;TZID=Europe/Helsinki:20261104T190000"), "{file}");
}

async fn it_moves_by_half_an_hour_over_its_own_time(town: &Town) {
    let ice = town.ice_in_tornio();
    let booking = town.book(&ice, aino(), EURO).await;
    for minutes in [30, 15, -15, 0] {
        is_done(&town.try_move(booking.id, &ice.later(minutes)).await);
        assert_eq!(town.booking(booking.id).await.starts_at(), ice.later(minutes).start);
        assert_eq!(town.count(CELLS).await, 4);
        town.check_books().await;
    }
    assert_eq!(town.booking(booking.id).await.sequence, 4);
}

async fn it_moves_to_a_larger_and_a_smaller_space_over_its_own_parts(town: &Town) {
    let at = |space: &str| town.wall_time("putaan-liikuntahalli", space, "2026-11-07 12:00", 60);
    let booking = town.book(&at("u-halv-a"), aino(), EURO).await;
    let change = opened(town.try_move(booking.id, &at("u-hela")).await);
    assert_eq!(change.pay, eur(38_15)); // 96.15 and not 58.00
    assert_eq!(town.count(CELLS).await, 4 * 4, "two parts are its own, two are held for it");
    town.is_taken(&at("u-fjardedel-3")).await;
    town.pay(&booking, EURO).await;
    assert_eq!(town.count(CELLS).await, 4 * 4);
    is_done(&town.try_move(booking.id, &at("u-fjardedel-4").later(30)).await);
    assert_eq!(town.count(CELLS).await, 4);
    assert_eq!(town.booking(booking.id).await.total, eur(36_00));
    town.hold(at("u-halv-a").request()).await;
    town.hold(at("u-fjardedel-3").request()).await;
    town.is_taken(&at("u-fjardedel-4").later(60)).await;
}

async fn a_taken_time_names_others_and_leaves_the_booking_where_it_is(town: &Town) {
    let ice = town.ice_in_tornio();
    let mine = town.book(&ice, aino(), EURO).await;
    town.book(&ice.later(90), asa(), EURO).await;
    let letters = town.letters().await.len();
    let refused = town.try_move(mine.id, &ice.later(60)).await;
    let Err(MoveError::Occupied { alternatives }) = refused else { panic!("taken, and not {refused:?}") };
    assert!(!alternatives.is_empty());
    assert!(alternatives.iter().all(|hit| hit.space.facility.id == ice.space.facility.id));
    let still = town.booking(mine.id).await;
    assert_eq!((still.starts_at(), still.version, still.sequence), (ice.start, 1, 0));
    assert_eq!(town.count("SELECT COUNT(*) FROM booking_change").await, 0, "it has left nothing");
    assert_eq!(town.count(CELLS).await, 8);
    assert_eq!(town.letters().await.len(), letters);
    // What is offered can be had.
    let other = alternatives.first().expect("another");
    let (start, end) = (other.span.start().start(), other.span.end().start());
    town.try_move(mine.id, &Time { space: other.space.clone(), start, end }).await.expect("a move");
}

/// Free to cancel until 48 hours before.
async fn it_moves_until_the_exact_last_moment_and_no_longer(town: &Town) {
    let ice = town.ice_in_tornio();
    let booking = town.book(&ice, aino(), EURO).await;
    let last = ice.start - TimeDelta::hours(48);
    town.clock.set_to(last);
    is_done(&town.try_move(booking.id, &ice.later(30)).await);
    town.clock.set_to(last + TimeDelta::minutes(30));
    is_done(&town.try_move(booking.id, &ice).await);
    // Half an hour ago was its last moment.
    let refused = town.try_move(booking.id, &ice.later(1440)).await;
    assert!(
        matches!(refused, Err(MoveError::TooLate(TooLateToMove::After(until))) if until == last),
        "{refused:?}"
    );
    let seen = booking::quote_change(&town.services, &booking, &ice.later(1440).target()).await;
    assert!(matches!(seen, Err(MoveError::TooLate(_))), "{seen:?}");
    town.clock.set_to(ice.start);
    let refused = town.try_move(booking.id, &ice.later(1440)).await;
    assert!(matches!(refused, Err(MoveError::TooLate(TooLateToMove::Begun))), "{refused:?}");
    assert_eq!(town.booking(booking.id).await.starts_at(), ice.start);
}

async fn what_cannot_be_moved_says_why(town: &Town) {
    let ice = town.ice_in_tornio();
    let who = vayla_domain::booking::Who { people: Some(40), ..aino() };
    let booking = town.book(&ice, who, EURO).await;
    let refused = async |time: &Time| town.try_move(booking.id, time).await.expect_err("a refusal");
    assert!(matches!(refused(&ice).await, MoveError::Unchanged));
    assert!(matches!(refused(&town.ice_in_haparanda()).await, MoveError::OtherTown));
    let short = Time { end: ice.start + TimeDelta::minutes(30), ..ice.clone() };
    let short = refused(&short).await;
    assert!(matches!(short, MoveError::Refused(Refusal::TooShort { minutes_min: 45 })), "{short:?}");
    assert!(matches!(refused(&ice.later(360)).await, MoveError::Refused(Refusal::Closed(_))));
    assert!(matches!(refused(&ice.later(-14_400)).await, MoveError::Refused(Refusal::InThePast)));
    crate::sql!(town, c => sqlx::query("UPDATE space SET capacity = 39").execute(c).await.map(drop))
        .expect("spaces");
    town.set_price(&ice.space, 125_00).await; // has the places read again
    let small = town.wall_time("putaan-liikuntahalli", "u-halv-a", "2026-11-07 12:00", 60);
    assert!(matches!(refused(&small).await, MoveError::TooMany { capacity: 39 }));
    town.cancel(booking.id).await;
    assert!(matches!(refused(&ice.later(60)).await, MoveError::NotLive));
    assert_eq!(town.count("SELECT COUNT(*) FROM booking_change").await, 0);
    // In the same town it may be another place, by whose rule it is cancelled from then on.
    crate::sql!(town, c => sqlx::query("UPDATE space SET capacity = NULL").execute(c).await.map(drop))
        .expect("spaces");
    let rule = serde_json::json!({"cancelling": [{"then": {"percent": 12}}]});
    town.lay_rules(&town.space("putaan-liikuntahalli", "u-halv-a"), &rule).await;
    let booking = town.book(&ice, aino(), EURO).await;
    let small = town.wall_time("putaan-liikuntahalli", "u-halv-a", "2026-11-07 12:00", 60);
    is_done(&town.try_move(booking.id, &small).await);
    let moved = town.booking(booking.id).await;
    assert_eq!((moved.total, moved.cancel_rule.then.percent), (eur(58_00), 12));
}

async fn a_free_time_stays_free(town: &Town) {
    let time = town.wall_time("strandplan-naridrottsplats", "beachvolley", "2026-11-04 17:00", 60);
    let youth = vayla_domain::money::PriceGroup::Youth;
    let held = town.hold(HoldRequest { price_group: youth, ..time.request_by(asa()) }).await;
    vayla_services::payment::confirm_free(&town.services, &held).await.expect("to be confirmed");
    is_done(&town.try_move(held.id, &time.later(30)).await);
    assert_eq!(town.booking(held.id).await.total, sek(0));
    assert_eq!(town.count("SELECT COUNT(*) FROM payment").await, 0);
    let letter = town.letter("Flyttat: ").await;
    assert!(!letter.text.contains("Priset") && !letter.text.contains("0,00"), "{}", letter.text);
}

async fn each_move_is_told_to_calendars(town: &Town) {
    let ice = town.ice_in_tornio();
    let booking = town.book(&ice, aino(), EURO).await;
    for (sequence, minutes) in [(1, 60), (2, 0)] {
        town.clock.advance_minutes(1);
        is_done(&town.try_move(booking.id, &ice.later(minutes)).await);
        let moved = town.booking(booking.id).await;
        assert_eq!((moved.sequence, moved.changed_at), (sequence, Some(town.clock.now())));
        let letters = town.letters().await;
        let told = letters.iter().filter_map(|letter| letter.calendar.as_ref()).any(|file| {
            let sequence = format!("SEQUENCE:{sequence}\r\n");
            let uid = format!("UID:{}@vayla\r\n", booking.id);
            file.method == "PUBLISH" && file.text.contains(&sequence) && file.text.contains(&uid)
        });
        assert!(told, "{letters:#?}");
    }
    town.cancel(booking.id).await;
    assert_eq!(town.booking(booking.id).await.sequence, 3);
}
