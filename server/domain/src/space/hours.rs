//! Hours on the wall: from, to, on which days of the week, and how one gets in.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Minutes after a local midnight, on the raster of quarters; over 1440 on the day after.
///
/// Written `16:00`; `26:00` is two in the night.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WallMinute(i64);

/// Not a time from `00:00` to `48:00` on a whole quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a time like 16:00, on a whole quarter, at most 48:00")]
pub struct NotAWallMinute;

impl WallMinute {
    const MAX: i64 = 48 * 60;
    pub(super) const NEXT_MIDNIGHT: i64 = 24 * 60;
    pub const START_OF_DAY: Self = Self(0);
    pub const END_OF_DAY: Self = Self(Self::NEXT_MIDNIGHT);

    /// # Errors
    /// [`NotAWallMinute`] off the raster or out of the two days.
    pub const fn new(minute: i64) -> Result<Self, NotAWallMinute> {
        if minute < 0 || minute > Self::MAX || minute % 15 != 0 {
            Err(NotAWallMinute)
        } else {
            Ok(Self(minute))
        }
    }

    #[must_use]
    pub const fn minute(self) -> i64 {
        self.0
    }
}

impl fmt::Display for WallMinute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl From<WallMinute> for String {
    fn from(minute: WallMinute) -> Self {
        minute.to_string()
    }
}

impl TryFrom<String> for WallMinute {
    type Error = NotAWallMinute;

    fn try_from(text: String) -> Result<Self, NotAWallMinute> {
        let (hour, minute) = text.split_once(':').ok_or(NotAWallMinute)?;
        let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(hour) || !digits(minute) || minute >= "60" {
            return Err(NotAWallMinute);
        }
        let number = |part: &str| part.parse::<i64>().map_err(|_| NotAWallMinute);
        Self::new(number(hour)? * 60 + number(minute)?)
    }
}

/// Days of the week, ISO: Monday is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<u32>", into = "Vec<u32>")]
pub struct Weekdays(u8);

/// No day of the week, or a number that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not days of the week: numbers from 1 (Monday) to 7")]
pub struct NotWeekdays;

impl Weekdays {
    pub const ALL: Self = Self(0b1111_1110);

    #[must_use]
    pub const fn contains(self, weekday: u32) -> bool {
        weekday < 8 && self.0 >> weekday & 1 == 1
    }

    #[must_use]
    pub const fn are_all(&self) -> bool {
        self.0 == Self::ALL.0
    }

    pub fn iter(self) -> impl Iterator<Item = u32> {
        (1..=7).filter(move |&weekday| self.contains(weekday))
    }
}

impl Default for Weekdays {
    fn default() -> Self {
        Self::ALL
    }
}

impl TryFrom<Vec<u32>> for Weekdays {
    type Error = NotWeekdays;

    fn try_from(days: Vec<u32>) -> Result<Self, NotWeekdays> {
        if days.is_empty() || !days.iter().all(|day| (1..=7).contains(day)) {
            return Err(NotWeekdays);
        }
        Ok(Self(days.into_iter().fold(0, |set, day| set | 1 << day)))
    }
}

impl From<Weekdays> for Vec<u32> {
    fn from(days: Weekdays) -> Self {
        days.iter().collect()
    }
}

/// How one gets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    #[default]
    Staffed,
    /// Nobody is there: the door opens by a code.
    DoorCode,
}

/// One opening, on the given days of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "HoursText")]
pub struct Hours {
    pub days: Weekdays,
    pub opens: WallMinute,
    /// After `opens`; at most a day later.
    pub closes: WallMinute,
    pub access: Access,
}

/// As written, before it is known to make sense.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HoursText {
    #[serde(default)]
    days: Weekdays,
    opens: WallMinute,
    closes: WallMinute,
    #[serde(default)]
    access: Access,
}

/// It closes before it opens, or is open for longer than a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("opening hours must end after they begin and last at most a day")]
pub struct NotHours;

impl Hours {
    /// # Errors
    /// [`NotHours`] when there is nothing, or more than a day, between the two times.
    pub fn new(
        days: Weekdays,
        opens: WallMinute,
        closes: WallMinute,
        access: Access,
    ) -> Result<Self, NotHours> {
        let minutes = closes.minute() - opens.minute();
        let fits = opens.minute() < 24 * 60 && (1..=24 * 60).contains(&minutes);
        if fits { Ok(Self { days, opens, closes, access }) } else { Err(NotHours) }
    }
}

impl TryFrom<HoursText> for Hours {
    type Error = NotHours;

    fn try_from(HoursText { days, opens, closes, access }: HoursText) -> Result<Self, NotHours> {
        Self::new(days, opens, closes, access)
    }
}
