//! Reads the European Central Bank's files: the history as CSV, daily and 90-day files as XML.

use chrono::NaiveDate;
use quick_xml::{Reader, events::Event};
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};
use vayla_domain::money::{Currency, EURO, Fixing};

use crate::{
    Services,
    db::{DbError, retried, within},
};

/// Shipped with the program: Danish, Norwegian and Swedish crowns since 1999.
const EMBEDDED: &str = include_str!("../../seed/ecb-history.csv");
const SOURCE: &str = "ECB";
/// No published file is larger.
pub(super) const BYTES_MAX: usize = 16 * 1024 * 1024;

/// What was found in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    pub read: usize,
    pub new: u64,
    /// The day of the latest fixing.
    pub latest: NaiveDate,
}

#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("the file is not a rates file of the European Central Bank: {0}")]
    Unreadable(String),
}

/// What becomes of a figure that differs from the last one for its day.
#[derive(Clone, Copy)]
enum Differing {
    /// It stands beside it, and holds from now on.
    Corrects,
    /// It is passed over.
    Yields,
}

/// Adds the fixings of a CSV or XML file, of the currencies that our towns use. Those on file stay; a figure
/// that differs from the last one for its day stands beside it, and holds from now on.
///
/// # Errors
/// [`ImportError::Unreadable`] when any line can't be read: then nothing is added.
pub async fn import(services: &Services, file: &str) -> Result<Imported, ImportError> {
    take_in(services, file, Differing::Corrects).await
}

/// The fixings in a file of the currencies that our towns use.
pub(super) fn read_ours(services: &Services, file: &str) -> Result<Vec<Fixing>, ImportError> {
    let fixings = read(file).map_err(ImportError::Unreadable)?;
    let ours: Vec<Currency> = services.catalogue().municipalities.iter().map(|town| town.currency).collect();
    Ok(fixings.into_iter().filter(|fixing| ours.contains(&fixing.currency)).collect())
}

async fn take_in(services: &Services, file: &str, differing: Differing) -> Result<Imported, ImportError> {
    let fixings = read_ours(services, file)?;
    let latest = fixings.iter().map(|fixing| fixing.date).max();
    let latest = latest.ok_or_else(|| ImportError::Unreadable("no rate of our currencies".to_owned()))?;
    let file_hash = hash(file);
    let new = retried(|| store(services, &fixings, &file_hash, differing)).await?;
    Ok(Imported { read: fixings.len(), new, latest })
}

/// The same for the history that ships with the program: newer files know better.
///
/// # Errors
/// When the database can't be written.
pub async fn import_embedded(services: &Services) -> Result<(), ImportError> {
    services.refresh_catalogue().await?;
    let abroad = services.catalogue().municipalities.iter().any(|town| town.currency != EURO);
    if abroad && !is_on_file(services, &hash(EMBEDDED)).await? {
        take_in(services, EMBEDDED, Differing::Yields).await?;
    }
    Ok(())
}

async fn is_on_file(services: &Services, file_hash: &str) -> Result<bool, DbError> {
    let one: Option<i64> = crate::db::on!(&services.db, c => sqlx::query_scalar(
        "SELECT CAST(1 AS BIGINT) FROM fixing WHERE file_hash = $1 LIMIT 1")
        .bind(file_hash).fetch_optional(c).await)?;
    Ok(one.is_some())
}

/// All of them or none.
async fn store(
    services: &Services,
    fixings: &[Fixing],
    file_hash: &str,
    differing: Differing,
) -> Result<u64, DbError> {
    let (now, mut new) = (services.clock.now(), 0);
    let mut tx = services.db.begin().await?;
    let sql = match differing {
        Differing::Corrects => ADD_OR_CORRECT,
        Differing::Yields => ADD,
    };
    for fixing in fixings {
        new += within!(&mut tx, c => sqlx::query(sql)
            .bind(fixing.currency.code()).bind(fixing.date).bind(fixing.per_euro.normalize().to_string())
            .bind(&fixing.source).bind(file_hash).bind(now).execute(c).await.map(|done| done.rows_affected()))?;
    }
    tx.commit().await?;
    Ok(new)
}

const ADD: &str =
    "INSERT INTO fixing (currency, fixing_date, version, per_euro, source, file_hash, imported_at)
    SELECT $1, $2, 1, $3, $4, $5, $6
    WHERE NOT EXISTS (SELECT 1 FROM fixing WHERE currency = $1 AND fixing_date = $2)";
/// Also where the figure has been there before, but another since.
const ADD_OR_CORRECT: &str =
    "INSERT INTO fixing (currency, fixing_date, version, per_euro, source, file_hash, imported_at)
    SELECT $1, $2, COALESCE(MAX(version), 0) + 1, $3, $4, $5, $6 FROM fixing
    WHERE currency = $1 AND fixing_date = $2
    HAVING COALESCE((SELECT per_euro FROM fixing AS last WHERE last.currency = $1 AND last.fixing_date = $2
                     ORDER BY last.version DESC LIMIT 1), '') <> $3";

fn hash(file: &str) -> String {
    Sha256::digest(file.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read(file: &str) -> Result<Vec<Fixing>, String> {
    if file.len() > BYTES_MAX {
        return Err("it is too large".to_owned());
    }
    if file.trim_start().starts_with('<') { read_xml(file) } else { read_csv(file) }
}

/// A header `Date,USD,…,`, then a day a line, newest first; `N/A` or nothing where there is none.
fn read_csv(file: &str) -> Result<Vec<Fixing>, String> {
    let mut lines = file.lines();
    let header =
        lines.next().and_then(|line| line.strip_prefix("Date,")).ok_or("it doesn't begin with Date,")?;
    let currencies: Vec<Option<Currency>> = header.split(',').map(|code| code.trim().parse().ok()).collect();
    let mut fixings = Vec::new();
    for line in lines.filter(|line| !line.trim().is_empty()) {
        let (day, figures) = line.split_once(',').ok_or_else(|| line.to_owned())?;
        for (figure, currency) in figures.split(',').map(str::trim).zip(&currencies) {
            if let (Some(currency), false) = (currency, matches!(figure, "" | "N/A")) {
                fixings.push(fixing(*currency, day, figure)?);
            }
        }
    }
    Ok(fixings)
}

/// `Cube[@time]` holding `Cube[@currency][@rate]`, for one day or many.
fn read_xml(file: &str) -> Result<Vec<Fixing>, String> {
    let mut reader = Reader::from_str(file);
    let (mut day, mut fixings) = (None, Vec::new());
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(cube) | Event::Empty(cube) if cube.local_name().as_ref() == "Cube" => {
                let attribute = |name: &str| -> Option<String> {
                    let value = cube.try_get_attribute(name).ok()??;
                    Some(value.value.into_owned())
                };
                day = attribute("time").or(day);
                if let (Some(code), Some(figure)) = (attribute("currency"), attribute("rate")) {
                    let currency = code.parse().map_err(|_| code)?;
                    fixings.push(fixing(currency, day.as_deref().ok_or("a rate without a day")?, &figure)?);
                }
            }
            Event::Eof => return Ok(fixings),
            _ => {}
        }
    }
}

fn fixing(currency: Currency, day: &str, figure: &str) -> Result<Fixing, String> {
    let date = day.trim().parse().map_err(|_| format!("{day} is no day"))?;
    let per_euro: Decimal = figure.parse().map_err(|_| format!("{figure} is no rate"))?;
    if per_euro <= Decimal::ZERO {
        return Err(format!("{figure} is no rate"));
    }
    Ok(Fixing { currency, date, per_euro, source: SOURCE.to_owned() })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use vayla_domain::money::has_fixing;

    use super::*;

    const SEK: Currency = Currency::from_code(b"SEK");

    fn krona(fixings: &[Fixing], day: &str) -> Option<String> {
        let day: NaiveDate = day.parse().expect("a date");
        let found = fixings.iter().find(|fixing| fixing.currency == SEK && fixing.date == day);
        found.map(|fixing| fixing.per_euro.to_string())
    }

    #[test]
    fn the_shipped_history_holds_the_known_figures() {
        let fixings = read(EMBEDDED).expect("our own file");
        let check = |day, figure: &str| assert_eq!(krona(&fixings, day).as_deref(), Some(figure), "{day}");
        check("2026-10-30", "10.978");
        check("2026-10-29", "10.9995");
        check("2026-06-19", "10.974");
        check("2026-01-02", "10.8085");
        check("2025-12-31", "10.8215");
        check("2000-05-03", "8.055");
        check("2023-09-18", "11.9872");
        assert_eq!(krona(&fixings, "2026-04-03"), None); // Good Friday
    }

    /// Before 2002 the days on which the payment system was closed were others.
    #[test]
    fn the_shipped_history_has_a_fixing_on_each_day_that_has_one_and_on_no_other() {
        let fixings = read(EMBEDDED).expect("our own file");
        let days: BTreeSet<NaiveDate> =
            fixings.iter().filter(|fixing| fixing.currency == SEK).map(|fixing| fixing.date).collect();
        let (first, last) =
            (NaiveDate::from_ymd_opt(2002, 1, 1).expect("a date"), *days.last().expect("days"));
        for date in first.iter_days().take_while(|date| *date <= last) {
            assert_eq!(days.contains(&date), has_fixing(date), "{date}");
        }
    }

    #[test]
    fn the_daily_and_the_long_xml_file_are_read() {
        let file = r#"<?xml version="1.0"?><gesmes:Envelope xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"
            xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"><Cube>
            <Cube time="2019-08-15"><Cube currency="USD" rate="1.115"/><Cube currency="SEK" rate="10.7305"/></Cube>
            <Cube time="2019-08-14"><Cube currency="SEK" rate="10.7158"/></Cube></Cube></gesmes:Envelope>"#;
        let fixings = read(file).expect("the bank's form");
        assert_eq!(krona(&fixings, "2019-08-15").as_deref(), Some("10.7305"));
        assert_eq!(krona(&fixings, "2019-08-14").as_deref(), Some("10.7158"));
    }

    #[test]
    fn a_broken_file_is_refused_whole() {
        for file in
            ["", "Datum,SEK\n", "Date,SEK,\n2026-13-01,10.0,\n", "Date,SEK,\n2026-01-01,-1,\n", "<Cube><"]
        {
            let fixings = read(file);
            assert!(fixings.is_err() || fixings.is_ok_and(|fixings| fixings.is_empty()), "{file}");
        }
        assert_eq!(read("Date,SEK,\n2026-01-01,N/A,\n2026-01-02,,\n"), Ok(Vec::new()));
    }
}
