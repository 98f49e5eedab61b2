//! Staff close parts for a time: what is booked there, what residents see, what comes after.

mod calls;
mod checking;
mod fates;
mod lasting;
mod making;
mod showing;

use std::collections::HashMap;

use uuid::Uuid;
use vayla_domain::{Bilingual, Reason, space::Refusal};
use vayla_services::{
    booking::HoldError,
    closure::{self, Affected, Closure, ClosureError, ClosureKind, ClosurePlace, Fate, Made, NewClosure},
    staff::Staff,
};

use crate::{Time, Town};

/// All of the time's facility, from its start to its end.
fn around(time: &Time) -> ClosurePlace {
    ClosurePlace {
        facility: time.space.facility.id,
        parts: Vec::new(),
        start: time.start,
        end: Some(time.end),
    }
}

/// The parts of the time's space, until further notice.
fn from(time: &Time) -> ClosurePlace {
    ClosurePlace { parts: time.space.parts.clone(), end: None, ..around(time) }
}

fn broken() -> Reason {
    let typed = Bilingual { sv: "Ismaskinen är trasig.".to_owned(), fi: "Jääkone on rikki.".to_owned() };
    Reason::parse(&typed).expect("a reason")
}

fn new(place: ClosurePlace, fates: impl IntoIterator<Item = (Uuid, Fate)>) -> NewClosure {
    let fates: HashMap<Uuid, Fate> = fates.into_iter().collect();
    NewClosure { place, kind: ClosureKind::Closure, reason: broken(), fates }
}

impl Town {
    async fn shut(&self, new: &NewClosure) -> Made {
        self.try_close(new).await.expect("a closure")
    }

    async fn try_close(&self, new: &NewClosure) -> Result<Made, ClosureError> {
        closure::make(&self.services, &Staff::operator(), new).await
    }

    /// What the closure finds in its way, by reference.
    async fn undecided(&self, new: &NewClosure) -> Vec<String> {
        match self.try_close(new).await {
            Err(ClosureError::Undecided(bookings)) => references(&bookings),
            other => panic!("nothing is undecided: {other:?}"),
        }
    }

    async fn reopen(&self, closure: &Closure) {
        closure::end(&self.services, &Staff::operator(), closure.id).await.expect("to end it");
    }

    /// Asserts that the time is closed for that reason.
    async fn is_closed(&self, time: &Time) {
        match self.try_hold(time.request()).await {
            Err(HoldError::Refused(Refusal::Closed(vayla_domain::space::Closed::Reason(reason)))) => {
                assert_eq!(&reason, broken().texts());
            }
            other => panic!("{} should be closed, and not {other:?}", time.start),
        }
    }
}

fn references(bookings: &[Affected]) -> Vec<String> {
    bookings.iter().map(|booking| booking.reference.clone()).collect()
}
