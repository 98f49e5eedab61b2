//! Where a town's invoices are paid.

mod account;
mod bankgiro;

pub use account::{Bic, Iban, NotABic, NotAnIban};
pub use bankgiro::{Bankgiro, NotABankgiro};

use serde::{Deserialize, Serialize};

use crate::money::{OcrLevel, ReferenceForm};

/// An account, or a number that stands for one. It decides which reference the payer writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PayeeAccount {
    /// Finland's: with a viitenumero.
    Iban { iban: Iban, bic: Bic },
    /// Sweden's: with an OCR number, of the level that the town has agreed on with its bank.
    Bankgiro { bankgiro: Bankgiro, ocr: OcrLevel },
}

/// Where invoices of a town are paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payee {
    #[serde(flatten)]
    pub account: PayeeAccount,
    /// For demonstration: nobody's account.
    pub demo: bool,
}

impl PayeeAccount {
    /// How the payer writes the reference.
    #[must_use]
    pub const fn form(&self) -> ReferenceForm {
        match self {
            Self::Iban { .. } => ReferenceForm::Viitenumero,
            Self::Bankgiro { ocr, .. } => ReferenceForm::Ocr(*ocr),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finnish() -> PayeeAccount {
        let (iban, bic) = (Iban::parse("FI21 1234 5600 0007 85"), Bic::parse("DEMOFIHH"));
        PayeeAccount::Iban { iban: iban.expect("an IBAN"), bic: bic.expect("a BIC") }
    }

    fn swedish(level: &str) -> PayeeAccount {
        let bankgiro = Bankgiro::parse("991-2346").expect("a bankgiro number");
        PayeeAccount::Bankgiro { bankgiro, ocr: level.parse().expect("a level") }
    }

    #[test]
    fn it_is_kept_as_it_is_written() {
        let check = |account: PayeeAccount, kept: &str| {
            let payee = Payee { account, demo: false };
            assert_eq!(serde_json::to_string(&payee).expect("JSON"), kept);
            assert_eq!(serde_json::from_str::<Payee>(kept).expect("a payee"), payee);
        };
        check(finnish(), r#"{"iban":"FI2112345600000785","bic":"DEMOFIHH","demo":false}"#);
        check(swedish("fixed:10"), r#"{"bankgiro":"991-2346","ocr":"fixed:10","demo":false}"#);
        assert!(serde_json::from_str::<Payee>(r#"{"iban":"FI21","bic":"DEMOFIHH","demo":false}"#).is_err());
    }
}
