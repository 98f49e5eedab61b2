//! `vayla ledger`.

use std::process::ExitCode;

use vayla_server::config::Config;
use vayla_services::ledger;

use super::{Failure, open_db, say, say_error};

pub async fn check(config: &Config) -> Result<ExitCode, Failure> {
    let findings = ledger::check(&open_db(config).await?).await?;
    for finding in &findings {
        say_error(&format!("{}: {}", finding.place, finding.rule));
    }
    say(if findings.is_empty() { "the books are right" } else { "the books are wrong" });
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
