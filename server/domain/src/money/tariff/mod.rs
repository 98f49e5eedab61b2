//! What a time costs: dated price lists, as staff write them, and what they come to.

mod amounts;
mod band;
mod basis;
mod buyer;
mod check;
mod dated;
mod diff;
mod document;
mod lines;
mod sum;

#[cfg(test)]
mod slow;

pub use amounts::{Amounts, NotAmounts};
pub use band::Band;
pub use basis::{Basis, NoPrice, Priced, PricedPlace, TariffLine};
pub use buyer::{Buyer, Home, NotAHome, PriceGroup, UnknownPriceGroup};
pub use check::{DISCOUNTS_MAX, HOMES_MAX, ListOf, PRICES_MAX, TariffFault, TariffProblem};
pub use dated::{Applied, Dated, SpaceTariffs, TariffDay, TariffLists};
pub use diff::{TariffChange, UnitPrice};
pub use document::{DatedBy, SeriesDiscount, Tariff, TariffPrice, Unit};
