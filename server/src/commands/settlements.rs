//! `vayla settlements`.

use std::process::ExitCode;

use chrono::NaiveDate;
use vayla_domain::money::Money;
use vayla_server::config::Config;
use vayla_services::{
    payment::settlement::{
        self, FetchError, PaidOut, PaidOutError, Settled, fetch as fetch_settlements, note_paid_out,
    },
    staff::Staff,
};

use super::{
    Failure, NO_LINKS, STRETCH, amount, open_services, open_with_providers, say, say_all, town_named,
    wrong_use,
};

pub async fn fetch(
    config: &Config,
    town: &str,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<ExitCode, Failure> {
    let base_url = config.base_url.as_ref();
    let base_url = base_url.ok_or_else(|| wrong_use("VAYLA_BASE_URL isn't set: the reports come there"))?;
    let services = open_with_providers(config, base_url).await?;
    let known = town_named(&services, town)?;
    let fetched = fetch_settlements(&services, &Staff::operator(), &known, first, last).await;
    let (settlements, asked) = fetched.map_err(|error| match error {
        FetchError::Days => wrong_use(error),
        other => Failure::from(other),
    })?;
    say(&format!("{town}: {settlements} settlements, {asked} reports asked for"));
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}

pub async fn list(config: &Config) -> Result<ExitCode, Failure> {
    let (services, staff) = (open_services(config, NO_LINKS).await?, Staff::operator());
    let read = async |after: Option<String>| {
        Ok(settlement::list(&services, &staff, after.as_deref(), STRETCH).await?)
    };
    say_all(read, Settled::place, line).await?;
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// In columns that a program can cut at the tabs: its place, what stands on the bank's line, the day, what was paid and
/// what the provider kept of it, and how many lines of the report were unlike; the last three once that has come.
fn line(settled: &Settled) -> String {
    let (paid, kept) = settled.amounts.unzip();
    [
        settled.place(),
        settled.bank_reference.clone(),
        settled.settled_on.to_string(),
        paid.map(amount).unwrap_or_default(),
        kept.map(amount).unwrap_or_default(),
        settled.unlike.map(|lines| lines.to_string()).unwrap_or_default(),
    ]
    .join("\t")
}

pub async fn paid_out(
    config: &Config,
    town: &str,
    (provider, key, booked_on): (String, String, NaiveDate),
    (paid, fee): (&str, &str),
) -> Result<ExitCode, Failure> {
    let services = open_with_providers(config, NO_LINKS).await?;
    let known = town_named(&services, town)?;
    let read = |text: &str| Money::parse(text, known.currency).map_err(wrong_use);
    let payout = PaidOut { provider, key, booked_on, amount: read(paid)?, fee: read(fee)? };
    let noted = note_paid_out(&services, &Staff::operator(), town, &payout).await;
    let noted = noted.map_err(|error| match error {
        PaidOutError::Look(_) | PaidOutError::Mismatch => Failure::from(error),
        other => wrong_use(other),
    })?;
    say(&line(&noted));
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}
