//! From when and until when before its start a time may be booked, price group by price group.

use serde::{Deserialize, Serialize};

use super::Notice;
use crate::money::PriceGroup;

/// What holds for a price group, or for all where none is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BookingWindow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<PriceGroup>,
    /// How long before its start a time must be booked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<Notice>,
    /// How many days ahead one may book; at most [`HORIZON_DAYS_MAX`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub horizon_days: Option<u32>,
}

/// Nobody books farther ahead: closures until further notice reach as far.
pub const HORIZON_DAYS_MAX: u32 = 550;

/// The windows of a space, those of its facility after its own, and the horizon where none says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BookingWindows {
    windows: Vec<BookingWindow>,
    horizon_days: u32,
}

impl BookingWindows {
    #[must_use]
    pub fn new(own: &[BookingWindow], facility: &[BookingWindow], horizon_days: u32) -> Self {
        // Of each, what is said of a group stands before what is said of all.
        let ranked = |windows: &[BookingWindow]| {
            let mut windows = windows.to_vec();
            windows.sort_by_key(|window| window.group.is_none());
            windows
        };
        let windows = [ranked(own), ranked(facility)].concat();
        Self { windows, horizon_days: horizon_days.min(HORIZON_DAYS_MAX) }
    }

    fn first<T>(&self, group: PriceGroup, of: impl Fn(&BookingWindow) -> Option<T>) -> Option<T> {
        self.windows.iter().filter(|window| window.group.is_none_or(|named| named == group)).find_map(of)
    }

    #[must_use]
    pub fn lead(&self, group: PriceGroup) -> Notice {
        self.first(group, |window| window.lead).unwrap_or(Notice::NONE)
    }

    #[must_use]
    pub fn horizon_days(&self, group: PriceGroup) -> u32 {
        self.first(group, |window| window.horizon_days).unwrap_or(self.horizon_days).min(HORIZON_DAYS_MAX)
    }

    /// The farthest that any group may book.
    #[must_use]
    pub fn horizon_days_max(&self) -> u32 {
        PriceGroup::ALL.into_iter().map(|group| self.horizon_days(group)).max().unwrap_or(self.horizon_days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_groups_own_stands_before_what_holds_for_all_and_the_spaces_before_the_facilitys() {
        let window = |group, lead: Option<u32>, horizon_days| BookingWindow {
            group,
            lead: lead.map(Notice::Hours),
            horizon_days,
        };
        let own = [window(None, Some(2), None), window(Some(PriceGroup::Club), None, Some(400))];
        let facility = [window(None, Some(24), Some(90)), window(Some(PriceGroup::Company), Some(72), None)];
        let windows = BookingWindows::new(&own, &facility, 180);
        assert_eq!(windows.lead(PriceGroup::Adult), Notice::Hours(2));
        assert_eq!(windows.lead(PriceGroup::Company), Notice::Hours(2));
        assert_eq!(windows.horizon_days(PriceGroup::Club), 400);
        assert_eq!(windows.horizon_days(PriceGroup::Adult), 90);
        assert_eq!(windows.horizon_days_max(), 400);
        assert_eq!(BookingWindows::new(&[], &[], 180).horizon_days(PriceGroup::Adult), 180);
    }
}
