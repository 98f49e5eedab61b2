//! Money that was owed to payers, and what had become of it, is the same once it may pay more of the same invoice.

use super::{
    migrating::OLD,
    old::{rows, to_the_form_of, with_empty, write},
};
use crate::Engine;

/// The last form in which the same money paid an invoice once.
const BEFORE: i64 = 30;

#[test]
fn what_has_become_of_owed_money_stays_sqlite() {
    with_empty(Engine::Sqlite, keeps);
}

#[test]
fn what_has_become_of_owed_money_stays_postgres() {
    with_empty(Engine::Postgres, keeps);
}

async fn keeps(db: &vayla_services::Db) {
    to_the_form_of(db, BEFORE).await;
    for sql in OLD[..1].iter().chain(&SPENT) {
        write(db, sql).await;
    }
    db.migrate().await.expect("the migrations to run");
    let spent =
        "SELECT minor, COUNT(invoice_id), COUNT(bank_key) FROM owed_spent GROUP BY id, minor ORDER BY minor";
    assert_eq!(rows(db, spent).await, [(1000, 0, 1), (2500, 1, 0)]);
    let left = "SELECT minor, left_minor, COUNT(settlement_id) FROM owed_money GROUP BY minor, left_minor";
    assert_eq!(rows(db, left).await, [(5000, 1500, 0)]);
    // Twice from the same money to the same invoice.
    write(db, AGAIN).await;
    assert_eq!(rows(db, left).await, [(5000, 1400, 0)]);
}

const SPENT: [&str; 4] = [
    "INSERT INTO customer (id, municipality, name, email, language, price_group, terms_days, credit_minor, monthly,
        created_at) VALUES (#51, 'tornio', 'Seura', 'seura@example.fi', 'fi', 'club', 21, 100000, true,
        '2026-10-30 17:00:00+00:00')",
    "INSERT INTO invoice (id, municipality, number, customer_id, customer, issued_at, due_on, currency, gross_minor,
        vat_minor, returned_minor)
     VALUES (#61, 'tornio', 1, #51, '{}', '2026-12-01 08:00:00+00:00', '2026-12-22', 'EUR', 5000, 594, 0)",
    "INSERT INTO bank_payment (id, municipality, bank_key, booked_on, currency, minor, reference, applied_minor,
        registered_at)
     VALUES (#71, 'tornio', 'line', '2026-12-02', 'EUR', 5000, 'kiitos', 0, '2026-12-02 08:00:00+00:00')",
    "INSERT INTO owed_spent (id, municipality, payment_id, minor, invoice_id, bank_key, booked_on, spent_at) VALUES
     (#81, 'tornio', #71, 2500, #61, NULL, NULL, '2026-12-03 08:00:00+00:00'),
     (#82, 'tornio', #71, 1000, NULL, 'back', '2026-12-04', '2026-12-04 08:00:00+00:00')",
];

const AGAIN: &str =
    "INSERT INTO owed_spent (id, municipality, payment_id, minor, invoice_id, spent_at) VALUES
     (#83, 'tornio', #71, 100, #61, '2026-12-05 08:00:00+00:00')";
