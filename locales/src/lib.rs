//! What people read and type, in Swedish and Finnish: messages, money, dates and times.
//!
//! Messages live in `sv/*.ftl` and `fi/*.ftl`, a file a noun. The build turns each into a method
//! of [`Words`], so that a wrong key, argument or a missing translation doesn't compile.

pub mod format;
mod generated;
pub mod read;
mod words;

pub use generated::L10nLanguage as Words;
pub use words::words;
