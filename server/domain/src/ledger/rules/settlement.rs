//! The towns settle what they owe each other: dues become one payment, and what the rate has done since is
//! somebody's gain or loss.

use std::str::FromStr;

use super::super::{Account, Posting, correction};
use crate::money::{Currency, Money, Rate, RateError};

/// What one town owes the other, of one booking or of all up to the cut-off; less than nothing where more has gone
/// back since the last settlement than came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dues {
    /// As it stands in the debtor's books: what was collected.
    pub booked: Money,
    /// As it stands in the creditor's books, in whose currency it was priced.
    pub contract: Money,
}

/// Who bears what the rate has done between the bookings and the settlement, as the treaty says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearer {
    /// Whoever collected owes the price, whatever it costs by now: the default.
    Collector,
    /// Whoever's facility it was gets what was collected, whatever it is worth by now.
    Owner,
}

/// The text names nobody who could bear it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("collector or owner")]
pub struct UnknownBearer;

impl Bearer {
    pub const ALL: [Self; 2] = [Self::Collector, Self::Owner];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Collector => "collector",
            Self::Owner => "owner",
        }
    }
}

impl FromStr for Bearer {
    type Err = UnknownBearer;

    fn from_str(code: &str) -> Result<Self, UnknownBearer> {
        Self::ALL.into_iter().find(|bearer| bearer.code() == code).ok_or(UnknownBearer)
    }
}

/// A settlement of two towns at a cut-off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettlementFacts {
    pub towns: [String; 2],
    /// What the first owes the second, and the other way.
    pub dues: [Dues; 2],
    /// One of their two currencies: in which the difference is paid.
    pub currency: Currency,
    /// Between the two, at the cut-off; `None` where both have the same currency.
    pub rate: Option<Rate>,
    pub bearer: Bearer,
}

/// What remains to be paid by the first town to the second; fewer than 0 the other way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    pub net: Money,
    /// The same in the currency of each town's books.
    pub booked: [Money; 2],
    /// What each town gains by what the rate has done, in its own currency; fewer than 0 where it loses.
    pub gains: [Money; 2],
}

/// A due beside what it is worth at the cut-off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worth {
    /// What was agreed, in the debtor's currency; where the owner bears it, what was collected, in the owner's.
    pub now: Money,
    /// What its bearer gains by it; fewer than 0 where it is a loss.
    pub gain: Money,
}

/// What the dues come to when they are netted.
///
/// # Errors
/// [`RateError`] where the rate isn't between the currencies, or an amount is out of range.
pub fn settled(facts: &SettlementFacts) -> Result<Settled, RateError> {
    let owed = facts.dues.map(|dues| match facts.bearer {
        Bearer::Collector => dues.contract,
        Bearer::Owner => dues.booked,
    });
    let own = facts.dues.map(|dues| dues.booked.currency);
    let [one, other] = owed.map(|owed| facts.into(owed, facts.currency));
    let net = Money::new(one?.minor - other?.minor, facts.currency);
    let booked = [facts.into(net, own[0])?, facts.into(net, own[1])?];
    let [one, other] = facts.dues;
    let gain = |owes: Dues, is_owed: Dues, pays: i64| {
        Money::new(owes.booked.minor - is_owed.contract.minor - pays, owes.booked.currency)
    };
    let gains = [gain(one, other, booked[0].minor), gain(other, one, -booked[1].minor)];
    Ok(Settled { net, booked, gains })
}

/// Closes the dues against what remains to be paid. Each town has the difference to what stood in its books
/// as a gain or a loss. Nothing is posted where all has gone back that came.
///
/// # Errors
/// The same.
pub fn settlement(facts: &SettlementFacts) -> Result<Vec<Posting>, RateError> {
    let gains = settled(facts)?.gains;
    let closings = [(0, 1), (1, 0)].map(|(town, other)| Closing {
        town: &facts.towns[town],
        other: &facts.towns[other],
        owes: facts.dues[town],
        is_owed: facts.dues[other],
        gain: gains[town],
    });
    let postings = closings.iter().flat_map(Closing::postings).map(Posting::forwards);
    Ok(postings.filter(Posting::says_something).collect())
}

/// Money has moved between the towns' bank accounts: of `booked` on the settlement account so much was in fact
/// `moved`, in the currency of the books. What the bank's rate has made of it is a gain or a loss.
#[must_use]
pub fn settlement_paid(
    town: &str,
    other: &str,
    by: &Account,
    (booked, moved): (Money, Money),
    pays: bool,
) -> Vec<Posting> {
    let account = Account::Settlement(other.to_owned());
    let cost = moved.minor - booked.minor;
    let paid = vec![Posting::new(town, account.clone(), by.clone(), moved)];
    let lines = if pays { paid } else { correction(paid) };
    let gain = Money::new(if pays { -cost } else { cost }, booked.currency);
    let lines = lines.into_iter().chain([difference(town, &account, gain)]).map(Posting::forwards);
    lines.filter(Posting::says_something).collect()
}

/// Nobody asks for what little is open between two towns any more, as it stands in the books of the payer, then of the
/// payee: the one owes it no more, which is a gain as if a bank's rate had brought it; the other loses it.
#[must_use]
pub fn settlement_written_off([payer, payee]: [&str; 2], [payers, payees]: [Money; 2]) -> Vec<Posting> {
    let between = |other: &str| Account::Settlement(other.to_owned());
    let lines = [
        Posting::new(payer, between(payee), Account::ExchangeGain, payers),
        Posting::new(payee, Account::BadDebts, between(payer), payees),
    ];
    lines.into_iter().filter(Posting::says_something).collect()
}

impl SettlementFacts {
    /// What one of the dues is worth by now. Each is rounded by itself: all together are reckoned from their sums.
    ///
    /// # Errors
    /// The same.
    pub fn worth(&self, dues: Dues) -> Result<Worth, RateError> {
        let (from, to, sign) = match self.bearer {
            Bearer::Collector => (dues.contract, dues.booked, 1),
            Bearer::Owner => (dues.booked, dues.contract, -1),
        };
        let now = self.into(from, to.currency)?;
        Ok(Worth { now, gain: Money::new(sign * (to.minor - now.minor), to.currency) })
    }

    fn into(&self, money: Money, currency: Currency) -> Result<Money, RateError> {
        match &self.rate {
            _ if money.currency == currency => Ok(money),
            Some(rate) => rate.convert(money).and_then(|converted| {
                if converted.currency == currency { Ok(converted) } else { Err(RateError::Unknown) }
            }),
            None => Err(RateError::Unknown),
        }
    }
}

/// One town's side of a settlement.
struct Closing<'a> {
    town: &'a str,
    other: &'a str,
    owes: Dues,
    is_owed: Dues,
    /// In its own currency.
    gain: Money,
}

impl Closing<'_> {
    fn postings(&self) -> [Posting; 3] {
        let to_be_paid = Account::Settlement(self.other.to_owned());
        let (due_to, due_from) =
            (Account::DueTo(self.other.to_owned()), Account::DueFrom(self.other.to_owned()));
        // What is owed stands in the creditor's books as it was priced, in its own currency.
        let (owes, is_owed) = (self.owes.booked, self.is_owed.contract);
        [
            Posting::new(self.town, due_to, to_be_paid.clone(), owes).of_contract(Some(self.owes.contract)),
            Posting::new(self.town, to_be_paid.clone(), due_from, is_owed).of_contract(Some(is_owed)),
            difference(self.town, &to_be_paid, self.gain),
        ]
    }
}

/// A gain that the account has too much, or a loss that it lacks.
fn difference(town: &str, account: &Account, gain: Money) -> Posting {
    match gain.minor {
        0.. => Posting::new(town, account.clone(), Account::ExchangeGain, gain),
        _ => {
            let loss = Money::new(-gain.minor, gain.currency);
            Posting::new(town, Account::ExchangeLoss, account.clone(), loss)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::{super::super::Balances, *};
    use crate::money::EURO;

    const SEK: Currency = Currency::from_code(b"SEK");

    fn money(minor: i64, currency: Currency) -> Money {
        Money::new(minor, currency)
    }

    /// The hall of 20.00 euros for which Haparanda took 219.56 kronor in; nothing the other way.
    fn worked_example(rate: &str, bearer: Bearer, currency: Currency) -> SettlementFacts {
        let rate = Rate {
            base: EURO,
            quote: SEK,
            value: rate.parse().expect("a rate"),
            date: "2026-10-30".parse().expect("a date"),
            source: "ECB".to_owned(),
        };
        let nothing = Dues { booked: money(0, EURO), contract: money(0, SEK) };
        let dues = [Dues { booked: money(219_56, SEK), contract: money(20_00, EURO) }, nothing];
        let towns = ["haparanda", "tornio"].map(str::to_owned);
        SettlementFacts { towns, dues, currency, rate: Some(rate), bearer }
    }

    /// Of a town: what it is to pay, its gain, its loss.
    fn outcome(postings: &[Posting], town: &str, other: &str, currency: Currency) -> [i64; 3] {
        let balances = Balances::of(postings);
        let of = |account| balances.balance(town, &account, currency);
        [-of(Account::Settlement(other.to_owned())), -of(Account::ExchangeGain), of(Account::ExchangeLoss)]
    }

    #[test]
    fn the_worked_example_is_settled_at_the_cut_offs_rate() {
        let check = |rate, bearer, currency, expected: [[i64; 3]; 2]| {
            let facts = worked_example(rate, bearer, currency);
            let postings = settlement(&facts).expect("within range");
            let west = outcome(&postings, "haparanda", "tornio", SEK);
            assert_eq!([west, outcome(&postings, "tornio", "haparanda", EURO)], expected, "{facts:?}");
        };
        check("10.978", Bearer::Collector, EURO, [[219_56, 0, 0], [-20_00, 0, 0]]);
        // The krona has fallen: 20 euros cost 220 kronor.
        check("11", Bearer::Collector, EURO, [[220_00, 0, 44], [-20_00, 0, 0]]);
        check("11", Bearer::Collector, SEK, [[220_00, 0, 44], [-20_00, 0, 0]]);
        check("10.5", Bearer::Collector, EURO, [[210_00, 9_56, 0], [-20_00, 0, 0]]);
        // The owner bears it: what was collected is worth 19.96 euros now.
        check("11", Bearer::Owner, SEK, [[219_56, 0, 0], [-19_96, 0, 4]]);
    }

    #[test]
    fn the_banks_own_rate_is_a_gain_or_a_loss_of_whoever_pays_or_is_paid() {
        let check = |booked, moved, pays, expected: [i64; 3]| {
            let (booked, moved) = (money(booked, SEK), money(moved, SEK));
            let postings = settlement_paid("haparanda", "tornio", &Account::Bank, (booked, moved), pays);
            let balances = Balances::of(&postings);
            let [settlement, gain, loss] = outcome(&postings, "haparanda", "tornio", SEK);
            assert_eq!(settlement, if pays { -booked.minor } else { booked.minor });
            assert_eq!([balances.balance("haparanda", &Account::Bank, SEK), gain, loss], expected);
        };
        check(220_00, 220_00, true, [-220_00, 0, 0]);
        check(220_00, 221_00, true, [-221_00, 0, 1_00]);
        check(220_00, 219_00, true, [-219_00, 1_00, 0]);
        check(220_00, 219_00, false, [219_00, 0, 1_00]);
        check(220_00, 221_00, false, [221_00, 1_00, 0]);
    }

    proptest! {
        #[test]
        fn nothing_is_left_of_the_dues_and_the_rest_is_what_is_paid(
            owed in (-10_000_000i64..10_000_000, -1_000_000i64..1_000_000),
            is_owed in (-1_000_000i64..1_000_000, -10_000_000i64..10_000_000),
            rate in 80_000i64..130_000, owner: bool, in_euros: bool,
        ) {
            let bearer = if owner { Bearer::Owner } else { Bearer::Collector };
            let mut facts = worked_example("1", bearer, if in_euros { EURO } else { SEK });
            facts.rate.iter_mut().for_each(|known| known.value = Decimal::new(rate, 4));
            facts.dues = [
                Dues { booked: money(owed.0, SEK), contract: money(owed.1, EURO) },
                Dues { booked: money(is_owed.0, EURO), contract: money(is_owed.1, SEK) },
            ];
            let Settled { net, booked, gains } = settled(&facts).expect("within range");
            let postings = settlement(&facts).expect("within range");
            prop_assert!(postings.iter().all(|posting| posting.amount.minor >= 0));
            let own = |entity: &str| if entity == "tornio" { EURO } else { SEK };
            prop_assert!(postings.iter().all(|posting| posting.amount.currency == own(&posting.entity)));
            let balances = Balances::of(&postings);
            let of = |town: &str, account, currency| balances.balance(town, &account, currency);
            let (east, west) = (|| "tornio".to_owned(), || "haparanda".to_owned());
            prop_assert_eq!(of("haparanda", Account::DueTo(east()), SEK), owed.0);
            prop_assert_eq!(of("haparanda", Account::DueFrom(east()), SEK), -is_owed.1);
            prop_assert_eq!(of("tornio", Account::DueTo(west()), EURO), is_owed.0);
            prop_assert_eq!(of("tornio", Account::DueFrom(west()), EURO), -owed.1);
            prop_assert_eq!(of("haparanda", Account::Settlement(east()), SEK), -booked[0].minor);
            prop_assert_eq!(of("tornio", Account::Settlement(west()), EURO), booked[1].minor);
            let gained = |town, currency| {
                of(town, Account::ExchangeLoss, currency) + of(town, Account::ExchangeGain, currency)
            };
            prop_assert_eq!([-gained("haparanda", SEK), -gained("tornio", EURO)], gains.map(|gain| gain.minor));
            let exact = if in_euros { booked[1] } else { booked[0] };
            prop_assert_eq!(exact, net, "in whose currency it is paid, nothing is rounded");
        }
    }
}
