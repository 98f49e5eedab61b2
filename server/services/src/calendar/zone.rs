//! A zone's own rules, so that no reader needs to know the zone.

use chrono::{DateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

const DAY: TimeDelta = TimeDelta::days(1);
const HOUR: TimeDelta = TimeDelta::hours(1);
/// Around the stretch, so that each of its instants has its rule, and readers see both changes of a year.
const AROUND: TimeDelta = TimeDelta::days(366);

/// From when on which offset holds. Offsets are seconds east of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Onset {
    at: DateTime<Utc>,
    before: i64,
    after: i64,
}

/// The zone's rules for a stretch of time.
pub(super) fn lines(zone: Tz, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<String> {
    let mut lines = vec!["BEGIN:VTIMEZONE".to_owned(), format!("TZID:{zone}")];
    for Onset { at, before, after } in onsets(zone, from - AROUND, to + AROUND) {
        let name = if after > winter(zone, at) { "DAYLIGHT" } else { "STANDARD" };
        let wall = at.naive_utc() + TimeDelta::seconds(before);
        lines.extend([
            format!("BEGIN:{name}"),
            format!("DTSTART:{}", wall.format("%Y%m%dT%H%M%S")),
            format!("TZOFFSETFROM:{}", offset_text(before)),
            format!("TZOFFSETTO:{}", offset_text(after)),
            format!("END:{name}"),
        ]);
    }
    lines.push("END:VTIMEZONE".to_owned());
    lines
}

/// What holds at the beginning, and each change after it.
fn onsets(zone: Tz, from: DateTime<Utc>, to: DateTime<Utc>) -> impl Iterator<Item = Onset> {
    let changes = changes(zone, from, to);
    std::iter::once(from).chain(changes).map(move |at| {
        let (before, after) = (seconds(zone, at - TimeDelta::seconds(1)), seconds(zone, at));
        Onset { at, before, after }
    })
}

/// The instants after `from` at which the offset changes: on the hour, and once a day at most.
fn changes(zone: Tz, from: DateTime<Utc>, to: DateTime<Utc>) -> impl Iterator<Item = DateTime<Utc>> {
    let days = (from.timestamp().div_euclid(DAY.num_seconds())
        ..=to.timestamp().div_euclid(DAY.num_seconds()))
        .filter_map(|day| DateTime::from_timestamp(day * DAY.num_seconds(), 0))
        .filter(move |day| differs(zone, *day, DAY));
    days.flat_map(|day| (0..24).map(move |hour| day + HOUR * hour))
        .filter(move |hour| differs(zone, *hour, HOUR))
        .map(|hour| hour + HOUR)
        .filter(move |change| from < *change && *change <= to)
}

fn differs(zone: Tz, at: DateTime<Utc>, later: TimeDelta) -> bool {
    seconds(zone, at) != seconds(zone, at + later)
}

/// Seconds east of UTC.
fn seconds(zone: Tz, at: DateTime<Utc>) -> i64 {
    i64::from(zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc())
}

/// The smallest offset within a year: summer time is longer than half of one.
fn winter(zone: Tz, at: DateTime<Utc>) -> i64 {
    (0..12).map(|month| seconds(zone, at + TimeDelta::days(30 * month))).min().unwrap_or_default()
}

fn offset_text(seconds: i64) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    format!("{sign}{:02}{:02}", seconds.abs() / 3600, seconds.abs() / 60 % 60)
}

#[cfg(test)]
mod tests {
    use chrono_tz::{America::St_Johns, Europe::Helsinki, Europe::Stockholm};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_zone_has_its_changes_around_the_event() {
        let at: DateTime<Utc> = "2027-03-28T05:00:00Z".parse().expect("an instant");
        let lines = lines(Helsinki, at, at).join("\n");
        assert!(
            lines.contains("BEGIN:DAYLIGHT\nDTSTART:20270328T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0300")
        );
        assert!(
            lines.contains("BEGIN:STANDARD\nDTSTART:20261025T040000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0200")
        );
    }

    #[test]
    fn a_stretch_of_years_has_two_changes_in_each() {
        let instant = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
        let changes: Vec<_> =
            changes(Stockholm, instant("2024-01-01T00:00:00Z"), instant("2036-01-01T00:00:00Z")).collect();
        assert_eq!(changes.len(), 2 * 12);
        assert!(changes.contains(&instant("2027-10-31T01:00:00Z")));
    }

    proptest! {
        #[test]
        fn the_onset_before_a_moment_has_its_offset(
            zone in prop::sample::select(vec![Helsinki, Stockholm, St_Johns]),
            from in 1_500_000_000i64..2_100_000_000,
            length in 0i64..100_000_000,
            share in 0i64..=1000,
        ) {
            let instant = |seconds| DateTime::from_timestamp(seconds, 0).expect("an instant");
            let at = instant(from + length / 1000 * share);
            let onsets: Vec<_> = onsets(zone, instant(from), instant(from + length)).collect();
            let last = onsets.iter().rfind(|onset| onset.at <= at).expect("one that holds");
            prop_assert_eq!(last.after, seconds(zone, at));
            prop_assert!(onsets.is_sorted_by_key(|onset| onset.at));
        }
    }
}
