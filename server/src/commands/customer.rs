//! `vayla customer`.

use std::process::ExitCode;

use vayla_domain::{invoice::CustomerFields, money::Money};
use vayla_server::{
    cli::{CustomerAct, NewCustomer},
    config::Config,
};
use vayla_services::{
    Services,
    customer::{self, CustomerError},
    invoice,
    staff::Staff,
};

use super::{Failure, NO_LINKS, booking_named, currency_of, open_services, say, wrong_use};

pub async fn run(config: &Config, act: CustomerAct) -> Result<ExitCode, Failure> {
    // Its letters have links.
    let services = open_services(config, config.base_url.as_deref().unwrap_or(NO_LINKS)).await?;
    match act {
        CustomerAct::Add(asked) => add(&services, *asked).await?,
        CustomerAct::List { town } => {
            for account in customer::list(&services, &Staff::operator(), &town).await? {
                let customer = account.customer;
                let number = customer.business_id.map(|id| id.to_string()).unwrap_or_default();
                let closed = account.closed_at.map(|_| "closed".to_owned());
                let columns = [account.id.to_string(), customer.name, number, customer.email];
                say(&columns.into_iter().chain(closed).collect::<Vec<_>>().join("\t"));
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
    let currency = currency_of(services, &asked.town)?;
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
