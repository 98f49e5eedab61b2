//! Why a town takes back what it has promised, for those whom it concerns.

use serde::Serialize;

use crate::{Bilingual, Language};

pub const REASON_MAX: usize = 500;

/// A reason that can be read in either language, a paragraph each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason(Bilingual);

/// What is wrong with the text in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReasonProblem {
    Missing,
    TooLong { max: usize },
}

impl Reason {
    /// Reads the texts as typed: line breaks and other control characters become spaces.
    ///
    /// # Errors
    /// Each language whose text is wrong.
    pub fn parse(typed: &Bilingual) -> Result<Self, Vec<(Language, ReasonProblem)>> {
        let read = |language| paragraph(typed.get(language)).map_err(|problem| (language, problem));
        match (read(Language::Sv), read(Language::Fi)) {
            (Ok(sv), Ok(fi)) => Ok(Self(Bilingual { sv, fi })),
            (sv, fi) => Err([sv.err(), fi.err()].into_iter().flatten().collect()),
        }
    }

    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        self.0.get(language)
    }

    #[must_use]
    pub const fn texts(&self) -> &Bilingual {
        &self.0
    }
}

fn paragraph(typed: &str) -> Result<String, ReasonProblem> {
    if typed.chars().count() > REASON_MAX {
        return Err(ReasonProblem::TooLong { max: REASON_MAX });
    }
    let words = typed.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let text = words.collect::<Vec<_>>().join(" ");
    if text.is_empty() { Err(ReasonProblem::Missing) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(sv: &str, fi: &str) -> Result<Reason, Vec<(Language, ReasonProblem)>> {
        Reason::parse(&Bilingual { sv: sv.to_owned(), fi: fi.to_owned() })
    }

    #[test]
    fn a_reason_stands_in_both_languages() {
        let reason = parse(" Ismaskinen\r\när trasig. ", "Jääkone on rikki.").expect("a reason");
        assert_eq!(reason.get(Language::Sv), "Ismaskinen är trasig.");
        assert_eq!(reason.get(Language::Fi), "Jääkone on rikki.");
        assert_eq!(parse("Trasig", "\n"), Err(vec![(Language::Fi, ReasonProblem::Missing)]));
        let too_long = ReasonProblem::TooLong { max: REASON_MAX };
        let problems = vec![(Language::Sv, ReasonProblem::Missing), (Language::Fi, too_long)];
        assert_eq!(parse("", &"ä".repeat(REASON_MAX + 1)), Err(problems));
        assert!(parse("a", &"ä".repeat(REASON_MAX)).is_ok());
    }

    proptest! {
        #[test]
        fn what_is_read_has_no_line_breaks_and_reads_the_same_again(sv: String, fi: String) {
            if let Ok(reason) = parse(&sv, &fi) {
                let (sv, fi) = (reason.get(Language::Sv), reason.get(Language::Fi));
                prop_assert!(!sv.chars().chain(fi.chars()).any(char::is_control));
                prop_assert_eq!(parse(sv, fi), Ok(reason.clone()));
            }
        }
    }
}
