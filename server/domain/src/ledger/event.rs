//! What can happen to money, as the books name it.

use std::str::FromStr;

/// Why there is a transaction in the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// Money for a booking has come.
    Payment,
    /// Some of it has gone back.
    Refund,
    /// Money has come that pays for nothing.
    Surplus,
    /// It has gone back.
    SurplusRefund,
    /// What a booker is to pay has been put on an invoice.
    Invoice,
    /// What a use has cost afterwards: a lost key, time beyond the end.
    Charge,
    /// Money for an invoice or a charge has come.
    ClaimPaid,
    /// An invoice or a charge has been taken back, or some of it.
    CreditNote,
    /// Nobody expects it to be paid any more.
    WrittenOff,
    /// What a provider keeps for its work.
    ProviderFee,
    /// A provider has paid out to the town's bank account.
    Payout,
    /// Money is held for the case that something is broken.
    Deposit,
    /// It has gone back.
    DepositReturned,
    /// It stays.
    DepositKept,
    /// Someone else has taken on a part of a price.
    Subsidy,
    /// Some of that has gone back to them.
    SubsidyReturned,
    /// What the towns owe each other has become one payment.
    Settlement,
    /// That has been paid.
    SettlementPaid,
    /// An earlier transaction is undone, or the tax in it is put right.
    Correction,
}

/// The text names no event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown event")]
pub struct UnknownEvent;

impl Event {
    pub const ALL: [Self; 19] = [
        Self::Payment,
        Self::Refund,
        Self::Surplus,
        Self::SurplusRefund,
        Self::Invoice,
        Self::Charge,
        Self::ClaimPaid,
        Self::CreditNote,
        Self::WrittenOff,
        Self::ProviderFee,
        Self::Payout,
        Self::Deposit,
        Self::DepositReturned,
        Self::DepositKept,
        Self::Subsidy,
        Self::SubsidyReturned,
        Self::Settlement,
        Self::SettlementPaid,
        Self::Correction,
    ];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Refund => "refund",
            Self::Surplus => "surplus",
            Self::SurplusRefund => "surplus_refund",
            Self::Invoice => "invoice",
            Self::Charge => "charge",
            Self::ClaimPaid => "claim_paid",
            Self::CreditNote => "credit_note",
            Self::WrittenOff => "written_off",
            Self::ProviderFee => "provider_fee",
            Self::Payout => "payout",
            Self::Deposit => "deposit",
            Self::DepositReturned => "deposit_returned",
            Self::DepositKept => "deposit_kept",
            Self::Subsidy => "subsidy",
            Self::SubsidyReturned => "subsidy_returned",
            Self::Settlement => "settlement",
            Self::SettlementPaid => "settlement_paid",
            Self::Correction => "correction",
        }
    }
}

impl FromStr for Event {
    type Err = UnknownEvent;

    fn from_str(code: &str) -> Result<Self, UnknownEvent> {
        Self::ALL.into_iter().find(|event| event.code() == code).ok_or(UnknownEvent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_read_back_from_its_code() {
        for event in Event::ALL {
            assert_eq!(event.code().parse(), Ok(event));
        }
        assert_eq!("lost".parse::<Event>(), Err(UnknownEvent));
    }
}
