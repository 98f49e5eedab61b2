//! `vayla breaks`.

use std::{fs, path::Path, process::ExitCode};

use vayla_domain::series::Break;
use vayla_server::config::Config;
use vayla_services::{
    series::{BreaksError, set_breaks},
    staff::Staff,
};

use super::{Failure, NO_LINKS, open_services, say, wrong_use};

pub async fn set(config: &Config, town: &str, file: &Path) -> Result<ExitCode, Failure> {
    let text = fs::read_to_string(file).map_err(|error| wrong_use(format!("{}: {error}", file.display())))?;
    let breaks: Vec<Break> =
        serde_json::from_str(&text).map_err(|error| wrong_use(format!("{}: {error}", file.display())))?;
    let services = open_services(config, NO_LINKS).await?;
    let set = set_breaks(&services, &Staff::operator(), town, breaks).await;
    let breaks = set.map_err(|error| match error {
        BreaksError::Db(error) => Failure::from(error),
        BreaksError::Unknown => wrong_use(format!("no such town: {town}")),
        other => wrong_use(other),
    })?;
    say(&format!("{town}: {} breaks", breaks.len()));
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}
