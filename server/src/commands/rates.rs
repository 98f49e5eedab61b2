//! `vayla rates`.

use std::{fs, path::Path, process::ExitCode};

use vayla_server::config::Config;
use vayla_services::rate;

use super::{Failure, NO_LINKS, open_services, say, wrong_use};

pub async fn import(config: &Config, file: &Path) -> Result<ExitCode, Failure> {
    let text = fs::read_to_string(file).map_err(|error| wrong_use(format!("{}: {error}", file.display())))?;
    let services = open_services(config, NO_LINKS).await?;
    let imported = rate::import(&services, &text).await?;
    say(&format!("{} rates read, {} new, the latest of {}", imported.read, imported.new, imported.latest));
    Ok(ExitCode::SUCCESS)
}
