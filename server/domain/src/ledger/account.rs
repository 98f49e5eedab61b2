//! Accounts in a municipality's books.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// An account in a municipality's books. Which number it has in its own chart is a mapping.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Account {
    /// What the payment provider has taken in and not yet paid out.
    Clearing,
    /// The town's own bank account.
    Bank,
    /// What has been invoiced and isn't paid.
    Receivable,
    /// What the named municipality owes.
    DueFrom(String),
    /// What is owed to the named municipality.
    DueTo(String),
    /// What is to be paid to the named municipality, or by it, once the dues have been settled.
    Settlement(String),
    /// Output tax.
    Vat,
    /// Money that came without a booking to pay for, until it is given back.
    OwedToPayers,
    /// Money held for the case that something is broken.
    Deposits,
    /// Income from letting, without tax.
    Income,
    ExchangeGain,
    ExchangeLoss,
    /// What payment providers keep for their work.
    ProviderFees,
    /// What the town pays of others' prices.
    Subsidies,
    /// What nobody expects to be paid any more.
    BadDebts,
}

/// What kind of account it is: on which side it grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountKind {
    Asset,
    Liability,
    Income,
    Expense,
}

impl Account {
    #[must_use]
    pub const fn kind(&self) -> AccountKind {
        match self {
            Self::Clearing | Self::Bank | Self::Receivable | Self::DueFrom(_) => AccountKind::Asset,
            Self::DueTo(_) | Self::Settlement(_) | Self::Vat | Self::OwedToPayers | Self::Deposits => {
                AccountKind::Liability
            }
            Self::Income | Self::ExchangeGain => AccountKind::Income,
            Self::ExchangeLoss | Self::ProviderFees | Self::Subsidies | Self::BadDebts => {
                AccountKind::Expense
            }
        }
    }

    /// The municipality on the other side, of a due or a settlement.
    #[must_use]
    pub fn other(&self) -> Option<&str> {
        match self {
            Self::DueFrom(other) | Self::DueTo(other) | Self::Settlement(other) => Some(other),
            _ => None,
        }
    }

    /// Its name without the municipality on the other side.
    #[must_use]
    pub const fn base(&self) -> &'static str {
        match self {
            Self::Clearing => "clearing",
            Self::Bank => "bank",
            Self::Receivable => "receivable",
            Self::DueFrom(_) => "due_from",
            Self::DueTo(_) => "due_to",
            Self::Settlement(_) => "settlement",
            Self::Vat => "vat",
            Self::OwedToPayers => "owed_to_payers",
            Self::Deposits => "deposits",
            Self::Income => "income",
            Self::ExchangeGain => "exchange_gain",
            Self::ExchangeLoss => "exchange_loss",
            Self::ProviderFees => "provider_fees",
            Self::Subsidies => "subsidies",
            Self::BadDebts => "bad_debts",
        }
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.base())?;
        self.other().map_or(Ok(()), |other| write!(f, ":{other}"))
    }
}

impl From<Account> for String {
    fn from(account: Account) -> Self {
        account.to_string()
    }
}

impl TryFrom<String> for Account {
    type Error = UnknownAccount;

    fn try_from(code: String) -> Result<Self, UnknownAccount> {
        code.parse()
    }
}

/// The text names no account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown account")]
pub struct UnknownAccount;

impl FromStr for Account {
    type Err = UnknownAccount;

    fn from_str(code: &str) -> Result<Self, UnknownAccount> {
        if let Some((base, other)) = code.split_once(':') {
            let other = other.to_owned();
            return match base {
                _ if other.is_empty() => Err(UnknownAccount),
                "due_from" => Ok(Self::DueFrom(other)),
                "due_to" => Ok(Self::DueTo(other)),
                "settlement" => Ok(Self::Settlement(other)),
                _ => Err(UnknownAccount),
            };
        }
        match code {
            "clearing" => Ok(Self::Clearing),
            "bank" => Ok(Self::Bank),
            "receivable" => Ok(Self::Receivable),
            "vat" => Ok(Self::Vat),
            "owed_to_payers" => Ok(Self::OwedToPayers),
            "deposits" => Ok(Self::Deposits),
            "income" => Ok(Self::Income),
            "exchange_gain" => Ok(Self::ExchangeGain),
            "exchange_loss" => Ok(Self::ExchangeLoss),
            "provider_fees" => Ok(Self::ProviderFees),
            "subsidies" => Ok(Self::Subsidies),
            "bad_debts" => Ok(Self::BadDebts),
            _ => Err(UnknownAccount),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Any account, beside the town `tornio`.
    pub fn all() -> Vec<Account> {
        let tornio = || "tornio".to_owned();
        vec![
            Account::Clearing,
            Account::Bank,
            Account::Receivable,
            Account::DueFrom(tornio()),
            Account::DueTo(tornio()),
            Account::Settlement(tornio()),
            Account::Vat,
            Account::OwedToPayers,
            Account::Deposits,
            Account::Income,
            Account::ExchangeGain,
            Account::ExchangeLoss,
            Account::ProviderFees,
            Account::Subsidies,
            Account::BadDebts,
        ]
    }

    #[test]
    fn an_account_is_read_back_from_its_code() {
        for account in all() {
            assert_eq!(account.to_string().parse(), Ok(account));
        }
        for unknown in ["", "cash", "due_to", "due_to:", "clearing:tornio", "Clearing"] {
            assert_eq!(unknown.parse::<Account>(), Err(UnknownAccount), "{unknown}");
        }
    }

    proptest! {
        #[test]
        fn whatever_reads_as_an_account_is_written_the_same(code in "[a-z_:]{0,20}") {
            if let Ok(account) = code.parse::<Account>() {
                prop_assert_eq!(account.to_string(), code);
            }
        }
    }
}
