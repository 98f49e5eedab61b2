//! What all forms of one reference are made of.

use std::{fmt, str::FromStr};

use super::{ReferenceProblem, digits};

/// With one check digit it is as long as a viitenumero may be.
const LENGTH: std::ops::RangeInclusive<usize> = 3..=19;
/// The first digit tells what it is about, and keeps zeros from being the first.
const OF_INVOICES: char = '2';
const OF_SETTLEMENTS: char = '3';

/// 3 to 19 digits, the first of which is no zero: banks drop those.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReferenceBase(String);

impl ReferenceBase {
    /// Of an invoice, by its running number.
    #[must_use]
    pub fn of_invoice(number: u32) -> Self {
        Self(format!("{OF_INVOICES}{number:06}"))
    }

    /// Of a settlement of two towns, by its running number.
    #[must_use]
    pub fn of_settlement(number: u32) -> Self {
        Self(format!("{OF_SETTLEMENTS}{number:06}"))
    }

    /// The running number of the invoice that it is of; `None` where it is of none.
    #[must_use]
    pub fn invoice(&self) -> Option<u32> {
        let number = self.0.strip_prefix(OF_INVOICES)?.parse().ok()?;
        (*self == Self::of_invoice(number)).then_some(number)
    }

    /// The running number of the settlement that it is of; `None` where it is of none.
    #[must_use]
    pub fn settlement(&self) -> Option<u32> {
        let number = self.0.strip_prefix(OF_SETTLEMENTS)?.parse().ok()?;
        (*self == Self::of_settlement(number)).then_some(number)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ReferenceBase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ReferenceBase {
    type Err = ReferenceProblem;

    fn from_str(text: &str) -> Result<Self, ReferenceProblem> {
        let digits = digits(text)?;
        if LENGTH.contains(&digits.len()) && !digits.starts_with('0') {
            Ok(Self(digits))
        } else {
            Err(ReferenceProblem::Length)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_leads_to_what_it_is_of_and_to_nothing_else(number in 1u32..) {
            let invoice = ReferenceBase::of_invoice(number);
            prop_assert_eq!((invoice.invoice(), invoice.settlement()), (Some(number), None));
            let settlement = ReferenceBase::of_settlement(number);
            prop_assert_eq!((settlement.settlement(), settlement.invoice()), (Some(number), None));
        }

        #[test]
        fn any_digits_lead_to_one_thing_at_most(digits in "[1-9][0-9]{2,18}") {
            let base: ReferenceBase = digits.parse().expect("a base");
            if let Some(number) = base.invoice() {
                prop_assert_eq!(ReferenceBase::of_invoice(number), base);
            } else if let Some(number) = base.settlement() {
                prop_assert_eq!(ReferenceBase::of_settlement(number), base);
            }
        }
    }
}
