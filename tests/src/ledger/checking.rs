//! The check of the books finds what is wrong, whichever rule is broken.

use std::{fs, path::Path};

use vayla_domain::money::EURO;
use vayla_services::ledger;

use crate::{Engine, Town, aino, asa, sek};

on_both_engines! {
    each_broken_rule_is_found_and_named,
}

/// A rule that nobody breaks may see nothing.
#[test]
fn each_rule_is_broken_by_a_story() {
    let stories: String = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .expect("the stories")
        .filter_map(|noun| fs::read_to_string(noun.expect("a folder").path().join("checking.rs")).ok())
        .collect();
    let unbroken: Vec<&str> =
        ledger::rules().filter(|rule| !stories.contains(&format!("\"{rule}\""))).collect();
    assert_eq!(unbroken, [""; 0], "each is broken in the checking.rs of its noun");
}

async fn each_broken_rule_is_found_and_named(town: &Town) {
    let across = town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    let cancelled = town.book(&town.ice_in_tornio().later(60), aino(), EURO).await;
    town.cancel(cancelled.id).await;
    let payment = format!("payment:{}", town.payments(across.id).await[0].id);
    // Which currency is a town's is a foreign key, that has to be out of the way.
    let [off, on] = match town.engine {
        Engine::Sqlite => ["PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"],
        Engine::Postgres => ["SET session_replication_role = replica", "RESET session_replication_role"],
    };
    let past_the_key = |sql: &str| format!("{off}; {sql}; {on}");
    let breaks = past_the_key(
        "UPDATE posting SET currency = 'NOK' WHERE debit LIKE 'clearing%' AND contract_minor > 0",
    );
    let mends = past_the_key("UPDATE posting SET currency = 'SEK' WHERE currency = 'NOK'");
    town.finds(&[
        (&breaks, &mends, "the sums of a transaction are nothing in each town and currency", &payment),
        (
            "UPDATE ledger_transaction SET event = 'lost' WHERE event = 'payment' AND rate_value IS NOT NULL",
            "UPDATE ledger_transaction SET event = 'payment' WHERE event = 'lost'",
            "a settled payment is in the books once",
            &across.reference,
        ),
        (
            "UPDATE refund SET minor = minor + 1",
            "UPDATE refund SET minor = minor - 1",
            "no more goes back than came",
            &cancelled.reference,
        ),
        (
            "UPDATE ledger_transaction SET event = 'lost' WHERE event = 'refund'",
            "UPDATE ledger_transaction SET event = 'refund' WHERE event = 'lost'",
            "a refund is in the books once",
            &cancelled.reference,
        ),
        (
            "UPDATE posting SET contract_minor = contract_minor + 1 WHERE debit LIKE 'clearing%' AND contract_minor > 0",
            "UPDATE posting SET contract_minor = contract_minor - 1 WHERE debit LIKE 'clearing%' AND contract_minor > 0",
            "what one town owes, the other is owed",
            &across.reference,
        ),
        (
            "UPDATE booking SET given_back_minor = 1 WHERE state = 'confirmed'",
            "UPDATE booking SET given_back_minor = 0 WHERE state = 'confirmed'",
            "only of what is cancelled on an account is some given back, and no more than it costs",
            &across.reference,
        ),
        (
            "UPDATE payment SET surplus = true WHERE currency = 'SEK'",
            "UPDATE payment SET surplus = false WHERE currency = 'SEK'",
            "a confirmed booking is paid, no more and no less",
            &across.reference,
        ),
        (
            "UPDATE posting SET minor = minor + 1 WHERE credit = 'income' AND currency = 'EUR'",
            "UPDATE posting SET minor = minor - 1 WHERE credit = 'income' AND currency = 'EUR'",
            "the income in the books is what was paid and hasn't gone back",
            &across.reference,
        ),
        (
            "UPDATE booking_line SET gross_minor = gross_minor + 1, net_minor = net_minor + 1",
            "UPDATE booking_line SET gross_minor = gross_minor - 1, net_minor = net_minor - 1",
            "a booking's price is the sum of its lines",
            &across.reference,
        ),
        (
            "UPDATE cell SET quarter = quarter + 1000000",
            "UPDATE cell SET quarter = quarter - 1000000",
            "a live booking has exactly its cells",
            &across.reference,
        ),
        (
            "UPDATE booking SET end_quarter = end_quarter - 1 WHERE state = 'confirmed'",
            "UPDATE booking SET end_quarter = end_quarter + 1 WHERE state = 'confirmed'",
            "no booking has cells that aren't its own",
            &across.reference,
        ),
        (
            "UPDATE ledger_transaction SET lines = lines + 1 WHERE rate_value IS NOT NULL",
            "UPDATE ledger_transaction SET lines = lines - 1 WHERE rate_value IS NOT NULL",
            "a transaction has all its postings, and no more",
            &payment,
        ),
        (
            "UPDATE payment SET created_at = '2026-12-24T00:00:00+00:00' WHERE rate_value IS NOT NULL",
            "UPDATE payment SET created_at = '2026-10-30T17:00:00+00:00' WHERE rate_value IS NOT NULL",
            "nothing is in the books before it has happened",
            &payment,
        ),
        (
            "UPDATE payment SET vat_minor = vat_minor - 1 WHERE currency = 'SEK'",
            "UPDATE payment SET vat_minor = vat_minor + 1 WHERE currency = 'SEK'",
            "the tax in what was paid is that of its lines",
            &across.reference,
        ),
        (
            "UPDATE ledger_transaction SET rate_value = '10.9780' WHERE rate_value IS NOT NULL",
            "UPDATE ledger_transaction SET rate_value = '10.978' WHERE rate_value IS NOT NULL",
            "what is booked of a payment is booked at its rate",
            &payment,
        ),
        (
            "UPDATE payment SET receipt_number = receipt_number + 1",
            "UPDATE payment SET receipt_number = receipt_number - 1",
            "receipts are numbered from 1 on, without a gap or a double",
            "tornio",
        ),
        (
            "UPDATE posting SET credit = 'incone' WHERE credit = 'income' AND contract_minor > 0",
            "UPDATE posting SET credit = 'income' WHERE credit = 'incone'",
            "postings use accounts that there are",
            "tornio: incone",
        ),
        (
            "UPDATE posting SET contract_minor = contract_minor + 1 WHERE debit LIKE 'clearing%' AND contract_minor > 0",
            "UPDATE posting SET contract_minor = contract_minor - 1 WHERE debit LIKE 'clearing%' AND contract_minor > 0",
            "what one town owes, the other is owed",
            "haparanda → tornio, EUR",
        ),
    ])
    .await;
}
