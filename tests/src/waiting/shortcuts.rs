//! What stories of the waiting list do.

use chrono::{NaiveDate, Timelike};
use vayla_domain::{
    Bilingual, Language, Reason,
    booking::{BookingState, Who},
    money::{PriceGroup, Use},
};
use vayla_services::{
    booking::{Booking, HoldError},
    occupancy::Wish,
    waiting::{self, Entry, JoinError, JoinRequest, WaitingState, Wanted},
};

use crate::{Time, Town};

pub fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Somebody by their first name.
pub fn person(name: &str, language: Language) -> Who {
    let email = format!("{}@example.org", name.to_lowercase());
    Who { name: name.to_owned(), email, phone: None, language, purpose: None, people: None }
}

/// Why the town takes something back.
pub fn broken() -> Reason {
    let typed = Bilingual { sv: "Ismaskinen är trasig.".to_owned(), fi: "Jääkone on rikki.".to_owned() };
    Reason::parse(&typed).expect("a reason")
}

/// That very time.
pub fn exactly(time: &Time) -> Wanted {
    let wall = time.start.with_timezone(&time.space.zone()).naive_local();
    let (minute, minutes) = (wall.hour() * 60 + wall.minute(), (time.end - time.start).num_minutes());
    let minute_to = Some(minute + u32::try_from(minutes).expect("a length"));
    let wish = Wish { minute_from: minute, minute_to, ..Wish::any_time(wall.date(), wall.date(), minutes) };
    Wanted { space: Some(time.space.clone()), wish, use_of: Use::Sport }
}

/// Any hour of ice in a town between 18 and 21 on Thursday 2026-11-05.
pub fn thursday_evening(town: &str) -> Wanted {
    let wish = Wish {
        kind: Some("ice".to_owned()),
        municipality: Some(town.to_owned()),
        minute_from: 18 * 60,
        minute_to: Some(21 * 60),
        ..Wish::any_time(date("2026-11-05"), date("2026-11-05"), 60)
    };
    Wanted { space: None, wish, use_of: Use::Sport }
}

impl Town {
    pub async fn try_wait(&self, wanted: Wanted, who: Who) -> Result<Entry, JoinError> {
        waiting::join(&self.services, &JoinRequest { wanted, who, attempt: None }).await
    }

    /// A place in line; later ones come after it.
    pub async fn wait(&self, wanted: Wanted, who: Who) -> Entry {
        self.clock.advance(chrono::TimeDelta::seconds(1));
        self.try_wait(wanted, who).await.expect("a place in line")
    }

    pub async fn waits(&self, entry: &Entry) -> WaitingState {
        let entry = waiting::find(&self.services, entry.id).await.expect("the database").expect("an entry");
        entry.state_at(self.clock.now())
    }

    /// What is held for the entry right now.
    pub async fn offer(&self, entry: &Entry) -> Option<Booking> {
        waiting::offered_to(&self.services, entry.id).await.expect("the database")
    }

    /// Asserts that exactly that time is held for the entry.
    pub async fn is_offered(&self, entry: &Entry, time: &Time) -> Booking {
        let booking = self.offer(entry).await.unwrap_or_else(|| panic!("nothing for {}", entry.who.name));
        assert_eq!(
            (booking.space.id, booking.starts_at(), booking.ends_at()),
            (time.space.id, time.start, time.end)
        );
        assert_eq!(booking.state_at(self.clock.now()), BookingState::Held);
        assert_eq!((booking.who.as_ref(), booking.price_group), (Some(&entry.who), PriceGroup::Adult));
        assert_eq!(self.waits(entry).await, WaitingState::Offered);
        booking
    }

    pub async fn is_not_offered(&self, entry: &Entry) {
        let offer = self.offer(entry).await;
        assert!(offer.is_none(), "{} is offered {offer:?}", entry.who.name);
    }

    /// Whether a passer-by gets the time; gives it back then, and those in line have been asked.
    pub async fn is_free(&self, time: &Time) -> bool {
        match self.try_hold(time.request()).await {
            Ok(booking) => {
                self.cancel(booking.id).await;
                self.deliver().await;
                true
            }
            Err(HoldError::Occupied { .. }) => false,
            Err(error) => panic!("{error}"),
        }
    }
}
