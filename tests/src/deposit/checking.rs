//! The check of the books finds what is wrong with deposits, whichever rule is broken.

use vayla_domain::money::EURO;

use crate::{Town, aino, asa, sek};

on_both_engines! {
    each_broken_rule_of_deposits_is_found_and_named,
}

async fn each_broken_rule_of_deposits_is_found_and_named(town: &Town) {
    town.list_deposit().await;
    let time = town.ice_in_tornio();
    let kept = town.book(&time, asa(), sek(0).currency).await;
    town.after(&time);
    town.charge(&kept, "changing_room").await;
    let other = town.book(&time.later(24 * 60), aino(), EURO).await;
    town.finds(&[
        (
            "UPDATE payment SET deposit_minor = deposit_minor - 1 WHERE deposit_minor > 0",
            "UPDATE payment SET deposit_minor = deposit_minor + 1 WHERE deposit_minor > 0",
            "a deposit is what was asked for with the payment that has confirmed its booking",
            &kept.reference,
        ),
        (
            "UPDATE deposit SET returned_minor = returned_minor + 1 WHERE kept_minor = 0",
            "UPDATE deposit SET returned_minor = returned_minor - 1 WHERE kept_minor = 0",
            "no more of a deposit is kept and given back than came, and each is written down",
            &other.reference,
        ),
        (
            "UPDATE ledger_transaction SET event = 'lost' WHERE event = 'deposit_kept'",
            "UPDATE ledger_transaction SET event = 'deposit_kept' WHERE event = 'lost'",
            "a deposit is in the books once, and so is what is kept of it and comes back",
            &kept.reference,
        ),
        (
            "UPDATE posting SET minor = minor + 1 WHERE credit = 'deposits'",
            "UPDATE posting SET minor = minor - 1 WHERE credit = 'deposits'",
            "what a town's books hold as deposits is what it holds of payers",
            "haparanda",
        ),
        (
            "UPDATE deposit_keep SET gross_minor = gross_minor + 9000",
            "UPDATE deposit_keep SET gross_minor = gross_minor - 9000",
            "a deposit pays no more of a charge than it is, and nothing once it is taken back",
            &kept.reference,
        ),
        (
            "UPDATE booking SET state = 'cancelled'",
            "UPDATE booking SET state = 'confirmed'",
            "of a booking that is cancelled or paid later no deposit is held",
            &other.reference,
        ),
    ])
    .await;
}
