//! Months of bookings and refunds both ways, at rates that move: each settlement leaves nothing.

use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::{
    ledger::{
        Account, Balances, Bearer, Dues, PaymentFacts, Posting, Settled, SettlementFacts, Share, Standing,
        payment, refund, repay, settled, settlement, settlement_paid,
    },
    money::{Currency, EURO, Money, Rate},
};

const SEK: Currency = Currency::from_code(b"SEK");
const TOWNS: [(&str, Currency); 2] = [("haparanda", SEK), ("tornio", EURO)];

/// Somebody pays for a time on the other bank, or what was paid for an earlier one goes back, or a part of it.
#[derive(Debug, Clone)]
enum Act {
    Pays { owner: usize, gross: i64 },
    GoesBack { which: usize, part: i64 },
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (0usize..2, 1i64..100_000).prop_map(|(owner, gross)| Act::Pays { owner, gross }),
        (0usize..50, 1i64..80_000).prop_map(|(which, part)| Act::GoesBack { which, part }),
    ]
}

fn rate(per_euro: i64) -> Rate {
    Rate {
        base: EURO,
        quote: SEK,
        value: Decimal::new(per_euro, 4),
        date: "2026-10-30".parse().expect("a date"),
        source: "ECB".to_owned(),
    }
}

/// Both towns' books, and what has been owed since the last settlement: by the first town, then by the second.
struct Books {
    postings: Vec<Posting>,
    paid: Vec<(PaymentFacts, Standing)>,
    dues: [Dues; 2],
}

fn nothing() -> [Dues; 2] {
    let owed = |booked, contract| Dues { booked: Money::new(0, booked), contract: Money::new(0, contract) };
    [owed(SEK, EURO), owed(EURO, SEK)]
}

impl Books {
    fn happens(&mut self, act: &Act, rate: &Rate) {
        match *act {
            Act::Pays { owner, gross } => {
                let ((owner, currency), (collector, _)) = (TOWNS[owner], TOWNS[1 - owner]);
                let gross = Money::new(gross, currency);
                let paid = rate.convert(gross).expect("within range");
                let (owner, collector) = (owner.to_owned(), collector.to_owned());
                let facts = PaymentFacts { owner, collector, gross, vat: gross.percent(12), paid };
                self.owe(&facts, 1);
                self.postings.extend(payment(&facts));
                let whole = Share { gross, vat: facts.vat, paid };
                self.paid.push((facts, Standing::untouched(whole)));
            }
            Act::GoesBack { which, part } => {
                let Some((facts, standing)) = self.paid.get(which % self.paid.len().max(1)).cloned() else {
                    return;
                };
                let part = part.min(standing.left().gross.minor);
                let back = repay(&[standing], Money::new(part, facts.gross.currency))[0];
                let Share { gross, vat, paid } = back;
                self.owe(&PaymentFacts { gross, vat, paid, ..facts.clone() }, -1);
                self.postings.extend(refund(&facts, &back));
                let which = which % self.paid.len();
                self.paid[which] = (facts, standing.after(&back));
            }
        }
    }

    fn owe(&mut self, facts: &PaymentFacts, sign: i64) {
        let debtor = usize::from(facts.collector == "tornio");
        self.dues[debtor].booked.minor += sign * facts.paid.minor;
        self.dues[debtor].contract.minor += sign * facts.gross.minor;
    }

    fn settle(&mut self, currency: Currency, rate: Rate, bearer: Bearer) -> Settled {
        let (towns, dues) = (TOWNS.map(|(town, _)| town.to_owned()), self.dues);
        let facts = SettlementFacts { towns, dues, currency, rate: Some(rate), bearer };
        self.postings.extend(settlement(&facts).expect("within range"));
        self.dues = nothing();
        settled(&facts).expect("within range")
    }

    fn pay(&mut self, booked: [Money; 2]) {
        for (town, sign) in [(0, 1), (1, -1)] {
            let ((own, _), (other, _), owed) = (TOWNS[town], TOWNS[1 - town], booked[town]);
            let moved = Money::new(owed.minor.abs(), owed.currency);
            self.postings.extend(settlement_paid(
                own,
                other,
                &Account::Bank,
                (moved, moved),
                sign * owed.minor > 0,
            ));
        }
    }

    /// Of both towns, in their books and as agreed.
    fn left_of(&self, account: fn(String) -> Account) -> Vec<i64> {
        let balances = Balances::of(&self.postings);
        let of = |town: usize| {
            let account = account(TOWNS[1 - town].0.to_owned());
            let own = |posting: &&Posting| posting.entity == TOWNS[town].0;
            // Only dues are as agreed.
            let is_due = !matches!(account, Account::Settlement(_));
            let signed = |posting: &Posting| {
                let agreed = posting.contract.filter(|_| is_due).map_or(0, |contract| contract.minor);
                agreed * (i64::from(posting.debit == account) - i64::from(posting.credit == account))
            };
            let agreed = self.postings.iter().filter(own).map(signed).sum();
            [balances.balance(TOWNS[town].0, &account, TOWNS[town].1), agreed]
        };
        [of(0), of(1)].concat()
    }
}

proptest! {
    #[test]
    fn whatever_the_months_bring_each_settlement_leaves_nothing(
        months in prop::collection::vec((prop::collection::vec(act(), 0..12), 80_000i64..130_000), 1..6),
        owner: bool, in_euros: bool,
    ) {
        let bearer = if owner { Bearer::Owner } else { Bearer::Collector };
        let currency = if in_euros { EURO } else { SEK };
        let mut books = Books { postings: Vec::new(), paid: Vec::new(), dues: nothing() };
        for (acts, per_euro) in months {
            // The rate moves within the month as well.
            for (passed, act) in (0..).zip(&acts) {
                books.happens(act, &rate(per_euro - 100 * passed));
            }
            let Settled { net, booked, .. } = books.settle(currency, rate(per_euro), bearer);
            prop_assert_eq!(books.left_of(Account::DueTo), [0; 4]);
            prop_assert_eq!(books.left_of(Account::DueFrom), [0; 4]);
            prop_assert!(net.minor == 0 || booked.iter().all(|own| own.minor.signum() * net.minor.signum() >= 0));
            books.pay(booked);
            prop_assert_eq!(books.left_of(Account::Settlement), [0; 4]);
        }
        let sound = |posting: &Posting| posting.amount.minor >= 0 && posting.debit != posting.credit;
        prop_assert!(books.postings.iter().all(sound));
    }
}
