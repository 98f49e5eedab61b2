//! A series laid out over the calendar.

use std::iter;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;

use super::{Break, OCCURRENCES_MAX, SeriesFields, SeriesPlan, SkipReason, Until, Which};
use crate::time::{Quarter, Resolved, Span, resolve};

/// How far a count is followed through dates that are left out.
const DATES_MAX: usize = 3 * OCCURRENCES_MAX as usize;

/// One date of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    pub date: NaiveDate,
    pub what: Planned,
}

/// What a series means on a date. Whether the time is open and free is not known here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Planned {
    At(Span),
    /// The clock is set forward over it: the time doesn't exist on that date.
    Missing,
    /// The clock is set back over it: which of the two hasn't been said.
    Twice(Span, Span),
    Skipped(SkipReason),
}

impl SeriesPlan {
    /// Its dates in order, also those that are left out.
    ///
    /// A count that breaks and holidays don't let it reach in 360 dates is left unreached.
    #[must_use]
    pub fn dates(&self, country: &str, zone: Tz, breaks: &[Break]) -> Vec<Occurrence> {
        let (mut occurrences, mut kept) = (Vec::new(), 0);
        for date in self.calendar() {
            if !self.fields().until.includes(date, kept) {
                break;
            }
            let what = self.on(date, country, zone, breaks);
            kept += u32::from(!matches!(what, Planned::Skipped(_)));
            occurrences.push(Occurrence { date, what });
        }
        occurrences
    }

    fn calendar(&self) -> impl Iterator<Item = NaiveDate> {
        let weeks = u64::from(self.fields().every_weeks);
        let next = move |date: &NaiveDate| date.checked_add_days(Days::new(7 * weeks));
        iter::successors(Some(self.fields().first), next).take(DATES_MAX)
    }

    fn on(&self, date: NaiveDate, country: &str, zone: Tz, breaks: &[Break]) -> Planned {
        if let Some(reason) = self.fields().skip.reason(date, country, breaks) {
            return Planned::Skipped(reason);
        }
        let SeriesFields { time, minutes, which, .. } = *self.fields();
        on_the_wall(date, time, minutes, which, zone)
    }
}

/// What a time of so many minutes means on a date.
pub(super) fn on_the_wall(
    date: NaiveDate,
    time: NaiveTime,
    minutes: i64,
    which: Option<Which>,
    zone: Tz,
) -> Planned {
    let span = |start: DateTime<Utc>| {
        let start = Quarter::containing(start);
        let span = Span::new(start, start + minutes / Quarter::MINUTES);
        span.unwrap_or_else(|| unreachable!("what has been parsed has a length"))
    };
    match (resolve(date.and_time(time), zone), which) {
        (Resolved::Once(start), _)
        | (Resolved::Twice(start, _), Some(Which::First))
        | (Resolved::Twice(_, start), Some(Which::Second)) => Planned::At(span(start)),
        (Resolved::Twice(first, second), None) => Planned::Twice(span(first), span(second)),
        (Resolved::Missing, _) => Planned::Missing,
    }
}

impl Until {
    /// Whether a series goes on to the date, having come `kept` times before it.
    fn includes(self, date: NaiveDate, kept: u32) -> bool {
        match self {
            Self::Date(last) => date <= last,
            Self::Count(count) => kept < count,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::{Helsinki, Stockholm};

    use super::*;
    use crate::{Bilingual, holiday::Holiday, series::Skip};

    fn on(date: &str) -> NaiveDate {
        date.parse().expect("a date")
    }

    fn weekly(first: &str, time: &str, count: u32) -> SeriesFields {
        let time = NaiveTime::parse_from_str(time, "%H:%M").expect("a time");
        let skip = Skip::default();
        let (first, until) = (on(first), Until::Count(count));
        SeriesFields { first, time, minutes: 60, every_weeks: 1, until, which: None, skip }
    }

    fn planned(fields: SeriesFields, zone: Tz) -> Vec<Planned> {
        let plan = SeriesPlan::parse(fields).expect("a plan");
        plan.dates("FI", zone, &[]).into_iter().map(|occurrence| occurrence.what).collect()
    }

    /// An hour that begins at the instant.
    fn hour(start: &str) -> Span {
        let start = Quarter::containing(start.parse().expect("an instant"));
        Span::new(start, start + 4).expect("an hour")
    }

    #[test]
    fn eighteen_stays_eighteen_across_both_changes() {
        let check = |first, zone, before, after| {
            let expected = [Planned::At(hour(before)), Planned::At(hour(after))];
            assert_eq!(planned(weekly(first, "18:00", 2), zone), expected);
        };
        check("2027-03-25", Stockholm, "2027-03-25T17:00:00Z", "2027-04-01T16:00:00Z");
        check("2027-03-25", Helsinki, "2027-03-25T16:00:00Z", "2027-04-01T15:00:00Z");
        check("2027-10-28", Stockholm, "2027-10-28T16:00:00Z", "2027-11-04T17:00:00Z");
        check("2027-10-28", Helsinki, "2027-10-28T15:00:00Z", "2027-11-04T16:00:00Z");
    }

    #[test]
    fn a_time_that_does_not_exist_is_told_and_the_others_kept() {
        let check = |time, zone, before, after| {
            let expected = [Planned::At(hour(before)), Planned::Missing, Planned::At(hour(after))];
            assert_eq!(planned(weekly("2027-03-21", time, 3), zone), expected);
        };
        check("02:30", Stockholm, "2027-03-21T01:30:00Z", "2027-04-04T00:30:00Z");
        check("03:30", Helsinki, "2027-03-21T01:30:00Z", "2027-04-04T00:30:00Z");
    }

    #[test]
    fn a_time_that_comes_twice_is_asked_about_unless_said() {
        for (time, zone) in [("02:30", Stockholm), ("03:30", Helsinki)] {
            let on_the_day = |which| {
                let fields = SeriesFields { which, ..weekly("2027-10-31", time, 1) };
                planned(fields, zone).pop()
            };
            let (first, second) = (hour("2027-10-31T00:30:00Z"), hour("2027-10-31T01:30:00Z"));
            assert_eq!(on_the_day(None), Some(Planned::Twice(first, second)));
            assert_eq!(on_the_day(Some(Which::First)), Some(Planned::At(first)));
            assert_eq!(on_the_day(Some(Which::Second)), Some(Planned::At(second)));
        }
    }

    #[test]
    fn a_length_is_what_passes_not_what_the_wall_shows() {
        let fields = SeriesFields { minutes: 180, ..weekly("2027-03-28", "01:00", 1) };
        let [Planned::At(span)] = planned(fields, Stockholm)[..] else { panic!("one time") };
        assert_eq!(span.end().start().with_timezone(&Stockholm).to_string(), "2027-03-28 05:00:00 CEST");
    }

    #[test]
    fn a_last_date_is_included_and_what_is_left_out_stays_in_the_list() {
        let skip = Skip { holidays: true, ..Skip::default() };
        let until = Until::Date(on("2026-12-31"));
        let fields = SeriesFields { until, skip, every_weeks: 2, ..weekly("2026-12-03", "18:00", 1) };
        let plan = SeriesPlan::parse(fields).expect("a plan");
        let eve = Planned::Skipped(SkipReason::Holiday(Holiday::NewYearsEve));
        let expected = [
            (on("2026-12-03"), Planned::At(hour("2026-12-03T17:00:00Z"))),
            (on("2026-12-17"), Planned::At(hour("2026-12-17T17:00:00Z"))),
            (on("2026-12-31"), eve),
        ];
        let expected = expected.map(|(date, what)| Occurrence { date, what });
        assert_eq!(plan.dates("SE", Stockholm, &[]), expected);
    }

    #[test]
    fn a_count_is_of_the_dates_that_are_kept() {
        let fields = weekly("2026-12-17", "18:00", 2);
        let skip = Skip { holidays: true, breaks: true, dates: vec![on("2027-01-14")] };
        let plan = SeriesPlan::parse(SeriesFields { skip, ..fields }).expect("a plan");
        let name = Bilingual { sv: "jullov".to_owned(), fi: "joululoma".to_owned() };
        let christmas = Break { from: on("2026-12-21"), to: on("2027-01-10"), name: name.clone() };
        let reasons: Vec<Option<SkipReason>> = plan
            .dates("SE", Stockholm, &[christmas])
            .into_iter()
            .map(|occurrence| match occurrence.what {
                Planned::Skipped(reason) => Some(reason),
                _ => None,
            })
            .collect();
        let expected = [
            None,
            Some(SkipReason::Holiday(Holiday::ChristmasEve)),
            Some(SkipReason::Holiday(Holiday::NewYearsEve)),
            Some(SkipReason::Break(name)),
            Some(SkipReason::Date),
            None,
        ];
        assert_eq!(reasons, expected);
    }

    #[test]
    fn a_count_that_cannot_be_reached_comes_to_an_end() {
        let skip = Skip { breaks: true, ..Skip::default() };
        let plan = SeriesPlan::parse(SeriesFields { skip, ..weekly("2026-12-17", "18:00", 1) });
        let name = Bilingual { sv: "uppehåll".to_owned(), fi: "tauko".to_owned() };
        let forever = Break { from: on("2026-01-01"), to: NaiveDate::MAX, name };
        assert_eq!(plan.expect("a plan").dates("FI", Helsinki, &[forever]).len(), 360);
    }
}
