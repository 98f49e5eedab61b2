//! The line where bookings move, and where parts are closed and opened again.

use std::collections::HashMap;

use vayla_domain::{Language, money::EURO};
use vayla_services::{
    booking::Changed,
    closure::{self, Closure, ClosureKind, ClosurePlace, Fate, NewClosure},
    staff::Staff,
    waiting::WaitingState,
};

use super::shortcuts::{broken, exactly, person};
use crate::{Time, Town, aino};

on_both_engines! {
    the_old_time_of_a_moved_booking_goes_to_the_first_in_line,
    a_booking_moves_over_its_own_time_though_somebody_waits_for_it,
    whoever_moves_away_from_a_time_is_not_offered_it,
    the_new_time_that_nobody_paid_for_goes_to_the_first_in_line,
    another_wish_over_the_time_held_for_the_last_is_no_rival_of_it,
    what_is_opened_again_goes_to_the_first_in_line,
    what_is_kept_for_the_line_is_closed_with_the_rest,
    a_booking_that_was_kept_in_a_closure_leaves_nothing_to_the_line,
}

impl Town {
    pub(super) async fn close_around(
        &self,
        time: &Time,
        fates: impl IntoIterator<Item = (uuid::Uuid, Fate)>,
    ) -> Closure {
        let place = ClosurePlace {
            facility: time.space.facility.id,
            parts: Vec::new(),
            start: time.start,
            end: Some(time.end),
        };
        let fates: HashMap<_, _> = fates.into_iter().collect();
        let new = NewClosure { place, kind: ClosureKind::Block, reason: broken(), fates };
        closure::make(&self.services, &Staff::operator(), &new).await.expect("a closure").closure
    }

    async fn moves(&self, booking: uuid::Uuid, time: &Time) -> Changed {
        self.try_move(booking, time).await.expect("a move")
    }
}

async fn the_old_time_of_a_moved_booking_goes_to_the_first_in_line(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    let entry = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    assert!(matches!(town.moves(booked.id, &time.later(60)).await, Changed::Done { .. }));
    assert!(!town.is_free(&time).await, "nobody steps in between");
    town.deliver().await;
    town.is_offered(&entry, &time).await;
}

async fn a_booking_moves_over_its_own_time_though_somebody_waits_for_it(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    let entry = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    for minutes in [30, 15] {
        assert!(matches!(town.moves(booked.id, &time.later(minutes)).await, Changed::Done { .. }));
        town.deliver().await;
        town.is_not_offered(&entry).await;
    }
    town.is_taken(&time.later(15)).await;
}

async fn whoever_moves_away_from_a_time_is_not_offered_it(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, person("Elsa", Language::Sv), EURO).await;
    let own = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    let next = town.wait(exactly(&time), person("Eino", Language::Fi)).await;
    assert!(matches!(town.moves(booked.id, &time.later(60)).await, Changed::Done { .. }));
    town.deliver().await;
    town.is_not_offered(&own).await;
    town.is_offered(&next, &time).await;
}

async fn the_new_time_that_nobody_paid_for_goes_to_the_first_in_line(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    let mut longer = time.later(60);
    longer.end += chrono::TimeDelta::minutes(60);
    let Changed::Open(change) = town.moves(booked.id, &longer).await else { panic!("it is dearer") };
    let entry = town.wait(exactly(&time.later(120)), person("Elsa", Language::Sv)).await;
    town.clock.set_to(change.expires_at);
    assert!(
        !town.is_free(&time.later(120)).await,
        "it goes to the first in line and not to whoever comes by"
    );
    town.deliver().await;
    town.is_offered(&entry, &time.later(120)).await;
    town.is_taken(&time).await;
}

async fn another_wish_over_the_time_held_for_the_last_is_no_rival_of_it(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    let mut longer = time.later(60);
    longer.end += chrono::TimeDelta::minutes(60);
    assert!(matches!(town.moves(booked.id, &longer).await, Changed::Open(_)));
    let entry = town.wait(exactly(&time.later(60)), person("Elsa", Language::Sv)).await;
    longer.end += chrono::TimeDelta::minutes(30);
    assert!(matches!(town.moves(booked.id, &longer).await, Changed::Open(_)));
    town.deliver().await;
    town.is_not_offered(&entry).await;
}

async fn what_is_opened_again_goes_to_the_first_in_line(town: &Town) {
    let time = town.ice_in_tornio();
    let closure = town.close_around(&time, []).await;
    let entry = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    closure::end(&town.services, &Staff::operator(), closure.id).await.expect("to end it");
    assert!(!town.is_free(&time).await, "nobody steps in between");
    town.deliver().await;
    town.is_offered(&entry, &time).await;
}

async fn what_is_kept_for_the_line_is_closed_with_the_rest(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    let entry = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    town.cancel(booked.id).await;
    town.close_around(&time, []).await;
    town.deliver().await;
    town.is_not_offered(&entry).await;
    town.clock.advance_minutes(3);
    town.sweep().await;
    assert!(!town.is_free(&time).await, "it is closed");
    assert_eq!(town.waits(&entry).await, WaitingState::Waiting);
}

async fn a_booking_that_was_kept_in_a_closure_leaves_nothing_to_the_line(town: &Town) {
    let time = town.ice_in_tornio();
    let booked = town.book(&time, aino(), EURO).await;
    town.close_around(&time, [(booked.id, Fate::Keep)]).await;
    let entry = town.wait(exactly(&time), person("Elsa", Language::Sv)).await;
    town.cancel(booked.id).await;
    town.deliver().await;
    town.is_not_offered(&entry).await;
    assert!(!town.is_free(&time).await);
}
