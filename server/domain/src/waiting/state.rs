//! The life of a place in line.

use std::str::FromStr;

/// `waiting ⇄ offered → done`, and out of either by leaving or when no time is left to wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WaitingState {
    Waiting,
    /// A time is held for them.
    Offered,
    /// They took one.
    Done,
    /// They left.
    Withdrawn,
    /// The last time that they waited for has gone by.
    Over,
}

/// The text names no state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown state of a place in line")]
pub struct UnknownWaitingState;

impl WaitingState {
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Offered, Self::Done, Self::Withdrawn, Self::Over];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Offered => "offered",
            Self::Done => "done",
            Self::Withdrawn => "withdrawn",
            Self::Over => "over",
        }
    }

    /// Whether whoever has it is still in line.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Waiting | Self::Offered)
    }
}

impl FromStr for WaitingState {
    type Err = UnknownWaitingState;

    fn from_str(code: &str) -> Result<Self, UnknownWaitingState> {
        Self::ALL.into_iter().find(|state| state.code() == code).ok_or(UnknownWaitingState)
    }
}
