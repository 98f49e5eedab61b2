//! `vayla seed`.

use std::process::ExitCode;

use vayla_server::config::Config;
use vayla_services::catalogue;

use super::{Failure, NO_LINKS, open_services, say};

pub async fn seed(config: &Config, demo: bool) -> Result<ExitCode, Failure> {
    let services = open_services(config, NO_LINKS).await?;
    let booked = catalogue::seed(&services, demo).await?;
    let places = services.catalogue().facilities.len();
    say(&format!("{places} facilities, {booked} new demo bookings"));
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}
