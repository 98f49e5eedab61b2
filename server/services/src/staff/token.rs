//! Tokens: made on the command line, shown once, kept as a hash.

use std::collections::BTreeSet;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::FromRow;
use uuid::Uuid;

use super::{Scope, Staff};
use crate::{
    Services,
    audit::{self, Actor, Subject},
    db::{DbError, on, within},
};

pub const NAME_MAX: usize = 100;
pub const DAYS_MAX: i64 = 3650;
/// By which scanners of published code know one that has leaked.
const PREFIX: &str = "vayla_";
/// 256 bits: nobody guesses one, so that a plain hash keeps it.
const SECRET_BYTES: usize = 32;
/// That it was used is written down once in so long.
const USE_NOTED_SECONDS: i64 = 60;

/// Tokens' rows; which of them is said behind it.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT id, name, scopes, municipality, created_at, expires_at, revoked_at, last_used_at FROM api_token ",
            $which
        )
    };
}

/// A token as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub id: Uuid,
    /// Who or what uses it.
    pub name: String,
    pub scopes: BTreeSet<Scope>,
    /// `None`: in all towns.
    pub municipality: Option<String>,
    pub created_at: DateTime<Utc>,
    /// `None`: it holds until it is revoked.
    pub expires_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
    /// To the minute.
    pub last_used_at: Option<DateTime<Utc>>,
}

impl Token {
    #[must_use]
    pub fn is_in_force(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("a name has 1 to {NAME_MAX} letters")]
    Name,
    #[error("a token without a scope opens nothing")]
    NoScope,
    #[error("no such municipality: {0}")]
    Municipality(String),
    #[error("a token holds for 1 to {DAYS_MAX} days")]
    Days,
}

/// Makes a token: its id, and the secret text that nobody can read again.
///
/// # Errors
/// [`CreateError`]; then there is no token.
pub async fn create(
    services: &Services,
    name: &str,
    scopes: &BTreeSet<Scope>,
    municipality: Option<&str>,
    valid_days: Option<i64>,
) -> Result<(Uuid, String), CreateError> {
    let (id, now, name) = (services.new_id(), services.clock.now(), name.trim());
    check(services, name, scopes, municipality, valid_days)?;
    let secret = format!("{PREFIX}{}", BASE64.encode(rand::random::<[u8; SECRET_BYTES]>()));
    let expires_at = valid_days.map(|days| now + TimeDelta::days(days));
    let mut tx = services.db.begin().await?;
    within!(&mut tx, c => sqlx::query(
        "INSERT INTO api_token (id, name, token_hash, scopes, municipality, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(id).bind(name).bind(hash(&secret)).bind(text(scopes)).bind(municipality).bind(now).bind(expires_at)
        .execute(c).await.map(drop))
    .map_err(DbError::from)?;
    let change = Created { scopes, municipality, expires_at };
    audit::note_about_in(&mut tx, now, Actor::Operator, "token_created", Subject::Token(id), &change).await?;
    tx.commit().await?;
    Ok((id, secret))
}

#[derive(Serialize)]
struct Created<'a> {
    scopes: &'a BTreeSet<Scope>,
    municipality: Option<&'a str>,
    expires_at: Option<DateTime<Utc>>,
}

fn check(
    services: &Services,
    name: &str,
    scopes: &BTreeSet<Scope>,
    municipality: Option<&str>,
    valid_days: Option<i64>,
) -> Result<(), CreateError> {
    if name.is_empty() || name.chars().count() > NAME_MAX || name.contains(char::is_control) {
        return Err(CreateError::Name);
    }
    if scopes.is_empty() {
        return Err(CreateError::NoScope);
    }
    if let Some(unknown) = municipality.filter(|code| services.catalogue().municipality(code).is_none()) {
        return Err(CreateError::Municipality(unknown.to_owned()));
    }
    match valid_days {
        Some(days) if !(1..=DAYS_MAX).contains(&days) => Err(CreateError::Days),
        _ => Ok(()),
    }
}

/// Whoever shows the secret; `None` unless it is a token's that is in force.
///
/// The hash is looked up, so that how long it takes tells nothing about the secret.
///
/// # Errors
/// When the database can't be reached.
pub async fn find(services: &Services, secret: &str) -> Result<Option<Staff>, DbError> {
    let now = services.clock.now();
    let row: Option<TokenRow> = on!(&services.db, c => sqlx::query_as(select!("WHERE token_hash = $1"))
        .bind(hash(secret)).fetch_optional(c).await)?;
    let token: Option<Token> = row.map(TryInto::try_into).transpose()?;
    let Some(token) = token.filter(|token| token.is_in_force(now)) else { return Ok(None) };
    note_use(services, &token, now).await?;
    Ok(Some(Staff::of(token)))
}

async fn note_use(services: &Services, token: &Token, now: DateTime<Utc>) -> Result<(), DbError> {
    let lately = now - TimeDelta::seconds(USE_NOTED_SECONDS);
    if token.last_used_at.is_some_and(|used| used > lately) {
        return Ok(());
    }
    let mut tx = services.db.begin().await?;
    within!(&mut tx, c => sqlx::query("UPDATE api_token SET last_used_at = $2 WHERE id = $1")
        .bind(token.id).bind(now).execute(c).await.map(drop))?;
    tx.commit().await
}

/// All tokens ever made, the newest last.
///
/// # Errors
/// When the database can't be read.
pub async fn list(services: &Services) -> Result<Vec<Token>, DbError> {
    let rows: Vec<TokenRow> = on!(&services.db, c => sqlx::query_as(select!("ORDER BY created_at, id"))
        .fetch_all(c).await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

#[derive(Debug, thiserror::Error)]
pub enum RevokeError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("no such token, or revoked before")]
    NotThere,
}

/// Takes a token out of use from now on.
///
/// # Errors
/// [`RevokeError`]; then nothing has changed.
pub async fn revoke(services: &Services, id: Uuid) -> Result<(), RevokeError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let revoked = within!(&mut tx, c => sqlx::query(
        "UPDATE api_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL")
        .bind(id).bind(now).execute(c).await.map(|done| done.rows_affected()))
    .map_err(DbError::from)?;
    if revoked == 0 {
        return Err(RevokeError::NotThere);
    }
    audit::note_about_in(&mut tx, now, Actor::Operator, "token_revoked", Subject::Token(id), &()).await?;
    Ok(tx.commit().await?)
}

fn hash(secret: &str) -> String {
    Sha256::digest(secret).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn text(scopes: &BTreeSet<Scope>) -> String {
    scopes.iter().map(|scope| scope.code()).collect::<Vec<_>>().join(" ")
}

#[derive(FromRow)]
struct TokenRow {
    id: Uuid,
    name: String,
    scopes: String,
    municipality: Option<String>,
    created_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
    revoked_at: Option<DateTime<Utc>>,
    last_used_at: Option<DateTime<Utc>>,
}

impl TryFrom<TokenRow> for Token {
    type Error = DbError;

    fn try_from(row: TokenRow) -> Result<Self, DbError> {
        Ok(Self {
            id: row.id,
            name: row.name,
            scopes: row
                .scopes
                .split(' ')
                .map(str::parse)
                .collect::<Result<_, _>>()
                .map_err(DbError::corrupt)?,
            municipality: row.municipality,
            created_at: row.created_at,
            expires_at: row.expires_at,
            revoked_at: row.revoked_at,
            last_used_at: row.last_used_at,
        })
    }
}
