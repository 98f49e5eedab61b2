//! Charges in words, for pages, letters, papers and staff alike.

use vayla_domain::{
    Language,
    money::{AfterUse, ChargeAmount, ChargeBasis, ChargeKind, ChargeTax, Unit},
};
use vayla_locales::{format, words};

use crate::tariff::{amounts_text, percent_text};

/// What is charged: `Borttappad nyckel`, or the entry's own name.
#[must_use]
pub fn name(language: Language, entry: &AfterUse) -> String {
    if let Some(name) = &entry.name {
        return name.get(language).to_owned();
    }
    let w = words(language);
    match entry.kind {
        ChargeKind::LostKey => w.charge_lost_key(),
        ChargeKind::Unlocked => w.charge_unlocked(),
        ChargeKind::NotCleaned => w.charge_not_cleaned(),
        ChargeKind::Alarm => w.charge_alarm(),
        ChargeKind::Overtime => w.charge_overtime(),
        ChargeKind::NoShow => w.charge_no_show(),
        ChargeKind::Other => entry.code().to_owned(),
    }
}

/// How much it is: `50,00 €`, `95,00 € för varje påbörjad timme`.
#[must_use]
pub fn amount_text(language: Language, amount: &ChargeAmount) -> String {
    let w = words(language);
    match amount {
        ChargeAmount::Fixed(amounts) => amounts_text(language, amounts),
        ChargeAmount::PerQuarter(amounts) => w.charge_per_quarter(amounts_text(language, amounts)),
        ChargeAmount::PerHour(amounts) => w.charge_per_hour(amounts_text(language, amounts)),
        ChargeAmount::PricePercent(percent) => w.charge_of_price(percent_text(language, *percent)),
        ChargeAmount::CostUpTo(amounts) => w.charge_cost_up_to(amounts_text(language, amounts)),
    }
}

/// The same with how it is taxed, for those who write price lists.
#[must_use]
pub fn terms_text(language: Language, entry: &AfterUse) -> String {
    let w = words(language);
    let tax = match entry.tax() {
        ChargeTax::Use => w.charge_tax_use(),
        ChargeTax::Outside => w.charge_tax_outside(),
    };
    format!("{}, {tax}", amount_text(language, &entry.amount))
}

/// What may be charged, and how much: `Borttappad nyckel: 50,00 €`.
#[must_use]
pub fn entry_text(language: Language, entry: &AfterUse) -> String {
    format!("{}: {}", name(language, entry), amount_text(language, &entry.amount))
}

/// How it came to what it is: `2 påbörjade timmar (1 tim 10 min), 95,00 € för varje`.
#[must_use]
pub fn basis_text(language: Language, basis: &ChargeBasis) -> String {
    let w = words(language);
    match basis {
        ChargeBasis::Fixed => w.charge_basis_fixed(),
        ChargeBasis::Begun { unit, price, units, minutes } => {
            let (length, price) = (format::duration(language, *minutes), format::money(language, *price));
            match unit {
                Unit::Quarter => w.charge_basis_quarters(*units, length, price),
                _ => w.charge_basis_hours(*units, length, price),
            }
        }
        ChargeBasis::OfPrice { percent, price } => {
            w.charge_basis_price(percent_text(language, *percent), format::money(language, *price))
        }
        ChargeBasis::Cost => w.charge_basis_cost(),
    }
}
