//! Bookings as calendars that are followed: a person's, a club's, a space's, a facility's; with the latter two,
//! what staff keep closed.
//!
//! A link opens a feed to whoever holds it. Those about a mail address go to that address by letter
//! and nowhere else: typing somebody's address, in a booking or on a page, opens nothing.

mod closed;
mod link;
mod read;
mod send;
mod write;

pub use link::Feed;
pub use send::send_links;

use vayla_domain::Language;
use vayla_locales::words;

use crate::{Services, db::DbError, wording};

/// A feed as calendar programs read it.
#[derive(Debug, Clone)]
pub struct FeedFile {
    /// iCalendar. Unchanged bookings give the same bytes.
    pub text: String,
    /// It tells of nobody: anybody may keep it.
    pub public: bool,
}

/// The file that a link's token opens; `None` for a token that isn't ours, or whose subject is gone.
///
/// # Errors
/// When the database can't be read.
pub async fn file(services: &Services, token: &str) -> Result<Option<FeedFile>, DbError> {
    let Some((feed, language)) = Feed::unseal(&services.secret, token) else { return Ok(None) };
    let Some(name) = name(services, feed, language).await? else { return Ok(None) };
    let (entries, closed) = (read::entries(services, feed).await?, closed::closed(services, feed).await?);
    let text = write::text(services, feed, language, &name, (entries, closed));
    Ok(Some(FeedFile { text, public: feed.is_public() }))
}

/// What calendar programs call it; `None` where its subject is gone.
async fn name(services: &Services, feed: Feed, language: Language) -> Result<Option<String>, DbError> {
    let (w, catalogue) = (words(language), services.catalogue());
    Ok(match feed {
        Feed::Person(id) => read::is_known(&services.db, id).await?.then(|| w.feed_person_name()),
        Feed::Club(id) => read::is_known(&services.db, id).await?.then(|| w.feed_club_name()),
        Feed::Space(id) => catalogue.space(id).map(|space| wording::place(language, space)),
        Feed::Facility(id) => catalogue.facility(id).map(|facility| facility.name.get(language).to_owned()),
    })
}
