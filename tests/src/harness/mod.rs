//! One running Väylä for one story.

mod clock;
mod folder;
mod letters;
mod shortcuts;
mod template;
mod town;

pub use clock::{TestClock, instant};
pub use letters::Letter;
pub use shortcuts::{Time, aino, asa, eur, sek};
pub use town::{Engine, Town, tell};
