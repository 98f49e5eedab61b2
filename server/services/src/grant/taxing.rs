//! What is paid later is taxed by the day of use, and so is what grants pay of it.

use chrono::{DateTime, Utc};
use vayla_domain::{
    ledger::{self, Event},
    money::Money,
};

use super::{Granted, back::given_in, usage::set_vat_in};
use crate::{
    booking::Booking,
    db::{DbError, Tx},
    ledger::{Entry, post_in},
};

/// A booking comes on an invoice for `gross`, with the tax of the day of use in it: what grants pay of that has as great a
/// part of the tax from now on, whatever it had on the day on which it was given. What they pay, and the tax in it.
pub(crate) async fn tax_of_use_in(
    tx: &mut Tx,
    booking: &Booking,
    (gross, vat): (Money, Money),
    now: DateTime<Utc>,
) -> Result<(Money, Money), DbError> {
    let (granted, left) = given_in(tx, booking).await?;
    let (mut reached, mut taxed) = (0, Money::new(0, vat.currency));
    for granted in &granted {
        reached += granted.standing().left().gross.minor;
        let up_to = vat.portion(reached, gross.minor);
        tax_in(tx, booking, granted, Money::new(up_to.minor - taxed.minor, vat.currency), now).await?;
        taxed = up_to;
    }
    Ok((left, taxed))
}

/// `vat` is in what is left of it now.
async fn tax_in(
    tx: &mut Tx,
    booking: &Booking,
    granted: &Granted,
    vat: Money,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let was = granted.standing().left().vat;
    if was == vat {
        return Ok(());
    }
    set_vat_in(tx, granted, Money::new(granted.back.vat.minor + vat.minor, vat.currency)).await?;
    let source = format!("grant_tax:{}", granted.id);
    let entry = Entry { booking: Some(booking.id), ..Entry::new(now, Event::Correction, source) };
    let owner = &booking.space.facility.municipality.code;
    post_in(tx, &entry, &ledger::taxed_anew(owner, was, vat)).await.map(drop)
}
