//! Who may do what where.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{Scope, token::Token};
use crate::{
    audit::Actor,
    catalogue::{Facility, Municipality},
    db::{DbError, FromDb},
};

/// Whoever acts for a town. Only a token in force and the command line make one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// `None`: whoever runs the command line.
    token: Option<Uuid>,
    scopes: BTreeSet<Scope>,
    /// `None`: in all towns.
    municipality: Option<String>,
}

/// What stands in staff's way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    #[error("the scope {} is missing", .0.code())]
    Scope(Scope),
    #[error("it is another town's")]
    Town,
}

/// Why staff don't get to see something.
#[derive(Debug, thiserror::Error)]
pub enum LookError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error("there is no such thing")]
    Unknown,
}

impl FromDb for LookError {
    fn db(&self) -> Option<&DbError> {
        match self {
            Self::Db(error) => Some(error),
            Self::Forbidden(_) | Self::Unknown => None,
        }
    }
}

/// Errors that may be a [`LookError`], as their `Look`: what the database is to blame for is in that.
macro_rules! looks {
    ($error:ty) => {
        impl $crate::db::FromDb for $error {
            fn db(&self) -> Option<&$crate::db::DbError> {
                match self {
                    Self::Look(error) => error.db(),
                    _ => None,
                }
            }
        }

        impl From<$crate::db::DbError> for $error {
            fn from(error: $crate::db::DbError) -> Self {
                Self::Look(error.into())
            }
        }
    };
}
pub(crate) use looks;

impl Staff {
    /// Whoever runs the command line on the machine: everything, everywhere.
    #[must_use]
    pub fn operator() -> Self {
        Self { token: None, scopes: BTreeSet::from(Scope::ALL), municipality: None }
    }

    pub(super) fn of(token: Token) -> Self {
        Self { token: Some(token.id), scopes: token.scopes, municipality: token.municipality }
    }

    /// Whether they may do this at a facility.
    ///
    /// # Errors
    /// [`Forbidden`] unless the scope is theirs and the facility is in a town of theirs.
    pub fn may(&self, scope: Scope, facility: &Facility) -> Result<(), Forbidden> {
        self.may_in(scope, &facility.municipality)
    }

    /// Whether they may do this in a town.
    ///
    /// # Errors
    /// [`Forbidden`] unless the scope is theirs and the town is.
    pub fn may_in(&self, scope: Scope, town: &Municipality) -> Result<(), Forbidden> {
        self.has(scope)?;
        let own = self.municipality.as_ref().is_none_or(|own| *own == town.code);
        if own { Ok(()) } else { Err(Forbidden::Town) }
    }

    /// Whether they may do this with what is no facility's: that takes all towns.
    ///
    /// # Errors
    /// [`Forbidden`] otherwise.
    pub fn may_everywhere(&self, scope: Scope) -> Result<(), Forbidden> {
        self.has(scope)?;
        if self.municipality.is_none() { Ok(()) } else { Err(Forbidden::Town) }
    }

    /// Whether they may do this anywhere at all: before it is known what it is about.
    ///
    /// # Errors
    /// [`Forbidden`] when the scope isn't theirs.
    pub fn has(&self, scope: Scope) -> Result<(), Forbidden> {
        if self.scopes.contains(&scope) { Ok(()) } else { Err(Forbidden::Scope(scope)) }
    }

    /// The code of the one town in which they may act; `None`: in all.
    #[must_use]
    pub fn municipality(&self) -> Option<&str> {
        self.municipality.as_deref()
    }

    /// As the audit log names them.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.token.map_or(Actor::Operator, Actor::Staff)
    }
}
