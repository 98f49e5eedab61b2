//! The books and the rates are only added to: the database refuses anything else, whoever asks.

use vayla_domain::money::EURO;

use crate::{Town, asa, sek};

on_both_engines! {
    what_is_booked_stays_as_it_is,
    what_the_bank_has_published_stays_as_it_is,
    nothing_out_of_balance_can_be_written,
    guards_that_are_gone_are_laid_again,
    a_clock_that_is_a_little_behind_changes_no_balance_that_was_final,
}

async fn is_refused(town: &Town, sql: &'static str) {
    let done = sql!(town, c => sqlx::query(sql).execute(c).await.map(drop));
    assert!(done.is_err(), "{sql}");
}

async fn what_is_booked_stays_as_it_is(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), asa(), sek(0).currency).await;
    let before = town.postings(booking.id).await;
    for sql in [
        "UPDATE posting SET minor = minor + 1",
        "UPDATE posting SET debit = 'bank' WHERE line = 1",
        "UPDATE ledger_transaction SET event = 'refund'",
        "UPDATE ledger_transaction SET at = at",
        "DELETE FROM posting",
        "DELETE FROM posting WHERE line = 2",
        "DELETE FROM ledger_transaction",
        // Nor does a transaction get another posting later.
        "INSERT INTO posting (transaction_id, line, entity, debit, credit, minor, currency)
         SELECT id, lines + 1, 'tornio', 'bank', 'income', 100, 'EUR' FROM ledger_transaction",
        "INSERT INTO posting (transaction_id, line, entity, debit, credit, minor, currency)
         SELECT id, 0, 'tornio', 'bank', 'income', 100, 'EUR' FROM ledger_transaction",
        // Nor is what happened once booked twice.
        "INSERT INTO ledger_transaction (id, at, event, source, lines, payment_id)
         SELECT booking_id, at, 'charge', source, 1, payment_id FROM ledger_transaction",
        "INSERT INTO ledger_transaction (id, at, event, source, lines, payment_id)
         SELECT booking_id, at, event, 'another', 1, payment_id FROM ledger_transaction",
    ] {
        is_refused(town, sql).await;
    }
    match town.engine {
        crate::Engine::Sqlite => {
            for sql in [
                "INSERT OR REPLACE INTO posting SELECT * FROM posting",
                "INSERT OR REPLACE INTO ledger_transaction SELECT * FROM ledger_transaction",
                "INSERT OR REPLACE INTO ledger_transaction (id, at, event, source, lines)
                 SELECT booking_id, at, event, source, lines + 1 FROM ledger_transaction",
            ] {
                is_refused(town, sql).await;
            }
        }
        crate::Engine::Postgres => is_refused(town, "TRUNCATE posting").await,
    }
    assert_eq!(town.postings(booking.id).await, before);
}

async fn what_the_bank_has_published_stays_as_it_is(town: &Town) {
    is_refused(town, "UPDATE fixing SET per_euro = '1' WHERE fixing_date = '2026-10-30'").await;
    is_refused(town, "DELETE FROM fixing WHERE fixing_date = '2026-10-30'").await;
    if town.engine == crate::Engine::Sqlite {
        is_refused(town, "INSERT OR REPLACE INTO fixing SELECT * FROM fixing").await;
    }
}

/// Of a transaction that has its place for it: only the posting itself is wrong.
async fn nothing_out_of_balance_can_be_written(town: &Town) {
    town.book(&town.ice_in_tornio(), asa(), EURO).await;
    town.unkeep().await;
    sql!(town, c => sqlx::query("UPDATE ledger_transaction SET lines = lines + 1").execute(c).await.map(drop))
        .expect("a place");
    for wrong in [
        // Two sides of two amounts have no column to stand in. A currency that isn't the town's:
        "'tornio', 'bank', 'income', 100, 'SEK'",
        "'haparanda', 'bank', 'income', 100, 'EUR'",
        // A town that isn't one of ours, one account alone, less than nothing, nothing.
        "'kemi', 'bank', 'income', 100, 'EUR'",
        "'tornio', 'bank', 'bank', 100, 'EUR'",
        "'tornio', 'bank', 'income', -100, 'EUR'",
        "'tornio', 'bank', 'income', 0, 'EUR'",
    ] {
        let sql = format!(
            "INSERT INTO posting (transaction_id, line, entity, debit, credit, minor, currency)
             SELECT id, lines, {wrong} FROM ledger_transaction"
        );
        let done = sql!(town, c => sqlx::query(sqlx::AssertSqlSafe(sql)).execute(c).await.map(drop));
        assert!(done.is_err(), "{wrong}");
    }
    sql!(town, c => sqlx::query("UPDATE ledger_transaction SET lines = lines - 1").execute(c).await.map(drop))
        .expect("as before");
    town.keep().await;
}

async fn guards_that_are_gone_are_laid_again(town: &Town) {
    town.book(&town.ice_in_tornio(), asa(), EURO).await;
    town.unkeep().await;
    let touch = "UPDATE posting SET minor = minor";
    sql!(town, c => sqlx::query(touch).execute(c).await.map(drop)).expect("nothing in the way");
    town.keep().await;
    is_refused(town, touch).await;
    town.keep().await;
    is_refused(town, touch).await;
}

async fn a_clock_that_is_a_little_behind_changes_no_balance_that_was_final(town: &Town) {
    town.clock.set("2026-10-30T17:05:00Z");
    town.book(&town.ice_in_tornio(), asa(), EURO).await;
    let before =
        town.count("SELECT COUNT(*) FROM ledger_transaction WHERE at <= '2026-10-30T17:04:00+00:00'").await;
    town.clock.set("2026-10-30T17:00:00Z");
    let late = town.book(&town.ice_by_day(), asa(), EURO).await;
    town.cancel(late.id).await;
    let moments = "SELECT COUNT(DISTINCT at) FROM ledger_transaction";
    assert_eq!((before, town.count(moments).await), (0, 1), "all at the moment of the newest");
    // Far behind is another clock altogether: a demonstration's.
    town.clock.set("2026-10-30T16:54:59Z");
    town.book(&town.ice_in_haparanda(), asa(), EURO).await;
    assert_eq!(town.count(moments).await, 2);
}
