//! The letters that have gone out, as a mail program shows them.

use std::{fs, path::Path};

use chrono::{DateTime, Utc};
use mail_parser::{MessageParser, MimeHeaders};

use super::{Town, instant};

/// One letter, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub to_name: String,
    pub to_address: String,
    pub subject: String,
    /// By which a mail program knows a letter that comes twice.
    pub message_id: String,
    pub sent_at: DateTime<Utc>,
    pub text: String,
    /// The calendar file that came with it.
    pub calendar: Option<Calendar>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// As the letter announces it.
    pub method: String,
    pub text: String,
}

impl Town {
    /// Delivers what is due and reads all letters so far.
    pub async fn letters(&self) -> Vec<Letter> {
        self.deliver().await;
        letters_in(&self.mail_folder())
    }

    /// The only letter whose subject begins so.
    pub async fn letter(&self, subject_begins: &str) -> Letter {
        let letters = self.letters().await;
        let mut found = letters.iter().filter(|letter| letter.subject.starts_with(subject_begins));
        let (first, second) = (found.next(), found.next());
        assert!(second.is_none(), "two letters begin with {subject_begins}: {letters:#?}");
        first.unwrap_or_else(|| panic!("no letter begins with {subject_begins}: {letters:#?}")).clone()
    }
}

/// All that lie in a folder, by whom they are to.
pub(crate) fn letters_in(folder: &Path) -> Vec<Letter> {
    let Ok(files) = fs::read_dir(folder) else { return Vec::new() };
    let mut letters: Vec<Letter> = files
        .map(|file| file.expect("a file in the folder").path())
        .map(|path| read(&fs::read(path).expect("a letter that can be read")))
        .collect();
    letters.sort_by(|one, other| (&one.to_address, &one.subject).cmp(&(&other.to_address, &other.subject)));
    letters
}

fn read(bytes: &[u8]) -> Letter {
    let message = MessageParser::default().parse(bytes).expect("a mail message");
    let to = message.to().and_then(|to| to.first()).expect("a receiver");
    let calendar =
        message.attachments().find(|part| part.attachment_name() == Some("vayla.ics")).map(|part| {
            let kind = part.content_type().expect("a content type");
            assert_eq!((kind.ctype(), kind.subtype()), ("text", Some("calendar")));
            Calendar {
                method: kind.attribute("method").unwrap_or_default().to_owned(),
                text: part.text_contents().expect("text").to_owned(),
            }
        });
    Letter {
        to_name: to.name().unwrap_or_default().to_owned(),
        to_address: to.address().unwrap_or_default().to_owned(),
        subject: message.subject().unwrap_or_default().to_owned(),
        message_id: message.message_id().unwrap_or_default().to_owned(),
        sent_at: message.date().map(|date| instant(&date.to_rfc3339())).expect("a date"),
        text: message.body_text(0).unwrap_or_default().replace("\r\n", "\n"),
        calendar,
    }
}
