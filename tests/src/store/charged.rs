//! What was charged of cancelled bookings in percent has become an amount.

use super::{
    migrating::OLD,
    old::{rows, to_the_form_of, with_empty, write},
};
use crate::Engine;

/// The last migration that knew percents.
const BEFORE: i64 = 20;

#[test]
fn a_percent_that_was_charged_is_an_amount_sqlite() {
    with_empty(Engine::Sqlite, keeps);
}

#[test]
fn a_percent_that_was_charged_is_an_amount_postgres() {
    with_empty(Engine::Postgres, keeps);
}

async fn keeps(db: &vayla_services::Db) {
    to_the_form_of(db, BEFORE).await;
    for sql in OLD[..4].iter().chain(&ON_ACCOUNT) {
        write(db, sql).await;
    }
    db.migrate().await.expect("the migrations to run");
    let bookings = "SELECT total_minor, given_back_minor, total_minor - given_back_minor FROM booking ORDER BY reference";
    // Half of 33.33 is 16.67 that was charged; of what stands nothing has been given back.
    assert_eq!(rows(db, bookings).await, [(3333, 1666, 1667), (3333, 0, 3333), (3333, 3333, 0)]);
    let lines = "SELECT line, price_minor, gross_minor FROM invoice_line ORDER BY line";
    assert_eq!(rows(db, lines).await, [(1, 3333, 1667), (2, 3333, 3333)]);
}

const ON_ACCOUNT: [&str; 4] = [
    "INSERT INTO customer (id, municipality, name, email, language, price_group, terms_days, credit_minor, monthly,
        created_at) VALUES (#51, 'tornio', 'Seura', 'seura@example.fi', 'fi', 'club', 21, 100000, true,
        '2026-10-30 17:00:00+00:00')",
    "INSERT INTO booking (id, reference, space_id, start_quarter, end_quarter, state, created_at, hold_expires_at,
        hold_extended, demo, price_group, use_of, total_minor, total_currency, cancel_free_hours, cancel_late_percent,
        customer_id, charged_percent)
     VALUES
     (#11, 'HT-1', #2, 1990000, 1990004, 'cancelled', '2026-10-30 17:00:00+00:00', '2026-10-30 17:15:00+00:00', false,
      false, 'club', 'sport', 3333, 'EUR', 48, 50, #51, 50),
     (#12, 'HT-2', #2, 1990004, 1990008, 'confirmed', '2026-10-30 17:00:00+00:00', '2026-10-30 17:15:00+00:00', false,
      false, 'club', 'sport', 3333, 'EUR', 48, 50, #51, 100),
     (#13, 'HT-3', #2, 1990008, 1990012, 'cancelled', '2026-10-30 17:00:00+00:00', '2026-10-30 17:15:00+00:00', false,
      false, 'club', 'sport', 3333, 'EUR', 48, 50, #51, 0)",
    "INSERT INTO invoice (id, municipality, number, customer_id, customer, issued_at, due_on, currency, gross_minor,
        vat_minor, returned_minor)
     VALUES (#61, 'tornio', 1, #51, '{}', '2026-12-01 08:00:00+00:00', '2026-12-22', 'EUR', 5000, 594, 0)",
    "INSERT INTO invoice_line (invoice_id, line, booking_id, space_id, start_quarter, end_quarter, percent, tax_point,
        net_minor, vat_rate, vat_minor, gross_minor) VALUES
     (#61, 1, #11, #2, 1990000, 1990004, 50, '2026-11-04', 1469, '13.5', 198, 1667),
     (#61, 2, #12, #2, 1990004, 1990008, 100, '2026-11-04', 2937, '13.5', 396, 3333)",
];
