//! `vayla refunds`.

use std::process::ExitCode;

use chrono::SecondsFormat;
use uuid::Uuid;
use vayla_server::{cli::RefundsAct, config::Config};
use vayla_services::{
    Services,
    payment::{RefundFound, RefundState, refunds_for_staff, repaid, repay_again},
    staff::Staff,
};

use super::{Failure, NO_LINKS, STRETCH, open_services, say, say_all};

pub async fn run(config: &Config, act: RefundsAct) -> Result<ExitCode, Failure> {
    let (services, staff) = (open_services(config, NO_LINKS).await?, Staff::operator());
    match act {
        RefundsAct::List { state } => list(&services, state).await?,
        RefundsAct::Retry { id } => {
            repay_again(&services, &staff, id).await?;
            say(&format!("{id}: the provider is asked again"));
        }
        RefundsAct::Done { id } => {
            repaid(&services, &staff, id).await?;
            say(&format!("{id}: it has gone back"));
        }
    }
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn list(services: &Services, state: Option<RefundState>) -> Result<(), Failure> {
    let staff = Staff::operator();
    let read =
        async |after: Option<Uuid>| Ok(refunds_for_staff(services, &staff, state, after, STRETCH).await?);
    say_all(read, |found: &RefundFound| found.id, line).await
}

/// In columns that a program can cut at the tabs.
fn line(found: &RefundFound) -> String {
    [
        found.id.to_string(),
        found.reference.clone(),
        found.collector.clone(),
        found.provider.clone(),
        found.amount.wire(),
        found.amount.currency.to_string(),
        found.reason.clone(),
        found.created_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        found.state.code().to_owned(),
        found.problem.clone().unwrap_or_default(),
    ]
    .join("\t")
}
