//! What a use has cost afterwards: charged by staff under the price list, paid by the booker or put on an invoice,
//! taken back.

mod credit;
mod make;
mod paper;
mod read;
mod settle;
mod text;

pub use credit::{TakeBackError, take_back};
pub use make::{CHARGES_MAX, Charging, MakeError, make};
pub use paper::{lines, receipt, tax};
pub use read::{find, of_booking, of_booking_for_staff, with_paid};
pub use text::{amount_text, basis_text, entry_text, name, terms_text};

pub(crate) use credit::credited_in;
pub(crate) use read::{find_in, locked_in, of_customer_in};
pub(crate) use settle::settle_in;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;
use vayla_domain::{
    Bilingual,
    deposit::{Claim, ToPay},
    money::{AfterUse, Beside, ChargeBasis, Money, VatRate},
};

use crate::{deposit::Kept, payment::Due};

/// A charge as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UseCharge {
    pub id: Uuid,
    pub booking: Uuid,
    /// Which of the booking's it is, from 1 on.
    pub number: i64,
    /// The price list's entry, as it was.
    pub entry: AfterUse,
    pub basis: ChargeBasis,
    pub reason: Bilingual,
    /// In the facility's currency.
    pub net: Money,
    pub vat_rate: VatRate,
    pub vat: Money,
    pub gross: Money,
    /// Since when the rate of tax has been in force; `None` where it is no sale.
    pub tax_since: Option<NaiveDate>,
    /// The day that decides the tax: that of the use.
    pub tax_date: NaiveDate,
    /// In the neighbour's, as it was when it was charged.
    pub other: Option<Beside>,
    /// Whose invoice it goes on; `None` where the booker pays it.
    pub customer: Option<Uuid>,
    pub invoice: Option<Uuid>,
    /// What the booking's deposit pays of it.
    pub kept: Option<Kept>,
    pub charged_at: DateTime<Utc>,
    pub credited: Option<Credited>,
}

/// What a charge is for, as an invoice tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargedFor {
    pub id: Uuid,
    pub entry: AfterUse,
    pub basis: ChargeBasis,
}

/// It has been taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credited {
    pub at: DateTime<Utc>,
    pub reason: Bilingual,
}

impl UseCharge {
    /// All of it.
    #[must_use]
    pub fn claim(&self) -> Claim {
        Claim { gross: self.gross, vat: self.vat, other: self.other.as_ref().map(|(money, _)| *money) }
    }

    /// What the deposit leaves to be paid.
    #[must_use]
    pub fn rest(&self) -> Claim {
        let kept = self.kept.filter(|kept| !kept.undone);
        kept.map_or_else(|| self.claim(), |kept| self.claim().less(&kept.pays))
    }

    /// The same in the neighbour's currency, with its rate.
    #[must_use]
    pub fn rest_other(&self) -> Option<Beside> {
        let rate = self.other.as_ref().and_then(|(_, rate)| rate.clone());
        self.rest().other.map(|money| (money, rate))
    }

    /// Whether the deposit pays all of it.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.rest().gross.minor == 0
    }

    /// Where it stands, when its booker has paid it or not: `open`, `paid`, `on_account`, `invoiced`, `taken_back`.
    #[must_use]
    pub fn status(&self, paid: bool) -> &'static str {
        match (self.customer, self.invoice) {
            _ if self.credited.is_some() => "taken_back",
            (_, Some(_)) => "invoiced",
            (Some(_), None) => "on_account",
            (None, None) if paid || self.is_kept() => "paid",
            (None, None) => "open",
        }
    }

    /// What is to be paid for it while nothing has been; `None` where nobody is to pay it here.
    #[must_use]
    pub fn due(&self, version: i64) -> Option<Due> {
        let is_open = self.customer.is_none() && self.credited.is_none() && !self.is_kept();
        let rest = self.rest();
        is_open.then(|| Due {
            change: None,
            use_charge: Some(self.id),
            version,
            vat: rest.vat,
            to_pay: ToPay::price(rest.gross, self.rest_other()),
        })
    }
}
