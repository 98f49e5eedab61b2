//! The way out: a mail server, or files to look at.

use std::{path::PathBuf, sync::Arc};

use chrono::{DateTime, Utc};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Attachment, Mailbox, MultiPart, SinglePart, header::ContentType},
};
use uuid::Uuid;

use super::Letter;

/// Where letters go.
#[derive(Clone)]
pub enum Post {
    Smtp {
        server: AsyncSmtpTransport<Tokio1Executor>,
        from: Address,
    },
    /// `.eml` files in a folder: a mail program opens them.
    Folder {
        folder: Arc<PathBuf>,
        from: Address,
    },
}

#[derive(Debug, thiserror::Error)]
pub enum PostError {
    #[error("not a mail address: {0}")]
    Address(#[from] lettre::address::AddressError),
    #[error("the letter can't be put together: {0}")]
    Letter(#[from] lettre::error::Error),
    #[error("not a content type: {0}")]
    ContentType(#[from] lettre::message::header::ContentTypeErr),
    #[error("the mail server: {0}")]
    Smtp(#[from] lettre::transport::smtp::Error),
    #[error("the folder for mail: {0}")]
    Folder(#[from] std::io::Error),
}

impl Post {
    /// By an `smtp://` or `smtps://` address with name and password in it where needed.
    ///
    /// # Errors
    /// When the address can't be read.
    pub fn smtp(url: &str, from: &str) -> Result<Self, PostError> {
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?.build();
        Ok(Self::Smtp { server, from: from.parse()? })
    }

    /// # Errors
    /// When the sender's address can't be read.
    pub fn folder(folder: PathBuf, from: &str) -> Result<Self, PostError> {
        Ok(Self::Folder { folder: Arc::new(folder), from: from.parse()? })
    }

    /// The sender's address.
    #[must_use]
    pub fn address(&self) -> &str {
        match self {
            Self::Smtp { from, .. } | Self::Folder { from, .. } => from.as_ref(),
        }
    }

    /// Sends a letter. One sent again has the same `id`, by which mail programs know it.
    pub(crate) async fn send(&self, letter: &Letter, id: Uuid, now: DateTime<Utc>) -> Result<(), PostError> {
        match self {
            Self::Smtp { server, from } => {
                server.send(message(letter, from, id, now)?).await?;
            }
            Self::Folder { folder, from } => {
                let message = message(letter, from, id, now)?;
                tokio::fs::create_dir_all(folder.as_path()).await?;
                let name = format!("{id}.eml");
                tokio::fs::write(folder.join(name), message.formatted()).await?;
            }
        }
        Ok(())
    }
}

fn message(letter: &Letter, from: &Address, id: Uuid, now: DateTime<Utc>) -> Result<Message, PostError> {
    let text = SinglePart::plain(letter.text.clone());
    let to = Mailbox::new(Some(letter.name.clone()), letter.address.parse()?);
    let message_id = format!("<{id}@{}>", from.domain());
    let from = Mailbox::new(Some("Väylä".to_owned()), from.clone());
    let builder = Message::builder().message_id(Some(message_id)).date(now.into());
    let builder = builder.from(from).to(to).subject(&letter.subject);
    Ok(match &letter.calendar {
        None => builder.singlepart(text)?,
        Some(calendar) => {
            // The method stands in both places, and must be the same (RFC 6047, 2.4).
            let method = if calendar.contains("METHOD:CANCEL") { "CANCEL" } else { "PUBLISH" };
            let kind = ContentType::parse(&format!("text/calendar; charset=utf-8; method={method}"))?;
            let file = Attachment::new("vayla.ics".to_owned()).body(calendar.clone(), kind);
            builder.multipart(MultiPart::mixed().singlepart(text).singlepart(file))?
        }
    })
}
