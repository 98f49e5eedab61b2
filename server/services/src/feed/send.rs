//! The links to somebody's feeds, sent to their own address.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;
use vayla_domain::{Language, money::PriceGroup};

use super::Feed;
use crate::{
    Services,
    db::{Db, DbError, Tx, on, within},
    mail,
};

/// After a letter, how long none is sent to the same address.
const PAUSE_MINUTES: i64 = 60;

/// Sends the links to whoever has booked with the address: at most once an hour, and nothing where
/// nothing has been booked. Whether a letter goes out is told to its reader alone.
///
/// # Errors
/// When the database can't be reached.
pub async fn send_links(services: &Services, email: &str, language: Language) -> Result<(), DbError> {
    let email = email.to_lowercase();
    let groups = groups(&services.db, &email).await?;
    if groups.is_empty() {
        return Ok(());
    }
    let mut tx = services.db.begin().await?;
    let Some(id) = due_in(&mut tx, &email, services.clock.now()).await? else { return Ok(()) };
    let person = Feed::Person(id).url(services, language);
    let club = groups.iter().any(|group| group == PriceGroup::Club.code());
    let club = club.then(|| Feed::Club(id).url(services, language));
    mail::feed_links_in(&mut tx, services, &email, language, &person, club).await?;
    tx.commit().await
}

/// The price groups that the address has ever booked in.
async fn groups(db: &Db, email: &str) -> Result<Vec<String>, DbError> {
    Ok(on!(db, c => sqlx::query_scalar(
        "SELECT DISTINCT price_group FROM booking WHERE LOWER(booker_email) = $1 AND confirmed_at IS NOT NULL")
        .bind(email).fetch_all(c).await)?)
}

/// The address' id, unless it has had a letter lately. Of two who ask at once, one gets it.
async fn due_in(tx: &mut Tx, email: &str, now: DateTime<Utc>) -> Result<Option<Uuid>, DbError> {
    Ok(within!(tx, c => sqlx::query_scalar(
        "INSERT INTO feed (id, email, sent_at) VALUES ($1, $2, $3)
         ON CONFLICT (email) DO UPDATE SET sent_at = $3 WHERE feed.sent_at <= $4 RETURNING id")
        .bind(crate::new_id(now)).bind(email).bind(now).bind(now - TimeDelta::minutes(PAUSE_MINUTES))
        .fetch_optional(c).await)?)
}
