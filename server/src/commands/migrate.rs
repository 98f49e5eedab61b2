//! `vayla migrate`.

use std::process::ExitCode;

use vayla_server::config::Config;

use super::{Failure, open_db};

pub async fn migrate(config: &Config) -> Result<ExitCode, Failure> {
    open_db(config).await.map(|_| ExitCode::SUCCESS)
}
