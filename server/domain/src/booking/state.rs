//! The life of a booking.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Where a booking is in its life. `held → confirmed → cancelled | no_show`, `held → expired`,
/// and `expired → confirmed` when money comes late and the time is still free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BookingState {
    Held,
    Confirmed,
    Expired,
    Cancelled,
    /// Its time is over, and nobody came.
    NoShow,
}

/// The text names no state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown booking state")]
pub struct UnknownState;

impl BookingState {
    pub const ALL: [Self; 5] = [Self::Held, Self::Confirmed, Self::Expired, Self::Cancelled, Self::NoShow];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Confirmed => "confirmed",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::NoShow => "no_show",
        }
    }

    /// Whether a booking in this state occupies its cells.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Held | Self::Confirmed | Self::NoShow)
    }
}

impl FromStr for BookingState {
    type Err = UnknownState;

    fn from_str(code: &str) -> Result<Self, UnknownState> {
        Self::ALL.into_iter().find(|state| state.code() == code).ok_or(UnknownState)
    }
}
