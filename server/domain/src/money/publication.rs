//! When the European Central Bank publishes its reference rates.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};
use chrono_tz::Europe::Berlin;

use crate::holiday::days_after_easter;

/// About four in the afternoon, by the clock in Frankfurt.
const PUBLISHED: NaiveTime = NaiveTime::from_hms_opt(16, 0, 0).expect("a time of day");

/// The latest day whose fixing may be used at an instant: before four in Frankfurt the day before.
///
/// On days without a fixing the caller finds the last one before.
#[must_use]
pub fn eligible_fixing_date(at: DateTime<Utc>) -> NaiveDate {
    let frankfurt = at.with_timezone(&Berlin).naive_local();
    if frankfurt.time() < PUBLISHED { frankfurt.date() - Days::new(1) } else { frankfurt.date() }
}

/// Whether there is a fixing of the day: from Monday to Friday, but not when the central banks' payment
/// system is closed.
#[must_use]
pub fn has_fixing(date: NaiveDate) -> bool {
    let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    let closed = matches!((date.month(), date.day()), (1, 1) | (5, 1) | (12, 25 | 26));
    let easter = matches!(days_after_easter(date), -2 | 1);
    !weekend && !closed && !easter
}

/// The latest day whose fixing has been published at an instant.
#[must_use]
pub fn latest_fixing_date(at: DateTime<Utc>) -> NaiveDate {
    last_with_fixing(eligible_fixing_date(at))
}

/// The day whose fixing comes before that of `date`.
#[must_use]
pub fn fixing_before(date: NaiveDate) -> NaiveDate {
    last_with_fixing(date - Days::new(1))
}

fn last_with_fixing(mut date: NaiveDate) -> NaiveDate {
    while !has_fixing(date) {
        date = date - Days::new(1);
    }
    date
}

/// When the day's fixing is published.
#[must_use]
pub fn published_at(date: NaiveDate) -> DateTime<Utc> {
    // No clock is set in the afternoon, so that there is one such moment.
    let local = date.and_time(PUBLISHED);
    Berlin.from_local_datetime(&local).earliest().map_or_else(|| local.and_utc(), |at| at.to_utc())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn the_days_fixing_counts_from_four_in_frankfurt() {
        let check = |at: &str, eligible: &str, latest: &str| {
            let at: DateTime<Utc> = at.parse().expect("an instant");
            assert_eq!(
                (eligible_fixing_date(at), latest_fixing_date(at)),
                (date(eligible), date(latest)),
                "{at}"
            );
        };
        check("2026-10-30T14:59:59Z", "2026-10-29", "2026-10-29"); // 15:59 winter time
        check("2026-10-30T15:00:00Z", "2026-10-30", "2026-10-30");
        check("2026-07-01T13:59:59Z", "2026-06-30", "2026-06-30"); // 15:59 summer time
        check("2026-07-01T14:00:00Z", "2026-07-01", "2026-07-01");
        check("2026-10-31T08:00:00Z", "2026-10-30", "2026-10-30"); // Saturday
        check("2026-10-31T20:00:00Z", "2026-10-31", "2026-10-30");
        check("2026-11-02T08:00:00Z", "2026-11-01", "2026-10-30"); // Monday morning
        // The Friday before the clocks change, and the Monday after.
        check("2026-03-27T14:59:59Z", "2026-03-26", "2026-03-26");
        check("2026-03-30T13:59:59Z", "2026-03-29", "2026-03-27");
        check("2026-03-30T14:00:00Z", "2026-03-30", "2026-03-30");
        // Easter, and Christmas: the longest gaps.
        check("2026-04-07T13:59:59Z", "2026-04-06", "2026-04-02");
        check("2026-04-07T14:00:00Z", "2026-04-07", "2026-04-07");
        check("2025-12-29T14:59:59Z", "2025-12-28", "2025-12-24");
        check("2026-01-02T14:59:59Z", "2026-01-01", "2025-12-31");
    }

    #[test]
    fn there_is_no_fixing_when_the_payment_system_is_closed() {
        for closed in
            ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-12-25", "2026-12-26", "2026-11-28"]
        {
            assert!(!has_fixing(date(closed)), "{closed}");
        }
        // Midsummer Eve, Whit Monday and New Year's Eve are days like others.
        for open in ["2026-06-19", "2026-05-25", "2025-12-31", "2026-12-24"] {
            assert!(has_fixing(date(open)), "{open}");
        }
    }

    proptest! {
        #[test]
        fn a_fixing_holds_from_its_publication_on(day in 0i64..20_000, second in 0i64..86_400) {
            let at = DateTime::from_timestamp(day * 86_400 + second, 0).expect("within range");
            let latest = latest_fixing_date(at);
            prop_assert!(has_fixing(latest) && published_at(latest) <= at);
            let next = latest.iter_days().skip(1).find(|date| has_fixing(*date)).expect("there is always a next");
            prop_assert!(at < published_at(next));
            prop_assert_eq!(fixing_before(next), latest);
        }
    }
}
