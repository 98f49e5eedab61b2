//! A database with bookings in it comes to a newer form.

use chrono::{DateTime, TimeDelta, Utc};
use vayla_domain::{
    booking::CancelRule,
    money::{PriceGroup, Seller, Supply, Use, VatClass},
    time::Span,
};
use vayla_services::{Db, catalogue::Catalogue, ledger};

use super::old::{rows, to_the_form_of, with_empty, write};
use crate::Engine;

/// The last form in which a booking had one payment, and a payment one refund.
const BEFORE: i64 = 6;

#[test]
fn bookings_paid_before_there_were_moves_keep_their_money_sqlite() {
    run(Engine::Sqlite);
}

#[test]
fn bookings_paid_before_there_were_moves_keep_their_money_postgres() {
    run(Engine::Postgres);
}

fn run(engine: Engine) {
    with_empty(engine, async |db| {
        to_the_form_of(db, BEFORE).await;
        for sql in OLD {
            write(db, sql).await;
        }
        db.migrate().await.expect("the migrations to run");
        keeps_its_money(db).await;
        keeps_its_prices(db).await;
        keeps_its_rule(db).await;
    });
}

async fn keeps_its_money(db: &Db) {
    assert_eq!(ledger::check(db).await.expect("the books"), []);
    let payments = "SELECT gross_minor, vat_minor, COALESCE(receipt_number, 0) FROM payment ORDER BY minor";
    let expected = [(9500, 1130, 0), (12500, 1487, 3), (12500, 1487, 0), (3333, 396, 2), (12500, 1487, 1)];
    assert_eq!(rows(db, payments).await, expected);
    let refunds = "SELECT minor, gross_minor, vat_minor FROM refund ORDER BY minor";
    assert_eq!(rows(db, refunds).await, [(12501, 12500, 1487), (18295, 1667, 198)]);
    // What was paid across the border kept its rate, and each refund is booked.
    let across = "SELECT COUNT(rate_value), COUNT(rate_date), COUNT(*) FROM payment WHERE currency = 'SEK'";
    assert_eq!(rows(db, across).await, [(2, 2, 2)]);
    let home = "SELECT COUNT(rate_value), COUNT(rate_date), COUNT(*) FROM payment WHERE currency = 'EUR'";
    assert_eq!(rows(db, home).await, [(0, 0, 3)]);
    let booked = "SELECT COUNT(refund_id), COUNT(DISTINCT refund_id), COUNT(*) FROM ledger_transaction";
    assert_eq!(rows(db, booked).await, [(2, 2, 6)]);
    // Each has a source of its own, and the origin of the rate that it used.
    let sources =
        "SELECT COUNT(DISTINCT source), COUNT(rate_value), COUNT(rate_source) FROM ledger_transaction";
    assert_eq!(rows(db, sources).await, [(6, 3, 3)]);
    // The figures of a day are numbered in the order in which they came.
    let fixings = "SELECT COUNT(*), MAX(version), COUNT(DISTINCT fixing_date) FROM fixing WHERE per_euro <> '10.977' OR version = 1";
    assert_eq!(rows(db, fixings).await, [(3, 2, 2)]);
    let lines = "SELECT version, line, COUNT(space_id) FROM booking_line GROUP BY version, line";
    assert_eq!(rows(db, lines).await, [(1, 1, 4)]);
    let kept = "SELECT CAST(SUM(minor) AS BIGINT), COUNT(*), COUNT(contract_minor) FROM posting";
    assert_eq!(rows(db, kept).await, [(247_112, 13, 9)]);
}

/// The prices have become a document, and cost the same; the taxes are those of sports premises.
async fn keeps_its_prices(db: &Db) {
    let town = r#"{"locative":{"sv":"i","fi":"ssa"},"legal_name":"Kommun"}"#;
    let place = r#"{"name_ours":[],"owners":[],"rules":[],"equipment":[],"sources":[],
        "placeholder":{"entry":false,"hours":false,"prices":false}}"#;
    write(db, &format!("UPDATE municipality SET details = '{town}'")).await;
    write(db, &format!("UPDATE facility SET details = '{place}'")).await;
    let places = Catalogue::load(db).await.expect("the places");
    let space = &places.spaces[0];
    let price = |start: &str, group: PriceGroup| {
        let start: DateTime<Utc> = start.parse().expect("an instant");
        let span = Span::between(start, start + TimeDelta::hours(1)).expect("a span");
        let priced = space.tariff_now(start)?.price(space.priced_place(), span, &group.into(), 1).ok()?;
        Some(priced.total.minor)
    };
    assert_eq!(price("2026-11-04T12:00:00Z", PriceGroup::Adult), Some(95_05));
    assert_eq!(price("2026-11-04T13:30:00Z", PriceGroup::Adult), Some(47_53 + 62_50), "across four o'clock");
    assert_eq!(price("2026-11-07T12:00:00Z", PriceGroup::Adult), Some(125_00), "a Saturday");
    assert_eq!(price("2026-11-07T12:00:00Z", PriceGroup::Youth), Some(0));
    assert_eq!(price("2026-11-07T12:00:00Z", PriceGroup::Club), None);
    let on = "2026-11-04".parse().expect("a date");
    let tax = places.vat.rule(space.supply(Use::Sport), on).expect("a rate");
    assert_eq!(tax.rate.to_string(), "13.5");
    let hall = Supply { class: VatClass::General, ..space.supply(Use::Sport) };
    assert_eq!(places.vat.rule(hall, on).expect("a rate").rate.to_string(), "25.5");
    let club = Supply { country: "SE", seller: Seller::Other, ..space.supply(Use::Sport) };
    assert_eq!(places.vat.rule(club, on).expect("a rate").rate.to_string(), "6");
}

/// Hours and a share have become a rule of one step, in the place and with each booking.
async fn keeps_its_rule(db: &Db) {
    let rule = r#"{"steps":[{"until":{"hours":48},"back":{"percent":100}}],"then":{"percent":50}}"#;
    let expected: CancelRule = serde_json::from_str(rule).expect("a rule");
    let places = Catalogue::load(db).await.expect("the places");
    assert_eq!(places.spaces[0].rules.cancelling.rule(Use::Sport, false), expected);
    let kept = r#"SELECT COUNT(*), COUNT(DISTINCT cancel_rule), CAST(SUM(given_back_minor) AS BIGINT) FROM booking
        WHERE cancel_rule = '{"steps":[{"until":{"hours":48},"back":{"percent":100}}],"then":{"percent":50}}'"#;
    assert_eq!(rows(db, kept).await, [(4, 1, 0)]);
}

/// Paid across the border; paid across and cancelled late; paid at home, and a second time too late to
/// count; held, with a payment under way.
pub(super) const OLD: [&str; 20] = [
    "INSERT INTO municipality (code, position, name_sv, name_fi, country, currency, time_zone, details) VALUES
     ('haparanda', 1, 'Haparanda', 'Haaparanta', 'SE', 'SEK', 'Europe/Stockholm', '{}'),
     ('tornio', 2, 'Torneå', 'Tornio', 'FI', 'EUR', 'Europe/Helsinki', '{}')",
    "INSERT INTO facility (id, slug, municipality, position, kind, name_sv, name_fi, text_sv, text_fi,
                           cancel_free_hours, cancel_late_percent, details)
     VALUES (#1, 'ice', 'tornio', 1, 'ice', 'Is', 'Jää', '', '', 48, 50, '{}')",
    "INSERT INTO part (id, facility_id, slug, name_sv, name_fi, x, y, w, h) VALUES (1, #1, 'ice', 'Is', 'Jää', 0, 0, 1, 1)",
    "INSERT INTO space (id, facility_id, slug, position, name_sv, name_fi, minutes_min, minutes_max, step_minutes, horizon_days)
     VALUES (#2, #1, 'whole', 1, 'Is', 'Jää', 60, 180, 30, 180)",
    "INSERT INTO space_part (space_id, part_id) VALUES (#2, 1)",
    "INSERT INTO price (space_id, price_group, days, from_minute, to_minute, hour_minor) VALUES
     (#2, 'adult', 'weekday', 0, 960, 9505), (#2, 'adult', 'weekday', 960, 1440, 12500),
     (#2, 'adult', 'weekend', 0, 1440, 12500), (#2, 'youth', 'all', 0, 1440, 0)",
    "INSERT INTO vat_rule (country, use_of, valid_from, rate) VALUES ('FI', 'sport', '2026-01-01', '13.5'),
     ('FI', 'event', '2024-09-01', '25.5'), ('SE', 'sport', '2024-01-01', 'exempt')",
    "INSERT INTO booking (id, reference, space_id, start_quarter, end_quarter, state, created_at, hold_expires_at,
        hold_extended, demo, price_group, use_of, total_minor, total_currency, other_minor, other_currency, rate_base,
        rate_quote, rate_value, rate_date, rate_source, cancel_free_hours, cancel_late_percent, receipt_number,
        confirmed_at, cancelled_at) VALUES
     (#11, 'HT-1', #2, 1990000, 1990004, 'confirmed', '2026-10-30 17:00:00+00:00', '2026-10-30 17:15:00+00:00', false,
      false, 'adult', 'sport', 12500, 'EUR', 137225, 'SEK', 'EUR', 'SEK', '10.978', '2026-10-30', 'ECB', 48, 50, 1,
      '2026-10-30 17:01:00+00:00', NULL),
     (#12, 'HT-2', #2, 1990004, 1990008, 'cancelled', '2026-10-30 17:00:00+00:00', '2026-10-30 17:15:00+00:00', false,
      false, 'adult', 'sport', 3333, 'EUR', 36590, 'SEK', 'EUR', 'SEK', '10.978', '2026-10-30', 'ECB', 48, 50, 2,
      '2026-10-30 17:01:00+00:00', '2026-11-03 12:00:00+00:00'),
     (#13, 'HT-3', #2, 1990008, 1990012, 'confirmed', '2026-10-30 17:00:00+00:00', '2026-10-30 17:15:00+00:00', false,
      false, 'adult', 'sport', 12500, 'EUR', 137225, 'SEK', 'EUR', 'SEK', '10.978', '2026-10-30', 'ECB', 48, 50, 3,
      '2026-10-30 17:01:00+00:00', NULL),
     (#14, 'HT-4', #2, 1990012, 1990016, 'held', '2026-10-30 17:00:00+00:00', '2026-10-30 17:15:00+00:00', false,
      false, 'adult', 'sport', 9500, 'EUR', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 48, 50, NULL, NULL, NULL)",
    "INSERT INTO booking_line (booking_id, line, start_quarter, end_quarter, hour_minor, net_minor, vat_rate, vat_minor,
                               gross_minor) VALUES
     (#11, 1, 1990000, 1990004, 12500, 11013, '13.5', 1487, 12500), (#12, 1, 1990004, 1990008, 3333, 2937, '13.5', 396, 3333),
     (#13, 1, 1990008, 1990012, 12500, 11013, '13.5', 1487, 12500), (#14, 1, 1990012, 1990016, 9500, 8370, '13.5', 1130, 9500)",
    "INSERT INTO claim (id, booking_id, expires_at)
     SELECT id, id, CASE WHEN state = 'held' THEN hold_expires_at END FROM booking WHERE state <> 'cancelled'",
    "WITH RECURSIVE steps (step) AS (SELECT 0 UNION ALL SELECT step + 1 FROM steps WHERE step < 3)
     INSERT INTO cell (part_id, quarter, claim_id) SELECT 1, start_quarter + step, booking.id
     FROM booking CROSS JOIN steps WHERE state <> 'cancelled'",
    "INSERT INTO payment (id, booking_id, provider, state, surplus, minor, currency, collector, return_url, charge, created_at,
                          settled_at) VALUES
     (#21, #11, 'sandbox', 'paid', false, 137225, 'SEK', 'haparanda', 'http://b/', 'a', '2026-10-30 17:00:00+00:00', '2026-10-30 17:01:00+00:00'),
     (#22, #12, 'sandbox', 'paid', false, 36590, 'SEK', 'haparanda', 'http://b/', 'b', '2026-10-30 17:00:00+00:00', '2026-10-30 17:01:00+00:00'),
     (#23, #13, 'sandbox', 'paid', false, 12500, 'EUR', 'tornio', 'http://b/', 'c', '2026-10-30 17:00:00+00:00', '2026-10-30 17:01:00+00:00'),
     (#24, #13, 'sandbox', 'paid', true, 12501, 'EUR', 'tornio', 'http://b/', 'd', '2026-10-30 17:00:00+00:00', '2026-10-30 17:02:00+00:00'),
     (#25, #14, 'sandbox', 'pending', false, 9500, 'EUR', 'tornio', 'http://b/', NULL, '2026-10-30 17:00:00+00:00', NULL)",
    "INSERT INTO refund (id, payment_id, minor, reason, created_at) VALUES
     (#32, #22, 18295, 'cancelled', '2026-11-03 12:00:00+00:00'), (#34, #24, 12501, 'paid_twice', '2026-10-30 17:02:00+00:00')",
    "INSERT INTO ledger_transaction (id, at, event, booking_id, payment_id, rate_value, rate_date) VALUES
     (#41, '2026-10-30 17:01:00+00:00', 'payment', #11, #21, '10.978', '2026-10-30'),
     (#42, '2026-10-30 17:01:00+00:00', 'payment', #12, #22, '10.978', '2026-10-30'),
     (#43, '2026-11-03 12:00:00+00:00', 'refund', #12, #22, '10.978', '2026-10-30'),
     (#44, '2026-10-30 17:01:00+00:00', 'payment', #13, #23, NULL, NULL),
     (#45, '2026-10-30 17:02:00+00:00', 'surplus', #13, #24, NULL, NULL),
     (#46, '2026-10-30 17:02:00+00:00', 'surplus_refund', #13, #24, NULL, NULL)",
    "INSERT INTO posting (transaction_id, line, entity, debit, credit, minor, currency, contract_minor, contract_currency) VALUES
     (#41, 1, 'haparanda', 'clearing', 'due_to:tornio', 137225, 'SEK', 12500, 'EUR'),
     (#41, 2, 'tornio', 'due_from:haparanda', 'vat', 1487, 'EUR', 1487, 'EUR'),
     (#41, 3, 'tornio', 'due_from:haparanda', 'income', 11013, 'EUR', 11013, 'EUR'),
     (#42, 1, 'haparanda', 'clearing', 'due_to:tornio', 36590, 'SEK', 3333, 'EUR'),
     (#42, 2, 'tornio', 'due_from:haparanda', 'vat', 396, 'EUR', 396, 'EUR'),
     (#42, 3, 'tornio', 'due_from:haparanda', 'income', 2937, 'EUR', 2937, 'EUR')",
    "INSERT INTO posting (transaction_id, line, entity, debit, credit, minor, currency, contract_minor, contract_currency) VALUES
     (#43, 1, 'haparanda', 'due_to:tornio', 'clearing', 18295, 'SEK', 1667, 'EUR'),
     (#43, 2, 'tornio', 'vat', 'due_from:haparanda', 198, 'EUR', 198, 'EUR'),
     (#43, 3, 'tornio', 'income', 'due_from:haparanda', 1469, 'EUR', 1469, 'EUR')",
    "INSERT INTO posting (transaction_id, line, entity, debit, credit, minor, currency) VALUES
     (#44, 1, 'tornio', 'clearing', 'vat', 1487, 'EUR'), (#44, 2, 'tornio', 'clearing', 'income', 11013, 'EUR')",
    "INSERT INTO posting (transaction_id, line, entity, debit, credit, minor, currency) VALUES
     (#45, 1, 'tornio', 'clearing', 'owed_to_payers', 12501, 'EUR'), (#46, 1, 'tornio', 'owed_to_payers', 'clearing', 12501, 'EUR')",
    "INSERT INTO running_number (municipality, series, last) VALUES ('tornio', 'receipt', 3)",
    "INSERT INTO fixing (currency, fixing_date, per_euro, source, file_hash, imported_at) VALUES
     ('SEK', '2026-10-30', '10.977', 'ECB', 'a', '2026-10-30 15:00:00+00:00'),
     ('SEK', '2026-10-30', '10.978', 'ECB', 'b', '2026-10-30 15:10:00+00:00'),
     ('SEK', '2026-10-29', '10.9995', 'ECB', 'a', '2026-10-30 15:00:00+00:00')",
];
