//! `vayla deposit`.

use std::process::ExitCode;

use vayla_domain::money::Money;
use vayla_server::{cli::NewRefund, config::Config};
use vayla_services::{
    Services,
    deposit::{self, return_by_staff},
    payment::StaffRefundError,
    staff::Staff,
};

use super::{Failure, NO_LINKS, booking_named, open_services, reason, say, wrong_use};

pub async fn run(config: &Config, asked: NewRefund) -> Result<ExitCode, Failure> {
    // Its letter has a link.
    let services = open_services(config, config.base_url.as_deref().unwrap_or(NO_LINKS)).await?;
    give_back(&services, asked).await?;
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn give_back(services: &Services, asked: NewRefund) -> Result<(), Failure> {
    let booking = booking_named(services, &asked.booking).await?;
    let (reference, reason) = (&booking.reference, reason(asked.reason_sv, asked.reason_fi)?);
    let held = deposit::of_booking(&services.db, booking.id).await?;
    let currency = held.map_or(booking.total.currency, |held| held.taken.currency);
    let part = asked.amount.map(|amount| Money::parse(&amount, currency)).transpose().map_err(wrong_use)?;
    let done = return_by_staff(services, &Staff::operator(), booking.id, part, &reason).await;
    let done = done.map_err(|error| match error {
        StaffRefundError::Amount { .. } => wrong_use(error),
        other => other.into(),
    })?;
    for amount in &done.refunds {
        say(&format!("{reference}: {} {} goes back", amount.wire(), amount.currency));
    }
    say(&format!("{reference}: {} {} is held", done.left.wire(), done.left.currency));
    Ok(())
}
