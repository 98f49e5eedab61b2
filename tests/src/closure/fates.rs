//! What becomes of a booking where something is closed, and what its booker is told.

use vayla_domain::{money::EURO, space::Refusal};
use vayla_services::{
    booking::BookingState,
    closure::{ClosureError, Fate, MoveProblem},
};

use super::{around, new};
use crate::{Town, aino, asa, eur, sek};

on_both_engines! {
    a_cancelled_one_gets_all_back_and_is_told_why,
    a_moved_one_keeps_its_price_and_is_told_both_times,
    a_kept_one_stands_and_is_told_so,
    a_kept_hold_is_told_so_once_it_is_paid,
    a_booking_is_moved_only_where_it_can_be,
    nobody_is_moved_where_it_will_be_closed,
    one_refusal_leaves_all_as_it_was,
}

async fn a_cancelled_one_gets_all_back_and_is_told_why(town: &Town) {
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    let held = town.hold(time.later(60).request_by(asa())).await;
    // A day before, the booker would get back half.
    town.clock.set("2026-11-03T16:00:00Z");
    town.sweep().await;
    let made = town.shut(&new(around(&time), [(booking.id, Fate::Cancel), (held.id, Fate::Cancel)])).await;
    assert_eq!(made.settled.cancelled, 1, "the hold had run out");
    assert_eq!(town.state(booking.id).await, BookingState::Cancelled);
    assert_eq!(town.count("SELECT minor FROM refund").await, eur(125_00).minor);
    let letter = town.letter("Vuorosi on peruttu: Tornion jäähalli – Koko jää, ").await;
    for said in [&booking.reference, "Syy: Jääkone on rikki.", "Palautamme 125,00\u{a0}€ samalla"] {
        assert!(letter.text.contains(said), "{said} in {}", letter.text);
    }
    town.is_closed(&time).await;
}

async fn a_moved_one_keeps_its_price_and_is_told_both_times(town: &Town) {
    let time = town.ice_in_tornio();
    let booking = town.book(&time, asa(), sek(0).currency).await;
    let later = time.later(24 * 60);
    let fate = Fate::Move { space: later.space.clone(), start: later.start };
    let made = town.shut(&new(around(&time), [(booking.id, fate)])).await;
    assert_eq!(made.settled.moved, 1);
    let moved = town.booking(booking.id).await;
    assert_eq!((moved.starts_at(), moved.ends_at()), (later.start, later.end));
    assert_eq!(
        (moved.total, moved.sequence, moved.state_at(town.clock.now())),
        (booking.total, 1, BookingState::Confirmed)
    );
    town.is_closed(&time).await;
    town.is_taken(&later).await;
    let lines = vayla_services::booking::lines(&town.services.db, &moved).await.expect("the lines");
    assert_eq!((lines[0].span.start(), lines[0].gross), (moved.span.start(), booking.total));

    let letter = town.letter("Flyttat: Torneå ishall – Hela isen, ").await;
    assert_eq!(letter.to_address, "asa@example.se");
    for said in [
        &booking.reference,
        "Orsak: Ismaskinen är trasig.",
        "torsdag 5 november 2026 18:00–19:00, finsk tid",
        "torsdag 5 november 2026 17:00–18:00, svensk tid",
        "onsdag 4 november 2026 18:00–19:00, finsk tid",
        "onsdag 4 november 2026 17:00–18:00, svensk tid",
        "Priset är detsamma.",
    ] {
        assert!(letter.text.contains(said), "{said} in {}", letter.text);
    }
    let file = letter.calendar.expect("a calendar file");
    assert_eq!(file.method, "PUBLISH");
    for line in ["SEQUENCE:1", "DTSTART;TZID=Europe/Helsinki:20261105T180000"] {
        assert!(file.text.contains(line), "{line} in {}", file.text);
    }
    let [note] = town.notes("moved_for_closure").await.try_into().expect("one note");
    assert_eq!((note.subject_id, &note.change["closure"]), (booking.id, &made.closure.id.to_string().into()));
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 0);
}

async fn a_kept_one_stands_and_is_told_so(town: &Town) {
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    let hers = town.book(&time.later(60), asa(), EURO).await;
    let day = vayla_services::closure::ClosurePlace {
        start: time.later(-60).start,
        end: Some(time.later(60).end),
        ..around(&time)
    };
    town.shut(&new(day, [(booking.id, Fate::Keep), (hers.id, Fate::Keep)])).await;
    for id in [booking.id, hers.id] {
        assert_eq!(town.state(id).await, BookingState::Confirmed);
    }
    town.is_closed(&time.later(-60)).await;
    town.is_closed(&time).await;
    let letter =
        town.letter("Varauksesi on voimassa, vaikka paikka suljetaan: Tornion jäähalli – Koko jää, ").await;
    let told = format!(
        "Varaamasi tila on muuten suljettuna, mutta varauksesi {} on voimassa. Sinun ei tarvitse tehdä mitään. \
         Suljettu: ke 4.11. 17.00–20.00",
        booking.reference
    );
    for said in [told.as_str(), "Syy: Jääkone on rikki."] {
        assert!(letter.text.lines().any(|line| line == said), "{said} in {}", letter.text);
    }
    assert!(!letter.text.contains("Ismaskinen"), "{}", letter.text);
    let letter = town.letter("Din bokning gäller trots stängning: Torneå ishall – Hela isen, ").await;
    let told = format!(
        "Vi stänger lokalen som du har bokat, men din bokning {} gäller ändå. Du behöver inte göra något. \
         Stängt: ons 4 nov. 17:00–20:00",
        hers.reference
    );
    for said in [told.as_str(), "Orsak: Ismaskinen är trasig."] {
        assert!(letter.text.lines().any(|line| line == said), "{said} in {}", letter.text);
    }

    // Given up after all, it is closed there too.
    town.cancel(booking.id).await;
    town.is_closed(&time).await;
    town.check_books().await;
}

async fn a_kept_hold_is_told_so_once_it_is_paid(town: &Town) {
    let time = town.ice_in_tornio();
    let held = town.hold(time.request_by(aino())).await;
    town.shut(&new(around(&time), [(held.id, Fate::Keep)])).await;
    assert_eq!(town.letters().await, [], "whoever only holds a time isn't written to");
    town.pay(&held, EURO).await;
    let letter = town.letter("Varauksesi on voimassa, vaikka paikka suljetaan: ").await;
    assert!(letter.text.contains("Syy: Jääkone on rikki."), "{}", letter.text);
}

async fn nobody_is_moved_where_it_will_be_closed(town: &Town) {
    let time = town.wall_time("tornion-tenniskentat", "bana-1", "2026-11-04 18:00", 60);
    let booking = town.book(&time, aino(), EURO).await;
    town.shut(&new(super::from(&time.later(24 * 60)), [])).await;
    // Farther than anybody can book, where the closure's cells aren't written yet.
    let far = time.later(500 * 24 * 60);
    let fate = Fate::Move { space: far.space.clone(), start: far.start };
    let refused = town.try_close(&new(around(&time), [(booking.id, fate)])).await;
    assert!(matches!(refused, Err(ClosureError::Move { why: MoveProblem::Occupied, .. })), "{refused:?}");
}

async fn a_booking_is_moved_only_where_it_can_be(town: &Town) {
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    let other = town.book(&time.later(120), asa(), EURO).await;
    let check = async |fate: Fate, expected: MoveProblem| match town
        .try_close(&new(around(&time), [(booking.id, fate)]))
        .await
    {
        Err(ClosureError::Move { booking: which, why }) => assert_eq!((which, why), (booking.id, expected)),
        done => panic!("{done:?}"),
    };
    let to = |minutes: i64| Fate::Move { space: time.space.clone(), start: time.later(minutes).start };
    check(to(0), MoveProblem::Occupied).await; // the closure itself
    check(to(120), MoveProblem::Occupied).await;
    check(to(7), MoveProblem::Refused(Refusal::OffRaster { step_minutes: 15 })).await;
    check(to(-30 * 24 * 60), MoveProblem::Refused(Refusal::InThePast)).await;
    let across = town.ice_in_haparanda();
    check(Fate::Move { space: across.space, start: across.start }, MoveProblem::OtherTown).await;
    let night = town.try_close(&new(around(&time), [(booking.id, to(9 * 60))])).await;
    let Err(ClosureError::Move { why: MoveProblem::Refused(Refusal::Closed(_)), .. }) = night else {
        panic!("open in the night: {night:?}");
    };
    let held = town.hold(time.later(-120).request()).await;
    let refused = town.try_close(&new(around(&time.later(-120)), [(held.id, to(60))])).await;
    assert!(matches!(refused, Err(ClosureError::Move { why: MoveProblem::NotConfirmed, .. })), "{refused:?}");
    assert_eq!(town.booking(booking.id).await.starts_at(), time.start);
    assert_eq!(town.booking(other.id).await.starts_at(), time.later(120).start);
}

async fn one_refusal_leaves_all_as_it_was(town: &Town) {
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    let second = town.book(&time.later(60), asa(), EURO).await;
    let letters = town.letters().await.len();
    let place = vayla_services::closure::ClosurePlace { end: Some(time.later(60).end), ..around(&time) };
    let nowhere = Fate::Move { space: time.space.clone(), start: time.start };
    let refused = town.try_close(&new(place, [(booking.id, Fate::Cancel), (second.id, nowhere)])).await;
    assert!(matches!(refused, Err(ClosureError::Move { .. })), "{refused:?}");
    assert_eq!(town.state(booking.id).await, BookingState::Confirmed);
    assert_eq!(town.count("SELECT COUNT(*) FROM refund").await, 0);
    assert_eq!(town.letters().await.len(), letters);
    town.is_taken(&time).await;
}
