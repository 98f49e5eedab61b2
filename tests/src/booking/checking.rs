//! The check of the books finds a move whose cells aren't its own.

use vayla_domain::money::EURO;
use vayla_services::booking::Changed;

use crate::{Town, aino};

on_both_engines! {
    each_broken_rule_of_moves_is_found_and_named,
}

async fn each_broken_rule_of_moves_is_found_and_named(town: &Town) {
    let booking = town.book(&town.ice_by_day(), aino(), EURO).await;
    let changed = town.try_move(booking.id, &town.ice_in_tornio()).await;
    assert!(matches!(changed, Ok(Changed::Open(_))), "{changed:?}");
    let moves =
        "an open move and its booking have exactly the cells of the new time, and no other move has any";
    town.finds(&[
        (
            "UPDATE booking_change SET end_quarter = end_quarter + 1",
            "UPDATE booking_change SET end_quarter = end_quarter - 1",
            moves,
            &booking.reference,
        ),
        (
            "UPDATE booking_change SET state = 'expired'",
            "UPDATE booking_change SET state = 'open'",
            moves,
            &booking.reference,
        ),
    ])
    .await;
}
