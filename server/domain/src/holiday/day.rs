//! The holidays by name.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A day that one of the countries keeps, in the order of a usual year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holiday {
    NewYearsDay,
    EpiphanyEve,
    Epiphany,
    MaundyThursday,
    GoodFriday,
    EasterEve,
    EasterDay,
    EasterMonday,
    WalpurgisEve,
    MayDay,
    AscensionDay,
    WhitEve,
    WhitSunday,
    /// Sweden, until 2004.
    WhitMonday,
    /// Sweden, 6 June; a public holiday since 2005.
    NationalDay,
    MidsummerEve,
    MidsummerDay,
    AllSaintsEve,
    AllSaintsDay,
    /// Finland, 6 December.
    IndependenceDay,
    ChristmasEve,
    ChristmasDay,
    BoxingDay,
    NewYearsEve,
}

/// How much of the day is kept, the most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// A public holiday by law.
    Public,
    /// No public holiday, but kept like one: the eves of Easter, Midsummer, Christmas, New Year.
    Eve,
    /// A day like others that often ends earlier, because tomorrow is a holiday.
    HalfDay,
}

impl Holiday {
    pub const ALL: [Self; 24] = [
        Self::NewYearsDay,
        Self::EpiphanyEve,
        Self::Epiphany,
        Self::MaundyThursday,
        Self::GoodFriday,
        Self::EasterEve,
        Self::EasterDay,
        Self::EasterMonday,
        Self::WalpurgisEve,
        Self::MayDay,
        Self::AscensionDay,
        Self::WhitEve,
        Self::WhitSunday,
        Self::WhitMonday,
        Self::NationalDay,
        Self::MidsummerEve,
        Self::MidsummerDay,
        Self::AllSaintsEve,
        Self::AllSaintsDay,
        Self::IndependenceDay,
        Self::ChristmasEve,
        Self::ChristmasDay,
        Self::BoxingDay,
        Self::NewYearsEve,
    ];

    /// The name that is stored and sent, and that messages choose their words by.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NewYearsDay => "new_years_day",
            Self::EpiphanyEve => "epiphany_eve",
            Self::Epiphany => "epiphany",
            Self::MaundyThursday => "maundy_thursday",
            Self::GoodFriday => "good_friday",
            Self::EasterEve => "easter_eve",
            Self::EasterDay => "easter_day",
            Self::EasterMonday => "easter_monday",
            Self::WalpurgisEve => "walpurgis_eve",
            Self::MayDay => "may_day",
            Self::AscensionDay => "ascension_day",
            Self::WhitEve => "whit_eve",
            Self::WhitSunday => "whit_sunday",
            Self::WhitMonday => "whit_monday",
            Self::NationalDay => "national_day",
            Self::MidsummerEve => "midsummer_eve",
            Self::MidsummerDay => "midsummer_day",
            Self::AllSaintsEve => "all_saints_eve",
            Self::AllSaintsDay => "all_saints_day",
            Self::IndependenceDay => "independence_day",
            Self::ChristmasEve => "christmas_eve",
            Self::ChristmasDay => "christmas_day",
            Self::BoxingDay => "boxing_day",
            Self::NewYearsEve => "new_years_eve",
        }
    }

    #[must_use]
    pub const fn rank(self) -> Rank {
        match self {
            Self::EasterEve | Self::MidsummerEve | Self::ChristmasEve | Self::NewYearsEve => Rank::Eve,
            Self::EpiphanyEve
            | Self::MaundyThursday
            | Self::WalpurgisEve
            | Self::WhitEve
            | Self::AllSaintsEve => Rank::HalfDay,
            _ => Rank::Public,
        }
    }
}

/// The text names no holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown holiday")]
pub struct UnknownHoliday;

impl FromStr for Holiday {
    type Err = UnknownHoliday;

    fn from_str(code: &str) -> Result<Self, UnknownHoliday> {
        Self::ALL.into_iter().find(|holiday| holiday.code() == code).ok_or(UnknownHoliday)
    }
}

#[cfg(test)]
mod tests {
    use serde::de::{IntoDeserializer, value};

    use super::*;

    #[test]
    fn a_holiday_is_read_back_by_its_code() {
        for holiday in Holiday::ALL {
            let sent: Result<_, value::Error> = Holiday::deserialize(holiday.code().into_deserializer());
            assert_eq!(sent, Ok(holiday));
            assert_eq!(holiday.code().parse(), Ok(holiday));
        }
        assert_eq!("christmas".parse::<Holiday>(), Err(UnknownHoliday));
    }
}
