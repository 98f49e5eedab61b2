//! Lays the seed files into the tables. As often as one likes: what stands there is updated.

mod demo;
mod files;
mod write;

use crate::{
    Services,
    db::{DbError, Tx, within},
    rate,
};

/// What stops a seeding. Nothing of it is kept then.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("seed file {file}: {error}")]
    File { file: &'static str, error: String },
    #[error(transparent)]
    Rates(#[from] rate::ImportError),
}

/// Lays in the places, prices, VAT, treaty and rates; with `demo` also a fortnight of bookings,
/// marked as demo, from today on. Returns how many demo bookings were made now.
///
/// # Errors
/// [`SeedError`]; the places are written in one transaction.
pub async fn seed(services: &Services, demo: bool) -> Result<usize, SeedError> {
    let files = files::read()?;
    let mut tx = services.db.begin().await?;
    tx.lock(SEED_LOCK).await?;
    write::all(&mut tx, &files, demo, services.clock.now()).await?;
    count_change(&mut tx).await?;
    tx.commit().await?;
    rate::import_embedded(services).await?;
    services.refresh_catalogue().await?;
    if demo { Ok(demo::book(services).await?) } else { Ok(0) }
}

/// Two seedings at once wait for each other.
const SEED_LOCK: i64 = 0x5eed;

async fn count_change(tx: &mut Tx) -> Result<(), DbError> {
    within!(tx, c => sqlx::query("UPDATE catalogue_version SET version = version + 1").execute(c).await.map(drop))?;
    Ok(())
}
