//! The check of the books finds what is wrong with charges, whichever rule is broken.

use vayla_domain::money::EURO;

use crate::{Town, aino, eur, invoice::club, sek};

on_both_engines! {
    each_broken_rule_of_charges_is_found_and_named,
}

async fn each_broken_rule_of_charges_is_found_and_named(town: &Town) {
    town.list_charges().await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, aino(), EURO).await;
    let account = town.customer("tornio", club(eur(5000_00))).await;
    let on_account = town.book_on(&time.later(60), &account).await;
    town.after(&time.later(60));
    let key = town.charge(&booking, "lost_key").await;
    town.pay_charge(&key, sek(0).currency).await;
    town.charge(&on_account, "changing_room").await;
    town.issue("tornio", "2026-11-30").await;
    let (booked, paid) = (
        "a booking's charges are in the books as they were shown",
        "a charge is paid once at most, as it was shown, and not at all once it is taken back",
    );
    let invoiced = "a charge on an invoice stands on its customer's, once, and is taken back with its line";
    town.finds(&[
        (
            "UPDATE use_charge SET gross_minor = gross_minor + 1, net_minor = net_minor + 1 WHERE customer_id IS NULL",
            "UPDATE use_charge SET gross_minor = gross_minor - 1, net_minor = net_minor - 1 WHERE customer_id IS NULL",
            booked,
            &booking.reference,
        ),
        (
            "UPDATE use_charge SET credited_at = charged_at WHERE customer_id IS NULL",
            "UPDATE use_charge SET credited_at = NULL WHERE customer_id IS NULL",
            booked,
            &booking.reference,
        ),
        (
            "UPDATE payment SET minor = minor + 1 WHERE use_charge_id IS NOT NULL",
            "UPDATE payment SET minor = minor - 1 WHERE use_charge_id IS NOT NULL",
            paid,
            &booking.reference,
        ),
        (
            "UPDATE payment SET gross_minor = gross_minor + 1 WHERE use_charge_id IS NOT NULL",
            "UPDATE payment SET gross_minor = gross_minor - 1 WHERE use_charge_id IS NOT NULL",
            "what is open of a town's invoices and charges is what its books say is owed",
            "tornio",
        ),
        (
            "UPDATE use_charge SET invoice_id = NULL",
            "UPDATE use_charge SET invoice_id = (SELECT id FROM invoice) WHERE customer_id IS NOT NULL",
            invoiced,
            &on_account.reference,
        ),
        (
            "UPDATE use_charge SET credited_at = charged_at WHERE customer_id IS NOT NULL",
            "UPDATE use_charge SET credited_at = NULL WHERE customer_id IS NOT NULL",
            invoiced,
            &on_account.reference,
        ),
    ])
    .await;
}
