//! What a time costs: prices per hour by group, weekday and time of day.

use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDateTime, Timelike, Utc, Weekday};
use chrono_tz::Tz;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Currency, Money, half_up};
use crate::time::Span;

/// Whom a price is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceGroup {
    Adult,
    Youth,
    Club,
    Company,
}

impl PriceGroup {
    pub const ALL: [Self; 4] = [Self::Adult, Self::Youth, Self::Club, Self::Company];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Adult => "adult",
            Self::Youth => "youth",
            Self::Club => "club",
            Self::Company => "company",
        }
    }
}

/// The text names no price group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown price group")]
pub struct UnknownPriceGroup;

impl FromStr for PriceGroup {
    type Err = UnknownPriceGroup;

    fn from_str(code: &str) -> Result<Self, UnknownPriceGroup> {
        Self::ALL.into_iter().find(|group| group.code() == code).ok_or(UnknownPriceGroup)
    }
}

/// The days of the week that a price holds on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Days {
    All,
    Weekday,
    Weekend,
}

impl Days {
    #[must_use]
    pub fn include(self, day: Weekday) -> bool {
        let weekend = matches!(day, Weekday::Sat | Weekday::Sun);
        match self {
            Self::All => true,
            Self::Weekday => !weekend,
            Self::Weekend => weekend,
        }
    }
}

/// One line of a price list: so much an hour, for a group, in a band of the local day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TariffPrice {
    pub group: PriceGroup,
    pub days: Days,
    /// Minutes after local midnight: from, up to but without.
    pub from_minute: u32,
    pub to_minute: u32,
    /// Minor units an hour. A quarter costs a fourth, rounded once a line and not once a quarter.
    pub hour_minor: i64,
}

impl TariffPrice {
    fn covers(&self, group: PriceGroup, wall: NaiveDateTime) -> bool {
        let minute = wall.hour() * 60 + wall.minute();
        self.group == group
            && self.days.include(wall.weekday())
            && (self.from_minute..self.to_minute).contains(&minute)
    }
}

/// A space's price list in the currency of its facility.
#[derive(Debug, Clone)]
pub struct Tariff {
    pub currency: Currency,
    pub prices: Vec<TariffPrice>,
}

/// Consecutive quarters at one price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TariffLine {
    pub span: Span,
    pub hour: Money,
    pub gross: Money,
}

/// The list has no price for the group at this instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the price list says nothing about {0}")]
pub struct NoPrice(pub DateTime<Utc>);

impl Tariff {
    /// The cost of a span, a line for each run of quarters at one price.
    ///
    /// The band is chosen by the wall clock at each quarter, so the repeated hour is paid twice
    /// and the missing one never.
    ///
    /// # Errors
    /// [`NoPrice`] where the list has a gap.
    pub fn lines(&self, span: Span, zone: Tz, group: PriceGroup) -> Result<Vec<TariffLine>, NoPrice> {
        let mut runs: Vec<(Span, i64)> = Vec::new();
        for quarter in span.iter() {
            let start = quarter.start();
            let wall = start.with_timezone(&zone).naive_local();
            let price = self.prices.iter().find(|price| price.covers(group, wall)).ok_or(NoPrice(start))?;
            match runs.last_mut() {
                Some((run, hour_minor)) if *hour_minor == price.hour_minor => {
                    *run = Span::new(run.start(), quarter + 1).unwrap_or(*run);
                }
                _ => runs.extend(Span::new(quarter, quarter + 1).map(|run| (run, price.hour_minor))),
            }
        }
        Ok(runs.into_iter().map(|(run, hour_minor)| self.line(run, hour_minor)).collect())
    }

    fn line(&self, span: Span, hour_minor: i64) -> TariffLine {
        let gross = Decimal::from(hour_minor) * Decimal::from(span.quarters()) / Decimal::from(4);
        TariffLine {
            span,
            hour: Money::new(hour_minor, self.currency),
            gross: Money::new(half_up(gross), self.currency),
        }
    }

    /// The lowest price an hour that anyone pays.
    #[must_use]
    pub fn hour_from(&self) -> Option<Money> {
        let lowest = self.prices.iter().map(|price| price.hour_minor).min()?;
        Some(Money::new(lowest, self.currency))
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Helsinki;

    use super::*;
    use crate::{money::EURO, time::Span};

    fn tariff() -> Tariff {
        let price = |days, from_minute, to_minute, hour_minor| TariffPrice {
            group: PriceGroup::Adult,
            days,
            from_minute,
            to_minute,
            hour_minor,
        };
        let prices = vec![
            price(Days::Weekday, 0, 16 * 60, 95_00),
            price(Days::Weekday, 16 * 60, 24 * 60, 125_00),
            price(Days::Weekend, 0, 24 * 60, 42_50),
        ];
        Tariff { currency: EURO, prices }
    }

    fn check(start: &str, end: &str, expected: &[i64]) {
        let instant = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
        let span = Span::between(instant(start), instant(end)).expect("a span");
        let lines = tariff().lines(span, Helsinki, PriceGroup::Adult).expect("a price");
        let gross: Vec<i64> = lines.iter().map(|line| line.gross.minor).collect();
        assert_eq!(gross, expected);
    }

    #[test]
    fn a_time_across_a_band_has_a_line_for_each() {
        // Thursday 15:30 to 16:45 in Tornio
        check("2026-11-26T13:30:00Z", "2026-11-26T14:45:00Z", &[47_50, 93_75]);
    }

    #[test]
    fn a_line_is_rounded_once() {
        // 45 minutes at 42.50: 31.875, and not three times 10.63
        check("2026-11-28T10:00:00Z", "2026-11-28T10:45:00Z", &[31_88]);
    }

    #[test]
    fn the_repeated_hour_is_paid_twice() {
        // Sunday 03:00a to 04:00 on 2027-10-31: two hours pass
        check("2027-10-31T00:00:00Z", "2027-10-31T02:00:00Z", &[85_00]);
    }

    #[test]
    fn a_gap_in_the_list_is_an_error() {
        let span = Span::new(crate::time::Quarter(0), crate::time::Quarter(4)).expect("a span");
        assert!(tariff().lines(span, Helsinki, PriceGroup::Club).is_err());
    }
}
