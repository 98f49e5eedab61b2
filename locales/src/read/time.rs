//! Times of day as typed.

use chrono::NaiveTime;

use super::digits;

/// What may stand before a time, the longest first.
const PREFIXES: [&str; 3] = ["klo", "kl.", "kl"];

/// `8`, `08`, `8.00`, `8:00`, `800`, `0800`, also after `kl.` or `klo`; from 0:00 to 23:59.
#[must_use]
pub fn time(text: &str) -> Option<NaiveTime> {
    let text = text.trim().to_lowercase();
    let text = PREFIXES.iter().find_map(|prefix| text.strip_prefix(prefix)).unwrap_or(&text).trim_start();
    let (hour, minute) = match text.split_once(['.', ':']) {
        Some(parts) => parts,
        None if text.len() > 2 => text.split_at_checked(text.len() - 2)?,
        None => (text, "00"),
    };
    let minute = digits(minute, 2).filter(|_| minute.len() == 2)?; // 8.5 could be 8.05 or 8.30
    NaiveTime::from_hms_opt(digits(hour, 2)?, minute, 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use vayla_domain::language::Language;

    use super::*;
    use crate::format;

    fn check(typed: &str, expected: Option<&str>) {
        let expected = expected.map(|text| NaiveTime::parse_from_str(text, "%H:%M").expect("a time"));
        assert_eq!(time(typed), expected, "{typed:?}");
    }

    #[test]
    fn eight_in_many_ways() {
        for typed in ["8", "08", "8.00", "8:00", "08:00", "0800", "800", " 8 ", "kl. 8", "kl 8", "Klo 8.00"] {
            check(typed, Some("08:00"));
        }
        check("klo 8.30", Some("08:30"));
        check("1745", Some("17:45"));
        check("0", Some("00:00"));
        check("23:59", Some("23:59"));
    }

    #[test]
    fn what_is_unclear_is_refused() {
        for typed in ["", "kl.", "24", "24:00", "2400", "8.5", "8.", ".30", "8.60", "12345", "8-10", "-8"] {
            check(typed, None);
        }
        for typed in ["8:00:00", "8.00.00", "+8", "８", "åtta", "é0", "kl kl 8"] {
            check(typed, None);
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics(typed: String) {
            let _ = time(&typed);
        }

        #[test]
        fn near_misses_never_panic(typed in "(klo|kl\\.|kl)? ?[0-9é]{0,5}[.:]?[0-9é]{0,3}") {
            let _ = time(&typed);
        }

        #[test]
        fn a_time_keeps_its_digits_or_is_refused(
            hour in 0..100u32, minute in 0..100u32, prefix in "(kl\\.|kl|Klo)? ?", noise in "[ a-zåäö.:-]{0,2}",
        ) {
            let expected = NaiveTime::from_hms_opt(hour, minute, 0);
            for digits in [format!("{hour}.{minute:02}"), format!("{hour:02}{minute:02}")] {
                prop_assert_eq!(time(&format!("{prefix}{digits}")), expected);
                let noisy = time(&format!("{prefix}{digits}{noise}"));
                prop_assert!(noisy.is_none() || noise.trim().is_empty());
            }
        }

        #[test]
        fn what_is_written_reads_back(hour in 0..24u32, minute in 0..60u32) {
            let written = NaiveTime::from_hms_opt(hour, minute, 0).expect("a time");
            for language in Language::ALL {
                prop_assert_eq!(time(&format::time(language, written)), Some(written));
            }
        }
    }
}
