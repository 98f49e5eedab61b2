//! A move that is made together with others, and told of with them.

use vayla_domain::money::Money;

use super::{
    Booking, ChangeQuote, Settled,
    apply::{apply_untold_in, give_back_change_in},
    ask::opened,
    read::{insert_in, next_version_in},
};
use crate::{
    Services,
    db::{DbError, Tx},
    occupancy::cells,
};

/// Moves a booking to a time that costs no more. Whoever calls has locked it and tells its booker. Returns
/// the booking after it, and what goes back, by currency; `None` where the time is taken: then the caller
/// rolls back.
pub(crate) async fn move_untold_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    quote: &ChangeQuote,
    settled: Settled<'_>,
) -> Result<Option<(Booking, Vec<Money>)>, DbError> {
    let kept = give_back_change_in(tx, booking.id, settled.by, settled.now).await?;
    let version = next_version_in(tx, booking.id).await?;
    let change = opened(services.new_id(), booking, quote, version, settled.now);
    insert_in(tx, &change, &quote.price.lines, settled.now).await?;
    cells::yield_in(tx, kept, &change.space, change.occupied()).await?;
    if !cells::occupy_beside_in(tx, services.new_id(), &change, None).await? {
        return Ok(None);
    }
    apply_untold_in(tx, services, booking, &change, settled).await.map(Some)
}
