//! The messages, loaded once a language.

use std::sync::LazyLock;

use vayla_domain::language::Language;

use crate::generated::{L10n, L10nLanguage as Words};

static SWEDISH: LazyLock<Words> = LazyLock::new(|| L10n::Sv.load());
static FINNISH: LazyLock<Words> = LazyLock::new(|| L10n::Fi.load());

/// The messages of a language, to keep and share as you like.
#[must_use]
pub fn words(language: Language) -> &'static Words {
    match language {
        Language::Sv => &SWEDISH,
        Language::Fi => &FINNISH,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_said_in_the_language_asked_for() {
        assert_eq!(words(Language::Sv).duration_hours(1, "1"), "1 timme");
        assert_eq!(words(Language::Fi).duration_hours(1, "1"), "1 tunti");
    }

    #[test]
    fn arguments_carry_no_isolation_marks() {
        assert_eq!(words(Language::Sv).duration_hours_minutes("2", 5), "2 tim 5 min");
    }
}
