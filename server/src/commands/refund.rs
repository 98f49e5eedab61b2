//! `vayla refund` and `vayla deposit`.

use std::process::ExitCode;

use vayla_domain::money::Money;
use vayla_server::{cli::NewRefund, config::Config};
use vayla_services::{
    Services,
    deposit::{self, return_by_staff},
    payment::{StaffRefundError, refund_by_staff},
    staff::Staff,
};

use super::{Failure, NO_LINKS, booking_named, open_services, reason, say, wrong_use};

/// What goes back.
#[derive(Clone, Copy)]
pub enum Of {
    Price,
    Deposit,
}

pub async fn run(config: &Config, of: Of, asked: NewRefund) -> Result<ExitCode, Failure> {
    // Its letter has a link.
    let services = open_services(config, config.base_url.as_deref().unwrap_or(NO_LINKS)).await?;
    give_back(&services, of, asked).await?;
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn give_back(services: &Services, of: Of, asked: NewRefund) -> Result<(), Failure> {
    let booking = booking_named(services, &asked.booking).await?;
    let (reference, reason) = (&booking.reference, reason(asked.reason_sv, asked.reason_fi)?);
    let currency = match of {
        Of::Price => None,
        Of::Deposit => deposit::of_booking(&services.db, booking.id).await?.map(|held| held.taken.currency),
    };
    let currency = currency.unwrap_or(booking.total.currency);
    let part = asked.amount.map(|amount| Money::parse(&amount, currency)).transpose().map_err(wrong_use)?;
    let staff = Staff::operator();
    let (done, left) = match of {
        Of::Price => (refund_by_staff(services, &staff, booking.id, part, &reason).await, "left"),
        Of::Deposit => (return_by_staff(services, &staff, booking.id, part, &reason).await, "held"),
    };
    let done = done.map_err(|error| match error {
        StaffRefundError::Amount { .. } => wrong_use(error),
        other => other.into(),
    })?;
    for amount in &done.refunds {
        say(&format!("{reference}: {} {} goes back", amount.wire(), amount.currency));
    }
    say(&format!("{reference}: {} {} is {left}", done.left.wire(), done.left.currency));
    Ok(())
}
