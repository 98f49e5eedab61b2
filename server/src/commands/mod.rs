//! The commands, a file each, and what they share.

pub mod breaks;
pub mod charge;
pub mod closure;
pub mod customer;
pub mod grant;
pub mod invoice;
pub mod ledger;
pub mod migrate;
pub mod outbox;
mod owed;
mod preview;
pub mod rates;
pub mod refund;
pub mod refunds;
pub mod rules;
pub mod seed;
pub mod serve;
pub mod settlement;
pub mod settlements;
pub mod tariff;
pub mod token;
pub mod vat;
mod wall;

use std::{fs, io::Write, path::Path, sync::Arc};

use serde::Serialize;
use vayla_domain::{Bilingual, Reason, booking::BookingReference, money::Money};
use vayla_server::{config::Config, providers::providers};
use vayla_services::{
    Batch, Db, Services,
    booking::{self, Booking},
    catalogue::Municipality,
    link::Secret,
    mail::Post,
};

/// For commands that write no links, or where nobody has said what they begin with.
const NO_LINKS: &str = "http://localhost:3000";

/// How many of a long list are read at a time.
const STRETCH: usize = 200;

/// Something that a person should read on one line; the process ends with this code.
pub struct Failure(pub u8, pub String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(1, error.to_string())
    }
}

pub fn wrong_use(message: impl ToString) -> Failure {
    Failure(2, message.to_string())
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

/// With whoever takes money in for the towns: for what speaks to them.
async fn open_with_providers(config: &Config, base_url: &str) -> Result<Services, Failure> {
    let services = open_services(config, base_url).await?;
    let settings = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    let providers =
        providers(&settings.collect(), &services.catalogue(), &services.base_url, &services.clock);
    Ok(services.paid_by(providers.map_err(wrong_use)?))
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

/// The booking that people call so on the phone.
async fn booking_named(services: &Services, reference: &str) -> Result<Booking, Failure> {
    let reference: BookingReference = reference.parse().map_err(wrong_use)?;
    let booking = booking::find_by_reference(services, &reference).await?;
    booking.ok_or_else(|| wrong_use(format!("{reference}: no such booking")))
}

fn town_named(services: &Services, code: &str) -> Result<Arc<Municipality>, Failure> {
    let town = services.catalogue().municipality(code).cloned();
    town.ok_or_else(|| wrong_use(format!("no such town: {code}")))
}

/// `20.00 EUR`.
fn sent(text: &str) -> Result<Money, Failure> {
    let (amount, currency) = text.split_once(' ').ok_or_else(|| wrong_use(format!("{text}: no currency")))?;
    currency.parse().and_then(|currency| Money::parse(amount, currency)).map_err(wrong_use)
}

fn reason(sv: String, fi: String) -> Result<Reason, Failure> {
    Reason::parse(&Bilingual { sv, fi })
        .map_err(|_| wrong_use("a reason has 1 to 500 letters in each language"))
}

/// What a command was asked for. Whoever reads it may stop reading: what is done is done.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn amount(money: Money) -> String {
    format!("{} {}", money.wire(), money.currency)
}

fn say_json(value: &impl Serialize) -> Result<(), Failure> {
    say(&serde_json::to_string_pretty(value)?);
    Ok(())
}

/// A long list, a line each: read from a place on, and the next time from where the last of those stands.
async fn say_all<T, P>(
    mut read: impl AsyncFnMut(Option<P>) -> Result<Batch<T>, Failure>,
    place: impl Fn(&T) -> P,
    line: impl Fn(&T) -> String,
) -> Result<(), Failure> {
    let mut after = None;
    loop {
        let batch = read(after).await?;
        batch.items.iter().for_each(|item| say(&line(item)));
        after = batch.items.last().map(&place);
        if !batch.more {
            return Ok(());
        }
    }
}

pub fn say_error(line: &str) {
    eprintln!("vayla: {line}");
}
