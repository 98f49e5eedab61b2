//! `vayla ledger`.

use std::{
    fs,
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

use chrono::{DateTime, SubsecRound, Utc};
use vayla_domain::ledger::ChartAccount;
use vayla_server::{
    api::TrialBalance,
    cli::{ChartAct, ExportFormat, Ledger},
    config::Config,
};
use vayla_services::{
    ledger::{self, BalanceError, ChartError, ExportError, Period},
    staff::Staff,
};

use super::{Failure, NO_LINKS, open_db, open_services, say, say_error, say_json, wrong_use};

pub async fn run(config: &Config, act: Ledger) -> Result<ExitCode, Failure> {
    match act {
        Ledger::Check => return check(config).await,
        Ledger::Balance { at } => balance(config, at).await?,
        Ledger::Export { format: ExportFormat::Beancount, from, to } => {
            export(config, Period { from, to }).await?;
        }
        Ledger::Chart(ChartAct::Show { town }) => show_chart(config, &town).await?,
        Ledger::Chart(ChartAct::Set { town, file }) => set_chart(config, &town, &file).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn check(config: &Config) -> Result<ExitCode, Failure> {
    let findings = ledger::check(&open_db(config).await?).await?;
    for finding in &findings {
        say_error(&format!("{}: {}", finding.place, finding.rule));
    }
    say(if findings.is_empty() { "the books are right" } else { "the books are wrong" });
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

async fn balance(config: &Config, at: Option<DateTime<Utc>>) -> Result<(), Failure> {
    let services = open_services(config, NO_LINKS).await?;
    let at = at.unwrap_or_else(|| services.clock.now().trunc_subsecs(0));
    let balance = ledger::trial_balance(&services, &Staff::operator(), at).await;
    let balance = balance.map_err(|error| match error {
        BalanceError::Future => wrong_use(format!("{at}: {error}")),
        other => Failure::from(other),
    })?;
    say_json(&TrialBalance::new(&balance, chrono_tz::UTC))
}

async fn export(config: &Config, period: Period) -> Result<(), Failure> {
    let services = open_services(config, NO_LINKS).await?;
    let export = ledger::beancount(&services, &Staff::operator(), period).await;
    let mut export = export.map_err(|error| match error {
        ExportError::Backwards => wrong_use(error),
        other => Failure::from(other),
    })?;
    let mut out = io::stdout().lock();
    while let Some(text) = export.next().await? {
        out.write_all(text.as_bytes())?;
    }
    Ok(())
}

async fn show_chart(config: &Config, town: &str) -> Result<(), Failure> {
    let services = open_services(config, NO_LINKS).await?;
    let chart = ledger::chart_for_staff(&services, &Staff::operator(), town).await;
    say_json(&chart.map_err(|error| chart_failure(town, error))?)
}

async fn set_chart(config: &Config, town: &str, file: &Path) -> Result<(), Failure> {
    let wrong = |error: &dyn std::fmt::Display| wrong_use(format!("{}: {error}", file.display()));
    let text = fs::read_to_string(file).map_err(|error| wrong(&error))?;
    let chart: Vec<ChartAccount> = serde_json::from_str(&text).map_err(|error| wrong(&error))?;
    let services = open_services(config, NO_LINKS).await?;
    let chart = ledger::set_chart(&services, &Staff::operator(), town, chart).await;
    say(&format!("{town}: {} lines", chart.map_err(|error| chart_failure(town, error))?.len()));
    services.db.close().await;
    Ok(())
}

fn chart_failure(town: &str, error: ChartError) -> Failure {
    match error {
        ChartError::Db(error) => Failure::from(error),
        ChartError::Unknown => wrong_use(format!("no such town: {town}")),
        other => wrong_use(other),
    }
}
