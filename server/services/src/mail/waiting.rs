//! The letter to whoever has joined the line.

use uuid::Uuid;
use vayla_domain::Language;
use vayla_locales::words;

use super::{Letter, draft::foot};
use crate::{
    Services,
    db::{DbError, Tx},
    outbox::{self, Message},
    waiting::{Entry, WantedText, describe},
};

/// They have a place in line: which, for what, and how to leave.
pub(crate) async fn joined_in(
    tx: &mut Tx,
    services: &Services,
    entry: &Entry,
    place: usize,
) -> Result<(), DbError> {
    let (now, who) = (services.clock.now(), &entry.who);
    let (w, place) = (words(who.language), i64::try_from(place).unwrap_or(i64::MAX));
    let WantedText { what, days, hours } = describe(who.language, &services.catalogue(), &entry.wanted);
    let subject = w.mail_joined_subject(&what);
    let mut lines = vec![
        w.mail_hello(&who.name),
        String::new(),
        w.mail_joined_intro(place),
        String::new(),
        w.mail_place(what),
        w.mail_joined_days(days),
        w.mail_joined_hours(hours),
        String::new(),
        w.mail_joined_next(),
        w.mail_waiting_link(),
        waiting_url(services, who.language, entry.id),
    ];
    lines.extend(foot(services, who.language));
    let letter = Letter {
        name: who.name.clone(),
        address: who.email.clone(),
        subject,
        text: lines.join("\n"),
        calendar: None,
        facility: entry.wanted.space.as_ref().map(|space| space.facility.id),
        municipality: None,
    };
    outbox::add_in(tx, &Message::Mail(letter), now, now).await
}

/// Where whoever holds the link sees their place and leaves.
pub(super) fn waiting_url(services: &Services, language: Language, entry: Uuid) -> String {
    let path = match language {
        Language::Sv => "ko",
        Language::Fi => "jono",
    };
    format!("{}/{}/{path}/{}", services.base_url, language.code(), services.secret.waiting_token(entry))
}
