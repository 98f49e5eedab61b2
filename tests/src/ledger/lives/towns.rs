//! What the towns do: rates come in, and each month that is over is settled and invoiced.

use chrono::{Days, NaiveDate};
use vayla_domain::{
    money::{EURO, Money, has_fixing, published_at},
    settlement::Month,
};
use vayla_services::{
    rate,
    settlement::{self, DrawError, Pair, Settlement},
    staff::Staff,
};

use super::Year;

impl Year<'_> {
    /// The bank's rate of each day that has passed, and now and then a corrected one.
    pub(super) async fn publish(&mut self) {
        let now = self.town.clock.now();
        while let Some(date) =
            self.fixed.checked_add_days(Days::new(1)).filter(|date| published_at(*date) <= now)
        {
            self.fixed = date;
            if has_fixing(date) {
                self.rate += self.dice.below(1_001) - 500;
                self.import(date).await;
                if self.dice.roll(30) == 0 {
                    self.rate += 7;
                    self.import(date).await;
                }
            }
        }
    }

    /// Each month that is over is settled.
    pub(super) async fn settle(&mut self) {
        loop {
            let pair = Pair { towns: ["haparanda", "tornio"], month: self.month };
            match settlement::draw(&self.town.services, &Staff::operator(), &pair, None).await {
                Ok(drawn) => self.settled_money(&drawn).await,
                Err(DrawError::Nothing) => {}
                Err(DrawError::NotOver(_)) => return,
                Err(error) => panic!("{}: {error}", self.month),
            }
            self.invoice(self.month.last_day()).await;
            self.month = Month::of(self.month.last_day() + Days::new(1));
        }
    }

    /// It comes in two pieces, which the bank has exchanged at a rate of its own where it goes to Haparanda. What little
    /// then is open, as a bank has kept it, is written off, and may come after all.
    async fn settled_money(&mut self, drawn: &Settlement) {
        let net = drawn.standing().net;
        let first = 1 + self.dice.below(net.minor.max(1));
        let kept = (1 + self.dice.below(100)).min(net.minor - first).max(0);
        self.pieces_of(drawn, [first, net.minor - first - kept]).await;
        if kept > 0 {
            self.town.write_off_settlement(drawn).await.expect("to be written off");
        }
        if self.dice.roll(2) == 0 {
            self.pieces_of(drawn, [kept, 0]).await;
        }
    }

    async fn pieces_of(&mut self, drawn: &Settlement, pieces: [i64; 2]) {
        let Some([_, payee]) = drawn.payer_and_payee() else { return };
        let (net, booked) = (drawn.standing().net, drawn.standing().booked[1]);
        for sent in pieces.into_iter().filter(|sent| *sent > 0) {
            let rough = booked.portion(sent, net.minor).minor + self.dice.below(21) - 10;
            let came = if booked.currency == EURO { sent } else { rough.max(1) };
            let key = format!("{}-{sent}-{}", drawn.id, self.dice.below(1_000_000));
            let sent = Money::new(sent, net.currency);
            let came = Money::new(came, booked.currency);
            let payee = &drawn.towns[payee];
            if self.dice.roll(4) > 0 {
                self.town.money_of(drawn, payee, &key, came, Some(sent)).await;
                continue;
            }
            self.town.unknown_money(payee, &key, came).await;
            let staff = Staff::operator();
            let matched = settlement::match_money(&self.town.services, &staff, drawn.id, &key, Some(sent));
            matched.await.expect("to be matched");
        }
    }

    async fn import(&self, date: NaiveDate) {
        let file = format!("Date,SEK,\n{date},{}.{:04},\n", self.rate / 10_000, self.rate % 10_000);
        rate::import(&self.town.services, &file).await.expect("a rates file");
    }
}
