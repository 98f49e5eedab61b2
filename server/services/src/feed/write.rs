//! What a feed says of each booking: to the booker all, to a club's members what for, to anybody
//! only that it is taken.

use sha2::{Digest, Sha256};
use uuid::Uuid;
use vayla_domain::Language;
use vayla_locales::words;

use super::{Feed, read::Entry};
use crate::{
    Services,
    calendar::{Calendar, Event, Method},
    mail, wording,
};

/// The feed's file.
pub(super) fn text(
    services: &Services,
    feed: Feed,
    language: Language,
    name: &str,
    entries: Vec<Entry>,
) -> String {
    let events: Vec<Event> =
        entries.into_iter().map(|entry| event(services, feed, language, entry)).collect();
    let calendar = Calendar {
        language,
        method: Method::Publish,
        name: Some(name),
        organizer: services.post.address(),
        events: &events,
    };
    calendar.write()
}

fn event(services: &Services, feed: Feed, language: Language, entry: Entry) -> Event {
    let (w, place) = (words(language), wording::place(language, &entry.space));
    let mine = matches!(feed, Feed::Person(_));
    let url = mine.then(|| mail::manage_url(services, entry.booking, language));
    let description = url.as_ref().map(|url| description(language, &entry, url));
    let summary = match (feed, entry.purpose) {
        (Feed::Person(_), _) | (Feed::Club(_), None) => place,
        (Feed::Club(_), Some(purpose)) => format!("{purpose} – {place}"),
        (Feed::Space(_) | Feed::Facility(_), _) => w.feed_taken(entry.space.name.get(language)),
    };
    Event {
        uid: if mine { entry.booking } else { public_name(entry.booking) },
        sequence: entry.sequence,
        stamp: entry.stamp,
        cancelled: entry.cancelled,
        busy: !feed.is_public(),
        space: entry.space,
        span: entry.span,
        // Many programs show what is cancelled as if it weren't.
        summary: if entry.cancelled { w.feed_cancelled(summary) } else { summary },
        description,
        url,
    }
}

/// What for, which booking, and where it is managed: not all programs show an event's own link.
fn description(language: Language, entry: &Entry, url: &str) -> String {
    let w = words(language);
    let lines = [entry.purpose.clone(), Some(w.feed_reference(&entry.reference)), Some(w.feed_manage(url))];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// A name that stays the booking's own and doesn't tell its id: who has neither its link nor its
/// reference learns nothing to ask for it by.
fn public_name(booking: Uuid) -> Uuid {
    let hash: [u8; 32] =
        Sha256::new().chain_update("calendar:").chain_update(booking.as_bytes()).finalize().into();
    let mut name = [0; 16];
    name.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(name).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_name_is_the_same_each_time_and_nobody_elses() {
        let (one, other) = (Uuid::from_u128(7), Uuid::from_u128(8));
        assert_eq!(public_name(one), public_name(one));
        assert_ne!(public_name(one), public_name(other));
        assert_ne!(public_name(one), one);
        assert_eq!(public_name(one).get_version_num(), 8);
    }
}
