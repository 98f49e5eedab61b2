//! Dates and days of the week, from CLDR data.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, Weekday};
use icu_calendar::{Date, Gregorian, types::RataDie};
use icu_datetime::{
    FixedCalendarDateTimeFormatter as Formatter,
    fieldsets::{E, MD, MDE, YMD, YMDE},
    options::YearStyle,
};
use icu_locale_core::{Locale, locale};
use vayla_domain::language::Language;

/// A language's formatters: making one searches the CLDR data, formatting with one doesn't.
struct Formatters {
    short: Formatter<Gregorian, YMD>,
    weekday: Formatter<Gregorian, MDE>,
    long: Formatter<Gregorian, YMDE>,
    month_day: Formatter<Gregorian, MD>,
    weekday_name: Formatter<Gregorian, E>,
    weekday_short: Formatter<Gregorian, E>,
}

static SWEDISH: LazyLock<Formatters> = LazyLock::new(|| Formatters::load(&locale!("sv")));
static FINNISH: LazyLock<Formatters> = LazyLock::new(|| Formatters::load(&locale!("fi")));

impl Formatters {
    fn load(locale: &Locale) -> Self {
        const COMPILED_IN: &str = "CLDR data of both languages is compiled in";
        Self {
            short: Formatter::try_new(locale.into(), YMD::short().with_year_style(YearStyle::Full))
                .expect(COMPILED_IN),
            weekday: Formatter::try_new(locale.into(), MDE::medium()).expect(COMPILED_IN),
            long: Formatter::try_new(locale.into(), YMDE::long()).expect(COMPILED_IN),
            month_day: Formatter::try_new(locale.into(), MD::medium()).expect(COMPILED_IN),
            weekday_name: Formatter::try_new(locale.into(), E::long()).expect(COMPILED_IN),
            weekday_short: Formatter::try_new(locale.into(), E::short()).expect(COMPILED_IN),
        }
    }

    fn of(language: Language) -> &'static Self {
        match language {
            Language::Sv => &SWEDISH,
            Language::Fi => &FINNISH,
        }
    }
}

/// `2026-11-23`, `23.11.2026`.
#[must_use]
pub fn date_short(language: Language, date: NaiveDate) -> String {
    Formatters::of(language).short.format(&gregorian(date)).to_string()
}

/// `mån 23 nov.`, `ma 23.11.`: for dates of the coming months.
#[must_use]
pub fn date_weekday(language: Language, date: NaiveDate) -> String {
    Formatters::of(language).weekday.format(&gregorian(date)).to_string()
}

/// `torsdag 26 november 2026`, `torstai 26. marraskuuta 2026`.
#[must_use]
pub fn date_long(language: Language, date: NaiveDate) -> String {
    Formatters::of(language).long.format(&gregorian(date)).to_string()
}

/// `30 okt.`, `30.10.`.
#[must_use]
pub fn month_day(language: Language, date: NaiveDate) -> String {
    Formatters::of(language).month_day.format(&gregorian(date)).to_string()
}

/// `måndag`, `maanantai`.
#[must_use]
pub fn weekday_name(language: Language, day: Weekday) -> String {
    Formatters::of(language).weekday_name.format(&some_date_on(day)).to_string()
}

/// `mån`, `ma`.
#[must_use]
pub fn weekday_short(language: Language, day: Weekday) -> String {
    Formatters::of(language).weekday_short.format(&some_date_on(day)).to_string()
}

/// Both count the days from 1 January of the year 1.
fn gregorian(date: NaiveDate) -> Date<Gregorian> {
    Date::from_rata_die(RataDie::new(i64::from(date.num_days_from_ce())), Gregorian)
}

/// 1 January of the year 1 was a Monday.
fn some_date_on(day: Weekday) -> Date<Gregorian> {
    Date::from_rata_die(RataDie::new(i64::from(day.number_from_monday())), Gregorian)
}
