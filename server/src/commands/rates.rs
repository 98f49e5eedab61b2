//! `vayla rates`.

use std::{fs, path::Path, process::ExitCode};

use vayla_server::{cli::Rates, config::Config};
use vayla_services::rate::{self, Bank, Fetched};

use super::{Failure, NO_LINKS, open_services, say, wrong_use};

pub async fn run(config: &Config, act: Rates) -> Result<ExitCode, Failure> {
    match act {
        Rates::Import { file } => import(config, &file).await?,
        Rates::Fetch => fetch(config).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Where rates are fetched from, where that is set.
pub fn bank(config: &Config) -> Result<Option<Bank>, Failure> {
    let bank = config.rates_url.as_deref().map(Bank::new).transpose();
    bank.map_err(|error| wrong_use(format!("VAYLA_RATES_URL: {error}")))
}

async fn import(config: &Config, file: &Path) -> Result<(), Failure> {
    let text = fs::read_to_string(file).map_err(|error| wrong_use(format!("{}: {error}", file.display())))?;
    let services = open_services(config, NO_LINKS).await?;
    let imported = rate::import(&services, &text).await?;
    say(&format!("{} rates read, {} new, the latest of {}", imported.read, imported.new, imported.latest));
    Ok(())
}

async fn fetch(config: &Config) -> Result<(), Failure> {
    let bank = bank(config)?.ok_or_else(|| wrong_use("VAYLA_RATES_URL isn't set: where are the rates?"))?;
    let services = open_services(config, NO_LINKS).await?;
    match rate::fetch_now(&services, &bank).await? {
        Fetched::New { latest, new } => say(&format!("{new} new rates, the latest of {latest}")),
        Fetched::NotDue | Fetched::Unchanged => say("nothing new"),
    }
    Ok(())
}
