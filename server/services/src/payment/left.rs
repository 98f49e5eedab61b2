//! How much of a booking's price its payer has paid, or is to pay later.

use vayla_domain::money::Money;

use super::{Payment, read::paying_in};
use crate::{
    Services,
    booking::Booking,
    db::{DbError, Tx},
    grant::{self, Granted},
};

/// What is paid with these payments and hasn't gone back; of a booking on a customer's account, what no grant pays.
pub(crate) async fn left(
    services: &Services,
    booking: &Booking,
    paying: &[Payment],
) -> Result<Money, DbError> {
    match booking.customer {
        None => paid(booking, paying),
        Some(_) => Ok(unpaid(booking, &grant::of_booking(&services.db, booking.id).await?)),
    }
}

/// The same of the booking as it stands in the transaction.
pub(crate) async fn left_in(tx: &mut Tx, booking: &Booking) -> Result<Money, DbError> {
    match booking.customer {
        None => paid(booking, &paying_in(tx, booking.id).await?),
        Some(_) => Ok(unpaid(booking, &grant::of_booking_in(tx, booking.id).await?)),
    }
}

pub(super) fn paid(booking: &Booking, paying: &[Payment]) -> Result<Money, DbError> {
    let left = paying.iter().map(|payment| payment.standing().left().gross);
    Money::sum(booking.total.currency, left).map_err(DbError::corrupt)
}

fn unpaid(booking: &Booking, granted: &[Granted]) -> Money {
    let granted: i64 = granted.iter().map(|granted| granted.standing().left().gross.minor).sum();
    Money::new(booking.total.minor - granted, booking.total.currency)
}
