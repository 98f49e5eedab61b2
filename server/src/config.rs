//! Configuration: environment variables with defaults that work.

use std::{path::PathBuf, time::Instant};

use chrono::{DateTime, TimeDelta, Utc};
use clap::Args;
use vayla_services::Clock;

use crate::providers;

#[derive(Debug, Clone, Args)]
pub struct Config {
    /// Address to listen at; port 0 takes a free one.
    #[arg(long, env = "VAYLA_LISTEN", default_value = "127.0.0.1:3000", global = true)]
    pub listen: String,
    /// What links in mails and callbacks begin with [default: http://localhost:PORT].
    #[arg(long, env = "VAYLA_BASE_URL", global = true, value_parser = web_address)]
    pub base_url: Option<String>,
    /// sqlite:FILE or postgres://…
    #[arg(
        long,
        env = "VAYLA_DATABASE_URL",
        default_value = "sqlite:var/vayla.db",
        global = true,
        hide_env_values = true
    )]
    pub database_url: String,
    /// smtp://… or smtps://…; without it letters are files under var/mail/.
    #[arg(long, env = "VAYLA_SMTP_URL", global = true, hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// The sender of letters.
    #[arg(long, env = "VAYLA_MAIL_FROM", default_value = "vayla@localhost", global = true)]
    pub mail_from: String,
    /// Where letters are put without a mail server.
    #[arg(long, env = "VAYLA_MAIL_FOLDER", default_value = "var/mail", global = true)]
    pub mail_folder: PathBuf,
    /// The key that signs links; made at the first start.
    #[arg(long, env = "VAYLA_SECRET_FILE", default_value = "var/secret", global = true)]
    pub secret_file: PathBuf,
    /// An instant to start the clock at, for demonstrations: each page says so. Example: 2026-11-23T10:00:00Z
    #[arg(long, env = "VAYLA_CLOCK", global = true)]
    pub clock: Option<DateTime<Utc>>,
    /// Where the European Central Bank's files lie: the server fetches each day's rates. Without it, none
    /// are fetched. Example: https://www.ecb.europa.eu/stats/eurofxref
    #[arg(long, env = "VAYLA_RATES_URL", global = true)]
    pub rates_url: Option<String>,
    /// What to log: error, warn, info, debug, or a filter such as info,sqlx=debug.
    #[arg(long, env = "VAYLA_LOG", default_value = "info", global = true)]
    pub log: String,
}

const KNOWN: [&str; 10] = [
    "VAYLA_LISTEN",
    "VAYLA_BASE_URL",
    "VAYLA_DATABASE_URL",
    "VAYLA_SMTP_URL",
    "VAYLA_MAIL_FROM",
    "VAYLA_MAIL_FOLDER",
    "VAYLA_SECRET_FILE",
    "VAYLA_CLOCK",
    "VAYLA_RATES_URL",
    "VAYLA_LOG",
];
/// Names that the build and the tests use.
const NOT_OURS: [&str; 2] = ["VAYLA_TEST_", "VAYLA_UNUSED_MESSAGES"];

/// A setting with a slip of the pen in its name would silently do nothing.
#[must_use]
pub fn unknown_settings(names: impl Iterator<Item = String>) -> Vec<String> {
    let unknown = |name: &String| {
        name.starts_with("VAYLA_")
            && !KNOWN.contains(&name.as_str())
            && !providers::is_setting(name)
            && !NOT_OURS.iter().any(|other| name.starts_with(other))
    };
    names.filter(unknown).collect()
}

fn web_address(url: &str) -> Result<String, String> {
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"));
    match rest {
        Some(host) if !host.is_empty() && !host.starts_with('/') => Ok(url.trim_end_matches('/').to_owned()),
        _ => Err("it must begin with http:// or https:// and a host".to_owned()),
    }
}

impl Config {
    /// The system's clock, or one that began at the given instant when the process did.
    #[must_use]
    pub fn clock(&self) -> Clock {
        match self.clock {
            None => system_clock(),
            Some(start) => {
                let began = Instant::now();
                Clock::new(move || start + TimeDelta::from_std(began.elapsed()).unwrap_or_default())
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the system for the time")]
fn system_clock() -> Clock {
    Clock::new(Utc::now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_setting_is_noticed() {
        let names = ["VAYLA_LISTEN", "VAYLA_LISTENS", "PATH", "VAYLA_TEST_POSTGRES"].map(str::to_owned);
        assert_eq!(unknown_settings(names.into_iter()), ["VAYLA_LISTENS"]);
    }

    #[test]
    fn an_address_without_a_scheme_is_refused() {
        assert!(web_address("localhost:3000").is_err());
        assert_eq!(web_address("https://vayla.example/"), Ok("https://vayla.example".to_owned()));
    }
}
