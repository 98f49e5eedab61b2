//! What stands in the way of a series, as sentences.

use vayla_domain::{
    Language,
    booking::TooLateToMove,
    series::{SeriesProblem, SkipReason},
    space::Refusal,
};
use vayla_locales::{format, words};

use super::{DateState, ShiftState};
use crate::{
    catalogue::{Catalogue, Space},
    wording,
};

/// Why a date can't be had; `None` where it can.
#[must_use]
pub fn why_not(language: Language, space: &Space, state: &DateState) -> Option<String> {
    let w = words(language);
    Some(match state {
        DateState::Free { .. } => return None,
        DateState::Taken { .. } => w.series_taken(),
        DateState::Refused { refusal: Refusal::Closed(closed), .. } => wording::why_closed(language, closed),
        DateState::Refused { refusal, .. } => {
            wording::refusal(language, refusal, &space.facility.municipality)
        }
        DateState::Unpriced { .. } => w.series_unpriced(),
        DateState::Missing => w.series_missing(),
        DateState::Twice(..) => w.series_twice(),
        DateState::Skipped(SkipReason::Holiday(holiday)) => {
            w.series_skipped(format::holiday(language, *holiday))
        }
        DateState::Skipped(SkipReason::Break(name)) => w.series_skipped(name.get(language)),
        DateState::Skipped(SkipReason::Date) => w.series_skipped_date(),
    })
}

/// Why a date of a series isn't moved; `None` where it can be.
#[must_use]
pub fn why_not_moved(
    language: Language,
    catalogue: &Catalogue,
    space: &Space,
    state: &ShiftState,
) -> Option<String> {
    let w = words(language);
    Some(match state {
        ShiftState::Free(_) => return None,
        ShiftState::Dearer(quote) => w.series_dearer(format::money(language, quote.difference.total)),
        ShiftState::There => w.series_there(),
        ShiftState::TooLate(TooLateToMove::Begun) => w.problem_move_begun(),
        ShiftState::TooLate(TooLateToMove::Never) => w.problem_move_never(),
        ShiftState::TooLate(TooLateToMove::After(last)) => {
            let town = &space.facility.municipality;
            w.problem_move_too_late(wording::moments(language, catalogue, town, *last))
        }
        ShiftState::Barred(state) => return why_not(language, space, state),
    })
}

/// What is wrong with a series as asked for, and what to do.
#[must_use]
pub fn problem_text(language: Language, problem: SeriesProblem) -> String {
    let w = words(language);
    let length = |minutes: i64| format::duration(language, u32::try_from(minutes).unwrap_or_default());
    match problem {
        SeriesProblem::FirstOutOfRange { year_min, year_max } => {
            w.problem_series_first(year_min.to_string(), year_max.to_string())
        }
        SeriesProblem::TimeOffRaster => w.problem_series_time(),
        SeriesProblem::Length { minutes_max } => w.problem_series_length(length(minutes_max)),
        SeriesProblem::EveryWeeks { weeks_min, weeks_max } => w.problem_series_every(weeks_min, weeks_max),
        SeriesProblem::LastBeforeFirst => w.problem_series_last_before_first(),
        SeriesProblem::LastTooLate { last_max } => {
            w.problem_series_last_too_late(format::date_long(language, last_max))
        }
        SeriesProblem::Count { count_max } => w.problem_series_count(count_max),
        SeriesProblem::SkippedDates { dates_max } => w.problem_series_skipped_dates(dates_max),
    }
}
