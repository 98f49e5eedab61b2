//! The database is gone for a while, or comes to a newer form.

mod charged;
mod migrating;
mod old;
mod owed;

use std::time::Duration;

use sqlx::{Connection, SqliteConnection};
use vayla_domain::money::EURO;
use vayla_services::booking::{self, HoldError};

use crate::{Engine, Town, aino, tell};

/// Longer than any request may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Another program writes to the file and doesn't stop.
#[test]
fn a_locked_sqlite_file_is_told_in_time_and_got_over() {
    tell(Engine::Sqlite, async |town: &Town| {
        let booked = town.book(&town.ice_in_tornio(), aino(), EURO).await;
        let mut other = SqliteConnection::connect(&town.database_url).await.expect("the file");
        sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.expect("the lock");
        let tried = town.try_hold(town.ice_in_haparanda().request());
        let refused = tokio::time::timeout(PATIENCE, tried).await.expect("an answer in time");
        assert!(matches!(refused, Err(HoldError::Db(_))), "{refused:?}");
        assert_eq!(town.booking(booked.id).await.id, booked.id, "reading goes on");
        sqlx::query("ROLLBACK").execute(&mut other).await.expect("to let go");
        town.hold(town.ice_in_haparanda().request()).await;
    });
}

/// The server ends all connections, as at a restart.
#[test]
fn a_restarted_postgres_is_got_over() {
    tell(Engine::Postgres, async |town: &Town| {
        town.book(&town.ice_in_tornio(), aino(), EURO).await;
        let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";
        let mut other = sqlx::PgConnection::connect(&town.database_url).await.expect("the database");
        sqlx::query(cut).execute(&mut other).await.expect("to cut them off");
        other.close().await.expect("to close");
        let mut tries = 0;
        let held = loop {
            match tokio::time::timeout(PATIENCE, town.try_hold(town.ice_in_haparanda().request())).await {
                Ok(Ok(held)) => break held,
                Ok(Err(HoldError::Db(_))) if tries < 20 => tries += 1,
                other => panic!("after {tries} tries: {other:?}"),
            }
        };
        assert_eq!(
            booking::find(&town.services, held.id).await.expect("found").map(|it| it.id),
            Some(held.id)
        );
    });
}
