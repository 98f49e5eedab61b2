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
pub use quote::{Difference, Quote, QuoteLine};
pub use rate::{EURO, Fixing, Rate, RateError};
pub use reference::{
    CreditorReference, Ocr, OcrLevel, ReferenceBase, ReferenceProblem, UnknownLevel, Viitenumero,
};
pub use tariff::{Days, NoPrice, PriceGroup, Tariff, TariffLine, TariffPrice};
pub use vat::{Use, VatRate, VatRule, VatTable};
