//! The towns settle what they owe each other.

mod checking;
mod drawing;
mod late;
mod paying;
mod seeing;
mod write_off;

use vayla_domain::money::Money;
use vayla_services::{
    Services,
    booking::Booking,
    invoice::{self, BankLine, BankPayment},
    rate,
    settlement::{self, DrawError, Pair, Settlement},
    staff::Staff,
};

use crate::{Town, asa, sek};

/// The first morning after November.
const DECEMBER: &str = "2026-12-01T08:00:00Z";

async fn try_draw(services: &Services, month: &str) -> Result<Settlement, DrawError> {
    let pair = Pair { towns: ["tornio", "haparanda"], month: month.parse().expect("a month") };
    settlement::draw(services, &Staff::operator(), &pair, None).await
}

impl Town {
    pub(crate) async fn draw(&self, month: &str) -> Settlement {
        try_draw(&self.services, month).await.expect("a settlement")
    }

    /// The settlement as it is now.
    async fn settlement(&self, drawn: &Settlement) -> Settlement {
        let staff = Staff::operator();
        settlement::find(&self.services, &staff, drawn.id, 0, 1).await.expect("the settlement").0
    }

    /// The bank's rate of a day: kronor for a euro.
    pub(crate) async fn rate_of(&self, date: &str, rate: &str) {
        rate::import(&self.services, &format!("Date,SEK,\n{date},{rate},\n")).await.expect("a rates file");
    }

    /// Money comes to the town's account with the settlement's reference.
    pub(crate) async fn money_of(
        &self,
        settlement: &Settlement,
        town: &str,
        key: &str,
        amount: Money,
        instructed: Option<Money>,
    ) -> BankPayment {
        let reference = settlement.reference().expect("a reference").to_string();
        let booked_on = self.clock.now().date_naive();
        let line = BankLine { key: key.to_owned(), booked_on, amount, instructed, reference };
        invoice::register(&self.services, &Staff::operator(), town, &line).await.expect("taken")
    }

    /// Nothing is left of what one town owes the other, nor, once it has been paid, of the settlement.
    async fn owes_nothing(&self, paid: bool) {
        for (town, other) in [("haparanda", "tornio"), ("tornio", "haparanda")] {
            let bases = ["due_to", "due_from", "settlement"];
            for base in &bases[..if paid { 3 } else { 2 }] {
                assert_eq!(self.balance_of(town, &format!("{base}:{other}")).await, 0, "{town} {base}");
            }
        }
    }

    /// The worked example: Tornio's hall of 20 euros, for which Haparanda has taken 219.56 kronor in.
    async fn worked_example(&self) -> Booking {
        self.set_price(&self.ice_in_tornio().space, 20_00).await;
        let booking = self.book(&self.ice_in_tornio(), asa(), sek(0).currency).await;
        assert_eq!(self.balance_of("haparanda", "due_to:tornio").await, -219_56);
        booking
    }
}
