//! Letters to bookers, in their language.

mod letters;
mod post;

pub use letters::manage_url;
pub use post::{Post, PostError};

pub(crate) use letters::{cancelled_in, confirmed_in, given_back_in};

use serde::{Deserialize, Serialize};

/// A letter, ready to be sent. It waits in the outbox until it has been.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Letter {
    pub name: String,
    pub address: String,
    pub subject: String,
    pub text: String,
    /// A calendar file to go with it.
    pub calendar: Option<String>,
}
