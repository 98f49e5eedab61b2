//! Who changed what, when: written with the change. Looking at others' personal data counts, too.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::QueryBuilder;
use uuid::Uuid;

use crate::db::{DbError, Tx, within};

/// So many rows stay below SQLite's 32,766 values a statement.
const ROWS_MAX: usize = 1000;

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

impl Actor {
    /// Whether it is the town's doing, by whatever hand.
    pub(crate) const fn is_town(self) -> bool {
        matches!(self, Self::Staff(_) | Self::Operator)
    }
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
    Customer(Uuid),
    Invoice(Uuid),
    Facility(Uuid),
    Grant(Uuid),
    /// A message in the outbox.
    Message(Uuid),
    /// All that is in the outbox: no id says which.
    Outbox,
    Space(Uuid),
    Token(Uuid),
    /// A place in line.
    Waiting(Uuid),
    Series(Uuid),
    Refund(Uuid),
    Settlement(Uuid),
    /// All that is a town's: no id says which town.
    Town,
}

impl Subject {
    const fn code_and_id(self) -> (&'static str, Uuid) {
        match self {
            Self::Booking(id) => ("booking", id),
            Self::Closure(id) => ("closure", id),
            Self::Customer(id) => ("customer", id),
            Self::Invoice(id) => ("invoice", id),
            Self::Facility(id) => ("facility", id),
            Self::Grant(id) => ("grant", id),
            Self::Message(id) => ("message", id),
            Self::Outbox => ("outbox", Uuid::nil()),
            Self::Space(id) => ("space", id),
            Self::Token(id) => ("token", id),
            Self::Waiting(id) => ("waiting", id),
            Self::Series(id) => ("series", id),
            Self::Refund(id) => ("refund", id),
            Self::Settlement(id) => ("settlement", id),
            Self::Town => ("town", Uuid::nil()),
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

/// Notes the same of many bookings at once.
///
/// # Errors
/// When the database can't be reached.
pub(crate) async fn note_all_in<T: Serialize>(
    tx: &mut Tx,
    at: DateTime<Utc>,
    actor: Actor,
    action: &str,
    changes: &[(Uuid, T)],
) -> Result<(), DbError> {
    let written = |(booking, change): &(Uuid, T)| {
        Ok((*booking, serde_json::to_string(change).map_err(DbError::corrupt)?))
    };
    let changes = changes.iter().map(written).collect::<Result<Vec<_>, DbError>>()?;
    for changes in changes.chunks(ROWS_MAX) {
        within!(&mut *tx, c => {
            let mut rows = QueryBuilder::new(
                "INSERT INTO audit (id, at, actor, action, subject, subject_id, change) ");
            rows.push_values(changes, |mut row, (booking, change)| {
                let (subject, id) = Subject::Booking(*booking).code_and_id();
                row.push_bind(crate::new_id(at)).push_bind(at).push_bind(actor.to_string()).push_bind(action)
                    .push_bind(subject).push_bind(id).push_bind(change.as_str());
            });
            rows.build().execute(c).await.map(drop)
        })?;
    }
    Ok(())
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
