//! The two languages, equal in rank.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language that pages, mails and files are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    Sv,
    Fi,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::Sv, Self::Fi];

    /// The BCP 47 code, as in `html[lang]` and in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sv => "sv",
            Self::Fi => "fi",
        }
    }

    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Sv => Self::Fi,
            Self::Fi => Self::Sv,
        }
    }

    /// The first of ours in an `Accept-Language` header, honouring its weights.
    #[must_use]
    pub fn preferred(accept_language: &str) -> Option<Self> {
        let mut wishes: Vec<(u32, Self)> = accept_language
            .split(',')
            .filter_map(|wish| {
                let (tag, weight) = wish.split_once(";q=").unwrap_or((wish, "1"));
                let primary = tag.trim().split('-').next()?.to_ascii_lowercase();
                Some((per_mille(weight)?, primary.parse().ok()?))
            })
            .filter(|(weight, _)| *weight > 0)
            .collect();
        wishes.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        wishes.first().map(|(_, language)| *language)
    }
}

/// A quality value (`0`, `1`, `0.85`) as thousandths.
fn per_mille(weight: &str) -> Option<u32> {
    let (whole, fraction) = weight.trim().split_once('.').unwrap_or((weight.trim(), ""));
    let fraction = format!("{:0<3}", fraction);
    Some(whole.parse::<u32>().ok()?.min(1) * 1000 + fraction.get(..3)?.parse::<u32>().ok()?)
}

/// The text names no language of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown language")]
pub struct UnknownLanguage;

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        match code {
            "sv" => Ok(Self::Sv),
            "fi" => Ok(Self::Fi),
            _ => Err(UnknownLanguage),
        }
    }
}

/// A text that stands in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual {
    pub sv: String,
    pub fi: String,
}

impl Bilingual {
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Sv => &self.sv,
            Language::Fi => &self.fi,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_first_wish_among_ours_wins() {
        let check = |header, expected| assert_eq!(Language::preferred(header), expected, "{header}");
        check("fi-FI,fi;q=0.9,sv;q=0.8", Some(Language::Fi));
        check("en-GB,sv;q=0.7,fi;q=0.85", Some(Language::Fi));
        check("en, sv;q=0.5", Some(Language::Sv));
        check("en,de", None);
        check("fi;q=0", None);
        check("", None);
        check(";q=é,,;;q=.", None);
    }
}
