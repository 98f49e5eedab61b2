//! Money across the border: whole minor units, decimal rates, one rounding rule.

mod amount;
mod quote;
mod rate;
mod tariff;
mod vat;

pub use amount::{Currency, Money, ParseMoneyError, half_up};
pub use quote::{Beside, Difference, Quote, QuoteLine};
pub use rate::{EURO, Fixing, Rate, RateError, eligible_fixing_date};
pub use tariff::{
    Amounts, Applied, Band, Basis, Buyer, DISCOUNTS_MAX, Dated, DatedBy, HOMES_MAX, Home, ListOf, NoPrice,
    NotAHome, NotAmounts, PRICES_MAX, PriceGroup, Priced, PricedPlace, SeriesDiscount, SpaceTariffs, Tariff,
    TariffChange, TariffDay, TariffFault, TariffLine, TariffLists, TariffPrice, TariffProblem, Unit,
    UnitPrice, UnknownPriceGroup,
};
pub use vat::{
    NotAVatRate, Seller, Supply, Tax, TaxPoint, UnknownUse, UnknownVatWord, Use, VatClass, VatRate, VatRule,
    VatTable,
};
