//! `vayla refund`.

use std::process::ExitCode;

use vayla_domain::{Bilingual, Reason, booking::BookingReference, money::Money};
use vayla_server::{cli::NewRefund, config::Config};
use vayla_services::{
    Services, booking,
    payment::{StaffRefundError, refund_by_staff},
    staff::Staff,
};

use super::{Failure, NO_LINKS, open_services, say, wrong_use};

pub async fn run(config: &Config, asked: NewRefund) -> Result<ExitCode, Failure> {
    // Its letter has a link.
    let services = open_services(config, config.base_url.as_deref().unwrap_or(NO_LINKS)).await?;
    refund(&services, asked).await?;
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn refund(services: &Services, asked: NewRefund) -> Result<(), Failure> {
    let reference: BookingReference = asked.booking.parse().map_err(wrong_use)?;
    let booking = booking::find_by_reference(services, &reference).await?;
    let booking = booking.ok_or_else(|| wrong_use(format!("{reference}: no such booking")))?;
    let reason = Reason::parse(&Bilingual { sv: asked.reason_sv, fi: asked.reason_fi })
        .map_err(|_| wrong_use("a reason has 1 to 500 letters in each language"))?;
    let part = asked.amount.map(|amount| Money::parse(&amount, booking.total.currency));
    let part = part.transpose().map_err(wrong_use)?;
    let done = refund_by_staff(services, &Staff::operator(), booking.id, part, &reason).await;
    let done = done.map_err(|error| match error {
        StaffRefundError::Amount { .. } => wrong_use(error),
        other => other.into(),
    })?;
    for amount in &done.refunds {
        say(&format!("{reference}: {} {} goes back", amount.wire(), amount.currency));
    }
    say(&format!("{reference}: {} {} is left", done.left.wire(), done.left.currency));
    Ok(())
}
