//! The check of the books finds a closure that others could book in.

use super::{around, new};
use crate::Town;

on_both_engines! {
    what_is_closed_and_could_be_booked_is_found_and_named,
}

async fn what_is_closed_and_could_be_booked_is_found_and_named(town: &Town) {
    let time = town.ice_in_tornio();
    town.shut(&new(around(&time), [])).await;
    town.finds(&[(
        "UPDATE cell SET quarter = quarter + 1000000",
        "UPDATE cell SET quarter = quarter - 1000000",
        "what is closed can't be booked",
        "tornion-jaahalli",
    )])
    .await;
}
