//! Which form of a reference a payee's bank asks for.

use super::{CreditorReference, Ocr, OcrLevel, ReferenceBase, Viitenumero};

/// Each country's own; across the border either may be replaced by the RF reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceForm {
    Viitenumero,
    Ocr(OcrLevel),
}

impl ReferenceForm {
    /// Whether the base has room in what the payee has agreed on with its bank.
    #[must_use]
    pub fn has_room(self, base: &ReferenceBase) -> bool {
        match self {
            Self::Viitenumero => true,
            Self::Ocr(level) => level.has_room(base),
        }
    }

    /// The reference as it is printed.
    #[must_use]
    pub fn print(self, base: &ReferenceBase) -> String {
        match self {
            Self::Viitenumero => Viitenumero::of(base).to_string(),
            Self::Ocr(level) => Ocr::of(base, level).to_string(),
        }
    }

    /// The base that a payer meant who wrote this; `None` where it is no reference of this form, nor an RF reference.
    #[must_use]
    pub fn read(self, written: &str) -> Option<ReferenceBase> {
        let own = match self {
            Self::Viitenumero => written.parse::<Viitenumero>().and_then(|number| number.base()),
            Self::Ocr(level) => Ocr::read(written, level).and_then(|number| number.base(level)),
        };
        own.ok().or_else(|| written.parse::<CreditorReference>().ok()?.base())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn forms() -> Vec<ReferenceForm> {
        let levels = ["soft", "check", "length_and_check", "fixed:12", "fixed:12,25"];
        let levels = levels.map(|level| ReferenceForm::Ocr(level.parse().expect("a level")));
        levels.into_iter().chain([ReferenceForm::Viitenumero]).collect()
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_and_so_is_the_rf_reference(number in 1u32..) {
            let base = ReferenceBase::of_invoice(number);
            for form in forms() {
                prop_assert!(form.has_room(&base), "{:?}", form);
                prop_assert_eq!(form.read(&form.print(&base)), Some(base.clone()), "{:?}", form);
                let creditor = CreditorReference::of(&base).to_string();
                prop_assert_eq!(form.read(&creditor), Some(base.clone()), "{:?}", form);
            }
        }

        #[test]
        fn reading_never_panics(text: String, digits in "[0-9RF ]{0,30}") {
            for form in forms() {
                let _ = (form.read(&text), form.read(&digits));
            }
        }
    }
}
