//! Who may wait for what.

use vayla_domain::{Language, money::EURO};
use vayla_services::{
    occupancy::Wish,
    waiting::{self, JoinError, JoinRequest, LIVE_MAX, Wanted, WantedProblem},
};

use super::shortcuts::{date, exactly, person, thursday_evening};
use crate::{Town, aino};

on_both_engines! {
    nobody_waits_for_what_is_free,
    nobody_waits_for_what_can_never_be,
    nobody_has_more_than_so_many_places,
    asked_twice_is_one_place,
    another_wish_of_the_same_page_is_another_place,
}

async fn nobody_waits_for_what_is_free(town: &Town) {
    let time = town.ice_in_tornio();
    let refused = town.try_wait(exactly(&time), person("Elsa", Language::Sv)).await;
    let Err(JoinError::Free { hits }) = refused else { panic!("{refused:?}") };
    assert_eq!((hits.len(), hits[0].span.start().start()), (1, time.start));
    let refused = town.try_wait(thursday_evening("tornio"), person("Elsa", Language::Sv)).await;
    let Err(JoinError::Free { hits }) = refused else { panic!("{refused:?}") };
    assert_eq!(hits.len(), 4);
    assert_eq!(town.count("SELECT COUNT(*) FROM waiting").await, 0);
}

async fn nobody_waits_for_what_can_never_be(town: &Town) {
    let ice = |from: &str, to: &str, minutes| {
        let wish = Wish::any_time(date(from), date(to), minutes);
        Wanted { wish: Wish { kind: Some("ice".to_owned()), ..wish }, ..thursday_evening("tornio") }
    };
    let hours = |minute_from, minute_to| {
        let wanted = ice("2026-11-05", "2026-11-05", 60);
        Wanted { wish: Wish { minute_from, minute_to: Some(minute_to), ..wanted.wish.clone() }, ..wanted }
    };
    let check = async |wanted: Wanted, expected: WantedProblem| {
        let refused = town.try_wait(wanted, person("Elsa", Language::Sv)).await;
        assert!(matches!(&refused, Err(JoinError::Refused(problem)) if *problem == expected), "{refused:?}");
    };
    check(ice("2026-10-29", "2026-10-29", 60), WantedProblem::InThePast).await;
    check(ice("2026-11-05", "2026-11-04", 60), WantedProblem::NoDay).await;
    check(ice("2026-11-05", "2026-12-06", 60), WantedProblem::TooManyDays { days_max: 31 }).await;
    check(ice("2026-11-05", "2026-11-05", 50), WantedProblem::NoSuchLength).await;
    check(hours(18 * 60, 18 * 60 + 45), WantedProblem::NoRoom).await;
    let far = town.try_wait(ice("2028-11-05", "2028-11-05", 60), person("Elsa", Language::Sv)).await;
    assert!(matches!(far, Err(JoinError::Refused(WantedProblem::TooEarly { .. }))), "{far:?}");
}

async fn nobody_has_more_than_so_many_places(town: &Town) {
    let time = town.ice_in_tornio();
    town.book(&time, aino(), EURO).await;
    let mut first = None;
    for _ in 0..LIVE_MAX {
        let entry = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
        first.get_or_insert(entry);
    }
    let mut who = person("Elsa", Language::Sv);
    who.email = who.email.to_uppercase();
    let refused = town.try_wait(exactly(&time), who.clone()).await;
    assert!(matches!(refused, Err(JoinError::TooMany)), "{refused:?}");
    town.wait(exactly(&time), person("Eino", Language::Fi)).await;
    waiting::leave(&town.services, first.expect("a place").id).await.expect("the database");
    town.wait(exactly(&time), who).await;
}

async fn asked_twice_is_one_place(town: &Town) {
    let time = town.ice_in_tornio();
    town.book(&time, aino(), EURO).await;
    let attempt = Some(town.services.new_id());
    let request = JoinRequest { wanted: exactly(&time), who: person("Elsa", Language::Sv), attempt };
    let one = waiting::join(&town.services, &request).await.expect("a place");
    let two = waiting::join(&town.services, &request).await.expect("the same place");
    assert_eq!(one.id, two.id);
    assert_eq!(
        town.letters().await.iter().filter(|letter| letter.subject.starts_with("Du står i kö")).count(),
        1
    );
}

async fn another_wish_of_the_same_page_is_another_place(town: &Town) {
    let time = town.ice_in_tornio();
    let later = time.later(60);
    for time in [&time, &later] {
        town.book(time, aino(), EURO).await;
    }
    let attempt = Some(town.services.new_id());
    let request = JoinRequest { wanted: exactly(&time), who: person("Elsa", Language::Sv), attempt };
    let one = waiting::join(&town.services, &request).await.expect("a place");
    let other = JoinRequest { wanted: exactly(&later), ..request };
    let two = waiting::join(&town.services, &other).await.expect("another place");
    let again = waiting::join(&town.services, &other).await.expect("the same place");
    assert_ne!(one.id, two.id);
    assert_eq!(two.id, again.id);
}
