//! The check of the books finds what is wrong with invoices and what is owed, whichever rule is broken.

use vayla_services::{
    invoice::{self, OwedFrom},
    staff::Staff,
};

use super::{club, paying::viitenumero};
use crate::{Town, eur};

on_both_engines! {
    each_broken_rule_of_invoices_is_found_and_named,
    each_broken_rule_of_what_is_owed_is_found_and_named,
}

async fn each_broken_rule_of_invoices_is_found_and_named(town: &Town) {
    let account = town.customer("tornio", club(eur(5000_00))).await;
    let booking = town.book_on(&town.ice_in_tornio(), &account).await;
    town.clock.set("2026-12-01T08:00:00Z");
    let invoice = town.issue("tornio", "2026-11-30").await.pop().expect("an invoice");
    invoice::credit(&town.services, &Staff::operator(), invoice.id, &[], &super::reason())
        .await
        .expect("a note");
    let sum = "an invoice is the sum of its lines, and no more of it is taken back or paid than there is";
    let on_its_invoice = "a booking on an invoice stands on its customer's, once";
    town.finds(&[
        (
            "UPDATE invoice SET number = 3 WHERE number = 2",
            "UPDATE invoice SET number = 2 WHERE number = 3",
            "a town's invoices are numbered without a gap",
            "tornio",
        ),
        (
            "UPDATE running_number SET last = 3 WHERE series = 'invoice'",
            "UPDATE running_number SET last = 2 WHERE series = 'invoice'",
            "a town's invoices are numbered without a gap",
            "tornio",
        ),
        (
            "UPDATE invoice_line SET gross_minor = gross_minor + 1, net_minor = net_minor + 1",
            "UPDATE invoice_line SET gross_minor = gross_minor - 1, net_minor = net_minor - 1",
            sum,
            "tornio",
        ),
        (
            "UPDATE invoice_line SET vat_minor = vat_minor + 1, net_minor = net_minor - 1",
            "UPDATE invoice_line SET vat_minor = vat_minor - 1, net_minor = net_minor + 1",
            sum,
            "tornio",
        ),
        // More is taken back than there was, line by line.
        (
            "UPDATE invoice SET gross_minor = gross_minor + 1 WHERE number = 2;
             UPDATE invoice_line SET gross_minor = gross_minor + 1, net_minor = net_minor + 1 WHERE credits_line = 1",
            "UPDATE invoice SET gross_minor = gross_minor - 1 WHERE number = 2;
             UPDATE invoice_line SET gross_minor = gross_minor - 1, net_minor = net_minor - 1 WHERE credits_line = 1",
            sum,
            "tornio",
        ),
        (
            "UPDATE booking SET customer_id = NULL",
            "UPDATE booking SET customer_id = (SELECT id FROM customer)",
            on_its_invoice,
            &booking.reference,
        ),
        (
            "UPDATE booking SET invoice_id = NULL",
            "UPDATE booking SET invoice_id = (SELECT id FROM invoice WHERE number = 1)",
            on_its_invoice,
            &booking.reference,
        ),
    ])
    .await;
}

async fn each_broken_rule_of_what_is_owed_is_found_and_named(town: &Town) {
    let (_, invoice) = super::a_month_of(town).await;
    town.money_comes("1", eur(invoice.gross.minor - 99), &viitenumero(&invoice)).await.expect("taken");
    town.written_off(invoice.id).await.expect("written off");
    town.money_comes("2", eur(7_00), "Kiitos!").await.expect("taken");
    town.sent_back(&OwedFrom::Line("2".to_owned()), "a", eur(7_00)).await.expect("sent");
    let pays = "what a payer's money pays is an invoice of the same town, and no more than it comes to";
    town.finds(&[
        (
            "UPDATE owed_spent SET minor = minor + 1",
            "UPDATE owed_spent SET minor = minor - 1",
            "no more of a payer's money is spent than is owed",
            "tornio",
        ),
        (
            "UPDATE owed_spent SET municipality = 'haparanda'",
            "UPDATE owed_spent SET municipality = 'tornio'",
            "no more of a payer's money is spent than is owed",
            "haparanda",
        ),
        (
            "UPDATE owed_spent SET minor = minor - 1",
            "UPDATE owed_spent SET minor = minor + 1",
            "what a town owes to payers is what its books say",
            "tornio",
        ),
        (
            "UPDATE bank_payment SET municipality = 'haparanda' WHERE bank_key = '1'",
            "UPDATE bank_payment SET municipality = 'tornio' WHERE bank_key = '1'",
            pays,
            "tornio",
        ),
        (
            "UPDATE bank_payment SET minor = minor + 100, applied_minor = applied_minor + 100 WHERE bank_key = '1'",
            "UPDATE bank_payment SET minor = minor - 100, applied_minor = applied_minor - 100 WHERE bank_key = '1'",
            pays,
            "tornio",
        ),
        (
            "UPDATE invoice_write_off SET minor = minor + 1",
            "UPDATE invoice_write_off SET minor = minor - 1",
            "what is written off is in the books",
            "tornio",
        ),
        (
            "UPDATE invoice_write_off SET undone_at = written_off_at",
            "UPDATE invoice_write_off SET undone_at = NULL",
            "what is written off is in the books",
            "tornio",
        ),
    ])
    .await;
}
