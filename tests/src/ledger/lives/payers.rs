//! What bookers and their payers do.

use chrono::{Days, NaiveTime, TimeDelta};
use uuid::Uuid;
use vayla_domain::booking::BookingState;
use vayla_services::{
    booking::{self, Booking, CancelError, Changed},
    deposit,
    grant::GrantState,
    payment::{self, Outcome},
};

use super::{PLACES, Year};
use crate::{Time, aino, asa};

impl Year<'_> {
    /// Some time of the next weeks, whether anything is open there or not.
    pub(super) fn time(&mut self) -> Time {
        let (facility, space) = PLACES[usize::try_from(self.dice.roll(5)).expect("one of five")];
        let day = self.town.clock.now().date_naive() + Days::new(1 + self.dice.roll(25));
        let hour = NaiveTime::from_hms_opt(u32::try_from(6 + self.dice.roll(15)).expect("an hour"), 0, 0);
        let start = day.and_time(hour.expect("a time")).and_utc();
        let end = start + TimeDelta::minutes(60 + 30 * self.dice.below(3));
        Time { space: self.town.space(facility, space), start, end }
    }

    pub(super) async fn book(&mut self) {
        let time = self.time();
        let who = if self.dice.roll(2) == 0 { aino() } else { asa() };
        if let Ok(held) = self.town.try_hold(time.request_by(who)).await {
            self.put_voucher(&held).await;
            self.pay(&held).await;
            self.bookings.push(held.id);
        }
    }

    /// Pays what is due as some payer would, and never another amount than was shown.
    async fn pay(&mut self, due: &Booking) {
        let (currency, town) = (self.dice.currency(), self.town);
        let mut granted = town.granted(due.id).await;
        granted.retain(|granted| granted.state == GrantState::Reserved);
        let Ok(id) = payment::start(&town.services, due, currency, "http://localhost/").await else { return };
        let payment = town.payment(id).await;
        if due.state_at(town.clock.now()) == BookingState::Held {
            let to_pay = deposit::to_pay(due, &granted);
            let shown = [Some(to_pay.total()), to_pay.total_other()];
            assert!(shown.contains(&Some(payment.amount)), "{shown:?}: {:?}", payment.amount);
        }
        let outcome = match self.dice.roll(12) {
            0 => Outcome::Refuse,
            1 => Outcome::Abandon,
            2 => Outcome::Late,
            3 => Outcome::Twice,
            _ => Outcome::Pay,
        };
        town.play(&payment, outcome).await;
        match outcome {
            Outcome::Refuse | Outcome::Abandon => {}
            Outcome::Late => {
                town.clock.advance_minutes(20);
                town.sweep().await;
                town.deliver().await;
                self.told.push((id, format!("{id}-1")));
            }
            Outcome::Pay | Outcome::Twice => self.told.push((id, format!("{id}-1"))),
        }
    }

    pub(super) fn one(&mut self) -> Option<Uuid> {
        let last = self.bookings.len().checked_sub(1)?;
        // Mostly one of the latest: the others' time is over.
        let back = usize::try_from(self.dice.roll(12)).expect("small").min(last);
        Some(self.bookings[last - back])
    }

    pub(super) async fn cancel(&mut self) {
        let Some(id) = self.one() else { return };
        if let Err(CancelError::Db(error)) = booking::cancel(&self.town.services, id).await {
            panic!("{error}");
        }
    }

    pub(super) async fn shift(&mut self) {
        let (Some(id), time) = (self.one(), self.time()) else { return };
        if let Ok(Changed::Open(_)) = self.town.try_move(id, &time).await {
            let booking = self.town.booking(id).await;
            self.pay(&booking).await;
        }
    }

    pub(super) async fn tell_again(&mut self) {
        if self.told.is_empty() {
            return;
        }
        let which = usize::try_from(self.dice.roll(self.told.len() as u64)).expect("one of them");
        let (id, name) = self.told[which].clone();
        payment::charge(&self.town.services, id, &name).await.expect("a charge that is known");
    }

    /// Every charge is told of once more.
    pub(super) async fn tell_all_again(&self) {
        for (id, name) in &self.told {
            payment::charge(&self.town.services, *id, name).await.expect("a charge that is known");
        }
    }
}
