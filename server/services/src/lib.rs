//! The use cases of Väylä and their SQL, a folder a noun.
//!
//! Architecture invariants: only `db` knows that there are two engines. Only here is anything
//! authorised. A function named `…_in` composes inside a transaction of its caller's.

pub mod audit;
mod batch;
pub mod booking;
mod calendar;
pub mod catalogue;
pub mod charge;
mod clock;
pub mod closure;
pub mod customer;
pub mod db;
pub mod deposit;
pub mod feed;
pub mod grant;
pub mod idempotency;
pub mod invoice;
pub mod ledger;
pub mod link;
pub mod mail;
mod numbers;
pub mod occupancy;
pub mod outbox;
pub mod paper;
pub mod payment;
pub mod rate;
pub mod receipt;
pub mod rules;
pub mod series;
pub mod settlement;
pub mod staff;
pub mod tariff;
pub mod tls;
pub mod vat;
pub mod waiting;
pub mod when;
pub mod wording;

use std::sync::{Arc, PoisonError, RwLock};

pub use batch::Batch;
pub use clock::Clock;
pub use db::{Db, DbError};
use uuid::Uuid;

use crate::{catalogue::Catalogue, link::Secret, mail::Post, payment::provider::Providers};

/// Everything a use case needs: storage, time, places, and a way out.
#[derive(Clone)]
pub struct Services {
    pub db: Db,
    pub clock: Clock,
    pub secret: Secret,
    /// What links in mails begin with; no slash at the end.
    pub base_url: Arc<str>,
    pub post: Post,
    /// Who takes money in, by town.
    pub providers: Providers,
    catalogue: Arc<RwLock<Arc<Catalogue>>>,
}

impl Services {
    /// Loads the places.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn open(
        db: Db,
        clock: Clock,
        secret: Secret,
        base_url: &str,
        post: Post,
    ) -> Result<Self, DbError> {
        let catalogue = Arc::new(RwLock::new(Arc::new(Catalogue::load(&db).await?)));
        let base_url = base_url.trim_end_matches('/').into();
        Ok(Self { db, clock, secret, base_url, post, providers: Providers::default(), catalogue })
    }

    /// The same with payment providers.
    #[must_use]
    pub fn paid_by(self, providers: Providers) -> Self {
        Self { providers, ..self }
    }

    /// The places as last read.
    #[must_use]
    pub fn catalogue(&self) -> Arc<Catalogue> {
        Arc::clone(&self.catalogue.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the places again when their version has changed.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn refresh_catalogue(&self) -> Result<(), DbError> {
        if catalogue::version(&self.db).await? != self.catalogue().version {
            keep_newer(&self.catalogue, Catalogue::load(&self.db).await?);
        }
        Ok(())
    }

    /// A fresh id that sorts by time (UUID version 7).
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        new_id(self.clock.now())
    }
}

/// Of two who read at once, the one who has read less may come last.
fn keep_newer(known: &RwLock<Arc<Catalogue>>, fresh: Catalogue) {
    let mut known = known.write().unwrap_or_else(PoisonError::into_inner);
    if fresh.version > known.version {
        *known = Arc::new(fresh);
    }
}

fn new_id(now: chrono::DateTime<chrono::Utc>) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, now.timestamp_subsec_nanos()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_places_never_take_the_place_of_newer_ones() {
        let of_version = |version| {
            let mut places = Catalogue::default();
            places.version = version;
            places
        };
        let known = RwLock::new(Arc::new(of_version(1)));
        for (read, kept) in [(3, 3), (2, 3), (4, 4)] {
            keep_newer(&known, of_version(read));
            assert_eq!(known.read().expect("no panic").version, kept);
        }
    }
}
