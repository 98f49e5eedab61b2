//! The towns settle what they owe each other: one payment a month, which closes itself when its money comes.

mod draw;
mod line;
mod matching;
mod money;
mod read;
mod reckon;
mod row;
mod write_off;

pub use draw::{DrawError, Pair, draw, preview};
pub use line::SettlementLine;
pub use matching::{MatchError, match_money};
pub use read::{find, list, numbered};
pub use write_off::{WriteOffError, write_off};

pub(crate) use money::{Came, pay_in};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use vayla_domain::{
    ledger::{Bearer, Dues, SettlementFacts},
    money::{CreditorReference, Currency, Money, Rate, ReferenceBase},
    settlement::{Month, SettlementStanding},
};

/// What the treaty says of settlements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SettlementTerms {
    pub currency: Currency,
    pub bearer: Bearer,
    /// By whose clocks a month ends.
    pub zone: Tz,
    /// How many months are settled together.
    pub months: u32,
}

/// A settlement of two towns. What is to be paid, and has been, is written as the first town pays: less than nothing
/// the other way.
#[derive(Debug, Clone)]
pub struct Settlement {
    pub id: Uuid,
    /// Of all settlements; `None` in a preview.
    pub number: Option<u32>,
    /// The codes of the towns.
    pub towns: [String; 2],
    pub month: Month,
    /// The first moment that isn't in it.
    pub cut_off: DateTime<Utc>,
    /// When it was drawn up, or thought of.
    pub drawn_at: DateTime<Utc>,
    pub bearer: Bearer,
    pub rate: Option<Rate>,
    pub lines: i64,
    /// What the first owes the second, and the other way.
    pub dues: [Dues; 2],
    /// In the treaty's currency.
    pub net: Money,
    /// The same in each town's books.
    pub booked: [Money; 2],
    /// What each town gains by what the rate has done; less than nothing where it loses.
    pub gains: [Money; 2],
    /// Of `net`.
    pub paid: Money,
    /// What nobody asks for any more, as it is too little; never less than nothing.
    pub written_off: Money,
    /// Since when nothing is left to pay.
    pub paid_at: Option<DateTime<Utc>>,
}

impl Settlement {
    /// What the payment is known by on the payee's account.
    #[must_use]
    pub fn reference(&self) -> Option<CreditorReference> {
        self.number.map(|number| CreditorReference::of(&ReferenceBase::of_settlement(number)))
    }

    /// The places in `towns` of who pays and who is paid; `None` where nothing is left to pay once it is netted.
    #[must_use]
    pub const fn payer_and_payee(&self) -> Option<[usize; 2]> {
        match self.net.minor {
            0 => None,
            1.. => Some([0, 1]),
            _ => Some([1, 0]),
        }
    }

    /// What is open of the payment.
    #[must_use]
    pub fn standing(&self) -> SettlementStanding {
        let [payer, payee] = self.payer_and_payee().unwrap_or([0, 1]);
        let whole = |money: Money| Money::new(money.minor.abs(), money.currency);
        SettlementStanding {
            net: whole(self.net),
            booked: [whole(self.booked[payer]), whole(self.booked[payee])],
            paid: whole(self.paid),
            written_off: self.written_off,
        }
    }

    /// Another one whenever some figure is another.
    #[must_use]
    pub fn version(&self) -> String {
        let rate = self.rate.as_ref().map(|rate| (rate.value, rate.date));
        let closed = (self.paid, self.written_off);
        let said = (&self.towns, self.month, self.bearer, rate, self.lines, self.dues, self.net, closed);
        Sha256::digest(format!("{said:?}"))[..8].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The same of what was drawn up, whatever has been paid since.
    fn drawn_version(&self) -> String {
        let nothing = Money::new(0, self.net.currency);
        Self { paid: nothing, written_off: nothing, ..self.clone() }.version()
    }

    fn facts(&self) -> SettlementFacts {
        SettlementFacts {
            towns: self.towns.clone(),
            dues: self.dues,
            currency: self.net.currency,
            rate: self.rate.clone(),
            bearer: self.bearer,
        }
    }
}
