//! What is to be paid now.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{booking::BookingState, deposit::ToPay, money::Money};

use crate::{
    booking::{self, Booking, Change},
    catalogue::Catalogue,
    db::{DbError, Tx},
    deposit, grant,
};

/// A price, or the difference to a dearer one, while it is locked.
#[derive(Debug, Clone)]
pub struct Due {
    /// The move that it is the difference for.
    pub change: Option<Uuid>,
    /// What the use has cost afterwards, where it pays for that.
    pub use_charge: Option<Uuid>,
    /// The version of the booking's price that it pays for.
    pub version: i64,
    /// The tax in the price, in the facility's currency.
    pub vat: Money,
    pub to_pay: ToPay,
}

impl From<&Change> for Due {
    fn from(change: &Change) -> Self {
        Self {
            change: Some(change.id),
            use_charge: None,
            version: change.version,
            vat: change.pay_vat,
            to_pay: ToPay::price(change.pay, change.pay_other()),
        }
    }
}

/// What is due for a booking: all of a held one that no grant pays and its deposit, the difference of one that is being
/// moved.
pub(super) async fn due_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    booking: &Booking,
    now: DateTime<Utc>,
) -> Result<Option<Due>, DbError> {
    match booking.state_at(now) {
        BookingState::Held => {
            let lines = booking::lines_in(tx, booking).await?;
            let vat = lines.iter().map(|line| line.vat);
            let vat = Money::sum(booking.total.currency, vat).map_err(DbError::corrupt)?;
            let granted = grant::of_booking_in(tx, booking.id).await?;
            let to_pay = deposit::to_pay(booking, &granted);
            let granted_vat: i64 = granted.iter().map(|granted| granted.vat.minor).sum();
            let vat = Money::new(vat.minor - granted_vat, vat.currency);
            Ok(Some(Due { change: None, use_charge: None, version: booking.version, vat, to_pay }))
        }
        BookingState::Confirmed => {
            let open = booking::open_change_in(tx, catalogue, booking.id).await?;
            Ok(open.filter(|change| change.is_open(now)).as_ref().map(Due::from))
        }
        BookingState::Expired | BookingState::Cancelled | BookingState::NoShow => Ok(None),
    }
}
