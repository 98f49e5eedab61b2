//! A database in the form that it had once.

use std::path::Path;

use sqlx::{AssertSqlSafe, migrate::Migrator};
use uuid::Uuid;
use vayla_services::Db;

use crate::{
    Engine,
    harness::{folder::Folder, template},
};

/// What an empty database goes through.
pub(super) fn with_empty(engine: Engine, story: impl AsyncFnOnce(&Db)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let folder = Folder::make();
        let url = match engine {
            Engine::Sqlite => format!("sqlite:{}", folder.path().join("old.db").display()),
            Engine::Postgres => template::postgres_empty().await,
        };
        let db = Db::open(&url).await.expect("an empty database");
        story(&db).await;
        db.close().await;
        if engine == Engine::Postgres {
            template::drop_postgres(&url).await;
        }
    });
}

/// Brings it to the form that a migration gave it.
pub(super) async fn to_the_form_of(db: &Db, migration: i64) {
    let migrations = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations");
    let migrator = Migrator::new(migrations).await.expect("the migrations");
    match db {
        Db::Sqlite { write, .. } => migrator.run_to(migration, write).await,
        Db::Postgres(pool) => migrator.run_to(migration, pool).await,
    }
    .expect("the old form");
}

/// Ids are written as `#1`.
pub(super) async fn write(db: &Db, sql: &str) {
    let text = sql.split('#').enumerate().map(|(place, piece)| match place {
        0 => piece.to_owned(),
        _ => {
            let digits = piece.len() - piece.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (number, rest) = piece.split_at(digits);
            format!("{}{rest}", id(db, number.parse().expect("a number")))
        }
    });
    let text = AssertSqlSafe(text.collect::<String>());
    let done = match db {
        Db::Sqlite { write, .. } => sqlx::query(text).execute(write).await.map(drop),
        Db::Postgres(pool) => sqlx::query(text).execute(pool).await.map(drop),
    };
    done.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

fn id(db: &Db, number: u128) -> String {
    match db {
        Db::Sqlite { .. } => format!("X'{}'", Uuid::from_u128(number).simple()),
        Db::Postgres(_) => format!("'{}'", Uuid::from_u128(number)),
    }
}

pub(super) async fn rows(db: &Db, sql: &'static str) -> Vec<(i64, i64, i64)> {
    match db {
        Db::Sqlite { read, .. } => sqlx::query_as(sql).fetch_all(read).await,
        Db::Postgres(pool) => sqlx::query_as(sql).fetch_all(pool).await,
    }
    .unwrap_or_else(|error| panic!("{sql}: {error}"))
}
