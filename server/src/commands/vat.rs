//! `vayla vat`.

use std::process::ExitCode;

use vayla_domain::money::VatRule;
use vayla_server::{cli::VatAct, config::Config};
use vayla_services::{
    staff::Staff,
    vat::{self, Sourced},
};

use super::{Failure, NO_LINKS, open_services, say};

pub async fn run(config: &Config, act: VatAct) -> Result<ExitCode, Failure> {
    let (services, staff) = (open_services(config, NO_LINKS).await?, Staff::operator());
    match act {
        VatAct::List => vat::list(&services, &staff).await?.iter().for_each(say_rate),
        VatAct::Add { country, class, seller, use_of, from, rate, source } => {
            let rule = VatRule { country, class, seller, use_of, from, rate };
            let new = Sourced { rule, source };
            vat::add(&services, &staff, &new).await?;
            say_rate(&new);
        }
    }
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}

fn say_rate(Sourced { rule, source }: &Sourced) {
    let (class, seller, use_of) = (rule.class.code(), rule.seller.code(), rule.use_of.code());
    let (from, rate) = (rule.from.to_string(), rule.rate.to_string());
    say(&[&rule.country, class, seller, use_of, &from, &rate, source].join("\t"));
}
