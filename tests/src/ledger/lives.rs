//! A year of random lives of bookings: held, paid in either currency, paid twice, too late or not at all, moved,
//! cancelled, told of again, while rates and prices change and the towns settle each month. Whatever happens, the
//! books are right.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;
use vayla_domain::{
    booking::BookingState,
    money::{Currency, EURO, Money, Told, has_fixing, published_at},
    settlement::Month,
};
use vayla_services::{
    booking::{self, Booking, CancelError, Changed},
    charge::{self, Charging},
    deposit,
    ledger::{TrialBalance, trial_balance},
    payment::{self, Outcome, start_use_charge},
    rate,
    settlement::{self, DrawError, Pair, Settlement},
    staff::Staff,
};

use super::standing;
use crate::{Engine, Time, Town, aino, asa, charge::found, sek};

on_both_engines! {
    whatever_happens_the_books_are_right,
}

const PLACES: [(&str, &str); 5] = [
    ("tornion-jaahalli", "hela-isen"),
    ("putaan-liikuntahalli", "u-halv-a"),
    ("norra-affars-arena", "hela-isen"),
    ("aspenhallen", "halva-a"),
    ("aspenhallen", "halva-b"),
];

/// Where a deposit is asked for.
const WITH_DEPOSIT: &str = "norra-affars-arena";

/// Splitmix64: small, and the same everywhere.
pub(super) struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn below(&mut self, end: i64) -> i64 {
        i64::try_from(self.roll(end.unsigned_abs())).expect("less than end")
    }

    fn currency(&mut self) -> Currency {
        [EURO, sek(0).currency][usize::from(self.roll(2) == 0)]
    }
}

/// A year in the life of both towns.
pub(super) struct Year<'a> {
    town: &'a Town,
    dice: Dice,
    /// 1/10,000 kronor for a euro.
    rate: i64,
    fixed: NaiveDate,
    /// The first that isn't settled.
    month: Month,
    bookings: Vec<Uuid>,
    /// Charges that have been told of, which may be told of again.
    told: Vec<(Uuid, String)>,
    /// Trial balances as they were when it was their time.
    pub seen: Vec<(DateTime<Utc>, TrialBalance)>,
}

impl<'a> Year<'a> {
    pub fn new(town: &'a Town, seed: u64) -> Self {
        let fixed = "2026-10-30".parse().expect("a date");
        let month = Month::of(fixed);
        Self {
            town,
            dice: Dice(seed),
            rate: 109_780,
            fixed,
            month,
            bookings: Vec::new(),
            told: Vec::new(),
            seen: Vec::new(),
        }
    }

    /// So many things happen, spread over 365 days.
    pub async fn pass(&mut self, happenings: i64) {
        let pause = TimeDelta::days(365).num_seconds() / happenings;
        for number in 0..happenings {
            self.town.clock.advance(TimeDelta::seconds(1 + self.dice.below(2 * pause)));
            self.publish().await;
            self.settle().await;
            self.town.sweep().await;
            self.town.deliver().await;
            deposit::return_due(&self.town.services).await.expect("the database");
            match self.dice.roll(20) {
                8 => self.charge().await,
                0 | 1 => self.cancel().await,
                2..=4 => self.shift().await,
                5 | 6 => self.tell_again().await,
                7 => self.change_prices().await,
                _ => self.book().await,
            }
            if number % (happenings / 8).max(1) == 0 {
                self.seen.push((self.town.clock.now(), self.town.balance().await));
                self.town.clock.advance(TimeDelta::microseconds(1));
            }
        }
    }

    /// The bank's rate of each day that has passed, and now and then a corrected one.
    async fn publish(&mut self) {
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
    async fn settle(&mut self) {
        loop {
            let pair = Pair { towns: ["haparanda", "tornio"], month: self.month };
            match settlement::draw(&self.town.services, &Staff::operator(), &pair, None).await {
                Ok(drawn) => self.settled_money(&drawn).await,
                Err(DrawError::Nothing) => {}
                Err(DrawError::NotOver(_)) => return,
                Err(error) => panic!("{}: {error}", self.month),
            }
            self.month = Month::of(self.month.last_day() + Days::new(1));
        }
    }

    /// It comes in two pieces, which the bank has exchanged at a rate of its own where it goes to Haparanda.
    async fn settled_money(&mut self, drawn: &Settlement) {
        let Some([_, payee]) = drawn.payer_and_payee() else { return };
        let (net, booked) = (drawn.standing().net, drawn.standing().booked[1]);
        let first = 1 + self.dice.below(net.minor);
        for sent in [first, net.minor - first].into_iter().filter(|sent| *sent > 0) {
            let rough = booked.portion(sent, net.minor).minor + self.dice.below(21) - 10;
            let came = if booked.currency == EURO { sent } else { rough.max(1) };
            let (key, sent) = (format!("{}-{sent}", drawn.id), Money::new(sent, net.currency));
            let came = Money::new(came, booked.currency);
            self.town.money_of(drawn, &drawn.towns[payee], &key, came, Some(sent)).await;
        }
    }

    async fn import(&self, date: NaiveDate) {
        let file = format!("Date,SEK,\n{date},{}.{:04},\n", self.rate / 10_000, self.rate % 10_000);
        rate::import(&self.town.services, &file).await.expect("a rates file");
    }

    /// Some time of the next weeks, whether anything is open there or not.
    fn time(&mut self) -> Time {
        let (facility, space) = PLACES[usize::try_from(self.dice.roll(5)).expect("one of five")];
        let day = self.town.clock.now().date_naive() + Days::new(1 + self.dice.roll(25));
        let hour = NaiveTime::from_hms_opt(u32::try_from(6 + self.dice.roll(15)).expect("an hour"), 0, 0);
        let start = day.and_time(hour.expect("a time")).and_utc();
        let end = start + TimeDelta::minutes(60 + 30 * self.dice.below(3));
        Time { space: self.town.space(facility, space), start, end }
    }

    async fn book(&mut self) {
        let time = self.time();
        let who = if self.dice.roll(2) == 0 { aino() } else { asa() };
        if let Ok(held) = self.town.try_hold(time.request_by(who)).await {
            self.pay(&held).await;
            self.bookings.push(held.id);
        }
    }

    /// Pays what is due as some payer would, and never another amount than was shown.
    async fn pay(&mut self, due: &Booking) {
        let (currency, town) = (self.dice.currency(), self.town);
        let Ok(id) = payment::start(&town.services, due, currency, "http://localhost/").await else { return };
        let payment = town.payment(id).await;
        if due.state_at(town.clock.now()) == BookingState::Held {
            let to_pay = deposit::to_pay(due, &[]);
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

    fn one(&mut self) -> Option<Uuid> {
        let last = self.bookings.len().checked_sub(1)?;
        // Mostly one of the latest: the others' time is over.
        let back = usize::try_from(self.dice.roll(12)).expect("small").min(last);
        Some(self.bookings[last - back])
    }

    async fn cancel(&mut self) {
        let Some(id) = self.one() else { return };
        if let Err(CancelError::Db(error)) = booking::cancel(&self.town.services, id).await {
            panic!("{error}");
        }
    }

    async fn shift(&mut self) {
        let (Some(id), time) = (self.one(), self.time()) else { return };
        if let Ok(Changed::Open(_)) = self.town.try_move(id, &time).await {
            let booking = self.town.booking(id).await;
            self.pay(&booking).await;
        }
    }

    async fn tell_again(&mut self) {
        if self.told.is_empty() {
            return;
        }
        let which = usize::try_from(self.dice.roll(self.told.len() as u64)).expect("one of them");
        let (id, name) = self.told[which].clone();
        payment::charge(&self.town.services, id, &name).await.expect("a charge that is known");
    }

    async fn change_prices(&mut self) {
        let (time, minor) = (self.time(), 1_00 + self.dice.below(200_00));
        match time.space.facility.slug.as_str() {
            WITH_DEPOSIT => self.lay_deposit(minor).await,
            _ => self.town.set_price(&time.space, minor).await,
        }
    }

    /// Where a deposit is asked for, charges after use are listed, too.
    pub async fn lay_deposit(&self, hour_minor: i64) {
        let space = self.town.space(WITH_DEPOSIT, "hela-isen");
        let price = sek(hour_minor).wire();
        let list = json!({
            "dated_by": "booking",
            "prices": [{"groups": ["adult"], "unit": "hour", "price": {"SEK": price}}],
            "after_use": [{"kind": "lost_key", "amount": {"fixed": {"EUR": "50.00", "SEK": "500.00"}}},
                          {"kind": "not_cleaned", "amount": {"fixed": {"SEK": "333.33"}}},
                          {"kind": "overtime", "amount": {"per_hour": {"SEK": price}}}],
            "deposit": {"amount": {"EUR": "60.00", "SEK": "600.00"}, "days": 30}});
        self.town.set_list(&space, &list.to_string()).await;
    }

    /// Staff charge what a use has cost; that is paid, taken back, or left open.
    async fn charge(&mut self) {
        let (town, Some(id)) = (self.town, self.used().await) else { return };
        let entries = [("lost_key", None), ("not_cleaned", None), ("overtime", Some(61))];
        let (code, minutes) = entries[usize::try_from(self.dice.roll(3)).expect("one of three")];
        let (reason, told) = (found(), Told { minutes, cost: None });
        let charging = Charging { code, told, reason: &reason };
        let made = charge::make(&town.services, &Staff::operator(), id, charging).await;
        let Ok((_, charge)) = made else { return };
        match self.dice.roll(3) {
            0 => drop(town.take_back(&charge).await),
            1 if !charge.is_kept() => {
                let currency = self.dice.currency();
                let opened =
                    start_use_charge(&town.services, id, charge.id, currency, "http://localhost/").await;
                if let Ok(payment) = opened {
                    town.play(&town.payment(payment).await, Outcome::Pay).await;
                    self.told.push((payment, format!("{payment}-1")));
                }
            }
            _ => {}
        }
    }

    /// A booking whose time has begun not long ago.
    async fn used(&self) -> Option<Uuid> {
        let quarter = self.town.clock.now().timestamp().div_euclid(900);
        let facility = self.town.space(WITH_DEPOSIT, "hela-isen").id;
        sql!(self.town, c => sqlx::query_scalar(
            "SELECT id FROM booking WHERE space_id = $2 AND state = 'confirmed' AND start_quarter <= $1
             ORDER BY start_quarter DESC, id LIMIT 1").bind(quarter).bind(facility).fetch_optional(c).await)
        .expect("the bookings")
    }

    /// Every charge is told of once more.
    async fn tell_all_again(&self) {
        for (id, name) in &self.told {
            payment::charge(&self.town.services, *id, name).await.expect("a charge that is known");
        }
    }
}

/// In two places late cancelling costs a fee: one in both currencies, the other in the town's own.
async fn lay_fees(town: &Town) {
    let fees = [
        ("tornion-jaahalli", "hela-isen", json!({"EUR": "10.00", "SEK": "100.00"})),
        ("norra-affars-arena", "hela-isen", json!({"SEK": "333.33"})),
    ];
    for (facility, space, fee) in fees {
        let back = json!({"percent": 80, "fee": fee});
        let step = json!({"until": {"hours": 72}, "back": {"percent": 100}});
        let rule = json!({"cancelling": [{"steps": [step], "then": back}]});
        town.lay_rules(&town.space(facility, space), &rule).await;
    }
}

async fn whatever_happens_the_books_are_right(town: &Town) {
    let happenings = match town.engine {
        Engine::Sqlite => 3_000,
        Engine::Postgres => 400,
    };
    lay_fees(town).await;
    let mut year = Year::new(town, 0x6d6f_6e65);
    year.lay_deposit(825_00).await;
    year.pass(happenings).await;
    town.check_books().await;
    let booked = town.count("SELECT COUNT(*) FROM ledger_transaction").await;
    let shares = [
        ("payments", "SELECT COUNT(*) FROM payment WHERE state = 'paid' AND NOT surplus", 20),
        (
            "across the river",
            "SELECT COUNT(*) FROM payment WHERE state = 'paid' AND rate_value IS NOT NULL",
            8,
        ),
        ("refunds", "SELECT COUNT(*) FROM refund", 4),
        ("surplus", "SELECT COUNT(*) FROM payment WHERE surplus", 1),
        ("moves", "SELECT COUNT(*) FROM booking_change WHERE state = 'done'", 1),
        ("deposits", "SELECT COUNT(*) FROM deposit", 3),
        ("deposits that came back", "SELECT COUNT(*) FROM refund WHERE of_deposit", 1),
    ];
    for (what, sql, percent) in shares {
        let count = town.count(sql).await;
        assert!(count >= happenings * percent / 100, "the year is too quiet: {count} {what}");
    }
    // Told of again, nothing changes: neither now nor in what has been.
    let before = standing(&town.balance().await);
    year.tell_all_again().await;
    assert_eq!(town.count("SELECT COUNT(*) FROM ledger_transaction").await, booked);
    assert_eq!(standing(&town.balance().await), before);
    for (at, then) in &year.seen {
        let now = trial_balance(&town.services, &Staff::operator(), *at).await.expect("a balance").lines;
        assert_eq!(now, then.lines, "{at}");
    }
    // All that was ever taken in is income, tax, or owed to somebody: in each town all balances come to nothing.
    for code in ["haparanda", "tornio"] {
        let lines = town.balance().await.lines;
        let sum: i64 = lines.iter().filter(|line| line.entity == code).map(|line| line.balance.minor).sum();
        assert_eq!(sum, 0, "{code}");
    }
    // What was owed has been paid, month by month: nothing is left of the settlements.
    let paid = town.count("SELECT COUNT(*) FROM settlement WHERE paid_at IS NOT NULL").await;
    assert!(paid >= 11, "{paid} settlements");
    assert!(!before.keys().any(|account| account.contains(" settlement:")), "{before:?}");
}
