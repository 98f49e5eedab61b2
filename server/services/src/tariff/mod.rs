//! Price lists: laid in as drafts, looked at, published. What is published never changes.

mod draft;
mod preview;
mod publish;
mod read;
mod text;

pub use draft::{LISTS_MAX, TariffError, draft, remove};
pub use preview::{Preview, PreviewAsked, Previewed, preview};
pub use publish::{changes, publish};
pub use read::{List, Place, find, list};
pub(crate) use text::{amounts_text, percent_text};
pub use text::{change_text, group_name, line_text, per_unit, tax_text, unit_price_text, when_text};
