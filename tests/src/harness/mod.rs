//! One running Väylä for one story.

mod clock;
pub(crate) mod folder;
mod letters;
mod shortcuts;
pub(crate) mod template;
mod town;

pub use clock::{TestClock, instant};
pub use letters::Letter;
pub use shortcuts::{Time, aino, asa, eur, sek};
pub use town::{Engine, Town, client, tell};
