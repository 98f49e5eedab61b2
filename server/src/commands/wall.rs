//! Times as staff type them: by the clock on the facility's wall.

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;
use vayla_domain::time::{Resolved, resolve};

use super::{Failure, wrong_use};

/// `2026-12-03T08:00`, or with an offset where the wall shows a time twice.
pub fn read(text: &str, zone: Tz) -> Result<DateTime<Utc>, Failure> {
    if let Ok(exact) = DateTime::parse_from_rfc3339(text) {
        return Ok(exact.to_utc());
    }
    let wall = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
        .map_err(|_| wrong_use(format!("{text}: not a time like 2026-12-03T08:00")))?;
    match resolve(wall, zone) {
        Resolved::Once(at) => Ok(at),
        Resolved::Missing => Err(wrong_use(format!("{text}: the clock is set forward over it"))),
        Resolved::Twice(first, second) => {
            let [first, second] = [first, second].map(|at| at.with_timezone(&zone).to_rfc3339());
            Err(wrong_use(format!("{text}: it comes twice, write {first} or {second}")))
        }
    }
}

/// The same for reading.
pub fn write(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%Y-%m-%dT%H:%M%:z").to_string()
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Helsinki;

    use super::*;

    #[test]
    fn a_time_is_that_of_the_wall_and_never_guessed() {
        let check = |text: &str, expected: Result<&str, &str>| {
            let done = read(text, Helsinki).map(|at| at.to_rfc3339()).map_err(|Failure(_, message)| message);
            match (done, expected) {
                (Ok(at), Ok(expected)) => assert_eq!(at, expected, "{text}"),
                (Err(message), Err(expected)) => assert!(message.contains(expected), "{message}"),
                (done, _) => panic!("{text}: {done:?}"),
            }
        };
        check("2026-12-03T08:00", Ok("2026-12-03T06:00:00+00:00"));
        check("2027-10-31T03:30+02:00", Err("not a time"));
        check("2027-10-31T03:30:00+02:00", Ok("2027-10-31T01:30:00+00:00"));
        check("2027-03-28T03:30", Err("set forward"));
        check("2027-10-31T03:30", Err("2027-10-31T03:30:00+03:00 or 2027-10-31T03:30:00+02:00"));
        check("3 december", Err("not a time"));
    }
}
