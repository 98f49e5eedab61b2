//! The letter with the links to one's calendars.

use vayla_domain::Language;
use vayla_locales::words;

use super::{Letter, draft::foot};
use crate::{
    Services,
    db::{DbError, Tx},
    outbox::{self, Message},
};

/// To the address itself, by no name: whoever has typed it may not be its owner.
pub(crate) async fn feed_links_in(
    tx: &mut Tx,
    services: &Services,
    address: &str,
    language: Language,
    person: &str,
    club: Option<String>,
) -> Result<(), DbError> {
    let (w, now) = (words(language), services.clock.now());
    let mut lines = vec![w.feed_mail_hello(), String::new(), w.feed_mail_intro(), String::new()];
    lines.extend([w.feed_mail_person(), person.to_owned(), String::new()]);
    lines.extend(club.into_iter().flat_map(|club| [w.feed_mail_club(), club, String::new()]));
    lines.push(w.feed_mail_not_you());
    lines.extend(foot(services, language));
    let letter = Letter {
        name: address.to_owned(),
        address: address.to_owned(),
        subject: w.feed_mail_subject(),
        text: lines.join("\n"),
        calendar: None,
        facility: None,
        municipality: None,
    };
    outbox::add_in(tx, &Message::Mail(letter), now, now).await
}
