//! The two engines. This file alone knows that there are two.

use std::{path::Path, str::FromStr, time::Duration};

use sqlx::{
    PgPool, Postgres, Sqlite, SqlitePool, Transaction,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::idempotency;

static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations");
/// What refuses to change the books and the rates: triggers, which each engine writes in its own way. Laid
/// anew whenever one is missing.
const KEPT_SQLITE: &str = include_str!("db/kept.sqlite.sql");
const KEPT_POSTGRES: &str = include_str!("db/kept.postgres.sql");

/// How long a request waits for a connection, or for another's write to end.
const WAIT_SECONDS: u64 = 5;
/// Nor does PostgreSQL wait for another's lock for ever: what is being booked is booked soon, or not at all.
const LOCK_TIMEOUT: &str = "10s";
const READERS: u32 = 8;
/// Tries against other writers who win.
const TRIES: u32 = 4;

/// The database.
#[derive(Clone)]
pub enum Db {
    /// One writer, many readers: a write never fails because a read came before it.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
    },
    Postgres(PgPool),
}

/// A transaction that will write, or reads all at one moment. Dropped without [`Tx::commit`], it leaves nothing behind.
pub enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// The database can't be used right now, or holds what it never should.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    #[error(transparent)]
    Unavailable(#[from] sqlx::Error),
    #[error(transparent)]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("the database holds {0}")]
    Corrupt(String),
    /// Nothing is kept: another request with the same key does the work.
    #[error("another request has taken the key over")]
    Overtaken,
}

impl DbError {
    /// For a stored text that its type can't read.
    pub fn corrupt(what: impl std::fmt::Display) -> Self {
        Self::Corrupt(what.to_string())
    }

    /// Whether the database can't be used just now, whatever it is asked.
    #[must_use]
    pub const fn is_outage(&self) -> bool {
        use sqlx::Error::{Io, PoolClosed, PoolTimedOut, Tls, WorkerCrashed};
        matches!(self, Self::Unavailable(Io(_) | PoolClosed | PoolTimedOut | Tls(_) | WorkerCrashed))
    }

    /// Whether another writer won: the same work may succeed when it is tried again.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        let Self::Unavailable(sqlx::Error::Database(error)) = self else { return false };
        // PostgreSQL: serialization failure, deadlock; or a row that ours refers to has just gone.
        error.is_unique_violation()
            || error.is_foreign_key_violation()
            || matches!(error.code().as_deref(), Some("40001" | "40P01"))
    }
}

/// An error that the database may be to blame for.
pub(crate) trait FromDb {
    fn db(&self) -> Option<&DbError>;
}

impl FromDb for DbError {
    fn db(&self) -> Option<&DbError> {
        Some(self)
    }
}

/// Does the work again while other writers win, a few times.
pub(crate) async fn retried<T, E: FromDb, W>(work: impl Fn() -> W) -> Result<T, E>
where
    W: Future<Output = Result<T, E>>,
{
    for _ in 1..TRIES {
        match work().await {
            Err(error) if error.db().is_some_and(DbError::is_conflict) => {}
            done => return done,
        }
    }
    work().await
}

/// Reads a stored text.
///
/// # Errors
/// [`DbError::Corrupt`] with a text that its type doesn't know.
pub(crate) fn parse<T: FromStr>(text: &str) -> Result<T, DbError> {
    text.parse().map_err(|_| DbError::corrupt(text))
}

/// Runs one SQL text on whichever engine it is: `on!(db, c => query("…").fetch_all(c).await)`.
macro_rules! on {
    ($db:expr, $c:ident => $run:expr) => {
        match $db {
            $crate::db::Db::Sqlite { read: $c, .. } => $run,
            $crate::db::Db::Postgres($c) => $run,
        }
    };
}

/// The same inside a transaction: `within!(tx, c => query("…").execute(c).await)`.
macro_rules! within {
    ($tx:expr, $c:ident => $run:expr) => {
        match $tx {
            $crate::db::Tx::Sqlite(tx) => {
                let $c = &mut **tx;
                $run
            }
            $crate::db::Tx::Postgres(tx) => {
                let $c = &mut **tx;
                $run
            }
        }
    };
}

pub(crate) use {on, within};

impl Db {
    /// Opens `sqlite:path` or `postgres://…`. A missing SQLite file is made, with its folder.
    ///
    /// # Errors
    /// When the address can't be read or nobody answers there.
    pub async fn open(url: &str) -> Result<Self, DbError> {
        let wait = Duration::from_secs(WAIT_SECONDS);
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            // Compiling a query takes a hundred times as long as running one of ours.
            let options =
                PgConnectOptions::from_str(url)?.options([("jit", "off"), ("lock_timeout", LOCK_TIMEOUT)]);
            let pool = PgPoolOptions::new().acquire_timeout(wait).max_connections(2 * READERS);
            return Ok(Self::Postgres(pool.connect_with(options).await?));
        }
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // An acknowledged payment survives a power cut, not only the end of the process.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(wait);
        if let Some(folder) = options.get_filename().parent().filter(|folder| *folder != Path::new("")) {
            std::fs::create_dir_all(folder).map_err(sqlx::Error::Io)?;
        }
        let pool = |connections| SqlitePoolOptions::new().acquire_timeout(wait).max_connections(connections);
        let write = pool(1).connect_with(options.clone()).await?;
        let read = pool(READERS).connect_with(options.read_only(true)).await?;
        Ok(Self::Sqlite { read, write })
    }

    /// Brings the tables to the newest form, and guards what is only ever added to.
    ///
    /// # Errors
    /// When a migration fails, or the database is newer than this program.
    pub async fn migrate(&self) -> Result<(), DbError> {
        match self {
            Self::Sqlite { write, .. } => {
                MIGRATIONS.run(write).await?;
                sqlx::raw_sql(KEPT_SQLITE).execute(write).await?;
            }
            Self::Postgres(pool) => {
                MIGRATIONS.run(pool).await?;
                sqlx::raw_sql(KEPT_POSTGRES).execute(pool).await?;
            }
        }
        Ok(())
    }

    /// Begins a transaction that will write.
    ///
    /// # Errors
    /// When the database can't be reached, or another's write doesn't end in time.
    pub async fn begin(&self) -> Result<Tx, DbError> {
        Ok(match self {
            // Immediate: a transaction that reads first and writes later can't be overtaken.
            Self::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Begins a transaction that only reads: whatever is committed after its first look isn't in it.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn snapshot(&self) -> Result<Tx, DbError> {
        Ok(match self {
            Self::Sqlite { read, .. } => Tx::Sqlite(read.begin().await?),
            Self::Postgres(pool) => {
                Tx::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        })
    }

    /// # Errors
    /// When the database doesn't answer.
    pub async fn ping(&self) -> Result<(), DbError> {
        let _one: i64 = on!(self, c => sqlx::query_scalar("SELECT CAST(1 AS BIGINT)").fetch_one(c).await)?;
        Ok(())
    }

    /// Finishes what runs and lets go.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// # Errors
    /// When it can't be kept; then none of it is.
    pub async fn commit(mut self) -> Result<(), DbError> {
        idempotency::mark_in(&mut self).await?;
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Waits until no other transaction holds the key, and holds it until the end. SQLite has one
    /// writer at a time as it is.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn lock(&mut self, key: i64) -> Result<(), DbError> {
        if let Self::Postgres(tx) = self {
            sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(key).execute(&mut **tx).await?;
        }
        Ok(())
    }

    /// The same beside others who hold the key so: they wait only for whoever has it by [`Tx::lock`], who
    /// waits for them all.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn lock_shared(&mut self, key: i64) -> Result<(), DbError> {
        if let Self::Postgres(tx) = self {
            sqlx::query("SELECT pg_advisory_xact_lock_shared($1)").bind(key).execute(&mut **tx).await?;
        }
        Ok(())
    }
}
