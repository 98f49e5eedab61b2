//! When the schools of a town have a break.

use chrono::NaiveDate;
use serde::Serialize;
use vayla_domain::{
    Bilingual,
    series::{Break, BreakProblem, breaks_in_order},
};

use crate::{
    Services,
    audit::{self, Subject},
    db::{Db, DbError, Tx, on, within},
    staff::{Forbidden, Scope, Staff},
};

/// The breaks of a town's schools, the earliest first.
///
/// # Errors
/// When the database can't be read.
pub async fn breaks(db: &Db, municipality: &str) -> Result<Vec<Break>, DbError> {
    let rows: Vec<(NaiveDate, NaiveDate, String, String)> = on!(db, c => sqlx::query_as(
        "SELECT first_date, last_date, name_sv, name_fi FROM school_break WHERE municipality = $1
         ORDER BY first_date").bind(municipality).fetch_all(c).await)?;
    let pause = |(from, to, sv, fi)| Break { from, to, name: Bilingual { sv, fi } };
    Ok(rows.into_iter().map(pause).collect())
}

/// The same for staff of the town.
///
/// # Errors
/// [`BreaksError`], and nothing is shown.
pub async fn breaks_for_staff(
    services: &Services,
    staff: &Staff,
    municipality: &str,
) -> Result<Vec<Break>, BreaksError> {
    check(services, staff, municipality)?;
    Ok(breaks(&services.db, municipality).await?)
}

fn check(services: &Services, staff: &Staff, municipality: &str) -> Result<(), BreaksError> {
    staff.has(Scope::Series)?;
    let catalogue = services.catalogue();
    let town = catalogue.municipality(municipality).ok_or(BreaksError::Unknown)?;
    Ok(staff.may_in(Scope::Series, town)?)
}

#[derive(Debug, thiserror::Error)]
pub enum BreaksError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error("no such town")]
    Unknown,
    /// Which of them, from 0 on.
    #[error("break {0}: {1}")]
    Wrong(usize, BreakProblem),
}

/// Writes a town's breaks down in place of those before. Series that are booked stay as they are.
///
/// # Errors
/// [`BreaksError`]; then nothing has changed.
pub async fn set_breaks(
    services: &Services,
    staff: &Staff,
    municipality: &str,
    breaks: Vec<Break>,
) -> Result<Vec<Break>, BreaksError> {
    check(services, staff, municipality)?;
    let breaks = breaks_in_order(breaks).map_err(|(place, problem)| BreaksError::Wrong(place, problem))?;
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    within!(&mut tx, c => sqlx::query("DELETE FROM school_break WHERE municipality = $1")
        .bind(municipality).execute(c).await.map(drop))
    .map_err(DbError::from)?;
    for pause in &breaks {
        insert_in(&mut tx, municipality, pause).await?;
    }
    let change = Changed { municipality, breaks: &breaks };
    audit::note_about_in(&mut tx, now, staff.actor(), "breaks_set", Subject::Town, &change).await?;
    tx.commit().await?;
    Ok(breaks)
}

#[derive(Serialize)]
struct Changed<'a> {
    municipality: &'a str,
    breaks: &'a [Break],
}

async fn insert_in(tx: &mut Tx, municipality: &str, pause: &Break) -> Result<(), DbError> {
    within!(tx, c => sqlx::query(
        "INSERT INTO school_break (municipality, first_date, last_date, name_sv, name_fi) VALUES ($1, $2, $3, $4, $5)")
        .bind(municipality).bind(pause.from).bind(pause.to).bind(pause.name.sv.trim()).bind(pause.name.fi.trim())
        .execute(c).await.map(drop))?;
    Ok(())
}
