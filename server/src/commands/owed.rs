//! `vayla invoice owed`, `match` and `paid-back`: money that the towns owe to payers.

use chrono::NaiveDate;
use vayla_domain::money::{Currency, Money};
use vayla_server::cli::MoneyFrom;
use vayla_services::{
    Services,
    invoice::{self, Owed, OwedError, OwedFrom, SentBack},
    staff::Staff,
};

use super::{Failure, say, wrong_use};

pub async fn list(services: &Services, town: &str) -> Result<(), Failure> {
    for owed in invoice::owed(services, &Staff::operator(), town).await? {
        say(&line(&owed));
    }
    Ok(())
}

pub async fn match_to(
    services: &Services,
    town: &str,
    whence: MoneyFrom,
    invoice: &str,
) -> Result<(), Failure> {
    let matched = invoice::match_to(services, &Staff::operator(), town, &from(whence)?, invoice).await;
    let matched = matched.map_err(failure)?;
    let open = matched.invoice.open();
    say(&[matched.invoice.name(), matched.applied.wire(), open.wire(), matched.left.wire()].join("\t"));
    Ok(())
}

pub async fn paid_back(
    services: &Services,
    (town, currency): (&str, Currency),
    whence: MoneyFrom,
    (key, booked_on, amount): (String, NaiveDate, &str),
) -> Result<(), Failure> {
    let amount = Money::parse(amount, currency).map_err(wrong_use)?;
    let sent = SentBack { key, booked_on, amount };
    let owed = invoice::paid_back(services, &Staff::operator(), town, &from(whence)?, &sent).await;
    say(&line(&owed.map_err(failure)?));
    Ok(())
}

fn from(whence: MoneyFrom) -> Result<OwedFrom, Failure> {
    let line = whence.from_key.map(OwedFrom::Line);
    line.or(whence.from_invoice.map(OwedFrom::Invoice))
        .ok_or_else(|| wrong_use("--from-key or --from-invoice"))
}

fn failure(error: OwedError) -> Failure {
    match error {
        OwedError::Key | OwedError::Amount(_) => wrong_use(error),
        other => other.into(),
    }
}

/// In columns that a program can cut at the tabs.
fn line(owed: &Owed) -> String {
    let from = match &owed.from {
        OwedFrom::Line(key) => key.clone(),
        OwedFrom::Invoice(id) => id.to_string(),
    };
    let day = owed.booked_on.map(|day| day.to_string()).unwrap_or_default();
    [from, day, owed.reference.clone(), owed.left.wire(), owed.left.currency.to_string()].join("\t")
}
