//! Accounts and postings.

use std::{fmt, str::FromStr};

use crate::money::Money;

/// An account in a municipality's books. Which number it has in its own chart is a mapping.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// What the payment provider has taken in and not yet paid out.
    Clearing,
    /// Income from letting, without tax.
    Income,
    /// Output tax.
    Vat,
    /// What is owed to the named municipality.
    DueTo(String),
    /// What the named municipality owes.
    DueFrom(String),
    /// Money that came without a booking to pay for, until it is given back.
    OwedToPayers,
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clearing => f.write_str("clearing"),
            Self::Income => f.write_str("income"),
            Self::Vat => f.write_str("vat"),
            Self::DueTo(other) => write!(f, "due_to:{other}"),
            Self::DueFrom(other) => write!(f, "due_from:{other}"),
            Self::OwedToPayers => f.write_str("owed_to_payers"),
        }
    }
}

/// The text names no account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown account")]
pub struct UnknownAccount;

impl FromStr for Account {
    type Err = UnknownAccount;

    fn from_str(code: &str) -> Result<Self, UnknownAccount> {
        match code.split_once(':') {
            Some(("due_to", other)) => Ok(Self::DueTo(other.to_owned())),
            Some(("due_from", other)) => Ok(Self::DueFrom(other.to_owned())),
            _ => match code {
                "clearing" => Ok(Self::Clearing),
                "income" => Ok(Self::Income),
                "vat" => Ok(Self::Vat),
                "owed_to_payers" => Ok(Self::OwedToPayers),
                _ => Err(UnknownAccount),
            },
        }
    }
}

/// One amount, debited to one account and credited to another, in one municipality's books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// The municipality whose books these are.
    pub entity: String,
    pub debit: Account,
    pub credit: Account,
    /// Always more than zero.
    pub amount: Money,
    /// For a due: what it is in the currency it will be settled in, the facility's.
    pub contract: Option<Money>,
}

impl Posting {
    /// The same amount the other way: how a posting is undone.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self { debit: self.credit, credit: self.debit, ..self }
    }
}
