//! Grants: a municipality pays a part of others' prices.
//!
//! A grant leaves the price and its tax as they are. It is paid by somebody else for a certain use at a certain price,
//! so that it is linked directly to the price and the taxable amount is the whole (directive 2006/112/EC, article 73;
//! mervärdesskattelag 2023:200, 8 kap.; arvonlisäverolaki 1501/1993, 79 §).

mod back;
mod part;
mod terms;
mod written;

pub use back::{back_of_cancelling, back_of_charged, back_of_move, split_back};
pub use part::{GrantPart, GrantPays, GrantPrice, GrantRule};
pub use terms::{GrantTerms, GrantedUse, NotGranted};
pub use written::{GRANT_DAYS_MAX, GRANT_NAME_MAX, Grant, GrantField, GrantFields};
