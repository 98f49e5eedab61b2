//! Stories of two towns, told on both database engines.
//!
//! A story is an `async fn(town: &Town)`; `on_both_engines!` makes two tests of it. Each has a running
//! Väylä of its own: database, clock, letters, HTTP server. When a story has ended well, the books are
//! checked too. Stories about PostgreSQL want `VAYLA_TEST_POSTGRES`: `tests/setup/with-postgres.sh` sets it.

pub mod fakes;
mod harness;

pub use harness::{
    Engine, Hindrance, Letter, TestClock, Till, Time, Town, aino, asa, client, eur, instant, sek, tell,
    tell_at_providers,
};

/// Makes the tests `story::sqlite` and `story::postgres` of each story named.
#[macro_export]
macro_rules! on_both_engines {
    ($($story:ident),+ $(,)?) => {
        $(mod $story {
            #[test]
            fn sqlite() {
                $crate::tell($crate::Engine::Sqlite, super::$story);
            }

            #[test]
            fn postgres() {
                $crate::tell($crate::Engine::Postgres, super::$story);
            }
        })+
    };
}

/// The same for stories in which Tornio takes its money in by Paytrail and Haparanda by Swish: each is an
/// `async fn(till: &Till)`.
#[macro_export]
macro_rules! at_both_providers {
    ($($story:ident),+ $(,)?) => {
        $(mod $story {
            #[test]
            fn sqlite() {
                $crate::tell_at_providers($crate::Engine::Sqlite, super::$story);
            }

            #[test]
            fn postgres() {
                $crate::tell_at_providers($crate::Engine::Postgres, super::$story);
            }
        })+
    };
}

/// Runs one SQL text on the town's engine, with leave to write: `sql!(town, c => query("…").execute(c).await)`.
#[macro_export]
macro_rules! sql {
    ($town:expr, $c:ident => $run:expr) => {
        match &$town.services.db {
            ::vayla_services::Db::Sqlite { write: $c, .. } => $run,
            ::vayla_services::Db::Postgres($c) => $run,
        }
    };
}

#[cfg(test)]
mod api;
#[cfg(test)]
mod booking;
#[cfg(test)]
mod charge;
#[cfg(test)]
mod closure;
#[cfg(test)]
mod deposit;
#[cfg(test)]
mod feed;
#[cfg(test)]
mod grant;
#[cfg(test)]
mod idempotency;
#[cfg(test)]
mod invoice;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod occupancy;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod payment;
#[cfg(test)]
mod provider;
#[cfg(test)]
mod rate;
#[cfg(test)]
mod receipt;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod seed;
#[cfg(test)]
mod series;
#[cfg(test)]
mod server;
#[cfg(test)]
mod settlement;
#[cfg(test)]
mod staff;
#[cfg(test)]
mod store;
#[cfg(test)]
mod tariff;
#[cfg(test)]
mod vat;
#[cfg(test)]
mod waiting;
