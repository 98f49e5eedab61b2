//! How long something takes.

use rust_decimal::Decimal;
use vayla_domain::language::Language;

use super::number;
use crate::words;

/// `45 min`, `1 timme`, `1 tim 30 min`.
#[must_use]
pub fn duration(language: Language, minutes: u32) -> String {
    let words = words(language);
    let hours = minutes / 60;
    let shown = number(language, Decimal::from(hours));
    match (hours, minutes % 60) {
        (0, minutes) => words.duration_minutes(minutes),
        (hours, 0) => words.duration_hours(hours, shown),
        (_, minutes) => words.duration_hours_minutes(shown, minutes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_in_hours_and_minutes() {
        let check = |minutes, swedish: &str, finnish: &str| {
            assert_eq!(duration(Language::Sv, minutes), swedish);
            assert_eq!(duration(Language::Fi, minutes), finnish);
        };
        check(0, "0 min", "0 min");
        check(45, "45 min", "45 min");
        check(60, "1 timme", "1 tunti");
        check(90, "1 tim 30 min", "1 t 30 min");
        check(120, "2 timmar", "2 tuntia");
        check(21 * 60, "21 timmar", "21 tuntia");
        check(1200 * 60 + 15, "1\u{a0}200 tim 15 min", "1\u{a0}200 t 15 min");
    }
}
