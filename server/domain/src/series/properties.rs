//! What holds for any series.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use chrono_tz::{
    Europe::{Helsinki, Stockholm},
    Tz,
};
use proptest::{collection::vec, option, prelude::*};

use super::*;
use crate::{
    Bilingual,
    time::{LocalDay, Span},
};

/// Half on Sundays, half in the hours of the clock changes.
fn series() -> impl Strategy<Value = SeriesFields> {
    let weeks_and_days = (0..5_780u64, prop_oneof![Just(0), 0..7u64]);
    let quarter = prop_oneof![0..96u32, 8..16u32];
    let minutes = (1..=96i64).prop_map(|quarters| 15 * quarters);
    let count_or_days = prop_oneof![(1..=OCCURRENCES_MAX).prop_map(Ok), (0..840u64).prop_map(Err)];
    let rest =
        (minutes, 1..=52u32, count_or_days, which(), any::<bool>(), any::<bool>(), vec(0..900u64, 0..9));
    (weeks_and_days, quarter, rest).prop_map(|((weeks, days), quarter, rest)| {
        let first = NaiveDate::from_ymd_opt(1990, 1, 7).expect("a Sunday") + Days::new(7 * weeks + days);
        let (minutes, every_weeks, count_or_days, which, holidays, breaks, skipped) = rest;
        let after = |days| first + Days::new(days);
        SeriesFields {
            first,
            time: NaiveTime::from_hms_opt(quarter / 4, quarter % 4 * 15, 0).expect("a time"),
            minutes,
            every_weeks,
            until: count_or_days.map_or_else(|days| Until::Date(after(days)), Until::Count),
            which,
            skip: Skip { holidays, breaks, dates: skipped.into_iter().map(after).collect() },
        }
    })
}

/// Whatever the types can hold.
fn wild() -> impl Strategy<Value = SeriesFields> {
    let time = (any::<u32>(), any::<u32>()).prop_map(|(seconds, nanos)| {
        NaiveTime::from_num_seconds_from_midnight_opt(seconds % 86_400, nanos).unwrap_or(NaiveTime::MIN)
    });
    let until = prop_oneof![any_date().prop_map(Until::Date), any::<u32>().prop_map(Until::Count)];
    let skip = (any::<bool>(), any::<bool>(), vec(any_date(), 0..4))
        .prop_map(|(holidays, breaks, dates)| Skip { holidays, breaks, dates });
    let numbers = (any::<i64>(), any::<u32>());
    (any_date(), time, numbers, until, which(), skip).prop_map(
        |(first, time, (minutes, every_weeks), until, which, skip)| SeriesFields {
            first,
            time,
            minutes,
            every_weeks,
            until,
            which,
            skip,
        },
    )
}

fn which() -> impl Strategy<Value = Option<Which>> {
    option::of(prop_oneof![Just(Which::First), Just(Which::Second)])
}

fn any_date() -> impl Strategy<Value = NaiveDate> {
    let anywhere = |days| NaiveDate::from_num_days_from_ce_opt(days).unwrap_or(NaiveDate::MAX);
    prop_oneof![any::<i32>(), 726_000..768_000i32].prop_map(anywhere) // these: 1988 to 2103
}

fn zone() -> impl Strategy<Value = Tz> {
    prop_oneof![Just(Stockholm), Just(Helsinki)]
}

/// `days` from the series' first date on.
fn break_of(fields: &SeriesFields, days: u64) -> Break {
    let name = Bilingual { sv: "lov".to_owned(), fi: "loma".to_owned() };
    Break { from: fields.first, to: fields.first + Days::new(days), name }
}

proptest! {
    #[test]
    fn dates_are_n_weeks_apart_and_as_many_as_asked_for(
        fields in series(), zone in zone(), country in "SE|FI", days in 0..200u64,
    ) {
        let pause = break_of(&fields, days);
        let dates = SeriesPlan::parse(fields.clone()).expect("a plan").dates(&country, zone, &[pause]);
        prop_assert_eq!(dates[0].date, fields.first);
        let apart = TimeDelta::weeks(fields.every_weeks.into());
        prop_assert!(dates.windows(2).all(|pair| pair[1].date - pair[0].date == apart));
        let last = dates[dates.len() - 1].date;
        match fields.until {
            Until::Date(until) => prop_assert!(last <= until && until < last + apart),
            Until::Count(count) => {
                let kept = dates.iter().filter(|date| !matches!(date.what, Planned::Skipped(_))).count();
                prop_assert_eq!(kept, count as usize);
            }
        }
    }

    /// The obvious model: look at each quarter of the day.
    #[test]
    fn each_time_stands_on_the_wall_as_asked_for(
        fields in series(), zone in zone(), country in "SE|FI", days in 0..200u64,
    ) {
        let pause = break_of(&fields, days);
        let plan = SeriesPlan::parse(fields.clone()).expect("a plan");
        for Occurrence { date, what } in plan.dates(&country, zone, std::slice::from_ref(&pause)) {
            let reason = fields.skip.reason(date, &country, std::slice::from_ref(&pause));
            let day = LocalDay::new(date, zone);
            let shows = |quarter: &i64| day.wall(*quarter) == date.and_time(fields.time);
            let span = |quarter: i64| {
                let start = day.span().start() + quarter;
                Span::new(start, start + fields.minutes / 15).expect("a length")
            };
            let spans: Vec<Span> = (0..day.quarters()).filter(shows).map(span).collect();
            let expected = match (reason, &spans[..], fields.which) {
                (Some(reason), ..) => Planned::Skipped(reason),
                (None, [], _) => Planned::Missing,
                (None, [first, second], None) => Planned::Twice(*first, *second),
                (None, [.., second], Some(Which::Second)) => Planned::At(*second),
                (None, [first, ..], _) => Planned::At(*first),
            };
            prop_assert_eq!(what, expected, "{}", date);
        }
    }

    #[test]
    fn times_of_a_series_never_meet(fields in series(), zone in zone()) {
        let dates = SeriesPlan::parse(fields).expect("a plan").dates("SE", zone, &[]);
        let spans: Vec<Span> = dates
            .into_iter()
            .filter_map(|date| match date.what {
                Planned::At(span) | Planned::Twice(_, span) => Some(span),
                Planned::Missing | Planned::Skipped(_) => None,
            })
            .collect();
        prop_assert!(spans.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
    }

    #[test]
    fn nothing_that_is_asked_for_panics(good in series(), wild in wild(), mixed: u8, to in any_date()) {
        let is_wild = |field: u8| mixed >> field & 1 == 1;
        let fields = SeriesFields {
            first: if is_wild(0) { wild.first } else { good.first },
            time: if is_wild(1) { wild.time } else { good.time },
            minutes: if is_wild(2) { wild.minutes } else { good.minutes },
            every_weeks: if is_wild(3) { wild.every_weeks } else { good.every_weeks },
            until: if is_wild(4) { wild.until } else { good.until },
            skip: if is_wild(5) { wild.skip } else { good.skip },
            which: wild.which,
        };
        if let Ok(plan) = SeriesPlan::parse(fields) {
            let pause = Break { to, ..break_of(plan.fields(), 0) };
            prop_assert!(plan.dates("FI", Helsinki, &[pause]).len() <= 360);
        }
    }
}
