//! A running Väylä.

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::PathBuf,
};

use sqlx::{AssertSqlSafe, postgres::PgPoolOptions};
use tokio::{net::TcpListener, runtime::Runtime, task::JoinHandle};
use vayla_services::{
    Clock, Db, Services, ledger,
    link::Secret,
    mail::Post,
    occupancy,
    outbox::{self, Queue},
    payment::provider::Providers,
};

use super::{TestClock, client, folder::Folder, template};

/// The Friday on which stories begin; that day's rate, 10.978, has been published.
const BEGINS: &str = "2026-10-30T17:00:00Z";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Both towns' Väylä with a database, a clock, a letter box and an HTTP server of its own.
pub struct Town {
    pub services: Services,
    pub clock: TestClock,
    pub engine: Engine,
    pub database_url: String,
    /// Where its HTTP server answers; no slash at the end.
    pub base_url: String,
    /// Doesn't follow redirects.
    pub client: reqwest::Client,
    server: JoinHandle<()>,
    folder: Folder,
}

/// Tells a story on an engine, checks the books, and clears up whatever became of it.
pub fn tell(engine: Engine, story: impl AsyncFn(&Town)) {
    let runtime = runtime();
    let town = runtime.block_on(Town::open(engine));
    let told = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            story(&town).await;
            town.check_books().await;
        });
    }));
    runtime.block_on(town.close());
    told.unwrap_or_else(|cause| resume_unwind(cause));
}

pub(super) fn runtime() -> Runtime {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build();
    runtime.expect("a runtime")
}

impl Town {
    pub async fn open(engine: Engine) -> Self {
        Self::open_paid_by(engine, |_, _| Providers::default()).await
    }

    /// With payment providers, which know where it answers and what its clock says.
    pub async fn open_paid_by(engine: Engine, providers: impl FnOnce(&str, Clock) -> Providers) -> Self {
        let folder = Folder::make();
        let database_url = match engine {
            Engine::Sqlite => template::sqlite_copy(folder.path()).await,
            Engine::Postgres => template::postgres_copy().await,
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base_url = format!("http://{}", listener.local_addr().expect("its number"));
        let db = Db::open(&database_url).await.expect("the copy of the template");
        let post = Post::folder(folder.path().join("mail"), "vayla@example.org").expect("a sender");
        let clock = TestClock::at(BEGINS);
        let secret = Secret::new(b"a secret for stories, of 32 bytes and more").expect("long enough");
        let services =
            Services::open(db, clock.clock(), secret, &base_url, post).await.expect("the seeded places");
        let services = services.paid_by(providers(&base_url, clock.clock()));
        let router = vayla_server::router(&services, false);
        let server = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("the server to run");
        });
        Self { services, clock, engine, database_url, base_url, client: client(), server, folder }
    }

    /// Another Väylä on the same database: a second machine, or the same after a restart.
    pub async fn second(&self) -> Services {
        self.on(Db::open(&self.database_url).await.expect("the town's database")).await
    }

    /// The same with one connection: whoever wants a second while holding it gets none. On SQLite there is one writer
    /// as it is, and reading takes another.
    pub async fn of_one_connection(&self) -> Services {
        let db = match self.engine {
            Engine::Sqlite => Db::open(&self.database_url).await.expect("the town's database"),
            Engine::Postgres => {
                let pool = PgPoolOptions::new().max_connections(1).connect(&self.database_url).await;
                Db::Postgres(pool.expect("the town's database"))
            }
        };
        self.on(db).await
    }

    async fn on(&self, db: Db) -> Services {
        let Services { clock, secret, post, providers, .. } = self.services.clone();
        let services = Services::open(db, clock, secret, &self.base_url, post).await;
        services.expect("the seeded places").paid_by(providers)
    }

    pub async fn check_books(&self) {
        let findings = ledger::check(&self.services.db).await.expect("the books");
        assert_eq!(findings, [], "what `vayla ledger check` finds");
    }

    /// Delivers all that is due, as the background loop would; says how much was tried.
    pub async fn deliver(&self) -> usize {
        let mut tried = 0;
        loop {
            let mut more = 0;
            for queue in Queue::ALL {
                more += outbox::deliver_due(&self.services, queue).await.expect("the outbox");
            }
            if more == 0 {
                return tried;
            }
            tried += more;
        }
    }

    /// Takes away what keeps the books and the rates as they are; [`Town::keep`] lays it anew.
    pub async fn unkeep(&self) {
        for guard in ["ledger_transaction", "posting", "fixing"] {
            let triggers: &[&str] = match self.engine {
                Engine::Sqlite => &["_update", "_delete"],
                Engine::Postgres => &["rows_kept"],
            };
            for trigger in triggers {
                let sql = match self.engine {
                    Engine::Sqlite => format!("DROP TRIGGER {guard}{trigger}"),
                    Engine::Postgres => format!("DROP TRIGGER {trigger} ON {guard}"),
                };
                crate::sql!(self, c => sqlx::query(AssertSqlSafe(sql)).execute(c).await.map(drop))
                    .expect("a guard to go");
            }
        }
    }

    /// What every start of the program does.
    pub async fn keep(&self) {
        self.services.db.migrate().await.expect("the guards");
    }

    /// Clears holds that have run out, as the background loop would; says how many.
    pub async fn sweep(&self) -> usize {
        occupancy::sweep(&self.services).await.expect("a sweep")
    }

    pub(crate) fn mail_folder(&self) -> PathBuf {
        self.folder.path().join("mail")
    }

    pub(super) async fn close(self) {
        self.server.abort();
        self.services.db.close().await;
        if self.engine == Engine::Postgres {
            template::drop_postgres(&self.database_url).await;
        }
    }
}
