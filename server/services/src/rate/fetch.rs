//! Fetches the European Central Bank's files when there should be something new in them.

use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use reqwest::{Client, RequestBuilder, Response, StatusCode, Url, header};
use rust_decimal::Decimal;
use vayla_domain::money::{EURO, Fixing, fixing_before, latest_fixing_date};

use super::{
    import::{BYTES_MAX, ImportError, import, read_ours},
    latest,
};
use crate::{
    Services,
    db::{DbError, within},
    tls,
};

const TIMEOUT: Duration = Duration::from_secs(30);
/// Between the first tries; twice as long each time, up to an hour.
const PAUSE_MINUTES: i64 = 5;
const PAUSE_MINUTES_MAX: i64 = 60;
/// A figure that differs from the last by more than one in so many isn't believed.
const LEAP_PART: i64 = 4;

/// Where the bank's files lie.
#[derive(Debug, Clone)]
pub struct Bank {
    folder: Url,
    client: Client,
}

/// One of its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum File {
    /// The last day's fixings.
    Daily,
    /// Those of ninety days.
    Long,
}

impl File {
    const fn name(self) -> &'static str {
        match self {
            Self::Daily => "eurofxref-daily.xml",
            Self::Long => "eurofxref-hist-90d.xml",
        }
    }
}

/// What has come of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fetched {
    /// All that has been published is on file, or it is too early to ask again.
    NotDue,
    /// The file is as it was: what is waited for isn't in it yet.
    Unchanged,
    /// The day of the latest fixing, and how many figures are new.
    New { latest: NaiveDate, new: u64 },
}

#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("{0}")]
    Unreadable(String),
    #[error("{0} per euro on {1} is far from what is on file: if it is so, import the file by hand")]
    Leap(Decimal, NaiveDate),
    #[error("the bank doesn't answer: {0}")]
    Unreached(String),
}

impl From<ImportError> for FetchError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Db(error) => Self::Db(error),
            ImportError::Unreadable(_) => Self::Unreadable(error.to_string()),
        }
    }
}

impl From<reqwest::Error> for FetchError {
    fn from(error: reqwest::Error) -> Self {
        let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
        Self::Unreached(format!("{error}{cause}"))
    }
}

impl Bank {
    /// `url` is the folder that has the daily file and that of ninety days under the bank's own names.
    ///
    /// # Errors
    /// When it isn't an address of the web: over TLS, but to this very machine.
    pub fn new(url: &str) -> Result<Self, String> {
        let folder =
            Url::parse(&format!("{}/", url.trim_end_matches('/'))).map_err(|error| error.to_string())?;
        let here = matches!(folder.host_str(), Some("localhost" | "127.0.0.1"));
        if folder.scheme() != "https" && !(here && folder.scheme() == "http") {
            return Err("it must begin with https://".to_owned());
        }
        let client = tls::client().timeout(TIMEOUT).build().map_err(|error| error.to_string())?;
        Ok(Self { folder, client })
    }

    fn get(&self, file: File) -> Result<RequestBuilder, FetchError> {
        let url = self.folder.join(file.name()).map_err(|error| FetchError::Unreached(error.to_string()))?;
        Ok(self.client.get(url))
    }
}

/// Fetches what has been published and isn't on file, unless the last try was only just now.
///
/// # Errors
/// [`FetchError`]; it is tried again later, after an ever longer pause.
pub async fn fetch_due(services: &Services, bank: &Bank) -> Result<Fetched, FetchError> {
    let now = services.clock.now();
    let (wanted, have) = (latest_fixing_date(now), on_file(services, now).await?);
    if have.is_some_and(|have| have >= wanted) {
        return Ok(Fetched::NotDue);
    }
    let file = if have == Some(fixing_before(wanted)) { File::Daily } else { File::Long };
    let Some(known) = take_turn(services, file, now).await? else { return Ok(Fetched::NotDue) };
    // Another server may have fetched it since we looked.
    if on_file(services, now).await?.is_some_and(|have| have >= wanted) {
        arrived(services, file).await?;
        return Ok(Fetched::NotDue);
    }
    let fetched = fetch(services, bank, file, &known).await?;
    if matches!(fetched, Fetched::New { latest, .. } if latest >= wanted) {
        arrived(services, file).await?;
    }
    Ok(fetched)
}

/// Fetches the file of ninety days, whatever is on file.
///
/// # Errors
/// [`FetchError`].
pub async fn fetch_now(services: &Services, bank: &Bank) -> Result<Fetched, FetchError> {
    fetch(services, bank, File::Long, &Known::default()).await
}

/// The latest day that all our currencies have a fixing of.
async fn on_file(services: &Services, now: DateTime<Utc>) -> Result<Option<NaiveDate>, DbError> {
    let (catalogue, mut days) = (services.catalogue(), Vec::new());
    for town in catalogue.municipalities.iter().filter(|town| town.currency != EURO) {
        days.push(latest(&services.db, town.currency, now.date_naive()).await?.map(|fixing| fixing.date));
    }
    // Where all have the euro, no rate is wanted.
    Ok(days.into_iter().min().unwrap_or(Some(NaiveDate::MAX)))
}

/// By which the bank knows what we have.
#[derive(Debug, Default, sqlx::FromRow)]
struct Known {
    etag: Option<String>,
    last_modified: Option<String>,
    failures: i64,
}

/// One server at a time, and not too soon after the last try; `None` where it isn't our turn. Until it is
/// known to have succeeded it counts as a failure.
async fn take_turn(services: &Services, file: File, now: DateTime<Utc>) -> Result<Option<Known>, DbError> {
    let mut tx = services.db.begin().await?;
    let known: Option<Known> = within!(&mut tx, c => sqlx::query_as(
        "INSERT INTO rate_fetch (file, next_try_at, failures) VALUES ($1, $2, 1)
         ON CONFLICT (file) DO UPDATE SET next_try_at = excluded.next_try_at, failures = rate_fetch.failures + 1
             WHERE rate_fetch.next_try_at <= $3 RETURNING etag, last_modified, failures")
        .bind(file.name()).bind(now + pause(1)).bind(now).fetch_optional(c).await)?;
    if let Some(known) = &known {
        within!(&mut tx, c => sqlx::query("UPDATE rate_fetch SET next_try_at = $2 WHERE file = $1")
            .bind(file.name()).bind(now + pause(known.failures)).execute(c).await.map(drop))?;
    }
    tx.commit().await?;
    Ok(known)
}

fn pause(failures: i64) -> TimeDelta {
    let doublings = failures.clamp(1, 16) - 1;
    TimeDelta::minutes((PAUSE_MINUTES << doublings).min(PAUSE_MINUTES_MAX))
}

/// What was waited for is there: the next is asked for without a pause.
async fn arrived(services: &Services, file: File) -> Result<(), DbError> {
    let mut tx = services.db.begin().await?;
    within!(&mut tx, c => sqlx::query("UPDATE rate_fetch SET failures = 0, next_try_at = $2 WHERE file = $1")
        .bind(file.name()).bind(services.clock.now()).execute(c).await.map(drop))?;
    tx.commit().await
}

async fn fetch(services: &Services, bank: &Bank, file: File, known: &Known) -> Result<Fetched, FetchError> {
    let mut request = bank.get(file)?;
    if let Some(etag) = &known.etag {
        request = request.header(header::IF_NONE_MATCH, etag);
    }
    if let Some(date) = &known.last_modified {
        request = request.header(header::IF_MODIFIED_SINCE, date);
    }
    let response = request.send().await?;
    match response.status() {
        StatusCode::NOT_MODIFIED => return Ok(Fetched::Unchanged),
        StatusCode::OK => {}
        other => return Err(FetchError::Unreached(other.to_string())),
    }
    let [etag, last_modified] = [header::ETAG, header::LAST_MODIFIED]
        .map(|name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned));
    let file_text = text(response).await?;
    expect_no_leap(services, &file_text).await?;
    let imported = import(services, &file_text).await?;
    let known = Known { etag, last_modified, failures: 0 };
    remember(services, file, &known).await?;
    Ok(Fetched::New { latest: imported.latest, new: imported.new })
}

/// No currency of ours has ever leapt so in a season; a misplaced point does. Nobody is there to see it.
async fn expect_no_leap(services: &Services, file: &str) -> Result<(), FetchError> {
    let (now, fixings) = (services.clock.now(), read_ours(services, file)?);
    for town in services.catalogue().municipalities.iter().filter(|town| town.currency != EURO) {
        let Some(known) = latest(&services.db, town.currency, now.date_naive()).await? else { continue };
        let far = |fixing: &&Fixing| {
            let (one, other) = (known.per_euro, fixing.per_euro);
            (one - other).abs() * Decimal::from(LEAP_PART) > one
        };
        if let Some(leap) = fixings.iter().filter(|fixing| fixing.currency == town.currency).find(far) {
            return Err(FetchError::Leap(leap.per_euro, leap.date));
        }
    }
    Ok(())
}

async fn text(mut response: Response) -> Result<String, FetchError> {
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await? {
        if bytes.len() + piece.len() > BYTES_MAX {
            return Err(FetchError::Unreadable("the file is too large".to_owned()));
        }
        bytes.extend_from_slice(&piece);
    }
    String::from_utf8(bytes).map_err(|_| FetchError::Unreadable("the file is no text".to_owned()))
}

async fn remember(services: &Services, file: File, known: &Known) -> Result<(), DbError> {
    let mut tx = services.db.begin().await?;
    within!(&mut tx, c => sqlx::query("UPDATE rate_fetch SET etag = $2, last_modified = $3 WHERE file = $1")
        .bind(file.name()).bind(&known.etag).bind(&known.last_modified).execute(c).await.map(drop))?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_an_hour() {
        let minutes = [1, 2, 3, 4, 5, 100, i64::MAX].map(|failures| pause(failures).num_minutes());
        assert_eq!(minutes, [5, 10, 20, 40, 60, 60, 60]);
    }

    #[test]
    fn a_bank_lies_in_the_web() {
        assert!(Bank::new("https://bank.example/stats").is_ok());
        for wrong in ["", "bank.example", "file:///etc", "ftp://bank.example"] {
            assert!(Bank::new(wrong).is_err(), "{wrong}");
        }
    }
}
