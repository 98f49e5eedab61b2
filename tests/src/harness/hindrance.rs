//! Two who write at once, the one stopped at a point that the story chooses.

use std::time::Duration;

use sqlx::AssertSqlSafe;
use tokio::task::JoinHandle;
use uuid::Uuid;
use vayla_services::{Db, db::Tx};

use super::{Engine, Town};

/// Longer than anything takes to come to the point.
const PATIENCE: Duration = Duration::from_secs(30);

/// A transaction of nobody's that stands in others' way. SQLite has one writer at a time: there it stops all
/// who write, in the order in which they come.
pub struct Hindrance {
    db: Db,
    tx: Tx,
}

impl Hindrance {
    /// Does something to the row with an id, which nobody else sees before [`Hindrance::end`]; whoever wants to
    /// write that row waits.
    pub async fn write(&mut self, sql: &'static str, id: Uuid) {
        let done = match &mut self.tx {
            Tx::Sqlite(tx) => sqlx::query(sql).bind(id).execute(&mut **tx).await.map(drop),
            Tx::Postgres(tx) => sqlx::query(sql).bind(id).execute(&mut **tx).await.map(drop),
        };
        done.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// It is gone, and what it did is kept.
    pub async fn end(self) {
        self.tx.commit().await.expect("to be kept");
        self.db.close().await;
    }
}

impl Town {
    pub async fn hindrance(&self) -> Hindrance {
        let db = Db::open(&self.database_url).await.expect("the town's database");
        Hindrance { tx: db.begin().await.expect("a transaction"), db }
    }

    /// Stops whoever writes to a table; reading goes on.
    pub async fn hindrance_at(&self, table: &str) -> Hindrance {
        let mut hindrance = self.hindrance().await;
        if let Tx::Postgres(tx) = &mut hindrance.tx {
            let lock = format!("LOCK TABLE {table} IN EXCLUSIVE MODE");
            sqlx::query(AssertSqlSafe(lock)).execute(&mut **tx).await.expect("the lock");
        }
        hindrance
    }

    /// Waits until so many are stopped. SQLite keeps no count of them, and lets them go on one by one in any case.
    pub async fn until_stopped(&self, count: i64) {
        let Db::Postgres(pool) = &self.services.db else { return };
        let stopped = async {
            let waiting = "SELECT COUNT(*) FROM pg_stat_activity
                           WHERE datname = current_database() AND wait_event_type = 'Lock'";
            while sqlx::query_scalar::<_, i64>(waiting).fetch_one(pool).await.expect("the database") < count {
            }
        };
        tokio::time::timeout(PATIENCE, stopped).await.expect("to be stopped");
    }

    /// Waits until a task has ended that a hindrance doesn't stop: it stops each on SQLite.
    pub async fn until_done<T>(&self, task: &JoinHandle<T>) {
        let done = async {
            while self.engine == Engine::Postgres && !task.is_finished() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, done).await.expect("to end");
    }
}
