//! `vayla token`.

use std::{collections::BTreeSet, process::ExitCode};

use chrono::{DateTime, SecondsFormat, Utc};
use uuid::Uuid;
use vayla_server::{
    cli::{NewToken, TokenAct},
    config::Config,
};
use vayla_services::{
    Services,
    staff::{
        Scope,
        token::{self, CreateError, Token},
    },
};

use super::{Failure, NO_LINKS, open_services, say, wrong_use};

pub async fn run(config: &Config, act: TokenAct) -> Result<ExitCode, Failure> {
    let services = open_services(config, NO_LINKS).await?;
    match act {
        TokenAct::Create(asked) => create(&services, asked).await?,
        TokenAct::List => list(&services).await?,
        TokenAct::Revoke { id } => revoke(&services, id).await?,
    }
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn create(services: &Services, asked: NewToken) -> Result<(), Failure> {
    let scopes: BTreeSet<Scope> = asked.scope.into_iter().collect();
    let made = token::create(services, &asked.name, &scopes, asked.municipality.as_deref(), asked.days);
    let (id, secret) = made.await.map_err(|error| match error {
        CreateError::Db(error) => Failure::from(error),
        other => wrong_use(other),
    })?;
    say(&format!("made {id}; this is shown once:"));
    say(&secret);
    Ok(())
}

async fn list(services: &Services) -> Result<(), Failure> {
    let now = services.clock.now();
    for token in token::list(services).await? {
        say(&line(&token, now));
    }
    Ok(())
}

/// What one may know of a token, in columns that a program can cut at the tabs.
fn line(token: &Token, now: DateTime<Utc>) -> String {
    let day = |at: Option<DateTime<Utc>>| at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true));
    let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.code()).collect();
    let until = match (token.revoked_at, token.expires_at) {
        (Some(_), _) => "revoked".to_owned(),
        (None, Some(_)) if !token.is_in_force(now) => "expired".to_owned(),
        (None, end) => day(end).map_or("until revoked".to_owned(), |end| format!("until {end}")),
    };
    [
        token.id.to_string(),
        until,
        scopes.join(","),
        token.municipality.clone().unwrap_or_else(|| "all towns".to_owned()),
        day(token.last_used_at).map_or("never used".to_owned(), |used| format!("used {used}")),
        token.name.clone(),
    ]
    .join("\t")
}

async fn revoke(services: &Services, id: Uuid) -> Result<(), Failure> {
    token::revoke(services, id).await?;
    say(&format!("revoked {id}"));
    Ok(())
}
