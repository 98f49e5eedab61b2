//! Who changed what, when: written with the change. Looking at others' personal data counts, too.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::db::{DbError, Tx, within};

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// Whoever holds the booking's link.
    Booker,
    Provider,
    System,
    /// Whoever holds the token.
    Staff(Uuid),
    /// Whoever runs the command line.
    Operator,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Booker => f.write_str("booker"),
            Self::Provider => f.write_str("provider"),
            Self::System => f.write_str("system"),
            Self::Staff(token) => write!(f, "staff:{token}"),
            Self::Operator => f.write_str("operator"),
        }
    }
}

/// What it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    Booking(Uuid),
    Closure(Uuid),
    Facility(Uuid),
    /// A message in the outbox.
    Message(Uuid),
    /// All that is in the outbox: no id says which.
    Outbox,
    Space(Uuid),
    Token(Uuid),
    /// A place in line.
    Waiting(Uuid),
}

impl Subject {
    const fn code_and_id(self) -> (&'static str, Uuid) {
        match self {
            Self::Booking(id) => ("booking", id),
            Self::Closure(id) => ("closure", id),
            Self::Facility(id) => ("facility", id),
            Self::Message(id) => ("message", id),
            Self::Outbox => ("outbox", Uuid::nil()),
            Self::Space(id) => ("space", id),
            Self::Token(id) => ("token", id),
            Self::Waiting(id) => ("waiting", id),
        }
    }
}

/// Notes a change of a booking. `change` says what is different, without personal data.
///
/// # Errors
/// When the database can't be reached.
pub(crate) async fn note_in(
    tx: &mut Tx,
    at: DateTime<Utc>,
    actor: Actor,
    action: &str,
    booking: Uuid,
    change: &impl Serialize,
) -> Result<(), DbError> {
    note_about_in(tx, at, actor, action, Subject::Booking(booking), change).await
}

/// The same about anything.
///
/// # Errors
/// When the database can't be reached.
pub(crate) async fn note_about_in(
    tx: &mut Tx,
    at: DateTime<Utc>,
    actor: Actor,
    action: &str,
    subject: Subject,
    change: &impl Serialize,
) -> Result<(), DbError> {
    let change = serde_json::to_string(change).map_err(DbError::corrupt)?;
    let (subject, id) = subject.code_and_id();
    within!(tx, c => sqlx::query(
        "INSERT INTO audit (id, at, actor, action, subject, subject_id, change)
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(crate::new_id(at)).bind(at).bind(actor.to_string()).bind(action).bind(subject).bind(id).bind(change)
        .execute(c).await.map(drop))?;
    Ok(())
}
