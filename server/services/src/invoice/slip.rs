//! What whoever pays an invoice needs, for themselves and for their bank.

use chrono::NaiveDate;
use vayla_domain::{
    invoice::{Payee, PayeeAccount, epc_code, ocr_line, virtual_barcode},
    money::{CreditorReference, Money, Ocr, OcrLevel, ReferenceForm, Viitenumero},
};
use vayla_locales::Words;

use super::Invoice;
use crate::{
    catalogue::Municipality,
    paper::{Code, Fact, Modules},
};

/// How what is open of an invoice is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaySlip {
    /// The town's legal name.
    pub name: String,
    pub payee: Payee,
    /// As it is printed.
    pub reference: String,
    pub sum: Money,
    pub due_on: NaiveDate,
    /// The Finnish bank barcode as text.
    pub virtual_barcode: Option<String>,
    /// What the QR code of a transfer in euros holds.
    pub epc: Option<String>,
    /// The line that scanners read in Sweden.
    pub ocr_line: Option<String>,
}

/// The form of the references on an invoice: what its town had agreed on with its bank when it was written.
pub(super) fn form(town: &Municipality, invoice: &Invoice) -> ReferenceForm {
    match (&invoice.payee, town.country.as_str()) {
        (Some(payee), _) => payee.account.form(),
        (None, "FI") => ReferenceForm::Viitenumero,
        (None, _) => ReferenceForm::Ocr(OcrLevel::LengthAndCheck),
    }
}

/// The reference of an invoice as it is printed.
#[must_use]
pub fn reference(town: &Municipality, invoice: &Invoice) -> String {
    form(town, invoice).print(&invoice.base())
}

impl PaySlip {
    /// `None` where there is nothing to pay, or where it was written before one could say where.
    #[must_use]
    pub fn of(town: &Municipality, invoice: &Invoice) -> Option<Self> {
        let (sum, due_on) = (invoice.standing.open(), invoice.due_on);
        let payee = invoice.payee.clone().filter(|_| sum.minor > 0 && invoice.credits.is_none())?;
        let (name, base) = (town.details.legal_name.clone(), invoice.base());
        let (virtual_barcode, epc, ocr_line) = match &payee.account {
            PayeeAccount::Iban { iban, bic } => (
                virtual_barcode(iban, sum, &Viitenumero::of(&base), due_on),
                epc_code(&name, iban, bic, sum, &CreditorReference::of(&base)),
                None,
            ),
            PayeeAccount::Bankgiro { bankgiro, ocr } => {
                (None, None, Some(ocr_line(&Ocr::of(&base, *ocr), sum, bankgiro)))
            }
        };
        let reference = payee.account.form().print(&base);
        Some(Self { name, payee, reference, sum, due_on, virtual_barcode, epc, ocr_line })
    }

    /// Whom one pays, and where.
    pub(crate) fn to(&self, w: &Words) -> Vec<Fact> {
        let mut facts = vec![Fact::new(w.invoice_payee(), &*self.name)];
        match &self.payee.account {
            PayeeAccount::Iban { iban, bic } => {
                facts.push(Fact::new(w.invoice_iban(), iban.to_string()));
                facts.push(Fact::new(w.invoice_bic(), bic.to_string()));
            }
            PayeeAccount::Bankgiro { bankgiro, .. } => {
                facts.push(Fact::new(w.invoice_bankgiro(), bankgiro.to_string()));
            }
        }
        facts
    }

    /// What one pastes into one's bank, or has it scan.
    pub(crate) fn lines(&self, w: &Words) -> Vec<Fact> {
        let barcode = self.virtual_barcode.as_ref().map(|code| Fact::new(w.invoice_barcode(), &**code));
        let line = self.ocr_line.as_ref().map(|line| Fact::new(w.invoice_ocr_line(), &**line));
        barcode.into_iter().chain(line).collect()
    }

    /// The same for a camera.
    pub(super) fn codes(&self, w: &Words) -> Vec<Code> {
        let square = self.epc.as_deref().and_then(Modules::squares);
        let bars = self.virtual_barcode.as_deref().and_then(Modules::bars);
        let square = square.map(|modules| Code { name: w.invoice_qr_picture(), modules });
        let bars = bars.map(|modules| Code { name: w.invoice_barcode_picture(), modules });
        square.into_iter().chain(bars).collect()
    }
}
