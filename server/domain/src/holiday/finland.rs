//! Finland: the feasts of the Church Act, with May Day and Independence Day by their own acts.

use chrono::{Datelike, NaiveDate};

use super::{Holiday, shared};

/// Until 1990 Ascension Day was kept on the Saturday before. So was Epiphany on the Saturday
/// after, which in 1990 was 6 January itself.
pub fn holiday(date: NaiveDate) -> Option<Holiday> {
    match (date.year(), date.month(), date.day()) {
        (_, 12, 6) => Some(Holiday::IndependenceDay),
        (1990, 5, 19) => Some(Holiday::AscensionDay),
        (1990, 5, 24) => None,
        _ => shared::holiday(date),
    }
}
