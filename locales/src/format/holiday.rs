//! Holidays by name.

use vayla_domain::{holiday::Holiday, language::Language};

use crate::words;

/// `julafton`, `jouluaatto`, `Sveriges nationaldag`: as in running text.
#[must_use]
pub fn holiday(language: Language, holiday: Holiday) -> String {
    words(language).holiday_name(holiday.code())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_holiday_has_a_name_of_its_own() {
        for language in Language::ALL {
            let named: BTreeSet<String> = Holiday::ALL.map(|day| holiday(language, day)).into();
            assert_eq!(named.len(), Holiday::ALL.len());
            assert!(!named.contains(&words(language).holiday_name("no such code")));
        }
    }

    #[test]
    fn names_are_spelt_as_in_running_text() {
        let check = |day, swedish: &str, finnish: &str| {
            assert_eq!(holiday(Language::Sv, day), swedish);
            assert_eq!(holiday(Language::Fi, day), finnish);
        };
        check(Holiday::ChristmasEve, "julafton", "jouluaatto");
        check(Holiday::NationalDay, "Sveriges nationaldag", "Ruotsin kansallispäivä");
        check(Holiday::IndependenceDay, "Finlands självständighetsdag", "Suomen itsenäisyyspäivä");
    }
}
