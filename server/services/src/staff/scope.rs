//! What a token may be good for.

use std::str::FromStr;

use serde::{Serialize, Serializer};

/// A field of work. Each is given by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// See, move and cancel others' bookings, and the letters about them.
    Bookings,
    /// Opening hours, seasons, and how long one may book.
    Rules,
    /// Close parts of a facility.
    Closures,
    /// Times that come again every week.
    Series,
    /// Price lists and rates of tax.
    Tariffs,
    /// Give back what was paid.
    Refunds,
    /// Charge bookings for what their use has cost afterwards, and take that back.
    Charges,
    /// Customers who pay later, their invoices, and what they pay.
    Invoices,
    /// What the town pays of others' prices, and vouchers of it.
    Grants,
    /// What has become of money at the providers.
    Payments,
    /// The books: balances, exports, charts of accounts.
    Finance,
}

/// The text names no scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not one of bookings, rules, closures, series, tariffs, refunds, charges, invoices, grants, payments, finance"
)]
pub struct UnknownScope;

impl Scope {
    pub const ALL: [Self; 11] = [
        Self::Bookings,
        Self::Rules,
        Self::Closures,
        Self::Series,
        Self::Tariffs,
        Self::Refunds,
        Self::Charges,
        Self::Invoices,
        Self::Grants,
        Self::Payments,
        Self::Finance,
    ];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Bookings => "bookings",
            Self::Rules => "rules",
            Self::Closures => "closures",
            Self::Series => "series",
            Self::Tariffs => "tariffs",
            Self::Refunds => "refunds",
            Self::Charges => "charges",
            Self::Invoices => "invoices",
            Self::Grants => "grants",
            Self::Payments => "payments",
            Self::Finance => "finance",
        }
    }
}

impl FromStr for Scope {
    type Err = UnknownScope;

    fn from_str(code: &str) -> Result<Self, UnknownScope> {
        Self::ALL.into_iter().find(|scope| scope.code() == code).ok_or(UnknownScope)
    }
}

impl Serialize for Scope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_read_back_from_its_code_and_the_error_names_them_all() {
        for scope in Scope::ALL {
            assert_eq!(scope.code().parse(), Ok(scope));
            assert!(UnknownScope.to_string().contains(scope.code()), "{UnknownScope}");
        }
        assert_eq!("Bookings".parse::<Scope>(), Err(UnknownScope));
    }
}
