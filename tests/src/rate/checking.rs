//! The check of the books finds a rate that the bank hasn't published, wherever one is kept.

use vayla_domain::money::EURO;

use crate::{Town, aino, asa, grant::half_by_haparanda, sek};

on_both_engines! {
    a_rate_that_is_none_of_the_banks_is_found_wherever_it_stands,
}

async fn a_rate_that_is_none_of_the_banks_is_found_wherever_it_stands(town: &Town) {
    town.list_charges().await;
    let time = town.ice_in_tornio();
    let booking = town.book(&time, asa(), sek(0).currency).await;
    let moved = town.book(&time.later(-120), asa(), sek(0).currency).await;
    town.try_move(moved.id, &time.later(-180)).await.expect("moved at once: it costs the same");
    let grant = town.grant("haparanda", half_by_haparanda()).await;
    let granted = town.hold(time.later(60).request_by(aino())).await;
    town.put(&granted, &town.voucher(&grant).await).await.expect("a part");
    town.pay(&granted, EURO).await;
    town.after(&time);
    town.charge(&booking, "unlocked").await; // no amount in kronor stands in the list
    town.clock.set("2026-12-01T08:00:00Z");
    town.rate_of("2026-11-30", "11.0").await;
    town.draw("2026-11").await;
    let subsidy = format!("grant:{}", town.granted(granted.id).await[0].id);
    let rule = "a rate that was used is one of the bank's";
    for (table, place) in [
        ("payment", booking.reference.as_str()),
        ("booking", &booking.reference),
        ("booking_change", &moved.reference),
        ("use_charge", &booking.reference),
        ("grant_use", &granted.reference),
        ("settlement", "settlement:1"),
        ("ledger_transaction", &subsidy),
        ("ledger_transaction", "settlement:1"),
    ] {
        let value = |value: &str, was: &str| {
            format!("UPDATE {table} SET rate_value = '{value}' WHERE rate_value = '{was}'")
        };
        let (another, as_was) = (value("10.979", "10.978"), value("10.978", "10.979"));
        let (another_of_november, as_it_was) = (value("11.1", "11"), value("11", "11.1"));
        let day = |day: &str, was: &str| {
            format!("UPDATE {table} SET rate_date = '{day}' WHERE rate_date = '{was}'")
        };
        let broken = match place {
            "settlement:1" => [
                (another_of_november, as_it_was),
                (day("2026-11-28", "2026-11-30"), day("2026-11-30", "2026-11-28")),
            ],
            _ => [(another, as_was), (day("2026-10-29", "2026-10-30"), day("2026-10-30", "2026-10-29"))],
        };
        for (breaks, mends) in &broken {
            town.finds(&[(breaks, mends, rule, place)]).await;
        }
        // Published after it was used.
        let late = "UPDATE fixing SET imported_at = '2026-12-24 08:00:00+00:00' WHERE currency = 'SEK'
                    AND fixing_date IN ('2026-10-30', '2026-11-30')";
        let in_time =
            "UPDATE fixing SET imported_at = (SELECT MIN(imported_at) FROM fixing) WHERE currency = 'SEK'
                       AND fixing_date IN ('2026-10-30', '2026-11-30')";
        town.finds(&[(late, in_time, rule, place)]).await;
    }
}
