//! What a feed says of each booking: to the booker all, to a club's members what for, to anybody
//! only that it is taken. A closure says why, a block is taken as by any booking.

use std::sync::Arc;

use sha2::{Digest, Sha256};
use uuid::Uuid;
use vayla_domain::{Language, closure::ClosureKind};
use vayla_locales::words;

use super::{Feed, closed::Closed, read::Entry};
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
    (entries, closed): (Vec<Entry>, Vec<Closed>),
) -> String {
    let booked = entries.into_iter().map(|entry| event(services, feed, language, entry));
    let mut events: Vec<Event> =
        booked.chain(closed.into_iter().map(|closed| closing(language, closed))).collect();
    events.sort_by_key(|event| event.span.start());
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
        facility: Arc::clone(&entry.space.facility),
        span: entry.span,
        // Many programs show what is cancelled as if it weren't.
        summary: if entry.cancelled { w.feed_cancelled(summary) } else { summary },
        description,
        url,
    }
}

fn closing(language: Language, closed: Closed) -> Event {
    let (w, facility) = (words(language), &closed.facility);
    let parts = (closed.parts.len() < facility.parts.len())
        .then(|| wording::parts(language, facility, &closed.parts));
    let reason = closed.reason.get(language);
    let summary = match (closed.kind, parts) {
        (ClosureKind::Closure, None) => w.feed_closed(reason),
        (ClosureKind::Closure, Some(parts)) => w.feed_closed_parts(parts, reason),
        (ClosureKind::Block, None) => w.feed_taken(w.feeds_of_whole_facility()),
        (ClosureKind::Block, Some(parts)) => w.feed_taken(parts),
    };
    Event {
        uid: public_name(closed.closure),
        sequence: closed.sequence,
        stamp: closed.stamp,
        cancelled: false,
        busy: false,
        facility: closed.facility,
        span: closed.span,
        summary,
        description: None,
        url: None,
    }
}

/// What for, which booking, and where it is managed: not all programs show an event's own link.
fn description(language: Language, entry: &Entry, url: &str) -> String {
    let w = words(language);
    let lines = [entry.purpose.clone(), Some(w.feed_reference(&entry.reference)), Some(w.feed_manage(url))];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// A name that stays a booking's or a closure's own and doesn't tell its id: who has neither its link nor its
/// reference learns nothing to ask for it by.
fn public_name(id: Uuid) -> Uuid {
    let hash: [u8; 32] =
        Sha256::new().chain_update("calendar:").chain_update(id.as_bytes()).finalize().into();
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
