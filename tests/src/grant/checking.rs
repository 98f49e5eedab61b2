//! The check of the books finds what is wrong with grants, whichever rule is broken.

use vayla_domain::money::EURO;
use vayla_services::{invoice, staff::Staff};

use super::half_by_haparanda;
use crate::{
    Town, aino, eur,
    invoice::{club, reason},
};

on_both_engines! {
    each_broken_rule_of_grants_is_found_and_named,
}

async fn each_broken_rule_of_grants_is_found_and_named(town: &Town) {
    let account = town.customer("tornio", club(eur(500_00))).await;
    town.grant_to("haparanda", &account, half_by_haparanda()).await;
    let time = town.ice_in_tornio();
    let invoiced = town.book_on(&time, &account).await;
    let credited = town.book_on(&time.later(120), &account).await;
    let grant = town.grant("haparanda", half_by_haparanda()).await;
    let cancelled = town.hold(time.later(60).request_by(aino())).await;
    town.put(&cancelled, &town.voucher(&grant).await).await.expect("a part");
    town.pay(&cancelled, EURO).await;
    town.clock.set("2026-11-04T10:00:00Z");
    town.cancel(cancelled.id).await; // late: a half of the grant's half comes back
    town.clock.set("2026-12-01T08:00:00Z");
    let invoice = town.issue("tornio", "2026-11-30").await.pop().expect("an invoice");
    invoice::credit(&town.services, &Staff::operator(), invoice.id, &[2], &reason()).await.expect("a note");
    town.rate_of("2026-11-30", "10.978").await;
    let held = town.hold(time.later(60 * 24 * 28).request_by(aino())).await;
    town.put(&held, &town.voucher(&grant).await).await.expect("a part");
    let (in_the_books, promised) = (
        "what a grant gives and what comes back to it is in the books once",
        "a grant is promised only while a time is held, and pays no more than the price",
    );
    let of_a_line =
        "what an invoice's line says that a grant pays is what it pays, or has come back with the line";
    town.finds(&[
        (
            "UPDATE town_grant SET used_minor = used_minor + 1",
            "UPDATE town_grant SET used_minor = used_minor - 1",
            "what is used of a grant is what it has promised and paid, within its budget",
            "haparanda",
        ),
        (
            "UPDATE grant_voucher SET used_minor = used_minor + 1",
            "UPDATE grant_voucher SET used_minor = used_minor - 1",
            "a voucher is used for one booking, or within its amount",
            "haparanda",
        ),
        (
            "UPDATE grant_voucher SET uses = 1 - uses",
            "UPDATE grant_voucher SET uses = 1 - uses",
            "a voucher is used for one booking, or within its amount",
            "haparanda",
        ),
        (
            "UPDATE grant_return SET minor = minor + 1000000",
            "UPDATE grant_return SET minor = minor - 1000000",
            "no more comes back to a grant than it has paid",
            &cancelled.reference,
        ),
        (
            "UPDATE ledger_transaction SET event = 'lost' WHERE event = 'subsidy'",
            "UPDATE ledger_transaction SET event = 'subsidy' WHERE event = 'lost'",
            in_the_books,
            &invoiced.reference,
        ),
        (
            "UPDATE ledger_transaction SET event = 'lost' WHERE event = 'subsidy_returned'",
            "UPDATE ledger_transaction SET event = 'subsidy_returned' WHERE event = 'lost'",
            in_the_books,
            &cancelled.reference,
        ),
        // A cent in all that grants say, and not in the books.
        (
            "UPDATE grant_use SET gross_minor = gross_minor + 1, minor = minor + 1;
             UPDATE town_grant SET used_minor = used_minor + 1;
             UPDATE grant_voucher SET used_minor = used_minor + 1",
            "UPDATE grant_use SET gross_minor = gross_minor - 1, minor = minor - 1;
             UPDATE town_grant SET used_minor = used_minor - 1;
             UPDATE grant_voucher SET used_minor = used_minor - 1",
            in_the_books,
            &invoiced.reference,
        ),
        (
            "UPDATE grant_use SET vat_minor = vat_minor + 1 WHERE state = 'given'",
            "UPDATE grant_use SET vat_minor = vat_minor - 1 WHERE state = 'given'",
            "the tax in what a grant pays is that in the books",
            &invoiced.reference,
        ),
        (
            "UPDATE posting SET minor = minor + 1 WHERE debit = 'subsidies'",
            "UPDATE posting SET minor = minor - 1 WHERE debit = 'subsidies'",
            "what a town's books say that it pays of others' prices is what its grants have paid",
            "haparanda",
        ),
        (
            "UPDATE booking SET state = 'expired' WHERE state = 'held'",
            "UPDATE booking SET state = 'held' WHERE state = 'expired'",
            promised,
            &held.reference,
        ),
        (
            "UPDATE grant_use SET gross_minor = gross_minor + 1000000 WHERE state = 'given'",
            "UPDATE grant_use SET gross_minor = gross_minor - 1000000 WHERE state = 'given'",
            promised,
            &invoiced.reference,
        ),
        (
            "UPDATE invoice_line SET granted_minor = granted_minor + 1 WHERE line = 1",
            "UPDATE invoice_line SET granted_minor = granted_minor - 1 WHERE line = 1",
            of_a_line,
            &invoiced.reference,
        ),
        (
            "UPDATE invoice_line SET granted_minor = granted_minor + 1 WHERE credits_line = 2",
            "UPDATE invoice_line SET granted_minor = granted_minor - 1 WHERE credits_line = 2",
            of_a_line,
            &credited.reference,
        ),
    ])
    .await;
}
