//! Closing: what is booked there is listed first, and nobody comes in between.

use chrono::TimeDelta;
use tokio::task::JoinSet;
use vayla_domain::{closure::ClosureTimeProblem, money::EURO};
use vayla_services::{
    booking,
    closure::{self, ClosureError, ClosureKind, ClosurePlace, EndError, Fate, NewClosure},
    staff::{Forbidden, LookError, Scope, Staff, token},
};

use super::{around, broken, from, new, references};
use crate::{Time, Town, aino};

on_both_engines! {
    what_is_booked_there_is_listed_first_and_nothing_is_closed_before_it_is_decided,
    parts_that_are_not_closed_stay_free,
    of_a_booking_and_a_closure_at_once_one_wins,
    bookings_are_taken_in_hand_by_id,
    what_is_wrong_closes_nothing,
    staff_close_what_their_token_is_good_for,
}

async fn what_is_booked_there_is_listed_first_and_nothing_is_closed_before_it_is_decided(town: &Town) {
    let time = town.ice_in_tornio();
    let second = town.book(&time.later(60), aino(), EURO).await;
    let first = town.book(&time, aino(), EURO).await;
    let held = town.hold(time.later(120).request()).await;
    town.book(&time.later(180), aino(), EURO).await; // after the closure
    let place = ClosurePlace { end: Some(time.end + TimeDelta::hours(2)), ..around(&time) };
    let listed = closure::affected(&town.services, &Staff::operator(), &place).await.expect("a list");
    let expected = [&first, &second, &held].map(|booking| booking.reference.clone());
    assert_eq!(references(&listed), expected, "the earliest first");

    let mut closing = new(place, [(first.id, Fate::Keep)]);
    assert_eq!(town.undecided(&closing).await, expected[1..]);
    assert_eq!(town.count("SELECT COUNT(*) FROM closure").await, 0);
    assert_eq!(town.count("SELECT COUNT(*) FROM audit WHERE action IN ('closed', 'kept')").await, 0);
    closing.fates.extend([(second.id, Fate::Keep), (held.id, Fate::Keep)]);
    let made = town.shut(&closing).await;
    assert_eq!((made.settled.kept, made.settled.cancelled, made.settled.moved), (3, 0, 0));
    let [note] = town.notes("closed").await.try_into().expect("one note");
    assert_eq!(
        (note.actor.as_str(), note.subject.as_str(), note.subject_id),
        ("operator", "closure", made.closure.id)
    );
    assert_eq!(
        (&note.change["settled"]["kept"], &note.change["reason"]["fi"]),
        (&3.into(), &"Jääkone on rikki.".into())
    );
}

fn gym(town: &Town, space: &str) -> Time {
    town.wall_time("putaan-liikuntahalli", space, "2026-11-04 18:00", 60)
}

async fn parts_that_are_not_closed_stay_free(town: &Town) {
    let half = gym(town, "u-halv-a");
    town.shut(&new(ClosurePlace { parts: half.space.parts.clone(), ..around(&half) }, [])).await;
    town.is_closed(&half).await;
    town.is_closed(&gym(town, "u-hela")).await;
    town.is_closed(&half.later(-30)).await;
    town.hold(half.later(60).request()).await;
    town.hold(gym(town, "u-halv-b").request()).await;
    // A block is taken, and nobody is told by whom.
    let other = gym(town, "u-halv-b").later(60);
    let place = ClosurePlace { parts: other.space.parts.clone(), ..around(&other) };
    town.shut(&NewClosure { kind: ClosureKind::Block, ..new(place, []) }).await;
    town.is_taken(&other).await;
}

async fn of_a_booking_and_a_closure_at_once_one_wins(town: &Town) {
    let (mut booked, mut closed) = (0, 0);
    for round in 0..20 {
        let time = town.wall_time("tornion-tenniskentat", "bana-1", "2026-11-02 00:00", 60).later(60 * round);
        let mut running = JoinSet::new();
        for racer in 0..8 {
            let (services, request) = (town.services.clone(), time.request());
            let closing = new(around(&time), []);
            running.spawn(async move {
                if racer % 4 == 0 {
                    closure::make(&services, &Staff::operator(), &closing)
                        .await
                        .map(drop)
                        .map_err(|error| match error {
                            ClosureError::Undecided(bookings) => assert_eq!(bookings.len(), 1),
                            other => panic!("neither closed nor undecided: {other:?}"),
                        })
                        .is_ok()
                } else {
                    booking::hold(&services, request)
                        .await
                        .map(drop)
                        .map_err(|error| match error {
                            booking::HoldError::Occupied { .. } | booking::HoldError::Refused(_) => {}
                            other => panic!("neither had nor taken: {other:?}"),
                        })
                        .is_ok()
                }
            });
        }
        running.join_all().await;
        let held = town.count("SELECT COUNT(*) FROM booking").await;
        let shut = town.count("SELECT COUNT(DISTINCT start_quarter) FROM closure").await;
        assert_eq!((held - booked) + (shut - closed), 1, "round {round}");
        (booked, closed) = (held, shut);
    }
}

async fn what_is_wrong_closes_nothing(town: &Town) {
    let time = town.ice_in_tornio();
    let check = async |place: ClosurePlace, problem: &str| {
        let error = town.try_close(&new(place, [])).await.expect_err(problem);
        assert_eq!(error.to_string(), problem);
    };
    let start = ClosureTimeProblem::Start.to_string();
    check(ClosurePlace { start: town.clock.now() - TimeDelta::minutes(15), ..around(&time) }, &start).await;
    check(ClosurePlace { start: time.start + TimeDelta::minutes(1), ..around(&time) }, &start).await;
    check(ClosurePlace { end: Some(time.start), ..around(&time) }, &ClosureTimeProblem::End.to_string())
        .await;
    let others = town.ice_in_haparanda().space.parts.clone();
    check(ClosurePlace { parts: others, ..around(&time) }, &ClosureError::Part.to_string()).await;
    check(ClosurePlace { facility: uuid::Uuid::nil(), ..around(&time) }, &LookError::Unknown.to_string())
        .await;
    assert_eq!(town.count("SELECT COUNT(*) FROM closure").await, 0);
    let nothing = closure::end(&town.services, &Staff::operator(), uuid::Uuid::nil()).await;
    assert!(matches!(nothing, Err(EndError::Look(LookError::Unknown))), "{nothing:?}");
}

async fn staff_close_what_their_token_is_good_for(town: &Town) {
    let time = town.ice_in_tornio();
    let made = town.shut(&new(from(&time), [])).await;
    let staff = async |scope, municipality| {
        let (_, secret) = town.new_token(&[scope], Some(municipality)).await;
        token::find(&town.services, &secret).await.expect("the database").expect("a token")
    };
    for (staff, expected) in [
        (staff(Scope::Bookings, "tornio").await, Forbidden::Scope(Scope::Closures)),
        (staff(Scope::Closures, "haparanda").await, Forbidden::Town),
    ] {
        let listed = closure::list(&town.services, &staff, &time.space.facility).await;
        let Err(LookError::Forbidden(why)) = listed else { panic!("{listed:?}") };
        assert_eq!(why, expected);
        let asked = closure::affected(&town.services, &staff, &around(&time)).await;
        assert!(matches!(asked, Err(ClosureError::Look(LookError::Forbidden(why))) if why == expected));
        let closing = new(around(&time.later(600)), []);
        let closed = closure::make(&town.services, &staff, &closing).await;
        assert!(matches!(closed, Err(ClosureError::Look(LookError::Forbidden(why))) if why == expected));
        let ended = closure::end(&town.services, &staff, made.closure.id).await;
        assert!(matches!(ended, Err(EndError::Look(LookError::Forbidden(why))) if why == expected));
    }
    // A booking of the own town isn't moved to where another town decides.
    let own = staff(Scope::Closures, "haparanda").await;
    let here = town.ice_in_haparanda();
    let booked = town.book(&here, aino(), EURO).await;
    let fate = Fate::Move { space: time.space.clone(), start: time.later(60).start };
    let refused = closure::make(&town.services, &own, &new(around(&here), [(booked.id, fate)])).await;
    assert!(matches!(refused, Err(ClosureError::Look(LookError::Forbidden(Forbidden::Town)))), "{refused:?}");
    assert_eq!(closure::list(&town.services, &own, &here.space.facility).await.expect("none"), []);
    assert_eq!(made.closure.reason, *broken().texts());
}

async fn bookings_are_taken_in_hand_by_id(town: &Town) {
    let time = town.ice_in_tornio();
    let first = town.book(&time.later(60), aino(), EURO).await;
    town.clock.advance_minutes(1); // ids sort by time
    let second = town.book(&time, aino(), EURO).await;
    // Whoever holds a third, and is about to move into the area, is one of them.
    let moving = town.book(&time.later(-120), aino(), EURO).await;
    let longer = Time { end: time.later(180).end, ..time.later(120) };
    town.try_move(moving.id, &longer).await.expect("a move");
    let mut hindrance = town.hindrance().await;
    hindrance.write("UPDATE booking SET version = version WHERE id = $1", first.id).await;
    let (services, fates) = (town.services.clone(), [(first.id, Fate::Keep), (second.id, Fate::Keep)]);
    let place = ClosurePlace { end: Some(time.later(180).end), ..around(&time) };
    let closing = new(place, fates);
    let made = tokio::spawn(async move { closure::make(&services, &Staff::operator(), &closing).await });
    town.until_stopped(1).await;
    for later in [second.id, moving.id] {
        assert!(hindrance.could_have(later).await, "taken in hand before the first");
    }
    hindrance.end().await;
    assert_eq!(made.await.expect("to end").expect("a closure").settled.kept, 2);
    let given_back = "SELECT COUNT(*) FROM booking_change WHERE state = 'given_back'";
    assert_eq!(town.count(given_back).await, 1);
}
