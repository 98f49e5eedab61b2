//! Money across the border: whole minor units, decimal rates, one rounding rule.

mod amount;
mod publication;
mod quote;
mod rate;
mod reference;
mod tariff;
mod vat;

pub use amount::{Currency, Money, ParseMoneyError, half_up};
pub use publication::{eligible_fixing_date, fixing_before, has_fixing, latest_fixing_date, published_at};
pub use quote::{Beside, Difference, Quote, QuoteLine, taxed};
pub use rate::{EURO, Fixing, Rate, RateError};
pub use reference::{
    CreditorReference, Ocr, OcrLengths, OcrLevel, ReferenceBase, ReferenceForm, ReferenceProblem,
    UnknownLevel, Viitenumero,
};
pub(crate) use reference::{grouped, luhn, remainder_97};
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
