//! Deposits on the wire.

use serde::Serialize;
use utoipa::ToSchema;
use vayla_domain::{
    Language,
    money::{Currency, Deposit},
};
use vayla_services::deposit::{HeldDeposit, name};

use super::{money::Money, names::Names};

/// What is paid on top of a price and comes back: no part of the total, and without tax.
#[derive(Debug, Serialize, ToSchema)]
pub struct DepositAsked {
    pub name: Names,
    /// In the facility's currency.
    pub amount: Money,
    /// In the neighbour's: no rate is used, and it goes back as it came.
    pub amount_other: Option<Money>,
    /// So many days after the use what is left of it goes back by itself.
    pub days: u32,
}

impl DepositAsked {
    /// Beside prices in a currency.
    pub fn new(deposit: &Deposit, own: Currency) -> Option<Self> {
        let name = |language| name(language, deposit);
        Some(Self {
            name: Names { sv: name(Language::Sv), fi: name(Language::Fi) },
            amount: deposit.of(own)?.into(),
            amount_other: deposit.amount.beside(own).map(Into::into),
            days: deposit.days,
        })
    }
}

/// What has become of a deposit that has been paid, in the currency it came in.
#[derive(Debug, Serialize, ToSchema)]
pub struct DepositHeld {
    pub taken: Money,
    /// What it has paid of charges after the use.
    pub kept: Money,
    pub returned: Money,
    /// What is still held.
    pub left: Money,
}

impl From<&HeldDeposit> for DepositHeld {
    fn from(held: &HeldDeposit) -> Self {
        Self {
            taken: held.taken.into(),
            kept: held.kept.into(),
            returned: held.returned.into(),
            left: held.left().into(),
        }
    }
}
