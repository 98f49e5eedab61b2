//! The check of the books finds what is wrong, whichever rule is broken.

use vayla_domain::money::EURO;
use vayla_services::ledger;

use crate::{Town, aino, asa, sek};

on_both_engines! {
    each_broken_rule_is_found_and_named,
}

async fn each_broken_rule_is_found_and_named(town: &Town) {
    let across = town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    let cancelled = town.book(&town.ice_in_tornio().later(60), aino(), EURO).await;
    town.cancel(cancelled.id).await;
    town.check_books().await;
    town.unkeep().await;
    let check = async |breaks: &'static str, mends: &'static str, rule: &str, reference: &str| {
        sql!(town, c => sqlx::query(breaks).execute(c).await.map(drop)).expect(breaks);
        let findings =
            ledger::check(&town.services.db).await.unwrap_or_else(|error| panic!("{rule}: {error}"));
        let found = findings.iter().any(|finding| finding.rule == rule && finding.place == reference);
        assert!(found, "{rule}, at {reference}: {findings:?}");
        sql!(town, c => sqlx::query(mends).execute(c).await.map(drop)).expect(mends);
        town.check_books().await;
    };
    check(
        "UPDATE ledger_transaction SET event = 'lost' WHERE event = 'payment' AND rate_value IS NOT NULL",
        "UPDATE ledger_transaction SET event = 'payment' WHERE event = 'lost'",
        "a settled payment is in the books once",
        &across.reference,
    )
    .await;
    check(
        "UPDATE refund SET minor = minor + 1",
        "UPDATE refund SET minor = minor - 1",
        "no more goes back than came",
        &cancelled.reference,
    )
    .await;
    check(
        "UPDATE ledger_transaction SET event = 'lost' WHERE event = 'refund'",
        "UPDATE ledger_transaction SET event = 'refund' WHERE event = 'lost'",
        "a refund is in the books once",
        &cancelled.reference,
    )
    .await;
    check(
        "UPDATE posting SET contract_minor = contract_minor + 1 WHERE debit LIKE 'clearing%' AND contract_minor > 0",
        "UPDATE posting SET contract_minor = contract_minor - 1 WHERE debit LIKE 'clearing%' AND contract_minor > 0",
        "what one town owes, the other is owed",
        &across.reference,
    )
    .await;
    check(
        "UPDATE booking SET given_back_minor = 1 WHERE state = 'confirmed'",
        "UPDATE booking SET given_back_minor = 0 WHERE state = 'confirmed'",
        "only of what is cancelled on an account is some given back, and no more than it costs",
        &across.reference,
    )
    .await;
    check(
        "UPDATE payment SET surplus = true WHERE currency = 'SEK'",
        "UPDATE payment SET surplus = false WHERE currency = 'SEK'",
        "a confirmed booking is paid, no more and no less",
        &across.reference,
    )
    .await;
    check(
        "UPDATE posting SET minor = minor + 1 WHERE credit = 'income' AND currency = 'EUR'",
        "UPDATE posting SET minor = minor - 1 WHERE credit = 'income' AND currency = 'EUR'",
        "the income in the books is what was paid and hasn't gone back",
        &across.reference,
    )
    .await;
    check(
        "UPDATE booking_line SET gross_minor = gross_minor + 1, net_minor = net_minor + 1",
        "UPDATE booking_line SET gross_minor = gross_minor - 1, net_minor = net_minor - 1",
        "a booking's price is the sum of its lines",
        &across.reference,
    )
    .await;
    check(
        "UPDATE cell SET quarter = quarter + 1000000",
        "UPDATE cell SET quarter = quarter - 1000000",
        "a live booking has exactly its cells",
        &across.reference,
    )
    .await;
    check(
        "UPDATE booking SET end_quarter = end_quarter - 1 WHERE state = 'confirmed'",
        "UPDATE booking SET end_quarter = end_quarter + 1 WHERE state = 'confirmed'",
        "no booking has cells that aren't its own",
        &across.reference,
    )
    .await;
    let payment = format!("payment:{}", town.payments(across.id).await[0].id);
    check(
        "UPDATE ledger_transaction SET lines = lines + 1 WHERE rate_value IS NOT NULL",
        "UPDATE ledger_transaction SET lines = lines - 1 WHERE rate_value IS NOT NULL",
        "a transaction has all its postings, and no more",
        &payment,
    )
    .await;
    check(
        "UPDATE payment SET created_at = '2026-12-24T00:00:00+00:00' WHERE rate_value IS NOT NULL",
        "UPDATE payment SET created_at = '2026-10-30T17:00:00+00:00' WHERE rate_value IS NOT NULL",
        "nothing is in the books before it has happened",
        &payment,
    )
    .await;
    check(
        "UPDATE payment SET vat_minor = vat_minor - 1 WHERE currency = 'SEK'",
        "UPDATE payment SET vat_minor = vat_minor + 1 WHERE currency = 'SEK'",
        "the tax in what was paid is that of its lines",
        &across.reference,
    )
    .await;
    check(
        "UPDATE ledger_transaction SET rate_value = '10.9780' WHERE rate_value IS NOT NULL",
        "UPDATE ledger_transaction SET rate_value = '10.978' WHERE rate_value IS NOT NULL",
        "what is booked of a payment is booked at its rate",
        &payment,
    )
    .await;
    check(
        "UPDATE fixing SET per_euro = '10.979' WHERE fixing_date = '2026-10-30'",
        "UPDATE fixing SET per_euro = '10.978' WHERE fixing_date = '2026-10-30'",
        "a rate that was used is one of the bank's",
        &across.reference,
    )
    .await;
    check(
        "UPDATE payment SET receipt_number = receipt_number + 1",
        "UPDATE payment SET receipt_number = receipt_number - 1",
        "receipts are numbered from 1 on, without a gap or a double",
        "tornio",
    )
    .await;
    check(
        "UPDATE posting SET credit = 'incone' WHERE credit = 'income' AND contract_minor > 0",
        "UPDATE posting SET credit = 'income' WHERE credit = 'incone'",
        "postings use accounts that there are",
        "tornio: incone",
    )
    .await;
    check(
        "UPDATE posting SET contract_minor = contract_minor + 1 WHERE debit LIKE 'clearing%' AND contract_minor > 0",
        "UPDATE posting SET contract_minor = contract_minor - 1 WHERE debit LIKE 'clearing%' AND contract_minor > 0",
        "what one town owes, the other is owed",
        "haparanda → tornio, EUR",
    )
    .await;
    town.keep().await;
}
