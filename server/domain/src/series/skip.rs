//! The dates that a series leaves out.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    Bilingual,
    holiday::{Holiday, Rank, holiday},
};

/// What to leave out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skip {
    /// Public holidays and the eves that are kept like them; days that end earlier are kept.
    pub holidays: bool,
    /// The breaks of the town's schools.
    pub breaks: bool,
    /// Others; those on which the series doesn't come are passed over.
    pub dates: Vec<NaiveDate>,
}

/// A break of the schools, first and last date included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Break {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub name: Bilingual,
}

/// Why a date is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SkipReason {
    Holiday(Holiday),
    /// The break's name.
    Break(Bilingual),
    /// It was asked for.
    Date,
}

impl Skip {
    /// The reason that says most, where there are several; `None` where the date is kept.
    #[must_use]
    pub fn reason(&self, date: NaiveDate, country: &str, breaks: &[Break]) -> Option<SkipReason> {
        let on_holiday = || holiday(country, date).filter(|day| day.rank() != Rank::HalfDay);
        let in_break = || breaks.iter().find(|pause| (pause.from..=pause.to).contains(&date));
        let day_off = self.holidays.then(on_holiday).flatten().map(SkipReason::Holiday);
        day_off
            .or_else(|| {
                self.breaks.then(in_break).flatten().map(|pause| SkipReason::Break(pause.name.clone()))
            })
            .or_else(|| self.dates.contains(&date).then_some(SkipReason::Date))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(date: &str) -> NaiveDate {
        date.parse().expect("a date")
    }

    fn christmas_break() -> Break {
        let name = Bilingual { sv: "jullov".to_owned(), fi: "joululoma".to_owned() };
        Break { from: on("2026-12-21"), to: on("2027-01-08"), name }
    }

    fn check(skip: &Skip, date: &str, expected: Option<SkipReason>) {
        assert_eq!(skip.reason(on(date), "FI", &[christmas_break()]), expected, "{date}");
    }

    #[test]
    fn each_kind_is_left_out_only_where_asked() {
        let nothing = Skip::default();
        let holidays = Skip { holidays: true, ..Skip::default() };
        let breaks = Skip { breaks: true, ..Skip::default() };
        let dates = Skip { dates: vec![on("2026-11-26")], ..Skip::default() };
        let in_break = || Some(SkipReason::Break(christmas_break().name));
        check(&nothing, "2026-12-24", None);
        check(&holidays, "2026-12-24", Some(SkipReason::Holiday(Holiday::ChristmasEve)));
        check(&holidays, "2026-12-06", Some(SkipReason::Holiday(Holiday::IndependenceDay)));
        check(&holidays, "2027-03-25", None); // Maundy Thursday
        check(&holidays, "2026-12-22", None);
        check(&breaks, "2026-12-20", None);
        check(&breaks, "2026-12-21", in_break());
        check(&breaks, "2027-01-08", in_break());
        check(&breaks, "2027-01-09", None);
        check(&dates, "2026-11-26", Some(SkipReason::Date));
        check(&dates, "2026-11-27", None);
    }

    #[test]
    fn of_several_reasons_the_one_that_says_most_is_given() {
        let all = Skip { holidays: true, breaks: true, dates: vec![on("2026-12-24"), on("2026-12-22")] };
        check(&all, "2026-12-24", Some(SkipReason::Holiday(Holiday::ChristmasEve)));
        check(&all, "2026-12-22", Some(SkipReason::Break(christmas_break().name)));
    }

    #[test]
    fn holidays_are_those_of_the_country() {
        let holidays = Skip { holidays: true, ..Skip::default() };
        assert_eq!(holidays.reason(on("2026-12-06"), "SE", &[]), None);
        assert_eq!(holidays.reason(on("2026-12-24"), "NO", &[]), None);
    }
}
