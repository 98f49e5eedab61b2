//! `vayla grant`.

use std::process::ExitCode;

use vayla_domain::{
    Bilingual,
    grant::{GrantFields, GrantPays, GrantTerms},
    money::{Currency, Money},
};
use vayla_server::{
    cli::{GrantAct, NewGrant},
    config::Config,
};
use vayla_services::{
    Services,
    grant::{self, GrantError, TownGrant},
    staff::Staff,
};

use super::{Failure, NO_LINKS, open_services, say, town_named, wrong_use};

pub async fn run(config: &Config, act: GrantAct) -> Result<ExitCode, Failure> {
    let services = open_services(config, NO_LINKS).await?;
    let staff = Staff::operator();
    match act {
        GrantAct::Add(asked) => say(&line(&add(&services, *asked).await?)),
        GrantAct::List { town } => {
            town_named(&services, &town)?;
            for kept in grant::list(&services, &staff, &town).await? {
                say(&line(&kept));
            }
        }
        GrantAct::Close { id } => {
            grant::close(&services, &staff, id).await.map_err(failure)?;
            say(&format!("{id}: closed"));
        }
        GrantAct::Vouchers { id, count, amount } => {
            let kept = grant::find_for_staff(&services, &staff, id).await?;
            let amount = money(amount, kept.used.currency)?;
            let codes = grant::vouchers(&services, &staff, id, count, amount).await.map_err(failure)?;
            say(&codes.join("\n"));
        }
    }
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}

fn money(amount: Option<String>, currency: Currency) -> Result<Option<Money>, Failure> {
    amount.map(|amount| Money::parse(&amount, currency)).transpose().map_err(wrong_use)
}

async fn add(services: &Services, asked: NewGrant) -> Result<TownGrant, Failure> {
    let currency = town_named(services, &asked.town)?.currency;
    let fields = GrantFields {
        name: Bilingual { sv: asked.name_sv, fi: asked.name_fi },
        percent: asked.percent,
        amount: money(asked.amount, currency)?,
        limit: money(asked.limit, currency)?,
        budget: Money::parse(&asked.budget, currency).map_err(wrong_use)?,
        from: asked.from,
        until: asked.until,
        terms: GrantTerms {
            municipalities: asked.towns.into_iter().collect(),
            facilities: asked.facilities.into_iter().collect(),
            groups: asked.groups.into_iter().collect(),
        },
    };
    let made = grant::make(services, &Staff::operator(), &asked.town, asked.customer, fields).await;
    made.map_err(failure)
}

fn failure(error: GrantError) -> Failure {
    match error {
        GrantError::Field(_) | GrantError::Customers | GrantError::TooMany => wrong_use(error),
        GrantError::Look(error) => error.into(),
        GrantError::Closed => Failure(1, error.to_string()),
    }
}

/// In columns that a program can cut at the tabs.
fn line(kept: &TownGrant) -> String {
    let pays = match kept.grant.pays {
        GrantPays::Percent(percent) => format!("{percent} %"),
        GrantPays::Amount(amount) => amount.wire(),
    };
    let state = if kept.closed_at.is_some() { "closed" } else { "open" };
    let columns = [
        kept.id.to_string(),
        kept.grant.name.sv.clone(),
        pays,
        format!("{} {}", kept.grant.budget.wire(), kept.grant.budget.currency),
        kept.used.wire(),
        kept.left().wire(),
        format!("{} – {}", kept.grant.from, kept.grant.until),
        state.to_owned(),
    ];
    columns.join("\t")
}
