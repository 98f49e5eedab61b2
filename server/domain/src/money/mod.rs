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
    AFTER_USE_MAX, AfterUse, Amounts, Applied, Band, Basis, Buyer, ChargeAmount, ChargeBasis, ChargeCode,
    ChargeKind, ChargeTax, DISCOUNTS_MAX, Dated, DatedBy, Deposit, HOMES_MAX, Home, ListOf, NAME_LETTERS_MAX,
    NoPrice, NotAChargeCode, NotAHome, NotAmounts, OVER_MINUTES_MAX, PRICES_MAX, PriceGroup, Priced,
    PricedPlace, ReckonFault, Reckoned, SeriesDiscount, SpaceTariffs, Tariff, TariffChange, TariffDay,
    TariffFault, TariffLine, TariffLists, TariffPrice, TariffProblem, Told, Unit, UnitPrice,
    UnknownChargeWord, UnknownPriceGroup,
};
pub use vat::{
    NotAVatRate, Seller, Supply, Tax, TaxPoint, UnknownUse, UnknownVatWord, Use, VatClass, VatRate, VatRule,
    VatTable,
};
