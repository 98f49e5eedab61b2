//! Databases that begin as a copy of one that has been seeded once.

use std::{
    fs::{self, File},
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use vayla_services::{Db, Services, catalogue, link::Secret, mail::Post};

use super::{TestClock, folder::database_name};

/// Hours before any story begins, so that what a story imports comes later.
const SEEDED_AT: &str = "2026-10-30T08:00:00Z";
/// Whoever makes the template locks out the others.
const LOCK: i64 = 0x7e57;

async fn seed(url: &str) {
    let db = Db::open(url).await.expect("a new database");
    db.migrate().await.expect("the migrations to run");
    let post = Post::folder(PathBuf::from("unused"), "vayla@localhost").expect("a sender");
    let clock = TestClock::at(SEEDED_AT).clock();
    let services =
        Services::open(db, clock, Secret::random(), "http://unused", post).await.expect("an empty catalogue");
    catalogue::seed(&services, false).await.expect("the seed files");
    services.db.close().await;
}

/// Changes whenever the program does: seed files and migrations are compiled into it.
fn stamp() -> (PathBuf, String) {
    let program = std::env::current_exe().expect("the test's own program");
    let facts = fs::metadata(&program).expect("its file");
    let mut hasher = DefaultHasher::new();
    (facts.len(), facts.modified().expect("its date"), &program).hash(&mut hasher);
    let folder = program.parent().expect("a folder").join("vayla-templates");
    (folder, format!("{:016x}", hasher.finish()))
}

/// A fresh SQLite file in the folder; its address.
pub(crate) async fn sqlite_copy(into: &Path) -> String {
    let (folder, stamp) = stamp();
    fs::create_dir_all(&folder).expect("a folder for the template");
    let template = folder.join(format!("{stamp}.db"));
    let lock = File::create(folder.join("lock")).expect("a lock file");
    lock.lock().expect("the lock");
    if !template.exists() {
        for old in fs::read_dir(&folder).expect("the folder").flatten() {
            if old.file_name() != "lock" {
                fs::remove_file(old.path()).expect("an old template to go");
            }
        }
        let growing = folder.join(format!("{stamp}.growing"));
        seed(&format!("sqlite:{}", growing.display())).await;
        fs::rename(&growing, &template).expect("the template in its place");
    }
    let own = into.join("vayla.db");
    fs::copy(&template, &own).expect("a copy of the template");
    format!("sqlite:{}", own.display())
}

/// A fresh PostgreSQL database in the cluster; its address.
pub(crate) async fn postgres_copy() -> String {
    let mut cluster = cluster().await;
    let template = format!("vayla_template_{}", stamp().1);
    let name = database_name();
    sqlx::query("SELECT pg_advisory_lock($1)").bind(LOCK).execute(&mut cluster).await.expect("the lock");
    let ready: Option<bool> = sqlx::query_scalar("SELECT datistemplate FROM pg_database WHERE datname = $1")
        .bind(&template)
        .fetch_optional(&mut cluster)
        .await
        .expect("the list of databases");
    if ready != Some(true) {
        run(&mut cluster, format!("DROP DATABASE IF EXISTS {template}")).await;
        run(&mut cluster, format!("CREATE DATABASE {template}")).await;
        seed(&address(&template)).await;
        run(&mut cluster, format!("ALTER DATABASE {template} IS_TEMPLATE true")).await;
    }
    sqlx::query("SELECT pg_advisory_unlock($1)").bind(LOCK).execute(&mut cluster).await.expect("the lock");
    // Whole files are copied twice as fast as block after block through the log.
    run(&mut cluster, format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")).await;
    cluster.close().await.expect("to part as friends");
    address(&name)
}

/// A PostgreSQL database with nothing in it; its address.
#[cfg(test)]
pub(crate) async fn postgres_empty() -> String {
    let name = database_name();
    run(&mut cluster().await, format!("CREATE DATABASE {name}")).await;
    address(&name)
}

pub(crate) async fn drop_postgres(url: &str) {
    let name = url.rsplit('/').next().expect("a database in the address");
    let mut cluster = cluster().await;
    run(&mut cluster, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
}

async fn cluster() -> PgConnection {
    PgConnection::connect(&cluster_url()).await.expect("the PostgreSQL of VAYLA_TEST_POSTGRES")
}

fn cluster_url() -> String {
    std::env::var("VAYLA_TEST_POSTGRES").expect(
        "VAYLA_TEST_POSTGRES is not set: stories on PostgreSQL want an address such as \
         postgres://postgres@127.0.0.1:5432/postgres; tests/setup/with-postgres.sh COMMAND starts a server and sets it",
    )
}

fn address(name: &str) -> String {
    let url = cluster_url();
    let (server, _) = url.rsplit_once('/').expect("an address that ends with /DATABASE");
    format!("{server}/{name}")
}

async fn run(cluster: &mut PgConnection, sql: String) {
    let shown = sql.clone();
    let done = sqlx::raw_sql(AssertSqlSafe(sql)).execute(cluster).await;
    done.unwrap_or_else(|error| panic!("{shown}: {error}"));
}
