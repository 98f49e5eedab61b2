//! `vayla customer`.

use std::process::ExitCode;

use vayla_domain::{invoice::CustomerFields, money::Money};
use vayla_server::{
    cli::{CustomerAct, NewCustomer},
    config::Config,
};
use vayla_services::{
    Services,
    customer::{self, Account, CustomerError},
    invoice,
    staff::Staff,
};

use super::{Failure, NO_LINKS, amount, booking_named, open_services, say, town_named, wrong_use};

pub async fn run(config: &Config, act: CustomerAct) -> Result<ExitCode, Failure> {
    // Its letters have links.
    let services = open_services(config, config.base_url.as_deref().unwrap_or(NO_LINKS)).await?;
    match act {
        CustomerAct::Add(asked) => add(&services, *asked).await?,
        CustomerAct::List { town } => {
            town_named(&services, &town)?;
            for account in customer::list(&services, &Staff::operator(), &town).await? {
                say(&line(&account));
            }
        }
        CustomerAct::PutOn { id, booking } => {
            let booking = booking_named(&services, &booking).await?;
            invoice::put_on(&services, &Staff::operator(), booking.id, id).await?;
            say(&format!("{id}: {} is on its account", booking.reference));
        }
        CustomerAct::Code { id } => {
            let account = customer::replace_code(&services, &Staff::operator(), id).await?;
            say(&format!("{}: its new code goes to {}", account.id, account.customer.email));
        }
        CustomerAct::Close { id } => {
            let account = customer::close(&services, &Staff::operator(), id).await?;
            say(&format!("{}: closed", account.id));
        }
    }
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn add(services: &Services, asked: NewCustomer) -> Result<(), Failure> {
    let currency = town_named(services, &asked.town)?.currency;
    let fields = CustomerFields {
        name: asked.name,
        business_id: asked.business_id,
        email: asked.email,
        address: asked.address,
        e_invoice: asked.e_invoice,
        language: asked.language.parse().map_err(wrong_use)?,
        price_group: asked.group.parse().map_err(wrong_use)?,
        terms_days: asked.days,
        credit: Money::parse(&asked.credit, currency).map_err(wrong_use)?,
        monthly: !asked.each,
    };
    let made = customer::make(services, &Staff::operator(), &asked.town, fields).await;
    let made = made.map_err(|error| match error {
        CustomerError::Field(_) => wrong_use(error),
        CustomerError::Look(error) => error.into(),
    })?;
    say(&format!("{}: its code goes to {}", made.id, made.customer.email));
    Ok(())
}

/// In columns that a program can cut at the tabs.
fn line(account: &Account) -> String {
    let customer = &account.customer;
    [
        account.id.to_string(),
        customer.name.clone(),
        customer.business_id.as_ref().map(ToString::to_string).unwrap_or_default(),
        customer.email.clone(),
        customer.price_group.code().to_owned(),
        amount(customer.credit),
        if account.closed_at.is_some() { "closed" } else { "open" }.to_owned(),
    ]
    .join("\t")
}
