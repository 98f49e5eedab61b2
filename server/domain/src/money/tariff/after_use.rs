//! What a use may cost afterwards, as staff write it into a price list.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::Amounts;
use crate::Bilingual;

/// Something that is charged after the use: what for, how much, with which tax.
///
/// It is the same for the whole facility and for each part of it: of a space whose list is a part of its
/// facility's, no part is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AfterUse {
    pub kind: ChargeKind,
    /// By which staff call it; its kind's where nothing is said. Two of a kind need one each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<ChargeCode>,
    /// What people read; the kind's own words where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Bilingual>,
    pub amount: ChargeAmount,
    /// The kind's where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<ChargeTax>,
}

impl AfterUse {
    #[must_use]
    pub fn code(&self) -> &str {
        self.code.as_ref().map_or_else(|| self.kind.code(), ChargeCode::as_str)
    }

    #[must_use]
    pub fn tax(&self) -> ChargeTax {
        self.tax.unwrap_or_else(|| self.kind.tax())
    }
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChargeKind {
    LostKey,
    /// A door or a window was left open.
    Unlocked,
    NotCleaned,
    /// Somebody was called out.
    Alarm,
    /// Used beyond the time that was booked.
    Overtime,
    /// Booked, and nobody came.
    NoShow,
    /// It has a name of its own.
    Other,
}

impl ChargeKind {
    pub const ALL: [Self; 7] = [
        Self::LostKey,
        Self::Unlocked,
        Self::NotCleaned,
        Self::Alarm,
        Self::Overtime,
        Self::NoShow,
        Self::Other,
    ];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::LostKey => "lost_key",
            Self::Unlocked => "unlocked",
            Self::NotCleaned => "not_cleaned",
            Self::Alarm => "alarm",
            Self::Overtime => "overtime",
            Self::NoShow => "no_show",
            Self::Other => "other",
        }
    }

    /// How it is taxed unless a list says otherwise.
    ///
    /// Compensation for damage and trouble is no sale, also where its amount is agreed beforehand (Verohallinto
    /// A122/200/2015; EU court C-277/05). More time is more of the same use. Who doesn't come pays for the premises that
    /// were kept (Skatteverket 131 754656-13/111; EU court C-250/14).
    #[must_use]
    pub const fn tax(self) -> ChargeTax {
        match self {
            Self::Overtime | Self::NoShow => ChargeTax::Use,
            Self::LostKey | Self::Unlocked | Self::NotCleaned | Self::Alarm | Self::Other => {
                ChargeTax::Outside
            }
        }
    }
}

/// The text names no kind, or no tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown word")]
pub struct UnknownChargeWord;

impl FromStr for ChargeKind {
    type Err = UnknownChargeWord;

    fn from_str(code: &str) -> Result<Self, UnknownChargeWord> {
        Self::ALL.into_iter().find(|kind| kind.code() == code).ok_or(UnknownChargeWord)
    }
}

/// What a charge is to the tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChargeTax {
    /// As the use of the premises on its day.
    Use,
    /// Compensation: no sale, and no tax.
    Outside,
}

impl ChargeTax {
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Use => "use",
            Self::Outside => "outside",
        }
    }
}

impl FromStr for ChargeTax {
    type Err = UnknownChargeWord;

    fn from_str(code: &str) -> Result<Self, UnknownChargeWord> {
        [Self::Use, Self::Outside].into_iter().find(|tax| tax.code() == code).ok_or(UnknownChargeWord)
    }
}

/// How much: `{"fixed": {"EUR": "50.00"}}`, `{"per_hour": {"EUR": "95.00"}}`, `{"price_percent": 100}`,
/// `{"cost_up_to": {"EUR": "800.00"}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChargeAmount {
    Fixed(Amounts),
    /// For each quarter of an hour begun.
    PerQuarter(Amounts),
    /// For each hour begun.
    PerHour(Amounts),
    /// Of the booking's price: 100 is once more.
    PricePercent(u32),
    /// What it has cost the town, which staff say, and no more than this.
    CostUpTo(Amounts),
}

impl ChargeAmount {
    #[must_use]
    pub const fn amounts(&self) -> Option<&Amounts> {
        match self {
            Self::Fixed(amounts)
            | Self::PerQuarter(amounts)
            | Self::PerHour(amounts)
            | Self::CostUpTo(amounts) => Some(amounts),
            Self::PricePercent(_) => None,
        }
    }
}

/// By which staff call what they charge: small letters, digits, hyphens and underscores, at most 40.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ChargeCode(String);

/// The text isn't made of those letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a code like changing_room")]
pub struct NotAChargeCode;

impl ChargeCode {
    const LETTERS_MAX: usize = 40;

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ChargeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ChargeCode {
    type Error = NotAChargeCode;

    fn try_from(code: String) -> Result<Self, NotAChargeCode> {
        let letter =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
        let fits = (1..=Self::LETTERS_MAX).contains(&code.len()) && code.bytes().all(letter);
        if fits { Ok(Self(code)) } else { Err(NotAChargeCode) }
    }
}

impl From<ChargeCode> for String {
    fn from(code: ChargeCode) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back_from_their_codes() {
        assert!(ChargeKind::ALL.into_iter().all(|kind| kind.code().parse() == Ok(kind)));
        assert!([ChargeTax::Use, ChargeTax::Outside].into_iter().all(|tax| tax.code().parse() == Ok(tax)));
        assert_eq!("broken".parse::<ChargeKind>(), Err(UnknownChargeWord));
    }

    #[test]
    fn an_entry_is_read_strictly() {
        let read = |text: &str| serde_json::from_str::<AfterUse>(text).ok();
        let key = read(r#"{"kind":"lost_key","amount":{"fixed":{"EUR":"50","SEK":"500"}}}"#).expect("a key");
        assert_eq!((key.code(), key.tax()), ("lost_key", ChargeTax::Outside));
        let room =
            r#"{"kind":"not_cleaned","code":"changing_room","amount":{"price_percent":100},"tax":"use"}"#;
        let room = read(room).expect("a room");
        assert_eq!((room.code(), room.tax()), ("changing_room", ChargeTax::Use));
        for text in [
            r#"{"kind":"lost_key"}"#,
            r#"{"kind":"lost_key","amount":{"free":{}}}"#,
            r#"{"kind":"lost_key","code":"Ny","amount":{"fixed":{"EUR":"50"}}}"#,
            r#"{"kind":"lost_key","amount":{"fixed":{"EUR":"-50"}}}"#,
            r#"{"kind":"lost_key","amount":{"fixed":{"EUR":"50"}},"colour":"red"}"#,
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
