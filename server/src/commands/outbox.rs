//! `vayla outbox`.

use std::process::ExitCode;

use uuid::Uuid;
use vayla_server::{cli::OutboxAct, config::Config};
use vayla_services::{
    Services,
    outbox::{self, DeadMessage},
    staff::Staff,
};

use super::{Failure, NO_LINKS, STRETCH, open_services, say, say_all};

pub async fn run(config: &Config, act: OutboxAct) -> Result<ExitCode, Failure> {
    let services = open_services(config, NO_LINKS).await?;
    match act {
        OutboxAct::List => list(&services).await?,
        OutboxAct::Retry { id } => {
            outbox::retry(&services, &Staff::operator(), id).await?;
            say(&format!("{id}: it is tried again"));
        }
    }
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn list(services: &Services) -> Result<(), Failure> {
    let staff = Staff::operator();
    let read = async |after: Option<Uuid>| Ok(outbox::dead(services, &staff, after, STRETCH).await?);
    say_all(read, |message: &DeadMessage| message.id, line).await
}

/// In columns that a program can cut at the tabs.
fn line(message: &DeadMessage) -> String {
    let told = [&message.to_address, &message.subject, &message.last_error];
    let told = told.map(|text| text.clone().unwrap_or_default());
    let columns = [message.id.to_string(), message.kind.clone(), message.attempts.to_string()];
    [&columns[..], &told].concat().join("\t")
}
