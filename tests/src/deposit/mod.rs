//! Deposits: paid with a booking, kept for what its use has cost, given back.

mod checking;
mod keeping;
mod lists;
mod paying;
mod providers;
mod returning;
mod staff;

use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;
use vayla_domain::money::Money;
use vayla_services::{
    booking::Booking,
    deposit::{self, HeldDeposit},
};

use crate::{Time, Town, charge};

/// 125 euros an hour, charges after use, and a deposit of 50 euros or 500 kronor for three days.
fn list() -> Value {
    let mut list = charge::list();
    list["deposit"] = json!({"amount": {"EUR": "50.00", "SEK": "500.00"}});
    list
}

impl Town {
    /// The list holds for the ice in Tornio.
    pub(crate) async fn list_deposit(&self) {
        self.price(&self.ice_in_tornio().space, &list()).await;
    }

    async fn deposit(&self, booking: &Booking) -> HeldDeposit {
        self.find_deposit(booking.id).await.expect("a deposit")
    }

    async fn find_deposit(&self, booking: Uuid) -> Option<HeldDeposit> {
        deposit::of_booking(&self.services.db, booking).await.expect("the database")
    }

    /// What the worker gives back: of how many bookings.
    async fn return_due(&self) -> usize {
        deposit::return_due(&self.services).await.expect("the database")
    }

    /// So many days after the time, and a little.
    fn days_after(&self, time: &Time, days: i64) {
        self.clock.set_to(time.end + TimeDelta::days(days) + TimeDelta::minutes(1));
    }
}

/// What came, what of it is kept, what has gone back.
fn figures(held: &HeldDeposit) -> [Money; 3] {
    [held.taken, held.kept, held.returned]
}
