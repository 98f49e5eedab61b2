//! Whom a price is for.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Whom a price is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

/// The code of the municipality that somebody lives in, whether it is one of ours or not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Home(String);

/// No code of a municipality: small letters, digits and hyphens, at most 40.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a municipality's code like tornio")]
pub struct NotAHome;

impl Home {
    const LETTERS_MAX: usize = 40;

    #[must_use]
    pub fn code(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Home {
    type Err = NotAHome;

    fn from_str(code: &str) -> Result<Self, NotAHome> {
        let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let fits = (1..=Self::LETTERS_MAX).contains(&code.len()) && code.bytes().all(letters);
        if fits { Ok(Self(code.to_owned())) } else { Err(NotAHome) }
    }
}

impl TryFrom<String> for Home {
    type Error = NotAHome;

    fn try_from(code: String) -> Result<Self, NotAHome> {
        code.parse()
    }
}

impl From<Home> for String {
    fn from(home: Home) -> Self {
        home.0
    }
}

/// Whom a time is priced for: a group, and where they live as they say themselves. Residency is a dimension
/// of its own: a club may be of the town too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buyer {
    pub group: PriceGroup,
    /// `None`: elsewhere, or not said. They pay what is for everybody.
    pub home: Option<Home>,
}

impl From<PriceGroup> for Buyer {
    fn from(group: PriceGroup) -> Self {
        Self { group, home: None }
    }
}
