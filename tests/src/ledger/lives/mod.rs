//! A year of random lives of bookings: held, paid in either currency, on an invoice or by a grant, paid twice, too late
//! or not at all, moved, cancelled, given back, told of again, while rates and prices change and the towns settle and
//! invoice each month. Whatever happens, the books are right.

mod clubs;
mod payers;
mod staff;
mod towns;

use std::fmt::Debug;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;
use vayla_domain::{
    money::{Currency, EURO},
    settlement::Month,
};
use vayla_services::{
    customer::Account,
    deposit,
    grant::TownGrant,
    invoice::BankLine,
    ledger::{TrialBalance, trial_balance},
    staff::Staff,
};

use self::staff::lay_fees;
use super::standing;
use crate::{Engine, Town, sek};

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
    customers: Vec<Account>,
    grants: Vec<TownGrant>,
    invoices: Vec<Uuid>,
    /// Lines of the towns' statements, and whose, which may come again.
    lines: Vec<(String, BankLine)>,
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
            customers: Vec::new(),
            grants: Vec::new(),
            invoices: Vec::new(),
            lines: Vec::new(),
            told: Vec::new(),
            seen: Vec::new(),
        }
    }

    /// So many things happen, spread over 365 days.
    pub async fn pass(&mut self, happenings: i64) {
        self.take_customers_on().await;
        self.lay_grants().await;
        let pause = TimeDelta::days(365).num_seconds() / happenings;
        for number in 0..happenings {
            self.town.clock.advance(TimeDelta::seconds(1 + self.dice.below(2 * pause)));
            self.publish().await;
            self.settle().await;
            self.town.sweep().await;
            self.town.deliver().await;
            deposit::return_due(&self.town.services).await.expect("the database");
            self.happen().await;
            if number % (happenings / 8).max(1) == 0 {
                self.seen.push((self.town.clock.now(), self.town.balance().await));
                self.town.clock.advance(TimeDelta::microseconds(1));
            }
        }
    }

    async fn happen(&mut self) {
        match self.dice.roll(36) {
            0 | 1 => self.cancel().await,
            2..=6 => self.shift().await,
            7 | 8 => self.tell_again().await,
            9 => self.change_prices().await,
            10 | 11 => self.charge().await,
            12 => self.refund().await,
            13..=16 => self.book_on_account().await,
            17 | 18 => self.bank_money().await,
            19 => self.dun().await,
            20 => self.deal_with_owed().await,
            _ => self.book().await,
        }
    }
}

/// Whatever was refused changes nothing, but the database is there.
fn done<T, E: Debug>(result: Result<T, E>) -> Option<T> {
    result
        .map_err(|error| {
            let said = format!("{error:?}");
            assert!(!said.contains("Db("), "{said}");
        })
        .ok()
}

/// The same year each time, or another one by `VAYLA_TEST_SEED`.
fn seed() -> u64 {
    std::env::var("VAYLA_TEST_SEED").map_or(0x6d6f_6e65, |seed| seed.parse().expect("a number"))
}

async fn whatever_happens_the_books_are_right(town: &Town) {
    let happenings = match town.engine {
        Engine::Sqlite => 6_000,
        Engine::Postgres => 800,
    };
    lay_fees(town).await;
    let mut year = Year::new(town, seed());
    year.lay_deposit(825_00).await;
    year.pass(happenings).await;
    town.check_books().await;
    let booked = town.count("SELECT COUNT(*) FROM ledger_transaction").await;
    let shares = [
        ("bookings", "SELECT COUNT(*) FROM booking", 34),
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
        ("on account", "SELECT COUNT(*) FROM booking WHERE customer_id IS NOT NULL", 2),
        ("on invoices", "SELECT COUNT(*) FROM invoice_line", 1),
        ("granted", "SELECT COUNT(*) FROM grant_use WHERE state = 'given'", 1),
        ("given back by staff", "SELECT COUNT(*) FROM refund WHERE reason = 'staff'", 1),
    ];
    for (what, sql, percent) in shares {
        let count = town.count(sql).await;
        assert!(count >= happenings * percent / 100, "the year is too quiet: {count} {what}");
    }
    let rare = [
        "SELECT COUNT(*) FROM invoice_paid WHERE minor > 0",
        "SELECT COUNT(*) FROM invoice WHERE credits IS NOT NULL",
        "SELECT COUNT(*) FROM invoice_reminder WHERE waived_at IS NOT NULL",
        "SELECT COUNT(*) FROM invoice_write_off",
        "SELECT COUNT(*) FROM owed_spent WHERE invoice_id IS NOT NULL",
        "SELECT COUNT(*) FROM owed_spent WHERE bank_key IS NOT NULL",
        "SELECT COUNT(*) FROM grant_return",
    ];
    for sql in rare.into_iter().filter(|_| town.engine == Engine::Sqlite) {
        assert!(town.count(sql).await > 0, "never in the year: {sql}");
    }
    // Told of again, nothing changes: neither now nor in what has been.
    let before = standing(&town.balance().await);
    year.tell_all_again().await;
    year.register_all_again().await;
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
    // What was owed has been paid, month by month, but for what was written off: nothing is left of the settlements.
    let paid = town.count("SELECT COUNT(*) FROM settlement WHERE paid_at IS NOT NULL").await;
    let written_off = town.count("SELECT COUNT(*) FROM settlement_write_off WHERE undone_at IS NULL").await;
    let undone = town.count("SELECT COUNT(*) FROM settlement_write_off WHERE undone_at IS NOT NULL").await;
    assert!(paid > 0 && written_off > 0 && undone > 0, "{paid} {written_off} {undone}");
    assert!(paid + written_off >= 11, "{paid} settlements and {written_off}");
    assert!(!before.keys().any(|account| account.contains(" settlement:")), "{before:?}");
}
