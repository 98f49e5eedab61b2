//! Instants and days on the wire.

use std::str::FromStr;

use chrono::{
    DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, Offset, SecondsFormat, TimeZone, Utc,
};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};
use vayla_domain::time::{Resolved, resolve};
use vayla_locales::{format, words};

use super::problem::{FieldProblem, Problem};

/// A moment with the facility's offset at that moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ToSchema)]
#[schema(value_type = String, format = DateTime, example = "2027-03-28T04:00:00+03:00")]
pub struct Instant(DateTime<FixedOffset>);

impl Instant {
    pub fn new(at: DateTime<Utc>, zone: Tz) -> Self {
        let offset = zone.offset_from_utc_datetime(&at.naive_utc()).fix();
        Self(at.with_timezone(&offset))
    }

    fn text(self) -> String {
        self.0.to_rfc3339_opts(SecondsFormat::Secs, true)
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

/// A moment as asked for: with any offset, or as the facility's wall clock shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    At(DateTime<Utc>),
    OnTheWall(NaiveDateTime),
    /// Written as one, but no calendar has it: 30 February.
    Never,
}

impl PartialSchema for When {
    fn schema() -> RefOr<Schema> {
        let pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?\
            (Z|[+-][0-9]{2}:[0-9]{2})?$";
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("With any offset, or without one: as the facility's wall clock shows it"))
            .pattern(Some(pattern))
            .examples(["2027-03-29T18:00:00+03:00", "2027-03-29T18:00"])
            .into()
    }
}

impl ToSchema for When {}

/// The text is neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date and time")]
pub struct NotAMoment;

impl FromStr for When {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        let (local, offset) = parts(text).ok_or(NotAMoment)?;
        let whole = if local.len() == MINUTE.len() { format!("{local}:00") } else { local.to_owned() };
        Ok(if offset.is_empty() {
            NaiveDateTime::parse_from_str(&whole, "%Y-%m-%dT%H:%M:%S%.f").map_or(Self::Never, Self::OnTheWall)
        } else {
            let at = DateTime::parse_from_rfc3339(&format!("{whole}{offset}"));
            at.map_or(Self::Never, |at| Self::At(at.to_utc()))
        })
    }
}

const MINUTE: &str = "0000-00-00T00:00";

/// The local date and time, and the offset, where the text is written as the schema's pattern says.
fn parts(text: &str) -> Option<(&str, &str)> {
    let after_minute = text.get(MINUTE.len()..).filter(|_| has_shape(text, MINUTE))?;
    let (seconds, offset) =
        after_minute.split_at(after_minute.find(['Z', '+', '-']).unwrap_or(after_minute.len()));
    let digits =
        |digits: &str| (1..=9).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
    let seconds_fit = match seconds.split_once('.') {
        None => seconds.is_empty() || is_shaped(seconds, ":00"),
        Some((whole, fraction)) => is_shaped(whole, ":00") && digits(fraction),
    };
    let offset_fits = matches!(offset, "" | "Z") || is_shaped(&offset[1..], "00:00");
    (seconds_fit && offset_fits).then(|| (&text[..text.len() - offset.len()], offset))
}

fn is_shaped(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len() && has_shape(text, pattern)
}

/// Whether the text begins like the pattern, where 0 stands for any digit.
fn has_shape(text: &str, pattern: &str) -> bool {
    let fits = |(byte, like): (u8, u8)| if like == b'0' { byte.is_ascii_digit() } else { byte == like };
    text.is_ascii() && text.len() >= pattern.len() && text.bytes().zip(pattern.bytes()).all(fits)
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl When {
    /// The moment it means at a facility; never guessed.
    pub fn at(self, zone: Tz, field: &'static str) -> Result<DateTime<Utc>, Problem> {
        let wall = match self {
            Self::At(at) => return Ok(at),
            Self::OnTheWall(wall) => wall,
            Self::Never => return Err(invalid(field)),
        };
        let time = wall.time();
        match resolve(wall, zone) {
            Resolved::Once(at) => Ok(at),
            Resolved::Missing => Err(Problem::refused("nonexistent_time", field, move |language| {
                words(language).problem_nonexistent_time(format::time(language, time))
            })),
            Resolved::Twice(first, second) => {
                let which = [first, second].map(|at| Instant::new(at, zone).text());
                let hint = FieldProblem::new(field, "ambiguous_time", move |language| {
                    words(language).problem_ambiguous_time_offset(&which[0], &which[1])
                });
                Err(Problem::refused("ambiguous_time", field, move |language| {
                    words(language).problem_ambiguous_time(format::time(language, time))
                })
                .with_errors(vec![hint]))
            }
        }
    }
}

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, format = Date, example = "2027-03-28")]
pub struct Day(NaiveDate);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let exact = is_shaped(&text, "0000-00-00");
        let date = text.parse().ok().filter(|_| exact).ok_or(NotAMoment).map_err(de::Error::custom)?;
        Ok(Self(date))
    }
}

impl Day {
    /// The date, within the years that calendars and zones are worked out for.
    pub fn date(self, field: &'static str) -> Result<NaiveDate, Problem> {
        if (1900..2200).contains(&self.0.year()) {
            return Ok(self.0);
        }
        Err(invalid(field))
    }
}

fn invalid(field: &'static str) -> Problem {
    Problem::refused("invalid", field, move |language| words(language).problem_field_invalid(field))
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Helsinki;

    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn instants_carry_the_offset_of_their_moment() {
        let check = |at, expected: &str| assert_eq!(Instant::new(utc(at), Helsinki).text(), expected);
        check("2027-03-28T00:59:00Z", "2027-03-28T02:59:00+02:00");
        check("2027-03-28T01:00:00Z", "2027-03-28T04:00:00+03:00");
    }

    #[test]
    fn any_offset_or_none_is_read() {
        let check = |text: &str, expected| assert_eq!(text.parse::<When>(), expected, "{text}");
        let at = Ok(When::At(utc("2027-03-29T15:00:00Z")));
        check("2027-03-29T18:00:00+03:00", at);
        check("2027-03-29T15:00Z", at);
        check("2027-03-29T17:00:00.000+02:00", at);
        let wall = NaiveDate::from_ymd_opt(2027, 3, 29).and_then(|date| date.and_hms_opt(18, 0, 0));
        check("2027-03-29T18:00", Ok(When::OnTheWall(wall.expect("a time"))));
        for text in [
            "",
            "2027-03-29",
            "2027-03-29 18:00",
            "2027-3-29T18:00",
            "2027-03-29T18:00:",
            "2027-03-29T18:00+03",
        ] {
            check(text, Err(NotAMoment));
        }
        check("2027-02-30T18:00", Ok(When::Never));
        check("2027-03-29T18:00:00.5+99:00", Ok(When::Never));
        check("2027-03-29T18:00z", Err(NotAMoment));
        check("2027-03-29T18:00:0é", Err(NotAMoment));
    }

    #[test]
    fn a_missing_or_doubled_hour_is_not_guessed() {
        let read = |text: &str| text.parse::<When>().expect("a moment").at(Helsinki, "start");
        assert_eq!(read("2027-03-28T03:30").expect_err("missing").code, "nonexistent_time");
        assert_eq!(read("2027-10-31T03:30").expect_err("doubled").code, "ambiguous_time");
        assert_eq!(read("2027-10-31T03:30:00+02:00").ok(), Some(utc("2027-10-31T01:30:00Z")));
        assert_eq!(read("2027-03-28T04:00").ok(), Some(utc("2027-03-28T01:00:00Z")));
    }
}
