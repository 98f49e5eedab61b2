//! Times of day, as on the facility's wall.

use chrono::{NaiveTime, Timelike};
use vayla_domain::language::Language;

/// `08:05` in Swedish, `8.05` in Finnish. Seconds are left out.
#[must_use]
pub fn time(language: Language, time: NaiveTime) -> String {
    let (hour, minute) = (time.hour(), time.minute());
    match language {
        Language::Sv => format!("{hour:02}:{minute:02}"),
        Language::Fi => format!("{hour}.{minute:02}"),
    }
}

/// `17:00–18:00`: the same day, or past midnight; the text doesn't say which.
#[must_use]
pub fn time_range(language: Language, from: NaiveTime, to: NaiveTime) -> String {
    format!("{}–{}", time(language, from), time(language, to))
}
