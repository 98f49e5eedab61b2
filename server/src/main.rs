//! The program `vayla`.

use std::{fs, io::Write, net::SocketAddr, path::Path, process::ExitCode};

use clap::Parser;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;
use vayla_server::{
    background,
    config::{Cli, Command, Config, Ledger, Rates, unknown_settings},
    router,
};
use vayla_services::{Db, Services, catalogue::seed, ledger, link::Secret, mail::Post, rate};

/// Something that a person should read on one line; the process ends with this code.
struct Failure(u8, String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(1, error.to_string())
    }
}

fn wrong_use(message: impl ToString) -> Failure {
    Failure(2, message.to_string())
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli).await {
        Ok(code) => code,
        Err(Failure(code, message)) => {
            say_error(&message);
            ExitCode::from(code)
        }
    }
}

async fn run(cli: Cli) -> Result<ExitCode, Failure> {
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    if let Some(name) = unknown_settings(names).first() {
        return Err(wrong_use(format!("no such setting: {name}")));
    }
    let filter = EnvFilter::try_new(&cli.config.log).map_err(wrong_use)?;
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve(&cli.config).await,
        Command::Migrate => open_db(&cli.config).await.map(|_| ExitCode::SUCCESS),
        Command::Seed { demo } => seed_places(&cli.config, demo).await,
        Command::Rates(Rates::Import { file }) => import_rates(&cli.config, &file).await,
        Command::Ledger(Ledger::Check) => check_ledger(&cli.config).await,
    }
}

async fn serve(config: &Config) -> Result<ExitCode, Failure> {
    let listener = TcpListener::bind(&config.listen)
        .await
        .map_err(|error| Failure(1, format!("can't listen at {}: {error}", config.listen)))?;
    let address = listener.local_addr()?;
    let base_url = config.base_url.clone().unwrap_or_else(|| local_url(address));
    let services = open_services(config, &base_url).await?;
    let loops = background::start(&services);
    say(&format!("Väylä: {base_url}"));
    let app = router(&services, config.clock.is_some());
    axum::serve(listener, app).with_graceful_shutdown(asked_to_stop()).await?;
    loops.iter().for_each(tokio::task::JoinHandle::abort);
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}

fn local_url(address: SocketAddr) -> String {
    if address.ip().is_loopback() {
        format!("http://localhost:{}", address.port())
    } else {
        format!("http://{address}")
    }
}

async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
        interrupt.await.unwrap_or_default();
        return;
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
    }
}

async fn seed_places(config: &Config, demo: bool) -> Result<ExitCode, Failure> {
    let services = open_services(config, "http://localhost:3000").await?;
    let booked = seed(&services, demo).await?;
    let places = services.catalogue().facilities.len();
    say(&format!("{places} facilities, {booked} new demo bookings"));
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn import_rates(config: &Config, file: &Path) -> Result<ExitCode, Failure> {
    let text = fs::read_to_string(file).map_err(|error| wrong_use(format!("{}: {error}", file.display())))?;
    let services = open_services(config, "http://localhost:3000").await?;
    let imported = rate::import(&services, &text).await?;
    say(&format!("{} rates read, {} new, the latest of {}", imported.read, imported.new, imported.latest));
    Ok(ExitCode::SUCCESS)
}

async fn check_ledger(config: &Config) -> Result<ExitCode, Failure> {
    let findings = ledger::check(&open_db(config).await?).await?;
    for finding in &findings {
        say_error(&format!("{}: {}", finding.place, finding.rule));
    }
    say(if findings.is_empty() { "the books are right" } else { "the books are wrong" });
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

async fn open_db(config: &Config) -> Result<Db, Failure> {
    let db = Db::open(&config.database_url).await?;
    db.migrate().await?;
    Ok(db)
}

async fn open_services(config: &Config, base_url: &str) -> Result<Services, Failure> {
    let db = open_db(config).await?;
    let post = match &config.smtp_url {
        Some(url) => Post::smtp(url, &config.mail_from).map_err(wrong_use)?,
        None => Post::folder(config.mail_folder.clone(), &config.mail_from).map_err(wrong_use)?,
    };
    let secret = secret(&config.secret_file)?;
    Ok(Services::open(db, config.clock(), secret, base_url, post).await?)
}

/// Reads the key, or makes one that only this user can read.
fn secret(file: &Path) -> Result<Secret, Failure> {
    if let Ok(bytes) = fs::read(file) {
        return Secret::new(&bytes).ok_or_else(|| wrong_use(format!("{}: too short a key", file.display())));
    }
    let secret = Secret::random();
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    std::os::unix::fs::OpenOptionsExt::mode(options.write(true).create_new(true), 0o600);
    options.open(file)?.write_all(secret.bytes())?;
    Ok(secret)
}

#[expect(clippy::print_stdout, reason = "what a command was asked for")]
fn say(line: &str) {
    println!("{line}");
}

fn say_error(line: &str) {
    eprintln!("vayla: {line}");
}
