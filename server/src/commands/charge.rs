//! `vayla charge`, `vayla charges` and `vayla credit`.

use std::process::ExitCode;

use vayla_domain::money::{Money, Told};
use vayla_server::{
    cli::{ChargeGone, NewCharge},
    config::Config,
};
use vayla_services::{
    booking::Booking,
    charge::{self, Charging, MakeError, UseCharge},
    staff::Staff,
};

use super::{Failure, NO_LINKS, booking_named, open_services, reason, say, wrong_use};

pub async fn charge(config: &Config, asked: NewCharge) -> Result<ExitCode, Failure> {
    // Its letter has a link.
    let services = open_services(config, config.base_url.as_deref().unwrap_or(NO_LINKS)).await?;
    let booking = booking_named(&services, &asked.booking).await?;
    let cost = asked.cost.map(|cost| Money::parse(&cost, booking.total.currency));
    let told = Told { minutes: asked.minutes, cost: cost.transpose().map_err(wrong_use)? };
    let reason = reason(asked.reason_sv, asked.reason_fi)?;
    let charging = Charging { code: &asked.kind, told, reason: &reason };
    let made = charge::make(&services, &Staff::operator(), booking.id, charging).await;
    let (booking, charge) = made.map_err(|error| match error {
        MakeError::NotListed(_) | MakeError::Reckon(_) => wrong_use(error),
        other => other.into(),
    })?;
    say(&line(&booking, &charge, false));
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}

pub async fn list(config: &Config, booking: &str) -> Result<ExitCode, Failure> {
    let services = open_services(config, NO_LINKS).await?;
    let booking = booking_named(&services, booking).await?;
    charge::of_booking_for_staff(&services, &Staff::operator(), booking.id).await?;
    for (charge, paid) in charge::with_paid(&services.db, booking.id).await? {
        say(&line(&booking, &charge, paid));
    }
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}

pub async fn credit(config: &Config, asked: ChargeGone) -> Result<ExitCode, Failure> {
    let services = open_services(config, config.base_url.as_deref().unwrap_or(NO_LINKS)).await?;
    let booking = booking_named(&services, &asked.booking).await?;
    let reason = reason(asked.reason_sv, asked.reason_fi)?;
    let known = charge::find(&services.db, booking.id, asked.number).await?;
    let known = known.ok_or_else(|| wrong_use(format!("{}: no such charge", asked.number)))?;
    let (booking, charge) = charge::take_back(&services, &Staff::operator(), known.id, &reason).await?;
    say(&line(&booking, &charge, false));
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// In columns that a program can cut at the tabs.
fn line(booking: &Booking, charge: &UseCharge, paid: bool) -> String {
    [
        booking.reference.clone(),
        charge.number.to_string(),
        charge.entry.code().to_owned(),
        charge.gross.wire(),
        charge.gross.currency.to_string(),
        charge.status(paid).to_owned(),
    ]
    .join("\t")
}
