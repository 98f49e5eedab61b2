//! A municipality pays a part of others' prices.

mod account;
mod budget;
mod cancelling;
mod checking;
mod moving;
mod pages;
mod paying;
mod series;
mod staff;

use uuid::Uuid;
use vayla_domain::{
    Bilingual,
    grant::{GrantFields, GrantTerms},
    money::Money,
};
use vayla_services::{
    booking::Booking,
    grant::{self, Granted, PutError, TownGrant},
    staff::Staff,
};

use crate::{Town, sek};

/// So many percent of whatever is booked, up to a budget.
pub(crate) fn percent(percent: i64, budget: Money) -> GrantFields {
    GrantFields {
        name: Bilingual { sv: "Lokalbidrag".to_owned(), fi: "Tila-avustus".to_owned() },
        percent: Some(percent),
        amount: None,
        limit: None,
        budget,
        from: "2026-08-01".parse().expect("a day"),
        until: "2027-05-31".parse().expect("a day"),
        terms: GrantTerms::default(),
    }
}

/// So much a booking.
pub(crate) fn amount(amount: Money, budget: Money) -> GrantFields {
    GrantFields { percent: None, amount: Some(amount), ..percent(1, budget) }
}

/// A half of whatever is booked, paid by Haparanda.
pub(crate) fn half_by_haparanda() -> GrantFields {
    percent(50, sek(10_000_00))
}

impl Town {
    pub(crate) async fn grant(&self, municipality: &str, fields: GrantFields) -> TownGrant {
        grant::make(&self.services, &Staff::operator(), municipality, None, fields).await.expect("a grant")
    }

    /// A voucher of it, good for one booking.
    pub(crate) async fn voucher(&self, grant: &TownGrant) -> String {
        self.vouchers(grant, 1, None).await.pop().expect("a code")
    }

    async fn vouchers(&self, grant: &TownGrant, count: usize, amount: Option<Money>) -> Vec<String> {
        let codes = grant::vouchers(&self.services, &Staff::operator(), grant.id, count, amount).await;
        codes.expect("codes")
    }

    pub(crate) async fn put(&self, booking: &Booking, code: &str) -> Result<(), PutError> {
        grant::put_on(&self.services, &[booking.id], code).await
    }

    pub(crate) async fn granted(&self, booking: Uuid) -> Vec<Granted> {
        grant::of_booking(&self.services.db, booking).await.expect("the database")
    }

    /// What is used of its budget.
    pub(crate) async fn used(&self, grant: &TownGrant) -> i64 {
        let found = grant::find_for_staff(&self.services, &Staff::operator(), grant.id).await;
        found.expect("the grant").used.minor
    }
}
