//! Two who write at once, the one stopped at a point that the story chooses.

use std::time::Duration;

use sqlx::AssertSqlSafe;
use tokio::task::JoinHandle;
use uuid::Uuid;
use vayla_services::{Db, Services, db::Tx};

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

    /// Whether nobody who is stopped has the booking in hand.
    pub async fn could_have(&mut self, booking: Uuid) -> bool {
        let Tx::Postgres(tx) = &mut self.tx else { return true };
        let had = sqlx::query("SELECT id FROM booking WHERE id = $1 FOR UPDATE NOWAIT").bind(booking);
        had.execute(&mut **tx).await.is_ok()
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

    /// Another Väylä, which on PostgreSQL has to begin anew whenever somebody has changed what it was about to.
    pub async fn easily_overtaken(&self) -> Services {
        if let Db::Postgres(pool) = &self.services.db {
            let name: String = sqlx::query_scalar("SELECT current_database()::text")
                .fetch_one(pool)
                .await
                .expect("its name");
            let strict =
                format!("ALTER DATABASE {name} SET default_transaction_isolation = 'repeatable read'");
            sqlx::query(AssertSqlSafe(strict)).execute(pool).await.expect("the setting");
        }
        self.second().await
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

    /// What comes of work that has begun when somebody else changes a row that it needs.
    pub async fn overtaken<T: Send + 'static>(
        &self,
        (sql, id): (&'static str, Uuid),
        work: impl Future<Output = T> + Send + 'static,
    ) -> T {
        let mut hindrance = self.hindrance().await;
        hindrance.write(sql, id).await;
        let work = tokio::spawn(work);
        self.until_stopped(1).await;
        hindrance.end().await;
        work.await.expect("to end")
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
