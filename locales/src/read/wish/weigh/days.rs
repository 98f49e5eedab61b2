//! The weekdays and the span of dates.

use chrono::{
    Datelike, NaiveDate,
    Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed},
    WeekdaySet,
};

use super::{Contradiction, Scale, agreed};
use crate::read::wish::readings::Meaning;

const EVERY_DAY: WeekdaySet = WeekdaySet::from_array([Mon, Tue, Wed, Thu, Fri, Sat, Sun]);
const WEEK: usize = 7;

/// The first and the last date.
type Span = (Option<NaiveDate>, Option<NaiveDate>);

impl Scale {
    /// The weekdays, none if any will do, and the dates. They meet on some day.
    pub(super) fn days(&mut self, today: NaiveDate) -> (WeekdaySet, Span) {
        let weekdays = self.weekdays().unwrap_or_else(|Contradiction| {
            self.refuse(is_weekdays);
            WeekdaySet::EMPTY
        });
        let span = self.span(today).unwrap_or_else(|Contradiction| {
            self.refuse(is_dates);
            (None, None)
        });
        if !meet(weekdays, span) {
            self.refuse(|meaning| is_weekdays(meaning) || is_dates(meaning));
            return (WeekdaySet::EMPTY, (None, None));
        }
        (weekdays, span)
    }

    fn weekdays(&self) -> Result<WeekdaySet, Contradiction> {
        let wanted = |meaning| if let Meaning::Weekdays(days) = meaning { Some(days) } else { None };
        let left_out = |meaning| if let Meaning::Except(days) = meaning { Some(days) } else { None };
        let wanted = self.meanings().filter_map(wanted).reduce(WeekdaySet::union);
        let Some(left_out) = self.meanings().filter_map(left_out).reduce(WeekdaySet::union) else {
            return Ok(wanted.unwrap_or(WeekdaySet::EMPTY));
        };
        let days = wanted.unwrap_or(EVERY_DAY).difference(left_out);
        if days.is_empty() { Err(Contradiction) } else { Ok(days) }
    }

    fn span(&self, today: NaiveDate) -> Result<Span, Contradiction> {
        let day = |meaning| if let Meaning::Day(day) = meaning { Some(day) } else { None };
        let mut days: Vec<NaiveDate> = self.meanings().filter_map(day).collect();
        days.sort_unstable();
        days.dedup();
        let ends = |meaning| if let Meaning::Days { from, to } = meaning { Some((from, to)) } else { None };
        let from = agreed(self.meanings().filter_map(ends).filter_map(|(from, _)| from))?;
        let to = agreed(self.meanings().filter_map(ends).filter_map(|(_, to)| to))?;
        let span = match (days.first(), days.last()) {
            (Some(_), Some(_)) if from.is_some() || to.is_some() || !in_a_row(&days) => {
                return Err(Contradiction);
            }
            (Some(first), Some(last)) => (Some(*first), Some(*last)),
            _ => (from, to),
        };
        match span {
            (Some(from), Some(to)) if from > to => Err(Contradiction),
            (Some(from), to) if to.is_none_or(|to| to >= today) => Ok((Some(from.max(today)), to)),
            span => Ok(span),
        }
    }
}

const fn is_weekdays(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Weekdays(_) | Meaning::Except(_))
}

const fn is_dates(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Day(_) | Meaning::Days { .. })
}

fn in_a_row(days: &[NaiveDate]) -> bool {
    days.windows(2).all(|pair| pair[0].succ_opt() == Some(pair[1]))
}

/// Whether one of the weekdays falls between the dates.
fn meet(weekdays: WeekdaySet, (from, to): Span) -> bool {
    let (Some(from), Some(to)) = (from, to) else { return true };
    let mut days = from.iter_days().take_while(|day| *day <= to).take(WEEK);
    weekdays.is_empty() || days.any(|day| weekdays.contains(day.weekday()))
}
