//! One running Väylä for one story.

mod broken;
mod client;
mod clock;
pub(crate) mod folder;
mod hindrance;
pub(crate) mod letters;
mod shortcuts;
pub(crate) mod template;
mod till;
mod town;

pub use client::client;
pub use clock::{TestClock, instant};
pub use hindrance::Hindrance;
pub use letters::Letter;
pub use shortcuts::{Time, aino, asa, eur, sek};
#[cfg(test)]
pub(crate) use till::swish_account;
pub use till::{Till, tell_at_providers};
pub use town::{Engine, Town, tell};
