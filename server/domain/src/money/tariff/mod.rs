//! What a time costs: dated price lists, as staff write them, and what they come to.

mod after_use;
mod amounts;
mod band;
mod basis;
mod buyer;
mod check;
mod dated;
mod deposit;
mod diff;
mod document;
mod lines;
mod reckon;
mod sum;

#[cfg(test)]
mod slow;

pub use after_use::{
    AfterUse, ChargeAmount, ChargeCode, ChargeKind, ChargeTax, NotAChargeCode, UnknownChargeWord,
};
pub use amounts::{Amounts, NotAmounts};
pub use band::Band;
pub use basis::{Basis, NoPrice, Priced, PricedPlace, TariffLine};
pub use buyer::{Buyer, Home, NotAHome, PriceGroup, UnknownPriceGroup};
pub use check::{
    AFTER_USE_MAX, DISCOUNTS_MAX, HOMES_MAX, ListOf, NAME_LETTERS_MAX, PRICES_MAX, TariffFault, TariffProblem,
};
pub use dated::{Applied, Dated, SpaceTariffs, TariffDay, TariffLists};
pub use deposit::Deposit;
pub use diff::{TariffChange, UnitPrice};
pub use document::{DatedBy, SeriesDiscount, Tariff, TariffPrice, Unit};
pub use reckon::{ChargeBasis, OVER_MINUTES_MAX, ReckonFault, Reckoned, Told};
