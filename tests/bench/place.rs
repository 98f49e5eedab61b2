//! A database of its own for one run.

use std::{path::PathBuf, sync::Arc, time::Instant};

use chrono::TimeDelta;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use vayla_services::{Clock, Db, Services, catalogue, link::Secret, mail::Post};
use vayla_tests::{Engine, instant};

/// The Monday on which the measurements begin.
pub const BEGINS: &str = "2026-11-02T09:00:00Z";
const POSTGRES_NAME: &str = "vayla_bench";

pub struct Place {
    pub services: Services,
    pub engine: Engine,
    pub database_url: String,
    pub folder: PathBuf,
}

impl Place {
    /// A new database with the seeded towns.
    pub async fn open(engine: Engine) -> Self {
        let folder = std::env::temp_dir().join(format!("vayla-bench-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for the database");
        let database_url = match engine {
            Engine::Sqlite => format!("sqlite:{}", folder.join("vayla.db").display()),
            Engine::Postgres => make_postgres().await,
        };
        let db = Db::open(&database_url).await.expect("a new database");
        db.migrate().await.expect("the migrations to run");
        let post = Post::folder(folder.join("mail"), "vayla@example.org").expect("a sender");
        let services = Services::open(db, clock(), Secret::random(), "http://unused", post)
            .await
            .expect("an empty catalogue");
        catalogue::seed(&services, false).await.expect("the seed files");
        Self { services, engine, database_url, folder }
    }

    pub async fn close(self) {
        self.services.db.close().await;
        if self.engine == Engine::Postgres {
            run(format!("DROP DATABASE IF EXISTS {POSTGRES_NAME} WITH (FORCE)")).await;
        }
        std::fs::remove_dir_all(&self.folder).expect("the folder to go");
    }
}

/// Begins on that Monday and goes on like any clock.
fn clock() -> Clock {
    let (began, start) = (Arc::new(Instant::now()), instant(BEGINS));
    Clock::new(move || start + TimeDelta::from_std(began.elapsed()).unwrap_or_default())
}

async fn make_postgres() -> String {
    run(format!("DROP DATABASE IF EXISTS {POSTGRES_NAME} WITH (FORCE)")).await;
    run(format!("CREATE DATABASE {POSTGRES_NAME}")).await;
    let url = cluster_url();
    let (server, _) = url.rsplit_once('/').expect("an address that ends with /DATABASE");
    format!("{server}/{POSTGRES_NAME}")
}

fn cluster_url() -> String {
    std::env::var("VAYLA_TEST_POSTGRES").expect("main has looked")
}

async fn run(sql: String) {
    let mut cluster =
        PgConnection::connect(&cluster_url()).await.expect("the PostgreSQL of VAYLA_TEST_POSTGRES");
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut cluster).await.expect("a database to come or go");
}
