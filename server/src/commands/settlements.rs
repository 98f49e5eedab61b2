//! `vayla settlements`.

use std::process::ExitCode;

use chrono::NaiveDate;
use vayla_server::config::Config;
use vayla_services::{
    payment::settlement::{FetchError, fetch as fetch_settlements},
    staff::Staff,
};

use super::{Failure, open_with_providers, say, wrong_use};

pub async fn fetch(
    config: &Config,
    town: &str,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<ExitCode, Failure> {
    let base_url = config.base_url.as_ref();
    let base_url = base_url.ok_or_else(|| wrong_use("VAYLA_BASE_URL isn't set: the reports come there"))?;
    let services = open_with_providers(config, base_url).await?;
    let catalogue = services.catalogue();
    let known = catalogue.municipality(town).ok_or_else(|| wrong_use(format!("no such town: {town}")))?;
    let fetched = fetch_settlements(&services, &Staff::operator(), known, first, last).await;
    let (settlements, asked) = fetched.map_err(|error| match error {
        FetchError::Days => wrong_use(error),
        other => Failure::from(other),
    })?;
    say(&format!("{town}: {settlements} settlements, {asked} reports asked for"));
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}
